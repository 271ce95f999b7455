//! Generated code of a field.
//!
//! Trait items are written as `<T as AttributeType>::encode` with the span of the field's type. The compiler reports the same
//! message at the same span only once, so a type that does not implement the trait gives one message, not one per use.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Path, Type, Visibility};

use super::{DefaultValue, Field, Storage};
use crate::ast;

/// The way in which a field is decoded.
#[derive(Clone, Copy)]
pub(crate) enum Decoding {
    /// As a key of the table: exactly, and without taking the value.
    Key,
    /// As any other attribute or entry.
    Plain,
}

impl Field<'_> {
    /// Returns the associated constant of `owner` for the field. `kind` is the field's part in the table's key: `HashKey`,
    /// `RangeKey` or `NonKey`.
    pub(crate) fn constant(&self, krate: &Path, visibility: &Visibility, owner: &Ident, kind: &str) -> TokenStream {
        let Self { name, constant, .. } = self;
        let docs = self.constant_docs(owner);
        let stored = self.stored_type(krate);
        let value = match self.stored_default(krate) {
            None if kind == "NonKey" => quote!(new(#name)),
            None => quote!(of_key(#name)),
            Some(default) => quote!(with_default(#name, || #default)),
        };
        let kind = format_ident!("{kind}");
        quote! {
            #docs
            #visibility const #constant: #krate::model::Attribute<Self, #stored, #krate::model::#kind> =
                #krate::model::Attribute::#value;
        }
    }

    /// Returns the expression of the constant for a field inside the map at `entry`.
    pub(crate) fn attribute_inside(&self, krate: &Path, entry: &str) -> TokenStream {
        let name = &self.name;
        let default = match self.stored_default(krate) {
            None => quote!(::core::option::Option::None),
            Some(default) => quote!(::core::option::Option::Some(|| #default)),
        };
        quote! {{
            const STEPS: &[#krate::expression::PathStep] =
                &[#krate::expression::PathStep::Key(#krate::value::Name::from_static(#name))];
            #krate::model::Attribute::inside(#entry, STEPS, #default)
        }}
    }

    /// Returns the expression of the constant for a field that is stored under its own name alone.
    pub(crate) fn attribute(&self, krate: &Path) -> TokenStream {
        let name = &self.name;
        match self.stored_default(krate) {
            None => quote!(#krate::model::Attribute::new(#name)),
            Some(default) => quote!(#krate::model::Attribute::with_default(#name, || #default)),
        }
    }

    /// Returns an expression of the type `Result` with the default value as it is stored, or `None` if the field has no option `default`.
    fn stored_default(&self, krate: &Path) -> Option<TokenStream> {
        let default = self.default_value()?;
        Some(match (&self.storage, self.to_stored(krate, &quote!(&#default))) {
            (Storage::Serde, _) => quote!(::core::result::Result::Ok(#krate::model::bridge::Serde(#default))),
            (_, None) => quote!(::core::result::Result::Ok(#default)),
            (_, Some(stored)) => stored,
        })
    }

    /// Returns the value of the field if the item lacks it, or `None` if the field has no option `default`.
    fn default_value(&self) -> Option<TokenStream> {
        self.default.as_ref().map(|default| default_value(self.ty, default))
    }

    /// Returns the first paragraph of the field's documentation. The rest is left out, so that its examples are not tested twice.
    fn constant_docs(&self, owner: &Ident) -> TokenStream {
        let text = if self.rust_name() == self.name {
            format!("The attribute `{}` of [`{owner}`].", self.name)
        } else {
            format!("The attribute `{}` of [`{owner}`], stored as `{}`.", self.rust_name(), self.name)
        };
        let field_docs = self.docs.iter().flat_map(|lines| lines.split('\n'));
        let mut lines: Vec<&str> = field_docs.take_while(|line| !line.trim().is_empty()).collect();
        if !lines.is_empty() {
            lines.push("");
        }
        lines.push(&text);
        quote!(#(#[doc = #lines])*)
    }

    /// Returns a statement that adds the field to the vector `entries`.
    pub(crate) fn encode(&self, krate: &Path, entries: &Ident, encoding: &str) -> TokenStream {
        let Self { place, name, .. } = self;
        let is_absent = self.attribute_type_item(krate, "is_absent");
        let encode = self.attribute_type_item(krate, encoding);
        let encode_from = |stored: TokenStream| {
            quote! {
                if !#is_absent(#stored) {
                    let value = #encode(#stored).map_err(|error| error.at(#name))?;
                    #entries.push((#krate::value::Name::from_static(#name), value));
                }
            }
        };
        match self.to_stored(krate, place) {
            // Without a clone of the value.
            _ if matches!(self.storage, Storage::Serde) => {
                let to_value = ast::respanned(self.ty, quote!(#krate::model::bridge::to_value));
                quote! {
                    let value = #to_value(#place).map_err(|error| error.at(#name))?;
                    #entries.push((#krate::value::Name::from_static(#name), value));
                }
            }
            None => encode_from(place.clone()),
            Some(stored) => {
                let encode = encode_from(quote!(&stored));
                quote_spanned! {self.span()=> {
                    let stored = #stored.map_err(|error| error.at(#name))?;
                    #encode
                }}
            }
        }
    }

    /// Returns the part `field: …` of a struct expression, which decodes the field from the entry that `cursor` finds.
    pub(crate) fn decode(&self, krate: &Path, cursor: &Ident, decoding: Decoding) -> TokenStream {
        let (ident, value) = (self.ident, self.decoded(krate, cursor, decoding));
        quote!(#ident: #value)
    }

    /// Returns the expression that encodes the field of `self`, of the type `Result`.
    pub(crate) fn encoded(&self, krate: &Path, encoding: &str) -> TokenStream {
        let Self { place, name, .. } = self;
        let encode = self.attribute_type_item(krate, encoding);
        let encoded = match self.to_stored(krate, place) {
            None => quote!(#encode(#place)),
            Some(stored) => quote!(#stored.and_then(|stored| #encode(&stored))),
        };
        quote!(#encoded.map_err(|error| error.at(#name)))
    }

    /// Returns the expression that decodes the field from the entry that `cursor` finds.
    pub(crate) fn decoded(&self, krate: &Path, cursor: &Ident, decoding: Decoding) -> TokenStream {
        let name = &self.name;
        let item = |name| self.attribute_type_item(krate, name);
        let decoded = match decoding {
            Decoding::Key => {
                let decode = item("decode_exact");
                quote!(#decode(value.get()))
            }
            Decoding::Plain => {
                let (read, take) = (item("decode"), item("decode_owned"));
                quote! {
                    (match value {
                        #krate::value::EntryValue::Shared(value) => #read(value),
                        #krate::value::EntryValue::GivenUp(value) => #take(::core::mem::take(value)),
                    })
                }
            }
        };
        let from_stored =
            self.conversion_from_stored(krate).map(|from_stored| quote_spanned!(self.span()=> .and_then(#from_stored)));
        let absent = self.default_value().unwrap_or_else(|| {
            let absent = self.attribute_type_item(krate, "absent");
            quote! {
                #absent().ok_or_else(|| {
                    #krate::model::CodecError::new(#krate::model::CodecErrorKind::Missing)
                })#from_stored.map_err(|error| error.at(#name))?
            }
        });
        quote! {
            match #cursor.find(#name) {
                ::core::option::Option::Some(value) => #decoded #from_stored.map_err(|error| error.at(#name))?,
                ::core::option::Option::None => #absent,
            }
        }
    }

    /// Returns the field's `Presence`.
    pub(crate) fn presence(&self, krate: &Path) -> TokenStream {
        if self.default.is_some() {
            return quote!(#krate::model::Presence::Default);
        }
        let absent = self.attribute_type_item(krate, "absent");
        quote! {
            if #absent().is_some() {
                #krate::model::Presence::Optional
            } else {
                #krate::model::Presence::Required
            }
        }
    }

    /// Returns the field's `FieldInfo`.
    pub(crate) fn info(&self, krate: &Path) -> TokenStream {
        let (name, rust_name) = (&self.name, self.rust_name());
        let (presence, type_info) = (self.presence(krate), self.type_info(krate));
        quote! {
            #krate::model::FieldInfo {
                name: #name,
                field: #rust_name,
                presence: #presence,
                type_info: #type_info,
            }
        }
    }

    /// Returns the path of the type's `type_info` function.
    pub(crate) fn type_info(&self, krate: &Path) -> TokenStream {
        self.attribute_type_item(krate, "type_info")
    }

    /// Returns the type that lookups compare with.
    pub(crate) fn operand(&self, krate: &Path) -> TokenStream {
        self.attribute_type_item(krate, "Operand")
    }

    /// Returns the scalar type of the field as a key of the table.
    pub(crate) fn table_scalar(&self, krate: &Path) -> TokenStream {
        qualified(&self.stored_type(krate), self.ty, &quote!(#krate::model::KeyType), "SCALAR")
    }

    /// Returns the scalar type of the field as a key of an index, where the field can be an `Option`.
    pub(crate) fn index_scalar(&self, krate: &Path) -> TokenStream {
        qualified(&self.operand(krate), self.ty, &quote!(#krate::model::KeyType), "SCALAR")
    }

    pub(super) fn attribute_type_item(&self, krate: &Path, item: &str) -> TokenStream {
        qualified(&self.stored_type(krate), self.ty, &quote!(#krate::model::AttributeType), item)
    }

    /// Returns the location of the field's type, for generated code in which the compiler could report an error about it.
    fn span(&self) -> Span {
        ast::first_and_last_span(self.ty).0
    }

    /// Returns the type of the attribute.
    pub(crate) fn stored_type(&self, krate: &Path) -> TokenStream {
        let ty = self.ty;
        match &self.storage {
            Storage::Field => ty.to_token_stream(),
            Storage::Expiry => self.expiry_item(krate, "Stored"),
            Storage::With(module) => item_of(module, "Stored"),
            Storage::Serde => ast::respanned(ty, quote!(#krate::model::bridge::Serde<#ty>)),
        }
    }

    /// Returns an expression of the type `Result` that converts a reference to the field's value into the type of the attribute, or `None`
    /// if the types are the same.
    fn to_stored(&self, krate: &Path, value: &TokenStream) -> Option<TokenStream> {
        let to_stored = match &self.storage {
            Storage::Field | Storage::Serde => return None,
            Storage::Expiry => self.expiry_item(krate, "to_stored"),
            Storage::With(module) => item_of(module, "to_stored"),
        };
        Some(quote!(#to_stored(#value)))
    }

    /// Returns the function that converts the value of the attribute into the field's type, or `None` if the types are the same.
    pub(super) fn conversion_from_stored(&self, krate: &Path) -> Option<TokenStream> {
        match &self.storage {
            Storage::Field => None,
            Storage::Serde => Some(quote!(|stored| ::core::result::Result::Ok(stored.0))),
            Storage::Expiry => Some(self.expiry_item(krate, "from_stored")),
            Storage::With(module) => Some(item_of(module, "from_stored")),
        }
    }

    /// Returns `<T as ExpiryTime>::item` for the field's type.
    pub(crate) fn expiry_item(&self, krate: &Path, item: &str) -> TokenStream {
        qualified(self.ty, self.ty, &quote!(#krate::model::ExpiryTime), item)
    }
}

/// Returns `module::item` with the span of the module, where the compiler then reports that it has no such item.
fn item_of(module: &Path, item: &str) -> TokenStream {
    let (_, last) = ast::first_and_last_span(module);
    let item = Ident::new(item, last);
    quote_spanned!(last=> #module::#item)
}

/// Returns `<ty as path>::item` with the span of `location`.
pub(crate) fn qualified(ty: &impl ToTokens, location: &impl ToTokens, path: &TokenStream, item: &str) -> TokenStream {
    let (first, last) = ast::first_and_last_span(location);
    let start = quote_spanned!(first=> <#ty as #path>);
    let item = Ident::new(item, last);
    quote_spanned!(last=> #start::#item)
}

/// Returns the default value of a field of this type.
pub(super) fn default_value(ty: &Type, default: &DefaultValue) -> TokenStream {
    match default {
        DefaultValue::Trait => {
            let default = qualified(ty, ty, &quote!(::core::default::Default), "default");
            quote!(#default())
        }
        DefaultValue::Text(text) => typed_default(ty, &quote!(::core::convert::Into::into(#text))),
        DefaultValue::Expr(expr) => typed_default(ty, expr),
    }
}

/// Returns a block that converts the user's expression into `ty`. The block's own variable is hidden from it by hygiene.
fn typed_default(ty: &impl ToTokens, value: &impl ToTokens) -> TokenStream {
    let default = format_ident!("default", span = Span::mixed_site());
    quote! {{
        let #default: #ty = #value;
        #default
    }}
}
