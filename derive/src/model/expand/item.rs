//! Conversion between models and items.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::super::validate::Model;
use crate::field::Field;
use crate::fields;

/// Returns the name of the parameter of `from_item`. Its hygiene hides it from expressions that the user wrote.
pub(super) fn parameter() -> Ident {
    format_ident!("item", span = Span::mixed_site())
}

pub(super) fn to_item(model: &Model<'_>) -> TokenStream {
    let map = model.fields.collect(&model.krate, false, |field| is_key(model, field));
    quote!(::core::result::Result::Ok(#map))
}

pub(super) fn key(model: &Model<'_>) -> TokenStream {
    let (krate, entries) = (&model.krate, fields::entries());
    let keys = [model.hash, model.range].into_iter().flatten();
    let keys = keys.map(|field| field.encode(krate, &entries, "encode_exact"));
    quote! {
        let #entries = &mut ::std::vec::Vec::<(#krate::value::Name, #krate::value::AttributeValue)>::with_capacity(2);
        #(#keys)*
        ::core::result::Result::Ok(::core::iter::FromIterator::from_iter(::core::mem::take(#entries)))
    }
}

pub(super) fn from_item(model: &Model<'_>) -> TokenStream {
    let krate = &model.krate;
    let (item, map) = (parameter(), format_ident!("map", span = Span::mixed_site()));
    // A key in another form than the encoded one is refused, because `save` and `delete` would not reach the item.
    let fields = model.fields.decode(krate, &map, |field| is_key(model, field), &quote!(&[]));
    quote! {
        let #map = #item.as_map();
        ::core::result::Result::Ok(Self { #fields })
    }
}

/// Returns `true` if the field is part of the table's key.
fn is_key(model: &Model<'_>, field: &Field<'_>) -> bool {
    [model.hash, model.range].into_iter().flatten().any(|key| key.ident == field.ident)
}
