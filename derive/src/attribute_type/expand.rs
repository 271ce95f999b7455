//! The code for newtypes and enums.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Field};

use super::attr::Options;
use super::valid::Variant;
use crate::ast;
use crate::codec::{self, Codec};
use crate::field::qualified;

/// A newtype does what the type inside does.
pub(super) fn newtype(input: &DeriveInput, options: &Options<'_>, field: &Field) -> TokenStream {
    let (krate, inner) = (options.krate(), &field.ty);
    let inside = |item: &str| qualified(inner, inner, &quote!(#krate::model::AttributeType), item);
    let [encode, decode, type_info, is_absent, absent] =
        ["encode", "decode", "type_info", "is_absent", "absent"].map(inside);
    let value = Codec::value();
    let codec = Codec {
        encode: quote!(#encode(&self.0)),
        decode: quote!(#decode(#value).map(Self)),
        type_info: quote!(#type_info()),
        others: quote! {
            fn is_absent(&self) -> bool {
                #is_absent(&self.0)
            }

            fn absent() -> ::core::option::Option<Self> {
                #absent().map(Self)
            }
        },
    };
    // Without parameters there is nothing to require: the type inside can be kept or it cannot.
    let condition = (!input.generics.params.is_empty()).then(|| quote!(#inner: #krate::model::AttributeType));
    let codec = codec.implement(&krate, input, condition.as_ref());

    let abilities = [
        ("KeyType", quote!(const SCALAR: #krate::schema::ScalarType = <#inner as #krate::model::KeyType>::SCALAR;)),
        ("Ordered", TokenStream::new()),
        ("Numeric", TokenStream::new()),
        ("StartsWith", quote!(type Prefix = <#inner as #krate::model::StartsWith>::Prefix;)),
        ("Contains", quote!(type Element = <#inner as #krate::model::Contains>::Element;)),
        ("Indexed", quote!(type Element = <#inner as #krate::model::Indexed>::Element;)),
        ("Keyed", quote!(type Value = <#inner as #krate::model::Keyed>::Value;)),
    ];
    let abilities = abilities.map(|(name, body)| {
        let name = quote::format_ident!("{name}");
        // Written at the type inside, or else the compiler would blame a condition that does not hold on a parameter of
        // the newtype, which has none.
        let path = ast::written_at(inner, quote!(#krate::model::#name));
        // A condition without parameters must hold, unless it has a lifetime of its own: then it is looked at where the
        // implementation is used. So the newtype has the ability if and only if the type inside does.
        let condition = quote!(for<'inside> #inner: #path);
        codec::implement(input, &path, Some(&condition), &body)
    });
    quote!(#codec #(#abilities)*)
}

/// An enum of unit variants is text.
pub(super) fn unit_enum(input: &DeriveInput, options: &Options<'_>, variants: &[Variant<'_>]) -> TokenStream {
    let krate = options.krate();
    let (value, name) = (Codec::value(), codec::name_with_article(&input.ident));
    let (idents, texts): (Vec<_>, Vec<_>) = variants.iter().map(|variant| (variant.ident, &variant.text)).unzip();
    let reason =
        format!("expected one of {}", texts.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", "));
    let codec = Codec {
        encode: quote! {
            ::core::result::Result::Ok(#krate::value::AttributeValue::s(match self {
                #(Self::#idents => #texts,)*
            }))
        },
        decode: quote! {
            match #krate::model::codegen::variant(#value, #name)? {
                #(#texts => ::core::result::Result::Ok(Self::#idents),)*
                other => ::core::result::Result::Err(#krate::model::CodecError::invalid(other, #name, #reason)),
            }
        },
        type_info: quote! {
            #krate::model::TypeInfo {
                name: #name,
                value_type: #krate::value::ValueType::S,
                parse: |text| {
                    let value = #krate::value::AttributeValue::s(text);
                    <Self as #krate::model::AttributeType>::decode(&value).map(|_| value)
                },
                ordered: false,
                starts_with: false,
                inside: #krate::model::Inside::Nothing,
            }
        },
        others: TokenStream::new(),
    };
    let codec = codec.implement(&krate, input, None);
    let scalar = quote!(const SCALAR: #krate::schema::ScalarType = #krate::schema::ScalarType::S;);
    let key = codec::implement(input, &quote!(#krate::model::KeyType), None, &scalar);
    quote!(#codec #key)
}
