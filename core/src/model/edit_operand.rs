//! Arguments of the edits `set`, `add` and `delete`.

use super::codec::encode_set;
use super::operand::{AttributeForm, ElementsForm, OptionForm, ValueForm};
use super::{AttributeType, CodecError, CombinedExpression, F, IntoOperand, ModelIs, Numeric, SetElement, SetType};
use crate::expression::{SetValue, UpdateOperand};
use crate::value::AttributeValue;

/// Form of an absent value, such as `None` or an empty set, in the place that it is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Absence {
    /// No value, in an item or a document.
    LeftOut,
    /// The encoded value, in a list or a map: NULL for `None`, an error for an empty set.
    Encoded,
}

/// Arguments that an attribute of the model `M` and the type `T` can be set to: an [`IntoOperand`] of its operand type, the [`F`] of
/// another attribute of `M`, or a [`CombinedExpression`] such as `F(Weather::VISITS) + 1`. If `T` is an `Option`, also an `Option`
/// of the operand type itself, so that the type of `None` is known.
///
/// `Form` is inferred: [`ValueForm`], [`OptionForm`] or [`AttributeForm`].
#[diagnostic::on_unimplemented(
    message = "an attribute of `{M}` of type `{T}` cannot be set to `{Self}`",
    label = "expected `{T}`",
    note = "pass a value, `F(…)` of another attribute of `{M}` of this type, or a sum or difference of one",
    note = "only an attribute whose field is an `Option` can be set to an `Option`, of exactly the type of the field; `None` removes the \
            attribute"
)]
pub trait SetOperand<M, T, Form> {
    /// Returns the right side of `SET`, or `None` if the value is [absent](AttributeType::is_absent) and `absence` leaves it out.
    ///
    /// # Errors
    ///
    /// Returns the error of [`AttributeType::encode`] if the value cannot be encoded.
    fn into_set_value(self, absence: Absence) -> Result<Option<SetValue>, CodecError>;
}

impl<M, T: AttributeType, V: IntoOperand<T::Operand>> SetOperand<M, T, ValueForm> for V {
    fn into_set_value(self, absence: Absence) -> Result<Option<SetValue>, CodecError> {
        set_value(&self.into_operand(), absence)
    }
}

impl<M, T: AttributeType> SetOperand<M, Option<T>, OptionForm> for Option<T::Operand> {
    fn into_set_value(self, absence: Absence) -> Result<Option<SetValue>, CodecError> {
        set_value(&self, absence)
    }
}

impl<M, N: ModelIs<M>, T: AttributeType, U: AttributeType<Operand = T::Operand>, K> SetOperand<M, T, AttributeForm>
    for F<N, U, K>
{
    fn into_set_value(self, _absence: Absence) -> Result<Option<SetValue>, CodecError> {
        Ok(Some(UpdateOperand::Path(self.0.into_path()).into()))
    }
}

impl<M, N: ModelIs<M>, T: AttributeType> SetOperand<M, T, AttributeForm> for CombinedExpression<N, T::Operand> {
    fn into_set_value(self, _absence: Absence) -> Result<Option<SetValue>, CodecError> {
        self.value.map(Some)
    }
}

fn set_value(value: &impl AttributeType, absence: Absence) -> Result<Option<SetValue>, CodecError> {
    if value.is_absent() && absence == Absence::LeftOut {
        return Ok(None);
    }
    value.encode().map(|value| Some(value.into()))
}

/// Arguments that [`Attribute::add`](super::Attribute::add) accepts for an attribute with the operand type `T`: a number for a
/// number, elements for a set.
///
/// `Form` is inferred: [`ValueForm`] or [`ElementsForm`].
#[diagnostic::on_unimplemented(
    message = "`add` cannot add `{Self}` to an attribute of type `{T}`",
    label = "cannot be added to `{T}`",
    note = "pass a number of the same type to a number, or elements to a set; for a list, use `append` or `prepend`"
)]
pub trait AddOperand<T, Form> {
    /// Returns the right side of `ADD`, or `None` if there are no elements to add.
    ///
    /// # Errors
    ///
    /// Returns the error of [`AttributeType::encode`] if the value or an element cannot be encoded.
    fn into_add_value(self) -> Result<Option<AttributeValue>, CodecError>;
}

impl<T: AttributeType + Numeric, V: IntoOperand<T>> AddOperand<T, ValueForm> for V {
    fn into_add_value(self) -> Result<Option<AttributeValue>, CodecError> {
        self.into_operand().encode().map(Some)
    }
}

impl<T: SetType, V: IntoIterator<Item: IntoOperand<T::Element>>> AddOperand<T, ElementsForm> for V {
    fn into_add_value(self) -> Result<Option<AttributeValue>, CodecError> {
        set_of(self)
    }
}

/// Encodes a set of these elements. Returns `None` if there are none, since DynamoDB has no empty sets.
pub(super) fn set_of<E: SetElement>(
    elements: impl IntoIterator<Item: IntoOperand<E>>,
) -> Result<Option<AttributeValue>, CodecError> {
    let elements: Vec<E> = elements.into_iter().map(IntoOperand::into_operand).collect();
    if elements.is_empty() { Ok(None) } else { encode_set(&elements).map(Some) }
}
