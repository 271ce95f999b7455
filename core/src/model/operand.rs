//! Conversion of arguments of lookups and edits into the attribute's type.

use bytes::Bytes;

use super::AttributeType;

/// Form of an argument given as a value. The compiler infers it.
///
/// The traits [`IntoComparand`](super::IntoComparand), [`SetOperand`](super::SetOperand) and [`AddOperand`](super::AddOperand)
/// have one blanket implementation per form; the form as a type parameter keeps these from overlapping.
#[derive(Clone, Copy, Debug)]
pub struct ValueForm;

/// Form of an argument given as an `Option` of a value. The compiler infers it.
#[derive(Clone, Copy, Debug)]
pub struct OptionForm;

/// Form of an argument given as another attribute, or as an expression over one. The compiler infers it.
#[derive(Clone, Copy, Debug)]
pub struct AttributeForm;

/// Form of an argument given as the elements of a set. The compiler infers it.
#[derive(Clone, Copy, Debug)]
pub struct ElementsForm;

/// Forms of arguments that [`Attribute::set_if_not_exists`](super::Attribute::set_if_not_exists) accepts.
#[diagnostic::on_unimplemented(
    message = "`set_if_not_exists` accepts a value, not another attribute",
    note = "DynamoDB's `if_not_exists` names one attribute here, the one that is set"
)]
pub trait ValueLike {}

impl ValueLike for ValueForm {}

impl ValueLike for OptionForm {}

/// Values that lookups and edits accept for an attribute whose operand type is `T`: a `T`, or a type that converts into `T`
/// without loss, such as `&str` into `String`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value of an attribute of type `{T}`",
    label = "expected `{T}`",
    note = "an `Option` is accepted only by `set` and `set_if_not_exists` of an optional attribute; to test for presence, use `exists()` \
            or `not_exists()`"
)]
pub trait IntoOperand<T> {
    /// Converts this value into the operand type.
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

// Only `i32` converts into `f64`: with a second integer type, the type of a literal without a suffix would be ambiguous.
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
