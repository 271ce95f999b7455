//! What a field becomes.
//!
//! The traits are named with the field's type, at the type's place: `<T as AttributeType>::encode`. The compiler tells one
//! message at one place only once, so a type that cannot be kept gives one message, not one for each use.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Path, Visibility};

use super::{DefaultValue, Field};
use crate::ast;

impl Field<'_> {
    /// The constant for the field, as an associated constant of `owner`. `kind` says which key of a table the field is:
    /// `HashKey`, `RangeKey`, or `Plain` for neither.
    pub(crate) fn constant(&self, krate: &Path, visibility: &Visibility, owner: &Ident, kind: &str) -> TokenStream {
        let Self { ty, name, constant, .. } = self;
        let (docs, kind) = (self.constant_docs(owner), format_ident!("{kind}"));
        let value = match self.default_value() {
            None => quote!(new(#name)),
            Some(default) => quote!(with_default(#name, || #default)),
        };
        quote! {
            #docs
            #visibility const #constant: #krate::model::Attribute<#owner, #ty, #krate::model::#kind> =
                #krate::model::Attribute::#value;
        }
    }

    /// What the field is where the item lacks it, if its options say.
    fn default_value(&self) -> Option<TokenStream> {
        let ty = self.ty;
        Some(match self.default.as_ref()? {
            DefaultValue::Trait => {
                let default = qualified(ty, ty, &quote!(::core::default::Default), "default");
                quote!(#default())
            }
            DefaultValue::Text(text) => given_default(ty, &quote!(::core::convert::Into::into(#text))),
            DefaultValue::Expr(expr) => given_default(ty, expr),
        })
    }

    /// The first paragraph of the field's own words; not all of them, so that no example in them is tested twice.
    fn constant_docs(&self, owner: &Ident) -> TokenStream {
        let text = if self.rust_name() == self.name {
            format!("The attribute `{}` of [`{owner}`].", self.name)
        } else {
            format!("The attribute `{}` of [`{owner}`], kept as `{}`.", self.rust_name(), self.name)
        };
        let own_words = self.docs.iter().flat_map(|lines| lines.split('\n'));
        let mut lines: Vec<&str> = own_words.take_while(|line| !line.trim().is_empty()).collect();
        if !lines.is_empty() {
            lines.push("");
        }
        lines.push(&text);
        quote!(#(#[doc = #lines])*)
    }

    /// A map or an item of these fields, as an expression.
    pub(crate) fn encode_all(mut fields: Vec<&Self>, krate: &Path) -> TokenStream {
        let entries = format_ident!("entries", span = Span::mixed_site());
        // Entries are kept sorted by name; sorting what is sorted takes one pass.
        fields.sort_by(|left, right| left.name.cmp(&right.name));
        let count = fields.len();
        let fields = fields.iter().map(|field| field.encode(krate, &entries));
        quote! {{
            let mut #entries = ::std::vec::Vec::<(#krate::value::Name, #krate::value::AttributeValue)>::with_capacity(#count);
            #(#fields)*
            ::core::iter::FromIterator::from_iter(#entries)
        }}
    }

    /// Adds the field to the vector `entries`.
    fn encode(&self, krate: &Path, entries: &Ident) -> TokenStream {
        let Self { ident, name, .. } = self;
        let is_absent = self.codec(krate, "is_absent");
        let encode = self.codec(krate, "encode");
        quote! {
            if !#is_absent(&self.#ident) {
                let value = #encode(&self.#ident).map_err(|error| error.at(#name))?;
                #entries.push((#krate::value::Name::from_static(#name), value));
            }
        }
    }

    /// Takes the field out of `map`: `field: …`, for a struct expression.
    pub(crate) fn decode(&self, krate: &Path, map: &Ident) -> TokenStream {
        let Self { ident, name, .. } = self;
        let decode = self.codec(krate, "decode");
        let absent = self.default_value().unwrap_or_else(|| {
            let absent = self.codec(krate, "absent");
            quote! {
                #absent().ok_or_else(|| {
                    #krate::model::CodecError::new(#krate::model::CodecErrorKind::Missing).at(#name)
                })?
            }
        });
        quote! {
            #ident: match #map.get(#name) {
                ::core::option::Option::Some(value) => #decode(value).map_err(|error| error.at(#name))?,
                ::core::option::Option::None => #absent,
            }
        }
    }

    /// What becomes of an item that lacks the field.
    pub(crate) fn presence(&self, krate: &Path) -> TokenStream {
        if self.default.is_some() {
            return quote!(#krate::model::Presence::Default);
        }
        let absent = self.codec(krate, "absent");
        quote! {
            if #absent().is_some() {
                #krate::model::Presence::Optional
            } else {
                #krate::model::Presence::Required
            }
        }
    }

    /// What the type is, as a function.
    pub(crate) fn type_info(&self, krate: &Path) -> TokenStream {
        self.codec(krate, "type_info")
    }

    /// The type that lookups compare with.
    pub(crate) fn operand(&self, krate: &Path) -> TokenStream {
        self.codec(krate, "Operand")
    }

    /// The type of key that the field is in a table.
    pub(crate) fn table_scalar(&self, krate: &Path) -> TokenStream {
        qualified(self.ty, self.ty, &quote!(#krate::model::KeyType), "SCALAR")
    }

    /// The type of key that the field is in an index, where it may be an `Option`.
    pub(crate) fn index_scalar(&self, krate: &Path) -> TokenStream {
        qualified(&self.operand(krate), self.ty, &quote!(#krate::model::KeyType), "SCALAR")
    }

    fn codec(&self, krate: &Path, item: &str) -> TokenStream {
        qualified(self.ty, self.ty, &quote!(#krate::model::AttributeType), item)
    }
}

/// `<ty as path>::item`, written at `place` in the compiler's eyes.
pub(crate) fn qualified(ty: &impl ToTokens, place: &impl ToTokens, path: &TokenStream, item: &str) -> TokenStream {
    let (first, last) = ast::ends(place);
    let start = quote_spanned!(first=> <#ty as #path>);
    let item = Ident::new(item, last);
    quote_spanned!(last=> #start::#item)
}

/// The default that a user wrote. Our own names have a hygiene of their own, so that it does not see them.
fn given_default(ty: &impl ToTokens, value: &impl ToTokens) -> TokenStream {
    let default = format_ident!("default", span = Span::mixed_site());
    quote! {{
        let #default: #ty = #value;
        #default
    }}
}
