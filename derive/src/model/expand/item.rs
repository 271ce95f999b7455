//! Conversion between models and items.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::super::validate::Model;
use crate::field::Field;

/// Returns the name of the parameter of `from_item`. Its hygiene hides it from expressions that the user wrote.
pub(super) fn parameter() -> Ident {
    format_ident!("item", span = Span::mixed_site())
}

pub(super) fn to_item(model: &Model<'_>) -> TokenStream {
    item(model, model.fields.iter().collect())
}

pub(super) fn key(model: &Model<'_>) -> TokenStream {
    item(model, [model.hash, model.range].into_iter().flatten().collect())
}

pub(super) fn from_item(model: &Model<'_>) -> TokenStream {
    let krate = &model.krate;
    let (item, map) = (parameter(), format_ident!("map", span = Span::mixed_site()));
    let fields = model.fields.iter().map(|field| field.decode(krate, &map));
    quote! {
        let #map = #item.as_map();
        ::core::result::Result::Ok(Self { #(#fields,)* })
    }
}

fn item(model: &Model<'_>, fields: Vec<&Field<'_>>) -> TokenStream {
    let map = Field::encode_all(fields, &model.krate);
    quote!(::core::result::Result::Ok(#map))
}
