//! Indexes as types, so that the compiler checks the hash key of a queryset.

use super::{CodecError, IndexMeta, IntoOperand, KeyType, Model};
use crate::value::AttributeValue;

/// A table or an index that a queryset can read. `#[derive(Model)]` generates one type for the table and one for each index.
pub trait Index: Copy + Send + Sync + 'static {
    /// Model whose items the index holds.
    type Model: Model;

    /// Type that [`set_hash_key`](crate::queryset::QuerySet::set_hash_key) accepts: the type of the hash key, or a tuple of the
    /// types of the hash attributes.
    type HashOperand: KeyOperand;

    /// Position of the index in [`ModelSchema::indexes`](super::ModelSchema::indexes).
    const POSITION: usize;

    /// Returns the index's name, key and projection.
    fn meta() -> &'static IndexMeta {
        &Self::Model::schema().indexes[Self::POSITION]
    }
}

/// Type equality between the hash key of an index and the hash key that a queryset has set, with an error message of its own.
#[diagnostic::on_unimplemented(
    message = "the hash key of this index is of type `{Self}`, but the hash key that is set is of type `{H}`",
    note = "set the index first, on the manager, and then its hash key: `objects().set_index(…).set_hash_key(…)`"
)]
pub trait HashKeyIs<H> {}

impl<H> HashKeyIs<H> for H {}

/// Equality of two models, with an error message of its own.
#[diagnostic::on_unimplemented(
    message = "this is an index of `{Self}`, but the queryset reads `{M}`",
    note = "use an index of `{M}`: its constants are named after the indexes that it declares"
)]
pub trait ModelIs<M> {}

impl<M> ModelIs<M> for M {}

/// The value of one key attribute, or a tuple of the values of several.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key",
    note = "a key is a value of a `KeyType`, or a tuple of two to eight of them"
)]
pub trait KeyOperand: Sized + Send {
    /// Encodes the values of the key's parts.
    ///
    /// # Errors
    ///
    /// Returns the error of [`encode_exact`](super::AttributeType::encode_exact) of the first value that cannot be encoded, with its position.
    fn into_values(self) -> Result<Vec<AttributeValue>, KeyPartError>;
}

/// The error of encoding one of the values of a key.
#[derive(Clone, PartialEq, Debug)]
pub struct KeyPartError {
    /// Position of the value in the key, counted from 0.
    pub position: usize,
    /// The error of the value, without the name of its attribute.
    pub error: CodecError,
}

/// The key of which all attributes are literal text, as that of a model with one item.
impl KeyOperand for () {
    fn into_values(self) -> Result<Vec<AttributeValue>, KeyPartError> {
        Ok(Vec::new())
    }
}

#[diagnostic::do_not_recommend]
impl IntoKey<()> for () {
    fn into_key(self) {}
}

// Bounded by `KeyType`, so that a tuple that is a value of one attribute, stored as a list, is no value of one key attribute.
impl<T: KeyType + Send> KeyOperand for T {
    fn into_values(self) -> Result<Vec<AttributeValue>, KeyPartError> {
        Ok(vec![encode(self, 0)?])
    }
}

/// Values that a method accepts as the key `K`: the value of one key attribute, or a tuple of the values of several, converted as by
/// [`IntoOperand`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value of the key, which is `{K}`",
    label = "expected `{K}`",
    note = "a key of one attribute is its value; a key of several attributes is a tuple of their values, such as `(hash, range)` for an \
            item of a model with a range key"
)]
pub trait IntoKey<K> {
    /// Converts this value into the key.
    fn into_key(self) -> K;
}

#[diagnostic::do_not_recommend]
impl<K: KeyType, T: IntoOperand<K>> IntoKey<K> for T {
    fn into_key(self) -> K {
        self.into_operand()
    }
}

/// Encodes the value of the part at this position.
fn encode<T: KeyType>(value: T, position: usize) -> Result<AttributeValue, KeyPartError> {
    value.encode_exact_owned().map_err(|error| KeyPartError { position, error })
}

// Tuples of two to eight: an index has up to four hash and four range attributes.
macro_rules! tuples {
    ($(($($operand:ident / $given:ident / $at:tt),+)),+ $(,)?) => {$(
        impl<$($operand: KeyType + Send),+> KeyOperand for ($($operand,)+) {
            fn into_values(self) -> Result<Vec<AttributeValue>, KeyPartError> {
                Ok(vec![$(encode(self.$at, $at)?),+])
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($operand,)+ $($given: IntoOperand<$operand>),+> IntoKey<($($operand,)+)> for ($($given,)+) {
            fn into_key(self) -> ($($operand,)+) {
                ($(self.$at.into_operand(),)+)
            }
        }
    )+};
}

tuples! {
    (A / A1 / 0, B / B1 / 1),
    (A / A1 / 0, B / B1 / 1, C / C1 / 2),
    (A / A1 / 0, B / B1 / 1, C / C1 / 2, D / D1 / 3),
    (A / A1 / 0, B / B1 / 1, C / C1 / 2, D / D1 / 3, E / E1 / 4),
    (A / A1 / 0, B / B1 / 1, C / C1 / 2, D / D1 / 3, E / E1 / 4, F / F1 / 5),
    (A / A1 / 0, B / B1 / 1, C / C1 / 2, D / D1 / 3, E / E1 / 4, F / F1 / 5, G / G1 / 6),
    (A / A1 / 0, B / B1 / 1, C / C1 / 2, D / D1 / 3, E / E1 / 4, F / F1 / 5, G / G1 / 6, H / H1 / 7),
}
