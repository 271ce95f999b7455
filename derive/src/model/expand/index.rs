//! Types of the table and its indexes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;

use super::super::validate::{Index, KeyAttribute, Model};
use crate::field::Field;

pub(super) fn constant(model: &Model<'_>, index: &Index<'_>) -> TokenStream {
    let Model { ident: owner, visibility, .. } = model;
    let Index { constant, type_name, name, .. } = index;
    let docs = format!("The index `{name}` of [`{owner}`].");
    quote! {
        #[doc = #docs]
        #visibility const #constant: #type_name = #type_name;
    }
}

/// Returns the types with their names, that of the table first.
pub(super) fn types(model: &Model<'_>) -> impl Iterator<Item = (Ident, TokenStream)> {
    let owner = model.ident;
    let table_docs = format!("The table of [`{owner}`], as a type that querysets read.");
    let table = one_type(model, &model.primary, &table_docs, 0, model.hash.as_slice());
    let indexes = (1..).zip(&model.indexes).map(move |(position, index)| {
        let docs = format!("The index `{}` of [`{owner}`], as a type that querysets read.", index.name);
        (index.type_name.clone(), one_type(model, &index.type_name, &docs, position, &index.hash))
    });
    std::iter::once((model.primary.clone(), table)).chain(indexes)
}

fn one_type(
    model: &Model<'_>,
    type_name: &Ident,
    docs: &str,
    position: usize,
    hash: &[KeyAttribute<'_>],
) -> TokenStream {
    let Model { ident: owner, visibility, krate, .. } = model;
    let operand = key_type(krate, "HashOperand", hash);
    quote! {
        #[doc = #docs]
        #[allow(dead_code, non_camel_case_types)]
        #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
        #visibility struct #type_name;

        #[automatically_derived]
        impl #krate::model::Index for #type_name {
            type Model = #owner;
            #operand
            const POSITION: usize = #position;
        }
    }
}

/// Returns `type Name = …;`: the operand type of the only field that makes up the key, or the tuple of those of several. Without fields, the
/// type is `()`; without attributes, which is an error that is already reported, it is `String`.
pub(super) fn key_type<'k, 'a: 'k>(
    krate: &Path,
    name: &str,
    key: impl IntoIterator<Item = &'k KeyAttribute<'a>>,
) -> TokenStream {
    let (mut fields, mut is_empty): (Vec<&Field<'_>>, bool) = (Vec::new(), true);
    for attribute in key {
        is_empty = false;
        for field in attribute.fields() {
            if !fields.iter().any(|earlier| earlier.ident == field.ident) {
                fields.push(field);
            }
        }
    }
    let operands: Vec<_> = fields.iter().map(|field| field.operand(krate)).collect();
    let key = match operands.as_slice() {
        [] if is_empty => quote!(::std::string::String),
        [] => quote!(()),
        [one] => one.clone(),
        several => quote!((#(#several),*)),
    };
    // With the field's span, the compiler reports errors about the type, such as a private one, at the field.
    let location = fields.first().map_or_else(Span::call_site, |field| field.ident.span());
    let name = Ident::new(name, location);
    quote_spanned!(location=> type #name = #key;)
}
