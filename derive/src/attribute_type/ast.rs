//! Shapes of types that the derive accepts.

use quote::ToTokens;
use syn::{Data, DeriveInput, Field, Fields, Variant};

use crate::ast::reject_generics;
use crate::errors::Errors;

/// Shape of the type.
pub(super) enum Shape<'a> {
    /// A tuple struct with this one field.
    Newtype(&'a Field),
    /// An enum with these unit variants.
    Enum(Vec<&'a Variant>),
}

/// Returns the shape, or `None` and an error if the derive does not accept the type.
pub(super) fn read<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<Shape<'a>> {
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(Shape::Newtype(&fields.unnamed[0])),
            Fields::Named(_) => reject(
                &input.ident,
                "a struct with named fields cannot derive `AttributeType`; derive `Document`, or add `#[attribute(join = \"…\")]` to store a \
                 key of several parts as one text",
                errors,
            ),
            Fields::Unnamed(fields) => reject(
                fields,
                "a newtype has one field; to store several, name them and derive `Document`, or add `#[attribute(join = \"…\")]`",
                errors,
            ),
            Fields::Unit => reject(&input.ident, "a struct without fields has no value to store", errors),
        },
        Data::Union(data) => {
            reject(data.union_token, "only a newtype or an enum of unit variants can derive `AttributeType`", errors)
        }
        Data::Enum(data) => {
            reject_generics(&input.generics, "an enum of unit variants cannot have generic parameters", errors);
            if data.variants.is_empty() {
                return reject(&input.ident, "an enum without variants has no value to store", errors);
            }
            for variant in &data.variants {
                if !matches!(variant.fields, Fields::Unit) {
                    let message = "a variant is stored as text, so it cannot carry data; \
                                   implement `AttributeType` by hand to define another encoding";
                    errors.at(&variant.fields, message);
                }
            }
            Some(Shape::Enum(data.variants.iter().collect()))
        }
    }
}

fn reject<'a>(tokens: impl ToTokens, message: &str, errors: &mut Errors) -> Option<Shape<'a>> {
    errors.at(tokens, message);
    None
}
