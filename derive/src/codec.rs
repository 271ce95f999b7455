//! An implementation of `AttributeType`, which all but models have.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{DeriveInput, Path};

/// The bodies of the functions.
pub(crate) struct Codec {
    pub(crate) encode: TokenStream,
    pub(crate) decode: TokenStream,
    pub(crate) type_info: TokenStream,
    /// Functions beside the three that every type has.
    pub(crate) others: TokenStream,
}

impl Codec {
    /// Functions that do nothing, for a type with mistakes.
    pub(crate) fn stub() -> Self {
        let nothing = || quote!(::core::unreachable!());
        Self { encode: nothing(), decode: nothing(), type_info: nothing(), others: TokenStream::new() }
    }

    /// What `decode` is given. Its hygiene hides it from the users' own expressions.
    pub(crate) fn value() -> Ident {
        format_ident!("value", span = Span::mixed_site())
    }

    /// The implementation, on one more condition than the type's own.
    pub(crate) fn implement(&self, krate: &Path, input: &DeriveInput, condition: Option<&TokenStream>) -> TokenStream {
        let Self { encode, decode, type_info, others } = self;
        let value = Self::value();
        let body = quote! {
            type Operand = Self;

            fn encode(&self) -> ::core::result::Result<#krate::value::AttributeValue, #krate::model::CodecError> {
                #encode
            }

            fn decode(
                #value: &#krate::value::AttributeValue,
            ) -> ::core::result::Result<Self, #krate::model::CodecError> {
                #decode
            }

            fn type_info() -> #krate::model::TypeInfo {
                #type_info
            }

            #others
        };
        implement(input, &quote!(#krate::model::AttributeType), condition, &body)
    }
}

/// `impl Trait for Type`, on one more condition than the type's own.
pub(crate) fn implement(
    input: &DeriveInput,
    path: &TokenStream,
    condition: Option<&TokenStream>,
    body: &TokenStream,
) -> TokenStream {
    let ident = &input.ident;
    let mut generics = input.generics.clone();
    if let Some(condition) = condition {
        generics.make_where_clause().predicates.push(syn::parse_quote!(#condition));
    }
    let (parameters, arguments, conditions) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #parameters #path for #ident #arguments #conditions {
            #body
        }
    }
}

/// The type's name with its article, for messages.
pub(crate) fn name_with_article(ident: &Ident) -> String {
    let name = ident.unraw().to_string();
    let vowel = name.starts_with(['A', 'E', 'I', 'O', 'U']);
    format!("{} {name}", if vowel { "an" } else { "a" })
}
