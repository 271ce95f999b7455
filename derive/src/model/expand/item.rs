//! Conversion between models and items.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::super::validate::{KeyAttribute, Model};
use crate::field::Field;
use crate::fields;

/// Returns the name of the parameter of `from_item`. Its hygiene hides it from expressions that the user wrote.
pub(super) fn parameter() -> Ident {
    format_ident!("item", span = Span::mixed_site())
}

pub(super) fn to_item(model: &Model<'_>) -> TokenStream {
    let map = model.fields.collect(&model.krate, false, |field| is_key(model, field));
    if !model.is_composed() {
        return quote!(::core::result::Result::Ok(#map));
    }
    let (krate, item) = (&model.krate, parameter());
    quote! {
        let mut #item: #krate::value::Item = #map;
        <Self as #krate::model::Model>::schema().compose(&mut #item)?;
        ::core::result::Result::Ok(#item)
    }
}

pub(super) fn key(model: &Model<'_>) -> TokenStream {
    let (krate, entries) = (&model.krate, fields::entries());
    let keys = model.fields.stored.iter().filter(|field| is_key(model, field));
    let keys = keys.map(|field| field.encode(krate, &entries, "encode_exact"));
    let collected = quote!(::core::iter::FromIterator::from_iter(::core::mem::take(#entries)));
    let key = if model.table_key().all(|key| matches!(key, KeyAttribute::Field(_))) {
        quote!(::core::result::Result::Ok(#collected))
    } else {
        quote! {
            let parts: #krate::value::Item = #collected;
            <Self as #krate::model::Model>::schema().key_of_parts(&parts)
        }
    };
    quote! {
        let #entries = &mut ::std::vec::Vec::<(#krate::value::Name, #krate::value::AttributeValue)>::with_capacity(2);
        #(#keys)*
        #key
    }
}

pub(super) fn from_item(model: &Model<'_>) -> TokenStream {
    let krate = &model.krate;
    let (item, map) = (parameter(), format_ident!("map", span = Span::mixed_site()));
    // A key in another form than the encoded one is refused, because `save` and `delete` would not reach the item.
    let fields = model.fields.decode(krate, &map, |field| is_key(model, field), &quote!(&[]));
    let composed = model.is_composed().then(|| {
        quote! {
            let composed = <Self as #krate::model::Model>::schema().check_composed(#map)?;
            let #map = ::core::option::Option::unwrap_or(::core::option::Option::as_ref(&composed), #map);
        }
    });
    quote! {
        let #map = #item.as_map();
        #composed
        ::core::result::Result::Ok(Self { #fields })
    }
}

/// Returns `true` if the field is part of the table's key.
fn is_key(model: &Model<'_>, field: &Field<'_>) -> bool {
    model.table_key().flat_map(KeyAttribute::fields).any(|key| key.ident == field.ident)
}
