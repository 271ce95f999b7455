//! What the derives call. Not for use by hand: it may change with any version.

use super::{Attribute, AttributeType, CodecError, CodecErrorKind, FieldIs};
use crate::value::{AttributeValue, Item, Map};

pub use inventory;

/// The map inside a document.
pub fn document<'a>(value: &'a AttributeValue, expected: &'static str) -> Result<&'a Map, CodecError> {
    value.as_m().ok_or_else(|| CodecError::wrong_type(expected, value.value_type()))
}

/// The text inside an enum of unit variants.
pub fn variant<'a>(value: &'a AttributeValue, expected: &'static str) -> Result<&'a str, CodecError> {
    value.as_s().ok_or_else(|| CodecError::wrong_type(expected, value.value_type()))
}

/// A document has no form as text.
pub fn no_text_form(expected: &'static str) -> Result<AttributeValue, CodecError> {
    Err(CodecError::new(CodecErrorKind::NoTextForm { expected }))
}

/// What the item has of an attribute, on its way into a field of a projection.
#[derive(Debug)]
pub struct Projected<T>(T);

/// What the item has of an attribute.
pub fn projected<M, T: AttributeType, K>(
    attribute: &Attribute<M, T, K>,
    item: &Item,
) -> Result<Projected<T>, CodecError> {
    attribute.decode(item).map(Projected)
}

impl<T> Projected<T> {
    /// The value of a field of this type. In two steps, so that the compiler knows the attribute's type before it compares.
    pub fn into_field<F: FieldIs<T>>(self) -> F {
        F::from_attribute(self.0)
    }
}
