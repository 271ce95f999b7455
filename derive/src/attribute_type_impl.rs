//! Implementations of `AttributeType`, for documents, newtypes and enums.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{DeriveInput, Generics, Path};

use crate::field::FlattenedField;

/// Function bodies of an implementation of `AttributeType`.
pub(crate) struct AttributeTypeImpl {
    pub(crate) encode: TokenStream,
    pub(crate) decode: TokenStream,
    pub(crate) type_info: TokenStream,
    /// Whole functions that override defaults of the trait.
    pub(crate) overrides: TokenStream,
}

impl AttributeTypeImpl {
    /// Returns bodies that are never called, for a type with errors.
    pub(crate) fn stub() -> Self {
        let body = || quote!(::core::unreachable!());
        Self { encode: body(), decode: body(), type_info: body(), overrides: TokenStream::new() }
    }

    /// Returns the name of the parameter of `decode`. Its hygiene hides it from expressions that the user wrote.
    pub(crate) fn value() -> Ident {
        format_ident!("value", span = Span::mixed_site())
    }

    /// Returns the implementation, with the conditions in `condition` in addition to the type's own where clause.
    pub(crate) fn implement(&self, krate: &Path, input: &DeriveInput, condition: Option<&TokenStream>) -> TokenStream {
        let Self { encode, decode, type_info, overrides } = self;
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

            #overrides
        };
        implement(input, &quote!(#krate::model::AttributeType), condition, &body)
    }
}

/// Returns `impl path for input { body }`, with the conditions in `condition` in addition to the type's own where clause.
pub(crate) fn implement(
    input: &DeriveInput,
    path: &TokenStream,
    condition: Option<&TokenStream>,
    body: &TokenStream,
) -> TokenStream {
    let ident = &input.ident;
    let mut generics = input.generics.clone();
    if let Some(condition) = condition {
        let clause: syn::WhereClause = syn::parse_quote!(where #condition);
        generics.make_where_clause().predicates.extend(clause.predicates);
    }
    let (parameters, arguments, conditions) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #parameters #path for #ident #arguments #conditions {
            #body
        }
    }
}

/// Returns the conditions that the type parameters can be stored.
pub(crate) fn parameters_can_be_stored(generics: &Generics, krate: &Path) -> TokenStream {
    let parameters = generics.type_params().map(|parameter| &parameter.ident);
    quote!(#(#parameters: #krate::model::AttributeType,)*)
}

/// Returns these conditions, and those that the flattened fields are documents, of which the compiler knows nothing in a type with parameters.
pub(crate) fn fields_can_be_stored<'a>(
    generics: &Generics,
    krate: &Path,
    flattened: impl IntoIterator<Item = &'a FlattenedField<'a>>,
) -> TokenStream {
    let parameters = parameters_can_be_stored(generics, krate);
    let flattened = flattened.into_iter().filter(|_| !generics.params.is_empty()).map(|field| field.ty);
    quote!(#parameters #(#flattened: #krate::model::Document,)*)
}

/// Returns the inherent implementation with these constants.
pub(crate) fn constants(input: &DeriveInput, krate: &Path, constants: &TokenStream) -> TokenStream {
    let (ident, mut generics) = (&input.ident, input.generics.clone());
    let stored = parameters_can_be_stored(&generics, krate);
    let clause: syn::WhereClause = syn::parse_quote!(where #stored);
    generics.make_where_clause().predicates.extend(clause.predicates);
    let (parameters, arguments, conditions) = generics.split_for_impl();
    quote! {
        #[allow(dead_code, private_interfaces)]
        impl #parameters #ident #arguments #conditions {
            #constants
        }
    }
}

/// Returns the description of a value of the type, for messages. The article of a name follows from its pronunciation (`an Hour`,
/// `a User`), so the name has none.
pub(crate) fn description(ident: &Ident) -> String {
    format!("a value of `{}`", ident.unraw())
}
