//! Builder methods of custom querysets.

use super::CustomQuerySet;
use crate::model::{Expiring, HashKeyIs, Index, IntoKey, IntoLookupValues, Model, Order, Projection, Q, Values};
use crate::planner::LastEvaluatedKey;
use crate::queryset::filter::text_lookup;
use crate::queryset::{Cursor, Proxy, WholeItems};

/// The builder methods of every [`CustomQuerySet`]. Each does what the method of [`QuerySet`](crate::queryset::QuerySet) does, and keeps
/// the state.
///
/// The trait is in the prelude. Without it, the methods do not exist.
///
/// ```
/// use djamodb::prelude::*;
/// # use djamodb_example_models::{Weather, weather_database};
///
/// #[derive(CustomQuerySet)]
/// struct WeatherQuerySet<R = Weather, I = <Weather as Model>::Primary> {
///     queryset: QuerySet<Weather, R, I>,
///     reader: Option<String>,
/// }
///
/// impl<R, I: Index<Model = Weather>> WeatherQuerySet<R, I> {
///     fn read_by(&self, reader: &str) -> Self {
///         Self { reader: Some(reader.to_owned()), ..self.clone() }
///     }
/// }
///
/// /// Returns a page of any queryset, in the type of that queryset.
/// fn first_ten<Q: CustomQuerySet>(queryset: &Q) -> Q {
///     queryset.set_limit(10)
/// }
///
/// let rain = WeatherQuerySet::as_manager().read_by("Ann").set_index(Weather::BY_KIND).set_hash_key("rain");
/// assert_eq!(first_ten(&rain).reverse().values(Weather::DAY).reader.as_deref(), Some("Ann"));
/// ```
pub trait BuilderMethods: CustomQuerySet {
    /// Reads the items with this hash key, as [`QuerySet::set_hash_key`](crate::queryset::QuerySet::set_hash_key).
    fn set_hash_key(&self, key: impl IntoKey<<Self::Index as Index>::HashOperand>) -> Self {
        self.with_inner(self.inner().set_hash_key(key))
    }

    /// Reads an index whose hash key is of the same type, as [`QuerySet::set_index`](crate::queryset::QuerySet::set_index).
    fn set_index<J>(&self, index: J) -> Self::Of<Self::Row, J>
    where
        J: Index<Model = Self::Model, HashOperand: HashKeyIs<<Self::Index as Index>::HashOperand>>,
    {
        self.with_inner_of(self.inner().set_index(index)).post_set_index()
    }

    /// Returns at most this many results, as [`QuerySet::set_limit`](crate::queryset::QuerySet::set_limit).
    fn set_limit(&self, limit: usize) -> Self {
        self.with_inner(self.inner().set_limit(limit))
    }

    /// Continues after a page, as [`QuerySet::set_last_evaluated_key`](crate::queryset::QuerySet::set_last_evaluated_key).
    fn set_last_evaluated_key(&self, key: impl Into<Option<LastEvaluatedKey>>) -> Self {
        self.with_inner(self.inner().set_last_evaluated_key(key))
    }

    /// Returns a cursor, which has no state, as [`QuerySet::cursor`](crate::queryset::QuerySet::cursor).
    fn cursor(&self) -> Cursor<Self::Model, Self::Row, Self::Index> {
        self.inner().cursor()
    }

    /// Matches no items, as [`QuerySet::none`](crate::queryset::QuerySet::none).
    fn none(&self) -> Self {
        self.with_inner(self.inner().none())
    }

    /// Keeps the items that satisfy the lookups, as [`QuerySet::filter`](crate::queryset::QuerySet::filter).
    fn filter(&self, lookups: Q<Self::Model>) -> Self {
        self.with_inner(self.inner().filter(self.pre_filter(lookups)))
    }

    /// Keeps the items that satisfy a lookup given as text, as [`QuerySet::filter_lookup`](crate::queryset::QuerySet::filter_lookup).
    fn filter_lookup(&self, lookup: &str, value: impl IntoLookupValues) -> Self {
        let lookups = self.pre_filter(text_lookup(lookup, value));
        self.with_inner(self.inner().filter(lookups))
    }

    /// Drops the items that satisfy the lookups, as [`QuerySet::exclude`](crate::queryset::QuerySet::exclude).
    fn exclude(&self, lookups: Q<Self::Model>) -> Self {
        self.with_inner(self.inner().filter(self.pre_filter(!lookups)))
    }

