//! Decoding of enums.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::super::{Content, Enumeration, Variant};
use super::{at_content, enter_level, result_of, stored};
use crate::attribute_type_impl::{self, AttributeTypeImpl};
use crate::field::qualified;
use crate::fields;

/// Returns the body of the function `decode`.
pub(super) fn body(enumeration: &Enumeration<'_>) -> TokenStream {
    let value = AttributeTypeImpl::value();
    let level = enter_level(enumeration);
    let stored = stored::variant(enumeration, &quote!(#value));
    let variants = enumeration.variants.iter().map(|variant| {
        let (pattern, decoded) = (stored::pattern(enumeration, variant, &content()), decoded(enumeration, variant));
        quote!(::core::result::Result::Ok(#pattern) => #decoded,)
    });
    let others = others(enumeration, &value);
    quote! {
        #level
        match #stored {
            #(#variants)*
            #others
        }
    }
}

/// Returns the arms for values of no variant: those of the fallback, or errors.
fn others(enumeration: &Enumeration<'_>, value: &Ident) -> TokenStream {
    let krate = &enumeration.krate;
    if let Some(fallback) = &enumeration.fallback {
        let ident = fallback.ident;
        let decode = qualified(fallback.ty, fallback.ty, &quote!(#krate::model::AttributeType), "decode");
        return quote!(_ => #decode(#value).map(Self::#ident),);
    }
    let expected = attribute_type_impl::description(enumeration.ident);
    let (with_content, without_content) = (enumeration.names(false), enumeration.names(true));
    quote! {
        ::core::result::Result::Ok(stored) => ::core::result::Result::Err(#krate::model::tagged::unknown(
            stored,
            #expected,
            &[#(#with_content),*],
            &[#(#without_content),*],
        )),
        ::core::result::Result::Err(error) => ::core::result::Result::Err(error),
    }
}

/// Returns the expression of the type `Result` that decodes a variant from `content`.
fn decoded(enumeration: &Enumeration<'_>, variant: &Variant<'_>) -> TokenStream {
    let (krate, ident, content) = (&enumeration.krate, variant.ident, content());
    let attribute_type = quote!(#krate::model::AttributeType);
    let result = result_of(enumeration, &quote!(Self));
    let decoded = match &variant.content {
        Content::Unit => return quote!(::core::result::Result::Ok(Self::#ident)),
        Content::Newtype(ty) => {
            let decode = if let Some(tag) = enumeration.inner_tag() {
                let from_entries = qualified(ty, ty, &quote!(#krate::model::Document), "from_entries");
                let name = attribute_type_impl::description(enumeration.ident);
                quote! {
                    #krate::model::codegen::document(#content, #name)
                        .and_then(|map| #from_entries(&mut #krate::value::Entries::Shared(map), &[#tag]))
                }
            } else {
                let decode = qualified(ty, ty, &attribute_type, "decode");
                quote!(#decode(#content))
            };
            quote!(#decode.map(Self::#ident))
        }
        Content::Tuple(types) => {
            let count = types.len();
            let values = types.iter().enumerate().map(|(position, ty)| {
                let decode = qualified(ty, ty, &attribute_type, "decode");
                quote!(#decode(&elements[#position]).map_err(|error| error.at_index(#position))?)
            });
            quote! {
                (|| -> #result {
                    let elements = #krate::model::codegen::elements::<#count>(#content)?;
                    ::core::result::Result::Ok(Self::#ident(#(#values),*))
                })()
            }
        }
        Content::Named(fields) => {
            let entries = fields::entries();
            let name = attribute_type_impl::description(enumeration.ident);
            let tag = enumeration.inner_tag();
            let outside = quote!(&[#tag]);
            let created = quote!(Self::#ident);
            let decoded = fields.decode(krate, &created, &entries, |_| false, &outside);
            quote! {
                (|| -> #result {
                    let #entries = &mut #krate::value::Entries::Shared(#krate::model::codegen::document(#content, #name)?);
                    let _ = &#entries;
                    ::core::result::Result::Ok(#decoded)
                })()
            }
        }
    };
    at_content(enumeration, &variant.name, decoded)
}

/// Returns the variable of the stored content. Its hygiene hides it from expressions that the user wrote.
fn content() -> Ident {
    format_ident!("content", span = Span::mixed_site())
}
