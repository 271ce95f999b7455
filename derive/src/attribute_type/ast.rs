//! Shapes of types that the derive accepts.

use quote::ToTokens;
use syn::{Data, DeriveInput, Field, Fields};

use crate::errors::Errors;

/// Returns the field of a newtype, or `None` and an error if the type is none.
pub(super) fn read<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<&'a Field> {
    let mut reject = |tokens: &dyn ToTokens, message: &str| {
        errors.at(tokens, message);
        None
    };
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(&fields.unnamed[0]),
            Fields::Named(_) => reject(
                &input.ident,
                "a struct with named fields cannot derive `AttributeType`; derive `Document`, or add `#[attribute(join = \"…\")]` to store a \
                 key of several parts as one text",
            ),
            Fields::Unnamed(fields) => reject(
                fields,
                "a newtype has one field; to store several, name them and derive `Document`, or add `#[attribute(join = \"…\")]`",
            ),
            Fields::Unit => reject(&input.ident, "a struct without fields has no value to store"),
        },
        Data::Union(data) => reject(&data.union_token, "only a newtype or an enum can derive `AttributeType`"),
        // Enums are read by a module of their own.
        Data::Enum(_) => None,
    }
}
