//! The right side of an edit.

use super::codec::encode_set;
use super::comparand::{ByElements, ByField, ByValue};
use super::{AttributeType, CodecError, Computed, F, IntoOperand, Members, ModelIs, Numeric, SetElement};
use crate::expression::{SetValue, UpdateOperand};
use crate::value::AttributeValue;

/// What an attribute of the model `M` and the operand type `T` can be set to: what is an [`IntoOperand<T>`], [`F`] of another
/// attribute, or [`Computed`] from one. `Form` tells a value from the others.
#[diagnostic::on_unimplemented(
    message = "an attribute of `{M}` of type `{T}` cannot be set to `{Self}`",
    label = "expected `{T}`",
    note = "give a value of type `{T}`, `F(…)` of another attribute of `{M}` of this type, or a sum or difference of one",
    note = "an `Option` is none of these: for `None`, use `remove()`"
)]
pub trait SetOperand<M, T, Form> {
    /// The right side of `SET`; nothing when the attribute is to be removed.
    fn into_set_value(self) -> Result<Option<SetValue>, CodecError>;
}

impl<M, T: AttributeType, V: IntoOperand<T>> SetOperand<M, T, ByValue> for V {
    fn into_set_value(self) -> Result<Option<SetValue>, CodecError> {
        let value = self.into_operand();
        if value.is_absent() { Ok(None) } else { value.encode().map(|value| Some(value.into())) }
    }
}

impl<M, N: ModelIs<M>, T, U: AttributeType<Operand = T>, K> SetOperand<M, T, ByField> for F<N, U, K> {
    fn into_set_value(self) -> Result<Option<SetValue>, CodecError> {
        Ok(Some(UpdateOperand::Path(self.0.into_path()).into()))
    }
}

impl<M, N: ModelIs<M>, T> SetOperand<M, T, ByField> for Computed<N, T> {
    fn into_set_value(self) -> Result<Option<SetValue>, CodecError> {
        self.value.map(Some)
    }
}

/// Types that grow by a `V`: numbers by a number, sets by elements. `Form` tells the two apart.
#[diagnostic::on_unimplemented(
    message = "`add` cannot be used on `{Self}`, or not with such a value",
    note = "a number takes a number of its type, a set takes its elements; for a list, use `append` or `prepend`"
)]
pub trait Grows<V, Form> {
    /// The right side of `ADD`; nothing when there is nothing to add.
    fn growth(value: V) -> Result<Option<AttributeValue>, CodecError>;
}

impl<T: AttributeType + Numeric, V: IntoOperand<T>> Grows<V, ByValue> for T {
    fn growth(value: V) -> Result<Option<AttributeValue>, CodecError> {
        value.into_operand().encode().map(Some)
    }
}

impl<T: Members, V: IntoIterator<Item: IntoOperand<T::Element>>> Grows<V, ByElements> for T {
    fn growth(elements: V) -> Result<Option<AttributeValue>, CodecError> {
        members(elements)
    }
}

/// A set of these; nothing when there are none, since DynamoDB has no empty set.
pub(super) fn members<E: SetElement>(
    elements: impl IntoIterator<Item: IntoOperand<E>>,
) -> Result<Option<AttributeValue>, CodecError> {
    let elements: Vec<E> = elements.into_iter().map(IntoOperand::into_operand).collect();
    if elements.is_empty() { Ok(None) } else { encode_set(&elements).map(Some) }
}
