//! Constants of the variants of enums with data, and of the values in them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{DeriveInput, Type};

use super::super::{Content, Enumeration, Form, Variant};
use crate::case;
use crate::declared_names::without_duplicates;
use crate::field::Field;

/// Returns the name of the constant of a variant.
pub(in super::super) fn constant(variant: &Ident) -> Ident {
    case::constant(variant)
}

/// Returns the name of the constant of a field of a variant.
pub(in super::super) fn field_constant(variant: &Ident, field: &Field<'_>) -> Ident {
    format_ident!("{}_{}", constant(variant), field.constant, span = field.constant.span())
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
    let ident = enumeration.ident;
    let condition = super::parameters_can_be_stored(input, &enumeration.krate);
    let mut generics = input.generics.clone();
    let clause: syn::WhereClause = syn::parse_quote!(where #condition);
    generics.make_where_clause().predicates.extend(clause.predicates);
    let (parameters, arguments, conditions) = generics.split_for_impl();
    quote! {
        #[allow(dead_code, private_interfaces)]
        impl #parameters #ident #arguments #conditions {
            #constants
        }
    }
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
        (Content::Named { fields, .. }, entry) => {
            let constants = fields.iter().map(|field| {
                let value = match entry {
                    None => field.attribute(krate),
                    Some(entry) => field.attribute_inside(krate, entry),
                };
                let constant = field_constant(variant.ident, field);
                let docs = format!("The field `{}` of the variant `{}`.", field.rust_name(), variant.ident);
                (constant.clone(), attribute(enumeration, &constant, &field.stored_type(krate), &docs, &value))
            });
            constants.collect()
        }
        // A value inside which the name is stored has no place of its own.
        (Content::Unit, _) | (Content::Newtype(_) | Content::Tuple(_), None) => Vec::new(),
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
