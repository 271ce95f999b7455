//! Generated code of joined keys.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::DeriveInput;

use super::JoinedKey;
use crate::ast::first_and_last_span;
use crate::attribute_type_impl::{self, AttributeTypeImpl};

/// Returns the implementations of the traits of a joined key.
pub(super) fn joined_key(input: &DeriveInput, key: &JoinedKey<'_>) -> TokenStream {
    let JoinedKey { krate, separator, parts } = key;
    let names: Vec<_> = parts.iter().map(|part| &part.name).collect();
    let condition = condition(key);
    let implement = |name: TokenStream, body: TokenStream| {
        attribute_type_impl::implement(input, &quote!(#krate::model::#name), Some(&condition), &body)
    };
    let attribute_type = attribute_type(input, key, &condition);
    let text_checks = parts.iter().map(|part| {
        let (first, _) = first_and_last_span(part.ty);
        let (ty, message) = (part.ty, format!("the part `{}` is binary data; {ADVICE}", part.name));
        quote_spanned!(first=> const _: () = ::core::assert!(#krate::model::codegen::has_text::<#ty>(), #message);)
    });
    let key_type =
        implement(quote!(KeyType), quote!(const SCALAR: #krate::schema::ScalarType = #krate::schema::ScalarType::S;));
    let joined_key = implement(
        quote!(JoinedKey),
        quote! {
            const SEPARATOR: &'static str = #separator;
            const PARTS: &'static [&'static str] = &[#(#names),*];
        },
    );
    let starts_with = implement(quote!(StartsWith), quote!(type Prefix = #krate::model::KeyPrefix<Self>;));
    let markers = [quote!(Comparable), quote!(Ordered), quote!(MapKey)].map(|name| implement(name, TokenStream::new()));
    let leading = parts.iter().enumerate().take(parts.len() - 1).map(|(index, part)| {
        let ty = part.ty;
        implement(quote!(JoinedPart<#index>), quote!(type Part = <#ty as #krate::model::AttributeType>::Operand;))
    });
    quote!(#(#text_checks)* #attribute_type #key_type #joined_key #starts_with #(#markers)* #(#leading)*)
}

/// Returns the condition that each part is a key type. A lifetime of its own delays the check of the condition to the use of the
/// implementations, so that the check of the text forms is the only place where the compiler reports a part of another type.
fn condition(key: &JoinedKey<'_>) -> TokenStream {
    let krate = &key.krate;
    let types = key.parts.iter().map(|part| part.ty);
    quote!(#(for<'part> #types: #krate::model::KeyType),*)
}

const ADVICE: &str = "a part of a joined key is stored as text or as a number";

fn attribute_type(input: &DeriveInput, key: &JoinedKey<'_>, condition: &TokenStream) -> TokenStream {
    let JoinedKey { krate, parts, .. } = key;
    let (value, name) = (AttributeTypeImpl::value(), attribute_type_impl::description(&input.ident));
    let members: Vec<_> = parts.iter().map(|part| &part.member).collect();
    let names: Vec<_> = parts.iter().map(|part| &part.name).collect();
    let texts: Vec<_> = (0..parts.len()).map(|index| format_ident!("part_{index}")).collect();
    let encoded = parts.iter().map(|part| {
        let (member, name, ty) = (&part.member, &part.name, part.ty);
        quote!(#krate::model::codegen::encode_part::<#ty>(#name, &self.#member)?)
    });
    let decoded = parts.iter().zip(&texts).map(|(part, text)| {
        let (name, ty) = (&part.name, part.ty);
        quote!(#krate::model::codegen::decode_part::<#ty>(#name, #text)?)
    });
    let separator = quote!(<Self as #krate::model::JoinedKey>::SEPARATOR);
    let bodies = AttributeTypeImpl {
        encode: quote! {
            let parts = [#(#encoded),*];
            #krate::model::codegen::join(#separator, &[#(#names),*], &parts).map(#krate::value::AttributeValue::S)
        },
        decode: quote! {
            let [#(#texts),*] = #krate::model::codegen::split(#value, #separator, #name)?;
            ::core::result::Result::Ok(Self { #(#members: #decoded),* })
        },
        type_info: quote! {
            #krate::model::TypeInfo {
                name: #name,
                value_type: #krate::value::ValueType::S,
                parse: |text| {
                    let value = #krate::value::AttributeValue::s(text);
                    <Self as #krate::model::AttributeType>::decode(&value).map(|_| value)
                },
                comparable: true,
                ordered: true,
                starts_with: false,
                structure: #krate::model::Structure::Scalar,
            }
        },
        overrides: quote! {
            fn decode_exact(
                #value: &#krate::value::AttributeValue,
            ) -> ::core::result::Result<Self, #krate::model::CodecError> {
                <Self as #krate::model::AttributeType>::decode(#value)
            }
        },
    };
    bodies.implement(krate, input, Some(condition))
}
