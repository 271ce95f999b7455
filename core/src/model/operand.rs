//! What may stand on the right side of a lookup.

use bytes::Bytes;

use super::AttributeType;

/// What can be given where a lookup wants a `T`: a `T`, or something that is one without loss, such as `&str` for `String`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value of an attribute of type `{T}`",
    label = "expected `{T}`",
    note = "an `Option` is none: to ask whether an attribute is there, use `exists()` or `not_exists()`"
)]
pub trait IntoOperand<T> {
    /// The operand.
    fn into_operand(self) -> T;
}

impl<T: AttributeType> IntoOperand<T> for T {
    fn into_operand(self) -> T {
        self
    }
}

impl IntoOperand<String> for &str {
    fn into_operand(self) -> String {
        self.to_owned()
    }
}

impl IntoOperand<String> for &String {
    fn into_operand(self) -> String {
        self.clone()
    }
}

// One integer type only: a literal without a suffix must mean one thing.
impl IntoOperand<f64> for i32 {
    fn into_operand(self) -> f64 {
        f64::from(self)
    }
}

impl IntoOperand<Bytes> for &'static [u8] {
    fn into_operand(self) -> Bytes {
        Bytes::from_static(self)
    }
}

impl<const N: usize> IntoOperand<Bytes> for &[u8; N] {
    fn into_operand(self) -> Bytes {
        Bytes::copy_from_slice(self)
    }
}

impl IntoOperand<Bytes> for Vec<u8> {
    fn into_operand(self) -> Bytes {
        self.into()
    }
}
