//! Right side of a comparison.

use super::operand::{AttributeForm, ValueForm};
use super::{AttributeType, CodecError, F, IntoOperand, ModelIs};
use crate::expression::Path;
use crate::value::AttributeValue;

/// Right side of a comparison.
#[derive(Clone, PartialEq, Debug)]
pub enum Comparand {
    /// A value.
    Value(AttributeValue),
    /// Path of another attribute of the same item.
    Path(Path),
}

/// Arguments that an attribute of the model `M` with the operand type `T` can be compared with: an [`IntoOperand<T>`], or the
/// [`F`] of another attribute of `M`.
///
/// `Form` is inferred: [`ValueForm`] or [`AttributeForm`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with an attribute of `{M}` of type `{T}`",
    label = "expected `{T}`",
    note = "pass a value of type `{T}`, or `F(…)` of another attribute of `{M}` of this type",
    note = "an `Option` is not accepted: to test for presence, use `exists()` or `not_exists()`"
)]
pub trait IntoComparand<M, T, Form> {
    /// Converts this argument into the right side of a comparison.
    ///
    /// # Errors
    ///
    /// Returns the error of [`AttributeType::encode_exact`] if the value cannot be encoded.
    fn into_comparand(self) -> Result<Comparand, CodecError>;
}

impl<M, T: AttributeType, V: IntoOperand<T>> IntoComparand<M, T, ValueForm> for V {
    fn into_comparand(self) -> Result<Comparand, CodecError> {
        self.into_operand().encode_exact_owned().map(Comparand::Value)
    }
}

impl<M, N: ModelIs<M>, T, U: AttributeType<Operand = T>, K> IntoComparand<M, T, AttributeForm> for F<N, U, K> {
    fn into_comparand(self) -> Result<Comparand, CodecError> {
        Ok(Comparand::Path(self.0.into_path()))
    }
}
