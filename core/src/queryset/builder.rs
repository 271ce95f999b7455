//! The type of querysets, and the builder methods that choose what is read.

use std::fmt;
use std::marker::PhantomData;

use super::Cursor;
use super::read_spec::ReadSpec;
use super::row_decoder::RowDecoder;
use crate::model::{HashKeyIs, Index, IntoKey, KeyOperand, Model, ModelIs};
use crate::planner::{LastEvaluatedKey, Request};

/// Items of the model `M`, read from its table or from the index `I`, each returned as a row of type `R`.
///
/// Write `QuerySet<Weather>` for models read from the table. [`values`](Self::values) and [`only`](Self::only) change the row
/// type; [`set_index`](Self::set_index) changes the index.
///
/// A queryset is immutable and cheap to clone. Every builder method returns a new queryset. Builder methods never fail: a lookup,
/// a key or a combination of options that cannot be used is reported by the terminal method, before any request, or by
/// [`explain`](Self::explain). Which options can be combined is listed in the project's `docs/QUERYSETS.md`.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::{Weather, weather_database};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = weather_database().await?;
/// let seattle = Weather::objects().set_hash_key("Seattle");
/// let rain = seattle.filter(Weather::KIND.eq("rain"));
/// assert_eq!(rain.all(&db).await?.len(), 2);
/// assert_eq!(rain.reverse().first(&db).await?.map(|weather| weather.day), Some(3));
///
/// let by_kind = Weather::objects().set_index(Weather::BY_KIND).set_hash_key("rain");
/// assert_eq!(by_kind.last(&db).await?.map(|weather| weather.temp_max), Some(10.6));
///
/// let two = seattle.set_limit(2);
/// let page = two.page(&db).await?;
/// let rest = two.set_last_evaluated_key(page.last_evaluated_key).page(&db).await?;
/// assert_eq!((page.items.len(), rest.items.len()), (2, 1));
///
/// let warm = Weather::objects().filter(Weather::TEMP_MAX.gt(9));
/// assert!(warm.all(&db).await.is_err(), "without a hash key, a scan has to be requested");
/// assert_eq!(warm.scan().count(&db).await?, 2);
///
/// let warmest = warm.parallel_scan(4).sort_in_memory(Weather::TEMP_MAX.desc()).values(Weather::DAY);
/// assert_eq!(warmest.all(&db).await?, [2, 3]);
/// println!("{}", rain.explain()?);
/// # Ok(())
/// # }
/// ```
#[must_use = "a queryset sends nothing until a terminal method is called"]
pub struct QuerySet<M: Model, R = M, I = <M as Model>::Primary> {
    pub(super) spec: ReadSpec,
    pub(super) row: RowDecoder<R>,
    marker: PhantomData<fn() -> (M, I)>,
}

impl<M: Model, I: Index<Model = M>> QuerySet<M, M, I> {
    /// Returns the queryset of all items of the table or index.
    pub(super) fn new() -> Self {
        Self::of(ReadSpec::new(Request::new(M::schema(), I::meta())), RowDecoder::model())
    }
}

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Reads the items with this hash key: a value, or a tuple of values where the key has several hash attributes.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// assert_eq!(Weather::objects().set_hash_key("Seattle").count(&db).await?, 3);
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_hash_key(&self, key: impl IntoKey<I::HashOperand>) -> Self {
        let (schema, index) = (M::schema(), I::meta());
        let values = key.into_key().into_values();
        let values = values.map_err(|error| schema.key_part_error(&index.key.hash, error));
        let values = values.and_then(|values| schema.hash_values(index, values));
        self.with(|spec| spec.request.hash_key = Some(values.map(Into::into)))
    }

    /// Reads an index whose hash key is of the same type.
    ///
    /// To read an index with another type of hash key, call `set_index` on the manager, before the hash key is set.
    pub fn set_index<J>(&self, index: J) -> QuerySet<M, R, J>
    where
        J: Index<Model: ModelIs<M>, HashOperand: HashKeyIs<I::HashOperand>>,
    {
        self.on_index(index)
    }

    pub(super) fn on_index<J: Index<Model: ModelIs<M>>>(&self, _: J) -> QuerySet<M, R, J> {
        let mut spec = self.spec.clone();
        spec.request.index = J::meta();
        spec.request.index_given = true;
        QuerySet::of(spec, self.row.clone())
    }

    /// Returns at most this many results, however many items a filter drops.
    ///
    /// The limit of a union or a parallel scan is that of the whole. With [`sort_in_memory`](Self::sort_in_memory), the limit keeps
    /// the first items of the sorted order.
    pub fn set_limit(&self, limit: usize) -> Self {
        self.with(|spec| spec.request.limit = Some(limit))
    }

    /// Continues after the page that ended with this token; starts at the beginning if `None`.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let days = Weather::objects().set_hash_key("Seattle").set_limit(2).values(Weather::DAY);
    /// let page = days.page(&db).await?;
    /// assert_eq!(page.items, [1, 2]);
    /// let page = days.set_last_evaluated_key(page.last_evaluated_key).page(&db).await?;
    /// assert_eq!((page.items, page.last_evaluated_key), (vec![3], None));
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_last_evaluated_key(&self, key: impl Into<Option<LastEvaluatedKey>>) -> Self {
        let key = key.into();
        self.with(|spec| spec.request.start = key)
    }

    /// Returns a cursor: pages for web applications, forwards and backwards, each with as many rows as the limit says, or 25.
    pub fn cursor(&self) -> Cursor<M, R, I> {
        Cursor::new(self.clone())
    }

    /// Matches no items. Terminal methods send no request.
    pub fn none(&self) -> Self {
        self.with(|spec| spec.request.none = true)
    }

    pub(super) fn with(&self, change: impl FnOnce(&mut ReadSpec)) -> Self {
        let mut spec = self.spec.clone();
        change(&mut spec);
        Self::of(spec, self.row.clone())
    }
}

impl<M: Model, R, I> QuerySet<M, R, I> {
    pub(super) fn of(spec: ReadSpec, row: RowDecoder<R>) -> Self {
        Self { spec, row, marker: PhantomData }
    }
}

impl<M: Model, R, I> Clone for QuerySet<M, R, I> {
    fn clone(&self) -> Self {
        Self::of(self.spec.clone(), self.row.clone())
    }
}

impl<M: Model, R, I> fmt::Debug for QuerySet<M, R, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ReadSpec { request, operands, is_overfull: _, unexpired, sort, total_segments, rate_limit } = &self.spec;
        f.debug_struct("QuerySet")
            .field("model", &request.schema.model)
            .field("index", &request.index.label())
            .field("hash_key", &request.hash_key)
            .field("filter", &request.filter)
            .field("unexpired", unexpired)
            .field("limit", &request.limit)
            .field("last_evaluated_key", &request.start)
            .field("scan_index_forward", &request.forward)
            .field("order", &request.order)
            .field("sort_in_memory", sort)
            .field("consistent", &request.consistent)
            .field("scan", &request.scan)
            .field("total_segments", total_segments)
            .field("hydrate", &request.hydrate)
            .field("units_per_second", &rate_limit.as_ref().map(|rate| rate.units_per_second))
            .field("none", &request.none)
            .field("union", operands)
            .finish_non_exhaustive()
    }
}
