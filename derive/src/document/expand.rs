//! Generated code of a document.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::DeriveInput;

use super::attr::Document;
use crate::ast;
use crate::attribute_type_impl::{self, AttributeTypeImpl};
use crate::declared_names::without_duplicates;
use crate::field::Field;

/// Returns the constants and the implementation.
pub(super) fn document(input: &DeriveInput, document: &Document<'_>) -> TokenStream {
    let bodies = AttributeTypeImpl {
        encode: encode(document),
        decode: decode(document),
        type_info: type_info(document),
        overrides: encode_exact(document),
    };
    let (constants, implementation) = (constants(document), bodies.implement(&document.krate, input, None));
    let comparable = comparable(input, document);
    let krate = &document.krate;
    let has_size = attribute_type_impl::implement(input, &quote!(#krate::model::HasSize), None, &TokenStream::new());
    quote!(#constants #implementation #comparable #has_size)
}

/// Returns the constants and an implementation that is never called, for a document with errors.
pub(super) fn stub(input: &DeriveInput, document: &Document<'_>) -> TokenStream {
    let (constants, stub) = (constants(document), AttributeTypeImpl::stub().implement(&document.krate, input, None));
    quote!(#constants #stub)
}

/// Returns the implementation of `Comparable`, which holds if it does for the types of all fields.
fn comparable(input: &DeriveInput, document: &Document<'_>) -> TokenStream {
    let krate = &document.krate;
    // A lifetime of its own delays the check of a condition to the use of the implementation. A field that contains the document
    // itself has no condition, since the check would not end.
    let conditions =
        document.fields.iter().filter(|field| !ast::mentions(field.ty.to_token_stream(), document.ident)).map(
            |field| {
                let ty = field.ty;
                quote!(for<'field> #ty: #krate::model::Comparable)
            },
        );
    let condition = quote!(#(#conditions),*);
    let path = quote!(#krate::model::Comparable);
    attribute_type_impl::implement(input, &path, Some(&condition), &TokenStream::new())
}

fn constants(document: &Document<'_>) -> TokenStream {
    let Document { ident, visibility, krate, fields, .. } = document;
    let constants = without_duplicates(
        fields.iter().map(|field| (field.constant.clone(), field.constant(krate, visibility, ident, "NonKey"))),
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
    let (map, level) = (encode_all(document, "encode"), enter_level(document));
    quote! {
        #level
        ::core::result::Result::Ok(#krate::value::AttributeValue::M(#map))
    }
}

fn encode_all(document: &Document<'_>, encoding: &'static str) -> TokenStream {
    let Document { fields, unstored, krate, .. } = document;
    Field::encode_all(fields.iter().collect(), unstored, krate, |_| encoding)
}

/// Returns the function that encodes a document as the operand of a lookup.
fn encode_exact(document: &Document<'_>) -> TokenStream {
    let krate = &document.krate;
    let map = encode_all(document, "encode_exact");
    let level = enter_level(document);
    quote! {
        fn encode_exact(&self) -> ::core::result::Result<#krate::value::AttributeValue, #krate::model::CodecError> {
            #level
            ::core::result::Result::Ok(#krate::value::AttributeValue::M(#map))
        }
    }
}

fn decode(document: &Document<'_>) -> TokenStream {
    let krate = &document.krate;
    let (value, map) = (AttributeTypeImpl::value(), format_ident!("map", span = Span::mixed_site()));
    let name = attribute_type_impl::description(document.ident);
    let fields = document.fields.iter().map(|field| field.decode(krate, &map, "decode"));
    let unstored = document.unstored.iter().map(|field| field.decode(krate, &map, &document.fields));
    let level = enter_level(document);
    quote! {
        #level
        let #map = #krate::model::codegen::document(#value, #name)?;
        ::core::result::Result::Ok(Self { #(#fields,)* #(#unstored,)* })
    }
}

/// Returns the statement that bounds the depth of a document that contains itself.
fn enter_level(document: &Document<'_>) -> TokenStream {
    let (krate, level) = (&document.krate, format_ident!("_level", span = Span::mixed_site()));
    quote!(let #level = #krate::model::codegen::Level::enter()?;)
}

fn type_info(document: &Document<'_>) -> TokenStream {
    let krate = &document.krate;
    let name = attribute_type_impl::description(document.ident);
    let fields = document.fields.iter().map(|field| field.info(krate));
    quote! {
        #krate::model::TypeInfo {
            name: #name,
            value_type: #krate::value::ValueType::M,
            parse: |_| #krate::model::codegen::no_text_form(#name),
            comparable: true,
            ordered: false,
            starts_with: false,
            structure: #krate::model::Structure::Document(|| ::std::vec![#(#fields),*]),
        }
    }
}
