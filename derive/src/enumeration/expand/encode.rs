//! Encoding of enums.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::attr::binding;
use super::super::{Content, Enumeration, Form, Variant};
use super::{at_content, enter_level, positions, result_of, stored};
use crate::field::qualified;

/// Returns the body of the function `encoding`.
pub(super) fn body(enumeration: &Enumeration<'_>, encoding: &'static str) -> TokenStream {
    let level = enter_level(enumeration);
    let variants = enumeration.variants.iter().map(|variant| {
        let (ident, pattern) = (variant.ident, pattern(&variant.content));
        let encoded = match content(enumeration, variant, encoding) {
            None => unit(enumeration, &variant.name),
            Some(content) => with_content(enumeration, variant, &content, encoding),
        };
        quote!(Self::#ident #pattern => #encoded,)
    });
    let fallback = fallback(enumeration, encoding);
    quote! {
        #level
        match self {
            #(#variants)*
            #fallback
        }
    }
}

fn pattern(content: &Content<'_>) -> TokenStream {
    match content {
        Content::Unit => TokenStream::new(),
        Content::Newtype(_) => {
            let positions = positions(1);
            quote!((#(#positions),*))
        }
        Content::Tuple(types) => {
            let positions = positions(types.len());
            quote!((#(#positions),*))
        }
        Content::Named(fields) => {
            let (idents, bindings): (Vec<_>, Vec<_>) = fields.encoded().map(|ident| (ident, binding(ident))).unzip();
            quote!({ #(#idents: #bindings,)* .. })
        }
    }
}

/// Returns an expression of the type `Result` that encodes the content of a variant, or `None` if it has none.
fn content(enumeration: &Enumeration<'_>, variant: &Variant<'_>, encoding: &'static str) -> Option<TokenStream> {
    let krate = &enumeration.krate;
    let attribute_type = quote!(#krate::model::AttributeType);
    let result = result_of(enumeration, &quote!(#krate::value::AttributeValue));
    match &variant.content {
        Content::Unit => None,
        Content::Newtype(ty) => {
            let (encode, value) = (qualified(ty, ty, &attribute_type, encoding), &positions(1)[0]);
            Some(quote!(#encode(#value)))
        }
        Content::Tuple(types) => {
            let values = types.iter().zip(positions(types.len())).enumerate().map(|(position, (ty, value))| {
                let encode = qualified(ty, ty, &attribute_type, encoding);
                quote!(#encode(#value).map_err(|error| error.at_index(#position))?)
            });
            Some(quote! {
                (|| -> #result {
                    ::core::result::Result::Ok(#krate::value::AttributeValue::l([#(#values),*]))
                })()
            })
        }
        Content::Named(fields) => {
            let (map, ty) = (
                fields.collect(krate, encoding == "encode_exact", |_| false),
                result_of(enumeration, &quote!(#krate::value::Map)),
            );
            let collected = quote!((|| -> #ty { ::core::result::Result::Ok(#map) })());
            match &enumeration.form {
                Form::Internal { .. } => Some(collected),
                _ => Some(quote!(#collected.map(#krate::value::AttributeValue::M))),
            }
        }
    }
}

fn unit(enumeration: &Enumeration<'_>, name: &str) -> TokenStream {
    let krate = &enumeration.krate;
    match &enumeration.form {
        Form::Text | Form::External => {
            quote!(::core::result::Result::Ok(#krate::value::AttributeValue::s(#name)))
        }
        Form::Internal { tag } | Form::Adjacent { tag, .. } => {
            let none = quote!(::core::option::Option::None);
            quote!(::core::result::Result::Ok(#krate::model::tagged::beside(#tag, #name, #none)))
        }
    }
}

fn with_content(
    enumeration: &Enumeration<'_>,
    variant: &Variant<'_>,
    content: &TokenStream,
    encoding: &str,
) -> TokenStream {
    let (krate, name) = (&enumeration.krate, &variant.name);
    let content = at_content(enumeration, name, content.clone());
    match &enumeration.form {
        // An enum of this form has no variants with content.
        Form::Text => content,
        Form::External => quote!(#content.map(|content| #krate::model::tagged::entry(#name, content))),
        Form::Internal { tag } if matches!(variant.content, Content::Newtype(_)) => {
            let (value, exact) = (&positions(1)[0], encoding == "encode_exact");
            let ty = variant.types()[0];
            let push = qualified(ty, ty, &quote!(#krate::model::Document), "push_entries");
            quote!(#krate::model::tagged::encode_inside(|entries| #push(#value, entries, #exact), #tag, #name))
        }
        Form::Internal { tag } => {
            quote!(#content.and_then(|content| #krate::model::tagged::inside(#tag, #name, content)))
        }
        Form::Adjacent { tag, content: entry } => quote! {
            #content.map(|content| {
                #krate::model::tagged::beside(#tag, #name, ::core::option::Option::Some((#entry, content)))
            })
        },
    }
}

/// Returns the arm of the fallback variant. A value that would be read as another variant is an error.
fn fallback(enumeration: &Enumeration<'_>, encoding: &str) -> Option<TokenStream> {
    let krate = &enumeration.krate;
    let fallback = enumeration.fallback.as_ref()?;
    let (ident, text) = (fallback.ident, fallback.ident.to_string());
    let encode = qualified(fallback.ty, fallback.ty, &quote!(#krate::model::AttributeType), encoding);
    let stored = stored::variant(enumeration, &quote!(&value));
    let known = stored::patterns(enumeration, &quote!(name));
    Some(quote! {
        Self::#ident(value) => {
            let value = #encode(value)?;
            match #stored {
                #(::core::result::Result::Ok(#known) => {
                    ::core::result::Result::Err(#krate::model::tagged::known_in_fallback(#text, name))
                })*
                _ => ::core::result::Result::Ok(value),
            }
        }
    })
}
