//! The name and the content of a variant in a stored value.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::{Enumeration, Form, Variant};
use crate::attribute_type_impl;

/// Returns the expression that reads the name and the content from `value`.
pub(super) fn variant(enumeration: &Enumeration<'_>, value: &TokenStream) -> TokenStream {
    let (krate, expected) = (&enumeration.krate, attribute_type_impl::description(enumeration.ident));
    match &enumeration.form {
        Form::Text => quote!(#krate::model::tagged::text(#value, #expected)),
        Form::External => quote!(#krate::model::tagged::external(#value, #expected)),
        Form::Internal { tag } => quote!(#krate::model::tagged::internal(#value, #tag, #expected)),
        Form::Adjacent { tag, content } => quote!(#krate::model::tagged::adjacent(#value, #tag, #content, #expected)),
    }
}

/// Returns the pattern of a variant, which binds its content to `content`.
pub(super) fn pattern(enumeration: &Enumeration<'_>, variant: &Variant<'_>, content: &Ident) -> TokenStream {
    let name = &variant.name;
    if variant.is_unit() {
        let without_content = without_content(enumeration);
        quote!((#name, #without_content))
    } else {
        quote!((#name, ::core::option::Option::Some(#content)))
    }
}

/// Returns the patterns of all variants, which bind the name to `name`.
pub(super) fn patterns(enumeration: &Enumeration<'_>, name: &TokenStream) -> Vec<TokenStream> {
    let without = without_content(enumeration);
    let patterns =
        [(enumeration.names(true), without), (enumeration.names(false), quote!(::core::option::Option::Some(_)))];
    let patterns = patterns.into_iter().filter(|(names, _)| !names.is_empty());
    patterns.map(|(names, content)| quote!((#name @ (#(#names)|*), #content))).collect()
}

/// Returns the pattern of the content of a variant without data. If the name is stored inside the content, that is the whole value.
fn without_content(enumeration: &Enumeration<'_>) -> TokenStream {
    match enumeration.form {
        Form::Internal { .. } => quote!(::core::option::Option::Some(_)),
        Form::Text | Form::External | Form::Adjacent { .. } => quote!(::core::option::Option::None),
    }
}
