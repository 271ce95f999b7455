//! Conversion between models and items.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::super::validate::{KeyAttribute, Model};
use crate::field::Field;
use crate::fields;

/// Returns the variable of an item. Its hygiene hides it from expressions that the user wrote.
pub(super) fn item() -> Ident {
    format_ident!("item", span = Span::mixed_site())
}

pub(super) fn to_item(model: &Model<'_>) -> TokenStream {
    let map = model.fields.collect(&model.krate, false, |field| is_key(model, field));
    if !model.is_composed() {
        return quote!(::core::result::Result::Ok(#map));
    }
    let (krate, item) = (&model.krate, item());
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

/// Returns the body of `from_entries`, whose parameter is `entries`.
pub(super) fn from_entries(model: &Model<'_>) -> TokenStream {
    let (krate, entries) = (&model.krate, fields::entries());
    // A key in another form than the encoded one is refused, because `save` and `delete` would not reach the item.
    let decoded = model.fields.decode(krate, &quote!(Self), &entries, |field| is_key(model, field), &quote!(&[]));
    let composed = model.is_composed().then(|| {
        quote! {
            let filled = &mut <Self as #krate::model::Model>::schema().check_composed(#entries.map())?;
            let #entries = &mut #krate::model::codegen::filled_or(filled, #entries);
        }
    });
    quote! {
        #composed
        ::core::result::Result::Ok(#decoded)
    }
}

/// Returns `true` if the field is part of the table's key.
fn is_key(model: &Model<'_>, field: &Field<'_>) -> bool {
    model.table_key().flat_map(KeyAttribute::fields).any(|key| key.ident == field.ident)
}
