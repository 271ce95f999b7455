//! The code for a document.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{DeriveInput, Path};

use super::attr::Document;
use crate::codec::{self, Codec};
use crate::field::Field;
use crate::members::each_name_once;

/// The whole implementation.
pub(super) fn document(input: &DeriveInput, document: &Document<'_>) -> TokenStream {
    let codec = Codec {
        encode: encode(document),
        decode: decode(document),
        type_info: type_info(document),
        others: TokenStream::new(),
    };
    let (constants, codec) = (constants(document), codec.implement(&document.krate, input, None));
    quote!(#constants #codec)
}

/// The same with functions that do nothing, for a document with mistakes.
pub(super) fn stub(input: &DeriveInput, document: &Document<'_>) -> TokenStream {
    let (constants, codec) = (constants(document), Codec::stub().implement(&document.krate, input, None));
    quote!(#constants #codec)
}

fn constants(document: &Document<'_>) -> TokenStream {
    let Document { ident, visibility, krate, fields } = document;
    let constants = each_name_once(
        fields.iter().map(|field| (field.constant.clone(), field.constant(krate, visibility, ident, "Plain"))),
    );
    quote! {
        #[allow(dead_code, private_interfaces)]
        impl #ident {
            #constants
        }
    }
}

fn encode(document: &Document<'_>) -> TokenStream {
    let krate = &document.krate;
    let map = Field::encode_all(document.fields.iter().collect(), krate);
    quote!(::core::result::Result::Ok(#krate::value::AttributeValue::M(#map)))
}

fn decode(document: &Document<'_>) -> TokenStream {
    let krate = &document.krate;
    let (value, map) = (Codec::value(), format_ident!("map", span = Span::mixed_site()));
    let name = codec::name_with_article(document.ident);
    let fields = document.fields.iter().map(|field| field.decode(krate, &map));
    quote! {
        let #map = #krate::model::codegen::document(#value, #name)?;
        ::core::result::Result::Ok(Self { #(#fields,)* })
    }
}

fn type_info(document: &Document<'_>) -> TokenStream {
    let krate = &document.krate;
    let name = codec::name_with_article(document.ident);
    let fields = document.fields.iter().map(|field| field_info(krate, field));
    quote! {
        #krate::model::TypeInfo {
            name: #name,
            value_type: #krate::value::ValueType::M,
            parse: |_| #krate::model::codegen::no_text_form(#name),
            ordered: false,
            starts_with: false,
            inside: #krate::model::Inside::Fields(|| ::std::vec![#(#fields),*]),
        }
    }
}

fn field_info(krate: &Path, field: &Field<'_>) -> TokenStream {
    let (name, rust_name) = (&field.name, field.rust_name());
    let (presence, type_info) = (field.presence(krate), field.type_info(krate));
    quote! {
        #krate::model::FieldInfo {
            name: #name,
            field: #rust_name,
            presence: #presence,
            type_info: #type_info,
        }
    }
}
