//! Generated code of newtypes.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Field};

use super::attr::TypeOptions;
use crate::ast;
use crate::attribute_type_impl::{self, AttributeTypeImpl};
use crate::field::{qualified, validation_errors};

/// Returns an implementation that delegates to the inner type.
pub(super) fn newtype(input: &DeriveInput, options: &TypeOptions, field: &Field) -> TokenStream {
    let (krate, inner) = (options.krate(), &field.ty);
    let inner_item = |item: &str| qualified(inner, inner, &quote!(#krate::model::AttributeType), item);
    let [encode, decode, type_info] = ["encode", "decode", "type_info"].map(inner_item);
    let [encode_exact, decode_exact, decode_owned] = ["encode_exact", "decode_exact", "decode_owned"].map(inner_item);
    let [is_absent, absent, run_validators] = ["is_absent", "absent", "run_validators"].map(inner_item);
    let errors = validation_errors();
    let value = AttributeTypeImpl::value();
    let bodies = AttributeTypeImpl {
        encode: quote!(#encode(&self.0)),
        decode: quote!(#decode(#value).map(Self)),
        type_info: quote!(#type_info()),
        overrides: quote! {
            fn encode_exact(&self) -> ::core::result::Result<#krate::value::AttributeValue, #krate::model::CodecError> {
                #encode_exact(&self.0)
            }

            fn decode_exact(
                #value: &#krate::value::AttributeValue,
            ) -> ::core::result::Result<Self, #krate::model::CodecError> {
                #decode_exact(#value).map(Self)
            }

            fn decode_owned(
                #value: #krate::value::AttributeValue,
            ) -> ::core::result::Result<Self, #krate::model::CodecError> {
                #decode_owned(#value).map(Self)
            }

            fn is_absent(&self) -> bool {
                #is_absent(&self.0)
            }

            fn absent() -> ::core::option::Option<Self> {
                #absent().map(Self)
            }

            fn run_validators(&self, #errors: &mut #krate::model::ValidationErrors<Self>) {
                #errors.inner(|#errors| #run_validators(&self.0, #errors));
            }
        },
    };
    // Without generic parameters, the compiler checks the inner type where `encode` uses it.
    let condition = (!input.generics.params.is_empty()).then(|| quote!(#inner: #krate::model::AttributeType));
    let implementation = bodies.implement(&krate, input, condition.as_ref());

    let type_traits = [
        (
            "KeyType",
            quote! {
                const SCALAR: #krate::schema::ScalarType = <#inner as #krate::model::KeyType>::SCALAR;
                const TEXT_BYTES: ::core::option::Option<usize> = <#inner as #krate::model::KeyType>::TEXT_BYTES;
            },
        ),
        ("Comparable", TokenStream::new()),
        ("MapKey", TokenStream::new()),
        ("Ordered", TokenStream::new()),
        (
            "Numeric",
            quote!(
                type Sum = Self;
            ),
        ),
        ("StartsWith", quote!(type Prefix = <#inner as #krate::model::StartsWith>::Prefix;)),
        ("Contains", quote!(type Element = <#inner as #krate::model::Contains>::Element;)),
        ("SetType", quote!(type Element = <#inner as #krate::model::SetType>::Element;)),
        ("HasSize", TokenStream::new()),
        ("ListType", quote!(type Element = <#inner as #krate::model::ListType>::Element;)),
        ("MapType", quote!(type Value = <#inner as #krate::model::MapType>::Value;)),
    ];
    let type_traits = type_traits.map(|(name, body)| {
        let name = quote::format_ident!("{name}");
        // With the span of the inner type, the compiler reports an unmet condition there.
        let path = ast::respanned(inner, quote!(#krate::model::#name));
        // A where clause without generic parameters must hold, else the compiler rejects the implementation. A clause with a
        // lifetime of its own is checked only where the implementation is used, so the newtype implements the trait exactly if
        // the inner type does.
        let condition = quote!(for<'inner> #inner: #path);
        attribute_type_impl::implement(input, &path, Some(&condition), &body)
    });
    quote!(#implementation #(#type_traits)*)
}
