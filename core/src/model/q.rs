//! Lookups on one model, combined.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, BitXor, Not};

use super::{Filter, InvalidLookup, Lookup};

/// Lookups on the model `M`, combined by `&`, `|`, `^` and `!`, as Django's `Q` objects are.
///
/// Pure: nothing is asked of a database before a terminal method of the queryset.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model, Clone, Debug, PartialEq)]
/// # #[model(table = "weather")]
/// # #[model(global_index(by_kind, hash_key = kind, range_key = temp_max))]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// #     #[model(range_key)]
/// #     day: u32,
/// #     kind: Option<String>,
/// #     temp_max: f64,
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Weather>().await?;
/// # for (day, kind, temp_max) in [(1, "sun", 7.2), (2, "rain", 10.6), (3, "rain", 9.4)] {
/// #     let (location, kind) = ("Seattle".to_owned(), Some(kind.to_owned()));
/// #     Weather { location, day, kind, temp_max }.save(&db).await?;
/// # }
/// let mild = Weather::TEMP_MAX.between(8, 10) | !Weather::KIND.eq("rain") & Weather::DAY.lt(3);
/// assert_eq!(Weather::objects().set_hash_key("Seattle").filter(mild).count(&db).await?, 2);
/// # Ok(())
/// # }
/// ```
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

/// One of the two, and not the other.
impl<M> BitXor for Q<M> {
    type Output = Self;

    fn bitxor(self, other: Self) -> Self {
        let only = |one: &Filter, other: &Filter| one.clone().and(other.clone().negate());
        Self::from_filter(only(&self.filter, &other.filter).or(only(&other.filter, &self.filter)))
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
