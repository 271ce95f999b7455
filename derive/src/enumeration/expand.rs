//! Generated code of enums.

mod constants;
mod decode;
mod encode;
mod info;
mod stored;
mod validators;

pub(super) use constants::{constant, constants, field_constant};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::DeriveInput;

use super::{Content, Enumeration, Form};
use crate::ast;
use crate::attribute_type_impl::{self, AttributeTypeImpl};

/// Returns the constants and the implementations.
pub(super) fn enumeration(input: &DeriveInput, enumeration: &Enumeration<'_>) -> TokenStream {
    let krate = &enumeration.krate;
    let bodies = AttributeTypeImpl {
        encode: encode::body(enumeration, "encode"),
        decode: decode::body(enumeration),
        type_info: info::type_info(enumeration),
        overrides: [encode_exact(enumeration), validators::function(enumeration)].into_iter().collect(),
    };
    let flattened = enumeration.variants.iter().flat_map(|variant| match &variant.content {
        Content::Named(fields) => fields.flattened.as_slice(),
        _ => &[],
    });
    let stored = attribute_type_impl::fields_can_be_stored(&input.generics, krate, flattened);
    let implementation = bodies.implement(krate, input, Some(&stored));
    let (constants, comparable) = (constants(input, enumeration), comparable(input, enumeration));
    let others = match enumeration.form {
        Form::Text => key(input, enumeration),
        _ => attribute_type_impl::implement(input, &quote!(#krate::model::HasSize), None, &TokenStream::new()),
    };
    let assertions = name_assertions(input, enumeration);
    quote!(#constants #implementation #comparable #others #assertions)
}

/// Returns the function that encodes the operand of a lookup. An enum without data has none, since its values have one form.
fn encode_exact(enumeration: &Enumeration<'_>) -> TokenStream {
    if matches!(enumeration.form, Form::Text) && enumeration.fallback.is_none() {
        return TokenStream::new();
    }
    let (krate, body) = (&enumeration.krate, encode::body(enumeration, "encode_exact"));
    quote! {
        fn encode_exact(&self) -> ::core::result::Result<#krate::value::AttributeValue, #krate::model::CodecError> {
            #body
        }
    }
}

/// Returns the implementation of `Comparable`, which holds if it does for the types of all fields.
fn comparable(input: &DeriveInput, enumeration: &Enumeration<'_>) -> TokenStream {
    let krate = &enumeration.krate;
    let types = enumeration.variants.iter().flat_map(|variant| variant.types());
    let types = types.chain(enumeration.fallback.iter().map(|fallback| fallback.ty));
    // A lifetime of its own delays the check of a condition to the use of the implementation. A field that contains the enum itself
    // has no condition, since the check would not end.
    let conditions = types
        .filter(|ty| !ast::mentions(ty.to_token_stream(), enumeration.ident))
        .map(|ty| quote!(for<'field> #ty: #krate::model::Comparable));
    let condition = quote!(#(#conditions),*);
    let path = quote!(#krate::model::Comparable);
    attribute_type_impl::implement(input, &path, Some(&condition), &TokenStream::new())
}

/// Returns the implementations that make an enum without data a key. With a fallback, the enum is one if the fallback's type is a key that is
/// stored as text.
fn key(input: &DeriveInput, enumeration: &Enumeration<'_>) -> TokenStream {
    let krate = &enumeration.krate;
    let condition = enumeration.fallback.as_ref().map(|fallback| {
        let path = ast::respanned(fallback.ty, quote!(#krate::model::MapKey));
        let ty = fallback.ty;
        quote!(for<'field> #ty: #path)
    });
    let scalar = quote!(const SCALAR: #krate::schema::ScalarType = #krate::schema::ScalarType::S;);
    let implement = |name: &str, body: &TokenStream| {
        let name = format_ident!("{name}");
        attribute_type_impl::implement(input, &quote!(#krate::model::#name), condition.as_ref(), body)
    };
    let (key, map_key) = (implement("KeyType", &scalar), implement("MapKey", &TokenStream::new()));
    quote!(#key #map_key)
}

/// Returns the statement that bounds the depth of an enum that contains itself, or nothing if no variant has data.
fn enter_level(enumeration: &Enumeration<'_>) -> Option<TokenStream> {
    let (krate, level) = (&enumeration.krate, format_ident!("_level", span = Span::mixed_site()));
    let has_data = !matches!(enumeration.form, Form::Text);
    has_data.then(|| quote!(let #level = #krate::model::codegen::Level::enter()?;))
}

/// Returns assertions that the names of variants with flattened fields are distinct. Those of an enum with parameters are not known.
fn name_assertions(input: &DeriveInput, enumeration: &Enumeration<'_>) -> Option<TokenStream> {
    let assertions: TokenStream = enumeration
        .variants
        .iter()
        .filter_map(|variant| match &variant.content {
            Content::Named(fields) => Some(fields.name_assertions(&enumeration.krate, variant.ident)),
            _ => None,
        })
        .collect();
    (!assertions.is_empty() && input.generics.params.is_empty()).then(|| quote!(const _: () = { #assertions };))
}

/// Returns the type and the error of an expression that can fail.
fn result_of(enumeration: &Enumeration<'_>, ty: &TokenStream) -> TokenStream {
    let krate = &enumeration.krate;
    quote!(::core::result::Result<#ty, #krate::model::CodecError>)
}

/// Returns the path of the entry that the content of a variant is stored at, with which its errors begin.
fn content_entry<'n>(enumeration: &Enumeration<'_>, name: &'n str) -> Option<std::borrow::Cow<'n, str>> {
    match &enumeration.form {
        Form::Text | Form::Internal { .. } => None,
        Form::External => Some(name.into()),
        Form::Adjacent { content, .. } => Some(content.value().into()),
    }
}

/// Returns the expression that returns the error of `result`, if there is one, at the entry of the content.
fn at_content(enumeration: &Enumeration<'_>, name: &str, result: TokenStream) -> TokenStream {
    match content_entry(enumeration, name) {
        None => result,
        Some(entry) => quote!(#result.map_err(|error| error.at(#entry))),
    }
}

/// Returns the variables that a pattern binds to the values of a tuple.
fn positions(count: usize) -> Vec<Ident> {
    (0..count).map(|position| format_ident!("value_{position}", span = Span::mixed_site())).collect()
}
