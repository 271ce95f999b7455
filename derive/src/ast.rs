//! Structs with named fields, and spans.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Data, DataStruct, DeriveInput, Field, Fields, Generics, Visibility};

use crate::errors::Errors;

/// A struct with named fields.
pub(crate) struct NamedStruct<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) visibility: &'a Visibility,
    pub(crate) attributes: &'a [Attribute],
    pub(crate) fields: Vec<&'a Field>,
}

impl<'a> NamedStruct<'a> {
    /// Returns the struct. Any other type is an error, and is returned as a struct without fields.
    ///
    /// `derived` names the struct in the message: `a model`.
    pub(crate) fn read(input: &'a DeriveInput, derived: &str, errors: &mut Errors) -> Self {
        let mut fields = Vec::new();
        let message = format!("{derived} must be a struct with named fields");
        match &input.data {
            Data::Struct(DataStruct { fields: Fields::Named(named), .. }) => fields.extend(&named.named),
            Data::Struct(DataStruct { fields: Fields::Unnamed(unnamed), .. }) => errors.at(unnamed, message),
            Data::Struct(_) => errors.at(&input.ident, message),
            Data::Enum(data) => errors.at(data.enum_token, message),
            Data::Union(data) => errors.at(data.union_token, message),
        }
        Self { ident: &input.ident, visibility: &input.vis, attributes: &input.attrs, fields }
    }
}

pub(crate) fn reject_generics(generics: &Generics, message: &str, errors: &mut Errors) {
    if !generics.params.is_empty() {
        errors.at(&generics.params, message);
    }
}

/// Returns the spans of the first and the last token. The compiler locates code that begins with the one and ends with the other
/// at these tokens.
pub(crate) fn first_and_last_span(tokens: &impl ToTokens) -> (Span, Span) {
    let mut spans = tokens.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}

/// Returns the same tokens with the span of `location`, where the compiler then reports errors about them.
pub(crate) fn respanned(location: &impl ToTokens, tokens: TokenStream) -> TokenStream {
    let (first, _) = first_and_last_span(location);
    let respanned = tokens.into_iter().map(|mut token| {
        token.set_span(first);
        token
    });
    respanned.collect()
}

/// Returns `true` if the tokens of a type contain this identifier.
pub(crate) fn mentions(tokens: TokenStream, ident: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(found) => found == *ident || found == "Self",
        TokenTree::Group(group) => mentions(group.stream(), ident),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
