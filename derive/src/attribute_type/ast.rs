//! The shapes that the derive takes.

use quote::ToTokens;
use syn::{Data, DeriveInput, Field, Fields, Variant};

use crate::ast::refuse_generics;
use crate::errors::Errors;

/// What the derive stands on.
pub(super) enum Shape<'a> {
    /// A tuple struct of one field.
    Newtype(&'a Field),
    /// Unit variants.
    Enum(Vec<&'a Variant>),
}

/// The shape, unless it is none of these, which is a mistake.
pub(super) fn read<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<Shape<'a>> {
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(Shape::Newtype(&fields.unnamed[0])),
            Fields::Named(_) => {
                refuse(&input.ident, "a struct with named fields is a document: derive `Document`", errors)
            }
            Fields::Unnamed(fields) => {
                refuse(fields, "a newtype has one field; to keep several, name them and derive `Document`", errors)
            }
            Fields::Unit => refuse(&input.ident, "a struct without fields has nothing to keep", errors),
        },
        Data::Union(data) => refuse(data.union_token, "only a newtype or an enum of unit variants can be kept", errors),
        Data::Enum(data) => {
            refuse_generics(&input.generics, "an enum of unit variants has no parameters", errors);
            if data.variants.is_empty() {
                return refuse(&input.ident, "an enum without variants has no values to keep", errors);
            }
            for variant in &data.variants {
                if !matches!(variant.fields, Fields::Unit) {
                    let message = "a variant is kept as text, so it cannot carry data; \
                                   implement `AttributeType` by hand to say how that is kept";
                    errors.at(&variant.fields, message);
                }
            }
            Some(Shape::Enum(data.variants.iter().collect()))
        }
    }
}

fn refuse<'a>(place: impl ToTokens, message: &str, errors: &mut Errors) -> Option<Shape<'a>> {
    errors.at(place, message);
    None
}
