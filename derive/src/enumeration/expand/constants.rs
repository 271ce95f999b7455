//! Constants of the variants of enums with data, and of the values in them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{DeriveInput, Type};

use super::super::{Content, Enumeration, Form, Variant};
use crate::attribute_type_impl;
use crate::case;
use crate::declared_names::without_duplicates;
use crate::fields::Fields;

/// Returns the name of the constant of a variant.
pub(in super::super) fn constant(variant: &Ident) -> Ident {
    case::constant(variant)
}

/// Returns the name of the constant of a field of a variant, whose own constant has the name `field`.
pub(in super::super) fn field_constant(variant: &Ident, field: &Ident) -> Ident {
    format_ident!("{}_{field}", constant(variant), span = field.span())
}

/// Returns the constants of an enum with data. An enum without data has none: its values are compared with `eq`.
pub(in super::super) fn constants(input: &DeriveInput, enumeration: &Enumeration<'_>) -> TokenStream {
    if matches!(enumeration.form, Form::Text) {
        return TokenStream::new();
    }
    let constants = without_duplicates(enumeration.variants.iter().flat_map(|variant| {
        let own = (constant(variant.ident), of_variant(enumeration, variant));
        std::iter::once(own).chain(of_content(enumeration, variant))
    }));
    attribute_type_impl::constants(input, &enumeration.krate, &constants)
}

fn of_variant(enumeration: &Enumeration<'_>, variant: &Variant<'_>) -> TokenStream {
    let Enumeration { krate, visibility, ident: owner, .. } = enumeration;
    let (ident, name, constant) = (variant.ident, &variant.name, constant(variant.ident));
    let value = match &enumeration.form {
        Form::Internal { tag } | Form::Adjacent { tag, .. } => quote!(tagged(#tag, #name)),
        Form::External if !variant.is_unit() => quote!(entry(#name)),
        Form::Text | Form::External => quote!(text(#name)),
    };
    let docs = format!("The variant `{ident}` of [`{owner}`], stored as `{name}`.");
    quote! {
        #[doc = #docs]
        #visibility const #constant: #krate::model::Variant<Self> = #krate::model::Variant::#value;
    }
}

/// Returns the constants of the values of a variant.
fn of_content(enumeration: &Enumeration<'_>, variant: &Variant<'_>) -> Vec<(Ident, TokenStream)> {
    let krate = &enumeration.krate;
    let entry = super::content_entry(enumeration, &variant.name);
    match (&variant.content, entry.as_deref()) {
        (Content::Named(fields), entry) => of_fields(enumeration, variant, fields, entry),
        (Content::Newtype(ty), None) => {
            let constant = format_ident!("{}_0", constant(variant.ident));
            let Enumeration { visibility, .. } = enumeration;
            let docs =
                format!("The value of the variant `{}`, whose entries are stored beside its name.", variant.ident);
            let declaration = quote! {
                #[doc = #docs]
                #visibility const #constant: #krate::model::Flattened<Self, #ty> = #krate::model::Flattened::new();
            };
            vec![(constant, declaration)]
        }
        (Content::Unit, _) | (Content::Tuple(_), None) => Vec::new(),
        (Content::Newtype(ty), Some(entry)) => {
            let value = quote!(#krate::model::Attribute::element_of(#entry, &[]));
            vec![of_position(enumeration, variant, 0, ty, &value)]
        }
        (Content::Tuple(types), Some(entry)) => {
            let constants = types.iter().enumerate().map(|(position, ty)| {
                let value = quote! {{
                    const STEPS: &[#krate::expression::PathStep] = &[#krate::expression::PathStep::Index(#position)];
                    #krate::model::Attribute::element_of(#entry, STEPS)
                }};
                of_position(enumeration, variant, position, ty, &value)
            });
            constants.collect()
        }
    }
}

/// Returns the constants of the fields of a variant, which are stored at `entry` of the enum's map, or beside the name.
fn of_fields(
    enumeration: &Enumeration<'_>,
    variant: &Variant<'_>,
    fields: &Fields<'_>,
    entry: Option<&str>,
) -> Vec<(Ident, TokenStream)> {
    let Enumeration { krate, visibility, .. } = enumeration;
    let docs = |field: String| format!("The field `{field}` of the variant `{}`.", variant.ident);
    let stored = fields.stored.iter().map(|field| {
        let value = match entry {
            None => field.attribute(krate),
            Some(entry) => field.attribute_inside(krate, entry),
        };
        let (constant, ty) = (field_constant(variant.ident, &field.constant), field.stored_type(krate));
        (constant.clone(), attribute(enumeration, &constant, &ty, &docs(field.rust_name()), &value))
    });
    let flattened = fields.flattened.iter().map(|field| {
        let constant = field_constant(variant.ident, &field.constant);
        let value = match entry {
            None => quote!(new()),
            Some(entry) => quote!(inside(#entry)),
        };
        (constant.clone(), field.declared(krate, visibility, &constant, &docs(field.rust_name()), &value))
    });
    stored.chain(flattened).collect()
}

fn of_position(
    enumeration: &Enumeration<'_>,
    variant: &Variant<'_>,
    position: usize,
    ty: &Type,
    value: &TokenStream,
) -> (Ident, TokenStream) {
    let constant = format_ident!("{}_{position}", constant(variant.ident));
    let docs = format!("The value {position} of the variant `{}`.", variant.ident);
    (constant.clone(), attribute(enumeration, &constant, &quote!(#ty), &docs, value))
}

fn attribute(
    enumeration: &Enumeration<'_>,
    constant: &Ident,
    ty: &TokenStream,
    docs: &str,
    value: &TokenStream,
) -> TokenStream {
    let Enumeration { krate, visibility, .. } = enumeration;
    quote! {
        #[doc = #docs]
        #visibility const #constant: #krate::model::Attribute<Self, #ty> = #value;
    }
}
