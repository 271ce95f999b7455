//! Lookups on one model, combined.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Not};

use super::{Filter, InvalidLookup, Lookup};

/// Lookups on the model `M`, combined by `&`, `|` and `!`, as Django's `Q` objects are.
///
/// Pure: nothing is asked of a database before a terminal method of the queryset.
#[must_use = "a lookup does nothing until it is given to `filter`"]
pub struct Q<M> {
    filter: Filter,
    marker: PhantomData<fn() -> M>,
}

impl<M> Q<M> {
    /// Lookups that are known to be on this model.
    pub fn from_filter(filter: Filter) -> Self {
        Self { filter, marker: PhantomData }
    }

    /// The lookups without the model's type.
    pub fn into_filter(self) -> Filter {
        self.filter
    }

    pub(super) fn invalid(error: impl Into<InvalidLookup>) -> Self {
        Self::from_filter(Filter::Invalid(error.into()))
    }
}

impl<M> From<Lookup> for Q<M> {
    fn from(lookup: Lookup) -> Self {
        Self::from_filter(Filter::Lookup(lookup))
    }
}

impl<M> BitAnd for Q<M> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self::from_filter(self.filter.and(other.filter))
    }
}

impl<M> BitOr for Q<M> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self::from_filter(self.filter.or(other.filter))
    }
}

impl<M> Not for Q<M> {
    type Output = Self;

    fn not(self) -> Self {
        Self::from_filter(self.filter.negate())
    }
}

impl<M> Clone for Q<M> {
    fn clone(&self) -> Self {
        Self::from_filter(self.filter.clone())
    }
}

impl<M> fmt::Debug for Q<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Q").field(&self.filter).finish()
    }
}
