//! Attributes that `values` reads of each item.

use super::{Attribute, AttributeType, CodecError};
use crate::expression::Path;
use crate::value::Item;

/// Arguments of [`values`](crate::queryset::QuerySet::values) over the model `M`: an attribute, a path inside one, or a tuple of
/// one to eight of these.
#[diagnostic::on_unimplemented(
    message = "`values` cannot read `{Self}` from `{M}`",
    label = "expected an attribute of `{M}` or a tuple of its attributes",
    note = "pass attributes of `{M}`, one to eight of them in a tuple: `values(({M}::ONE, {M}::OTHER))`; \
            for more, derive `Projection` and use `only`"
)]
pub trait Values<M>: Send + Sync + 'static {
    /// Type of a row: the attribute's type, or a tuple of the attributes' types.
    type Row;

    /// Returns the paths to read.
    fn paths(&self) -> Vec<Path>;

    /// Decodes a row from an item.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] that names the path if a value does not decode into its type, or is missing from the item and
    /// its type has no value for that.
    fn decode(&self, item: &Item) -> Result<Self::Row, CodecError>;
}

impl<M: 'static, T: AttributeType + 'static, K: 'static> Values<M> for Attribute<M, T, K> {
    type Row = T;

    fn paths(&self) -> Vec<Path> {
        vec![self.path().clone()]
    }

    fn decode(&self, item: &Item) -> Result<T, CodecError> {
        Attribute::decode(self, item)
    }
}

macro_rules! tuples {
    ($(($($part:ident / $at:tt),+)),+ $(,)?) => {$(
        impl<M, $($part: Values<M>),+> Values<M> for ($($part,)+) {
            type Row = ($($part::Row,)+);

            fn paths(&self) -> Vec<Path> {
                [$(self.$at.paths()),+].concat()
            }

            fn decode(&self, item: &Item) -> Result<Self::Row, CodecError> {
                Ok(($(self.$at.decode(item)?,)+))
            }
        }
    )+};
}

tuples! {
    (A / 0),
    (A / 0, B / 1),
    (A / 0, B / 1, C / 2),
    (A / 0, B / 1, C / 2, D / 3),
    (A / 0, B / 1, C / 2, D / 3, E / 4),
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5),
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5, G / 6),
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5, G / 6, H / 7),
}
