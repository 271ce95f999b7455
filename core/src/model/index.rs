//! Indexes as types, so that the compiler checks which key a queryset takes.

use super::{AttributeType, CodecError, IndexMeta, IntoOperand, Model};
use crate::value::AttributeValue;

/// What a queryset can read: a model's table or one of its indexes. The derive writes one type for each.
pub trait Index: Copy + Send + Sync + 'static {
    /// The model.
    type Model: Model;

    /// What [`set_hash_key`](crate::queryset::QuerySet::set_hash_key) takes: the type of the hash key, or a tuple of them.
    type HashOperand: KeyOperand;

    /// Where the index stands in [`ModelSchema::indexes`](super::ModelSchema::indexes).
    const POSITION: usize;

    /// What is known of it.
    fn meta() -> &'static IndexMeta {
        &Self::Model::schema().indexes[Self::POSITION]
    }
}

/// The same type: what an index's hash key must be to keep the hash key that is set.
#[diagnostic::on_unimplemented(
    message = "the hash key of this index is of type `{Self}`, and the one that is set is of type `{H}`",
    note = "set the index first, on the manager, and then its hash key: `objects().set_index(…).set_hash_key(…)`"
)]
pub trait HashKeyIs<H> {}

impl<H> HashKeyIs<H> for H {}

/// The same model: whose index a queryset can read.
#[diagnostic::on_unimplemented(
    message = "this is an index of `{Self}`, and the queryset reads `{M}`",
    note = "use an index of `{M}`: its constants are named after the indexes that it declares"
)]
pub trait ModelIs<M> {}

impl<M> ModelIs<M> for M {}

/// One value, or a tuple of values, of key attributes.
pub trait KeyOperand: Sized + Send {
    /// The values, in the order of the key schema.
    fn into_values(self) -> Result<Vec<AttributeValue>, CodecError>;
}

impl<T: AttributeType + Send> KeyOperand for T {
    fn into_values(self) -> Result<Vec<AttributeValue>, CodecError> {
        Ok(vec![self.encode()?])
    }
}

/// The same for tuples of two to eight: four hash and four range attributes.
macro_rules! tuples {
    ($(($($operand:ident / $given:ident / $at:tt),+)),+ $(,)?) => {$(
        impl<$($operand: AttributeType + Send),+> KeyOperand for ($($operand,)+) {
            fn into_values(self) -> Result<Vec<AttributeValue>, CodecError> {
                Ok(vec![$(self.$at.encode()?),+])
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($operand,)+ $($given: IntoOperand<$operand>),+> IntoOperand<($($operand,)+)> for ($($given,)+) {
            fn into_operand(self) -> ($($operand,)+) {
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
