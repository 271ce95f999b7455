//! `#[derive(Collection)]`.

mod expand;
#[cfg(test)]
mod tests;

use proc_macro2::{Ident, TokenStream};
use syn::{Data, DeriveInput, Fields, Path, Type};

use crate::ast;
use crate::attribute_args;
use crate::crate_path;
use crate::errors::Errors;
use crate::unique_option::UniqueOption;

/// The models of a collection.
struct CollectionInput<'a> {
    ident: &'a Ident,
    krate: Path,
    /// `true` if the type is an enum of single items.
    is_enum: bool,
    /// The fields of the struct, or the variants of the enum, with their types.
    members: Vec<(&'a Ident, &'a Type)>,
}

/// Returns the implementation, or the errors.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    ast::reject_generics(&input.generics, "a collection cannot have generic parameters", &mut errors);
    let mut krate = UniqueOption::default();
    for arg in attribute_args::parse_all(&input.attrs, "collection", &mut errors) {
        if arg.name == "crate" {
            krate.set(&arg.name, arg.path(), &mut errors);
        } else {
            errors.unknown_option(&arg.name, "a collection", &["crate"]);
        }
    }
    let members = members(input, &mut errors);
    if !errors.is_empty() {
        return errors.to_compile_errors();
    }
    let is_enum = matches!(input.data, Data::Enum(_));
    expand::collection(&CollectionInput { ident: &input.ident, krate: crate_path::resolve(&krate), is_enum, members })
}

fn members<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Vec<(&'a Ident, &'a Type)> {
    let mut members = Vec::new();
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(named) => {
                members.extend(named.named.iter().filter_map(|field| Some((field.ident.as_ref()?, &field.ty))));
            }
            _ => errors.at(
                &input.ident,
                "the fields of a collection have names; write `struct Account { customer: Customer }`",
            ),
        },
        Data::Enum(data) => {
            for variant in &data.variants {
                match &variant.fields {
                    Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                        members.push((&variant.ident, &fields.unnamed[0].ty));
                    }
                    _ => errors.at(variant, "a variant of a collection holds one model; write `Order(Order)`"),
                }
            }
        }
        Data::Union(data) => errors.at(data.union_token, "a collection is a struct or an enum"),
    }
    if members.is_empty() && errors.is_empty() {
        errors.at(&input.ident, "a collection has at least one model");
    }
    members
}
