//! Order of results.

use std::fmt;
use std::marker::PhantomData;

use super::Attribute;
use crate::expression::Path;

/// Path and direction by which results are ordered, without the model's type.
#[derive(Clone, PartialEq, Debug)]
pub struct OrderBy {
    /// Path of the attribute.
    pub path: Path,
    /// `true` if the greatest value comes first.
    pub descending: bool,
}

/// An attribute of the model `M` and a direction, as [`order_by`](crate::queryset::QuerySet::order_by) accepts it.
///
/// An [`Attribute`] converts into its ascending order.
pub struct Order<M> {
    order: OrderBy,
    marker: PhantomData<fn() -> M>,
}

impl<M> Order<M> {
    pub(super) fn new(path: Path, descending: bool) -> Self {
        Self { order: OrderBy { path, descending }, marker: PhantomData }
    }

    /// Returns the order without the model's type.
    pub fn into_order_by(self) -> OrderBy {
        self.order
    }
}

impl<M, T, K> From<Attribute<M, T, K>> for Order<M> {
    fn from(attribute: Attribute<M, T, K>) -> Self {
        attribute.asc()
    }
}

impl<M> Clone for Order<M> {
    fn clone(&self) -> Self {
        Self { order: self.order.clone(), marker: PhantomData }
    }
}

impl<M> fmt::Debug for Order<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Order").field(&self.order).finish()
    }
}
