//! The struct that a derive stands on.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Data, DataStruct, DeriveInput, Field, Fields, Generics, Visibility};

use crate::errors::Errors;

/// A struct with named fields.
pub(crate) struct Struct<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) visibility: &'a Visibility,
    pub(crate) attributes: &'a [Attribute],
    pub(crate) fields: Vec<&'a Field>,
}

impl<'a> Struct<'a> {
    /// The struct; one without fields where the derive stands on something else, which is a mistake.
    /// `what` is the derive's word for the struct: `a model`.
    pub(crate) fn read(input: &'a DeriveInput, what: &str, errors: &mut Errors) -> Self {
        let mut fields = Vec::new();
        let message = format!("{what} is a struct with named fields");
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

/// Refuses generics.
pub(crate) fn refuse_generics(generics: &Generics, message: &str, errors: &mut Errors) {
    if !generics.params.is_empty() {
        errors.at(&generics.params, message);
    }
}

/// Where the tokens begin and end. Code between the two is, to the compiler, written there.
pub(crate) fn ends(tokens: &impl ToTokens) -> (Span, Span) {
    let mut spans = tokens.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}

/// The same tokens, but to the compiler they are written at `place`.
pub(crate) fn written_at(place: &impl ToTokens, tokens: TokenStream) -> TokenStream {
    let (first, _) = ends(place);
    let moved = tokens.into_iter().map(|mut token| {
        token.set_span(first);
        token
    });
    moved.collect()
}
