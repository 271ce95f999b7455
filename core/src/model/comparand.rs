//! What an attribute is compared with: a value, or another attribute.

use super::{AttributeType, CodecError, F, IntoOperand, ModelIs};
use crate::expression::Path;
use crate::value::AttributeValue;

/// Marks what is given as a value. Never written out: the compiler finds it.
#[derive(Clone, Copy, Debug)]
pub struct ByValue;

/// Marks what is given as another attribute, or computed from one.
#[derive(Clone, Copy, Debug)]
pub struct ByField;

/// Marks what is given as the elements of a set.
#[derive(Clone, Copy, Debug)]
pub struct ByElements;

/// The right side of a comparison.
#[derive(Clone, PartialEq, Debug)]
pub enum Compared {
    /// A value.
    Value(AttributeValue),
    /// Another place in the same item.
    Field(Path),
}

/// What an attribute of the model `M` and the operand type `T` can be compared with: what is an [`IntoOperand<T>`], and
/// [`F`] of another attribute. `Form` tells the two apart.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with an attribute of `{M}` of type `{T}`",
    label = "expected `{T}`",
    note = "give a value of type `{T}`, or `F(…)` of another attribute of `{M}` of this type",
    note = "an `Option` is neither: to ask whether an attribute is there, use `exists()` or `not_exists()`"
)]
pub trait Comparand<M, T, Form> {
    /// The right side of the comparison.
    fn into_compared(self) -> Result<Compared, CodecError>;
}

impl<M, T: AttributeType, V: IntoOperand<T>> Comparand<M, T, ByValue> for V {
    fn into_compared(self) -> Result<Compared, CodecError> {
        self.into_operand().encode().map(Compared::Value)
    }
}

impl<M, N: ModelIs<M>, T, U: AttributeType<Operand = T>, K> Comparand<M, T, ByField> for F<N, U, K> {
    fn into_compared(self) -> Result<Compared, CodecError> {
        Ok(Compared::Field(self.0.into_path()))
    }
}
