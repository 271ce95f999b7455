//! Combinations of lookups, with the model's type.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, BitXor, Not};

use super::{Filter, InvalidLookup, Lookup};

/// Lookups on the model `M`, combined by `&`, `|`, `^` and `!`, like Django's
/// [`Q` objects](https://docs.djangoproject.com/en/stable/ref/models/querysets/#q-objects).
///
/// ```
/// # use djamodb_example_models::{Weather, weather_database};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = weather_database().await?;
/// let mild = Weather::TEMP_MAX.between(8, 10) | !Weather::KIND.eq("rain") & Weather::DAY.lt(3);
/// assert_eq!(Weather::objects().set_hash_key("Seattle").filter(mild).count(&db).await?, 2);
/// # Ok(())
/// # }
/// ```
#[must_use = "a lookup does nothing until it is passed to `filter`"]
pub struct Q<M> {
    filter: Filter,
    marker: PhantomData<fn() -> M>,
}

impl<M> Q<M> {
    /// Returns an untyped filter as lookups on the model `M`. The caller ensures that its paths are attributes of `M`.
    pub fn from_filter(filter: Filter) -> Self {
        Self { filter, marker: PhantomData }
    }

    /// Returns the lookups without the model's type.
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
        Self::from_filter(self.filter.and(other.filter).bounded())
    }
}

impl<M> BitOr for Q<M> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self::from_filter(self.filter.or(other.filter).bounded())
    }
}

/// Exclusive or: matches items that match exactly one of the two. Of several operands, as in `a ^ b ^ c`, an odd number matches.
///
/// DynamoDB has no such operator, so the planner writes it with AND, OR and NOT. The length of that grows with the square of the number of
/// operands; [`Filter::LOOKUPS_MAX`] bounds it.
impl<M> BitXor for Q<M> {
    type Output = Self;

    fn bitxor(self, other: Self) -> Self {
        Self::from_filter(self.filter.xor(other.filter).bounded())
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