    /// Leaves out expired items, as [`QuerySet::unexpired`](crate::queryset::QuerySet::unexpired).
    fn unexpired(&self) -> Self
    where
        Self::Model: Expiring,
    {
        self.with_inner(self.inner().unexpired())
    }

    /// Chooses the direction of reading, as [`QuerySet::set_scan_index_forward`](crate::queryset::QuerySet::set_scan_index_forward).
    fn set_scan_index_forward(&self, forward: bool) -> Self {
        self.with_inner(self.inner().set_scan_index_forward(forward))
    }

    /// Orders by the range key, as [`QuerySet::order_by`](crate::queryset::QuerySet::order_by).
    fn order_by(&self, order: impl Into<Order<Self::Model>>) -> Self {
        self.with_inner(self.inner().order_by(order))
    }

    /// Reverses the order, as [`QuerySet::reverse`](crate::queryset::QuerySet::reverse).
    fn reverse(&self) -> Self {
        self.with_inner(self.inner().reverse())
    }

    /// Sorts on the client, as [`QuerySet::sort_in_memory`](crate::queryset::QuerySet::sort_in_memory).
    fn sort_in_memory(&self, order: impl Into<Order<Self::Model>>) -> Self {
        self.with_inner(self.inner().sort_in_memory(order))
    }

    /// Makes reads strongly consistent, as [`QuerySet::consistent`](crate::queryset::QuerySet::consistent).
    fn consistent(&self) -> Self {
        self.with_inner(self.inner().consistent())
    }

    /// Fetches what an index does not project, as [`QuerySet::hydrate`](crate::queryset::QuerySet::hydrate).
    fn hydrate(&self) -> Self {
        self.with_inner(self.inner().hydrate())
    }

    /// Allows a scan, as [`QuerySet::scan`](crate::queryset::QuerySet::scan).
    fn scan(&self) -> Self {
        self.with_inner(self.inner().scan())
    }

    /// Scans in segments, as [`QuerySet::parallel_scan`](crate::queryset::QuerySet::parallel_scan).
    fn parallel_scan(&self, total_segments: u32) -> Self {
        self.with_inner(self.inner().parallel_scan(total_segments))
    }

    /// Returns a queryset for each segment, as [`QuerySet::segments`](crate::queryset::QuerySet::segments).
    fn segments(&self) -> impl Iterator<Item = Self> {
        self.inner().segments().map(|segment| self.with_inner(segment))
    }

    /// Bounds the read and write units per second, as [`QuerySet::rate_limit`](crate::queryset::QuerySet::rate_limit).
    fn rate_limit(&self, units_per_second: f64) -> Self {
        self.with_inner(self.inner().rate_limit(units_per_second))
    }

    /// Reads only these attributes, as [`QuerySet::values`](crate::queryset::QuerySet::values).
    fn values<V: Values<Self::Model>>(&self, attributes: V) -> Self::Of<V::Row, Self::Index>
    where
        Self::Row: WholeItems<Self::Model>,
    {
        self.with_inner_of(self.inner().values(attributes))
    }

    /// Reads only the attributes of a projection, as [`QuerySet::only`](crate::queryset::QuerySet::only).
    fn only<P: Projection<Self::Model>>(&self) -> Self::Of<P, Self::Index>
    where
        Self::Row: WholeItems<Self::Model>,
    {
        self.with_inner_of(self.inner().only())
    }

    /// Returns rows of a proxy, as [`QuerySet::as_proxy`](crate::queryset::QuerySet::as_proxy).
    fn as_proxy<P: Proxy<Base = Self::Model>>(&self) -> Self::Of<P, Self::Index>
    where
        Self::Row: WholeItems<Self::Model>,
    {
        self.with_inner_of(self.inner().as_proxy())
    }

    /// Returns the union with another queryset of the model, as [`QuerySet::union`](crate::queryset::QuerySet::union). It has the state of
    /// this queryset.
    fn union<O>(&self, other: &O) -> Self::Of<Self::Row, <Self::Model as Model>::Primary>
    where
        O: CustomQuerySet<Model = Self::Model, Row = Self::Row>,
    {
        self.with_inner_of(self.inner().union(other.inner()))
    }
}

impl<Q: CustomQuerySet> BuilderMethods for Q {}
