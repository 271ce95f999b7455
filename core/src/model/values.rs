//! What is taken of each item where not the whole of it is wanted.

use super::{Attribute, AttributeType, CodecError, Model};
use crate::expression::Path;
use crate::value::Item;

/// What [`values`](crate::queryset::QuerySet::values) takes of the items of the model `M`: an attribute, a place inside one, or
/// a tuple of one to eight of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that `values` can take of `{M}`",
    label = "no attribute of `{M}`, and no tuple of its attributes",
    note = "give it attributes of `{M}`, one to eight of them in a tuple: `values(({M}::ONE, {M}::OTHER))`; \
            for more, derive `Projection` and use `only`"
)]
pub trait Values<M>: Send + Sync + 'static {
    /// What becomes of an item: the attribute's type, or a tuple of them.
    type Row;

    /// The places in the item.
    fn paths(&self) -> Vec<Path>;

    /// What an item has there.
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

/// Tuples of one to eight.
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

/// A struct that holds some of the attributes of the model `M`: what [`only`](crate::queryset::QuerySet::only) gives. Derive it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no projection of `{M}`",
    note = "add #[derive(Projection)] and #[projection(model = {M})] to `{Self}`"
)]
pub trait Projection<M: Model>: Sized + Send + 'static {
    /// The attributes that it holds.
    fn paths() -> Vec<Path>;

    /// The value that an item holds. Other attributes are ignored.
    fn from_item(item: &Item) -> Result<Self, CodecError>;
}

/// The same type: what a field of a [`Projection`] must be of, compared with the model's attribute.
#[diagnostic::on_unimplemented(
    message = "this field is of type `{Self}`, and the attribute of the model is of type `{T}`",
    label = "the model has `{T}`",
    note = "a field of a projection has the type of the model's field; make it `{T}`"
)]
pub trait FieldIs<T>: Sized {
    /// The value, whose type is the same.
    fn from_attribute(value: T) -> Self;
}

impl<T> FieldIs<T> for T {
    fn from_attribute(value: T) -> Self {
        value
    }
}
