//! Conversion between models and items.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::super::validate::Model;
use crate::field::{Field, UnstoredField};

/// Returns the name of the parameter of `from_item`. Its hygiene hides it from expressions that the user wrote.
pub(super) fn parameter() -> Ident {
    format_ident!("item", span = Span::mixed_site())
}

pub(super) fn to_item(model: &Model<'_>) -> TokenStream {
    item(model, model.fields.iter().collect(), model.unstored)
}

pub(super) fn key(model: &Model<'_>) -> TokenStream {
    item(model, [model.hash, model.range].into_iter().flatten().collect(), &[])
}

pub(super) fn from_item(model: &Model<'_>) -> TokenStream {
    let krate = &model.krate;
    let (item, map) = (parameter(), format_ident!("map", span = Span::mixed_site()));
    let fields = model.fields.iter().map(|field| {
        // A key in another form than the encoded one is refused, because `save` and `delete` would not reach the item.
        let decoding = if is_key(model, field) { "decode_exact" } else { "decode" };
        field.decode(krate, &map, decoding)
    });
    let unstored = model.unstored.iter().map(|field| field.decode(krate, &map, model.fields));
    quote! {
        let #map = #item.as_map();
        ::core::result::Result::Ok(Self { #(#fields,)* #(#unstored,)* })
    }
}

fn item(model: &Model<'_>, fields: Vec<&Field<'_>>, unstored: &[UnstoredField<'_>]) -> TokenStream {
    let encoding = |field: &Field<'_>| if is_key(model, field) { "encode_exact" } else { "encode" };
    let map = Field::encode_all(fields, unstored, &model.krate, encoding);
    quote!(::core::result::Result::Ok(#map))
}

/// Returns `true` if the field is part of the table's key.
fn is_key(model: &Model<'_>, field: &Field<'_>) -> bool {
    [model.hash, model.range].into_iter().flatten().any(|key| key.ident == field.ident)
}
