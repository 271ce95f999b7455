//! `#[derive(AttributeType)]` with `#[attribute(join = "…")]`: keys of several parts that are joined in one text.

mod expand;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, Index, LitStr, Member, Path, Type};

use crate::ast::reject_generics;
use crate::attribute_args;
use crate::attribute_type_impl::AttributeTypeImpl;
use crate::crate_path;
use crate::errors::Errors;
use crate::unique_option::UniqueOption;

/// A struct whose fields are joined.
struct JoinedKey<'a> {
    krate: Path,
    separator: String,
    parts: Vec<Part<'a>>,
}

/// A field of the struct.
struct Part<'a> {
    member: Member,
    name: String,
    ty: &'a Type,
}

/// Returns the implementation, or the errors and a stub of it. Returns `None` if the type has no option `join`.
pub(crate) fn derive(input: &DeriveInput) -> Option<TokenStream> {
    let mut ignored = Errors::default();
    attribute_args::parse_all(&input.attrs, "attribute", &mut ignored).iter().find(|arg| arg.name == "join")?;
    let mut errors = Errors::default();
    let key = read(input, &mut errors);
    if errors.is_empty() {
        return Some(expand::joined_key(input, &key));
    }
    let (errors, stub) = (errors.to_compile_errors(), AttributeTypeImpl::stub().implement(&key.krate, input, None));
    Some(quote!(#errors #stub))
}

fn read<'a>(input: &'a DeriveInput, errors: &mut Errors) -> JoinedKey<'a> {
    let (mut krate, mut join) = (UniqueOption::default(), UniqueOption::<LitStr>::default());
    for arg in attribute_args::parse_all(&input.attrs, "attribute", errors) {
        match arg.name.to_string().as_str() {
            "crate" => krate.set(&arg.name, arg.path(), errors),
            "join" => join.set(&arg.name, arg.text(), errors),
            _ => errors.unknown_option(&arg.name, "a joined key", &["join", "crate"]),
        }
    }
    let separator = join.get().map(LitStr::value).unwrap_or_default();
    if let Some(join) = join.get().filter(|_| separator.is_empty()) {
        errors.at(join, "the separator cannot be empty, since the text could not be split into the parts again");
    }
    reject_generics(&input.generics, "a joined key cannot have generic parameters", errors);
    JoinedKey { krate: crate_path::resolve(&krate), separator, parts: parts(input, errors) }
}

fn parts<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Vec<Part<'a>> {
    let Data::Struct(data) = &input.data else {
        errors.at(&input.ident, "`join` joins the fields of a struct; an enum is stored as text without it");
        return Vec::new();
    };
    let parts: Vec<_> = data
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| {
            for arg in attribute_args::parse_all(&field.attrs, "attribute", errors) {
                errors.at(&arg.name, "a part of a joined key takes no options");
            }
            let member = match &field.ident {
                Some(ident) => Member::Named(ident.clone()),
                None => Member::Unnamed(Index::from(index)),
            };
            let name = match &member {
                Member::Named(ident) => syn::ext::IdentExt::unraw(ident).to_string(),
                Member::Unnamed(index) => index.index.to_string(),
            };
            Part { member, name, ty: &field.ty }
        })
        .collect();
    if parts.len() < 2 {
        let message = "a joined key has at least two parts; remove `join` for a type of one field";
        match &data.fields {
            Fields::Unit => errors.at(&input.ident, message),
            fields => errors.at(fields, message),
        }
    }
    parts
}
