//! What a queryset is, and what it reads: pure.

use std::fmt;
use std::marker::PhantomData;

use super::Cursor;
use crate::layer::RateLimiter;
use crate::model::{HashKeyIs, Index, IntoOperand, KeyOperand, Model, ModelIs};
use crate::planner::{LastEvaluatedKey, Request};

/// Items of the model `M` that are to be read, from its table or from the index `I`.
///
/// Immutable and cheap to clone: every builder method gives a new queryset. A lookup or a key that cannot be used is told by
/// the terminal method, or by [`explain`](Self::explain).
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
/// let seattle = Weather::objects().set_hash_key("Seattle");
/// let rain = seattle.filter(Weather::KIND.eq("rain"));
/// assert_eq!(rain.all(&db).await?.len(), 2);
/// assert_eq!(rain.set_scan_index_forward(false).first(&db).await?.map(|weather| weather.day), Some(3));
///
/// let by_kind = Weather::objects().set_index(Weather::BY_KIND).set_hash_key("rain");
/// assert_eq!(by_kind.last(&db).await?.map(|weather| weather.temp_max), Some(10.6));
///
/// let two = seattle.set_limit(2);
/// let page = two.page(&db).await?;
/// let rest = two.set_last_evaluated_key(page.last_evaluated_key).page(&db).await?;
/// assert_eq!((page.items.len(), rest.items.len()), (2, 1));
///
/// assert_eq!(seattle.filter_lookup("day__in", ["1", "3"]).count(&db).await?, 2);
/// assert_eq!(seattle.exclude(Weather::KIND.eq("rain")).count(&db).await?, 1);
///
/// let latest = seattle.order_by(Weather::DAY.desc());
/// assert_eq!(latest.first(&db).await?.map(|weather| weather.day), Some(3));
/// assert_eq!(latest.reverse().first(&db).await?.map(|weather| weather.day), Some(1));
/// assert_eq!(seattle.consistent().count(&db).await?, 3);
///
/// let warm = Weather::objects().filter(Weather::TEMP_MAX.gt(9));
/// assert!(warm.all(&db).await.is_err(), "nothing scans by itself");
/// assert_eq!(warm.scan().count(&db).await?, 2);
/// let sunny = Weather::objects().filter(Weather::KIND.eq("sun") & Weather::TEMP_MAX.gt(0));
/// assert_eq!(sunny.explain()?.index, "by_kind", "found by its hash key");
/// assert!(!seattle.none().exists(&db).await?);
/// println!("{}", rain.explain()?);
/// # Ok(())
/// # }
/// ```
#[must_use = "a queryset asks nothing until a terminal method is called"]
pub struct QuerySet<M: Model, I = <M as Model>::Primary> {
    request: Request,
    /// The limiter of `request.units_per_second`, which all querysets made from this one share.
    rate_limiter: Option<RateLimiter>,
    marker: PhantomData<fn() -> (M, I)>,
}

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    pub(super) fn new() -> Self {
        Self { request: Request::new(M::schema(), I::meta()), rate_limiter: None, marker: PhantomData }
    }

    /// Reads the items with this hash key: a value, or a tuple of them where the key has several hash attributes.
    pub fn set_hash_key(&self, key: impl IntoOperand<I::HashOperand>) -> Self {
        let values = key.into_operand().into_values();
        self.with(|request| request.hash_key = Some(values))
    }

    /// Reads an index instead, whose hash key is of the same type. To change to another type of hash key, call `set_index`
    /// on the manager, before the hash key is set.
    pub fn set_index<J>(&self, index: J) -> QuerySet<M, J>
    where
        J: Index<Model: ModelIs<M>, HashOperand: HashKeyIs<I::HashOperand>>,
    {
        self.on_index(index)
    }

    pub(super) fn on_index<J: Index<Model: ModelIs<M>>>(&self, _: J) -> QuerySet<M, J> {
        let request = Request { index: J::meta(), index_given: true, ..self.request.clone() };
        QuerySet { request, rate_limiter: self.rate_limiter.clone(), marker: PhantomData }
    }

    /// Gives at most this many results, also where a filter drops items on the way.
    pub fn set_limit(&self, limit: usize) -> Self {
        self.with(|request| request.limit = Some(limit))
    }

    /// Goes on where a page ended; from the start when given `None`.
    pub fn set_last_evaluated_key(&self, key: impl Into<Option<LastEvaluatedKey>>) -> Self {
        let key = key.into();
        self.with(|request| request.start = key)
    }

    /// Pages for web applications: as many items as the limit says, or else 25.
    pub fn cursor(&self) -> Cursor<M, I> {
        Cursor::new(self.clone())
    }

    /// No items at all, without asking.
    pub fn none(&self) -> Self {
        self.with(|request| request.none = true)
    }

    /// The same without the type of its index, which only says which hash key it can be given.
    pub(super) fn of_any_index(&self) -> QuerySet<M> {
        QuerySet { request: self.request.clone(), rate_limiter: self.rate_limiter.clone(), marker: PhantomData }
    }

    pub(super) fn request(&self) -> &Request {
        &self.request
    }

    pub(super) fn rate_limiter(&self) -> Option<&RateLimiter> {
        self.rate_limiter.as_ref()
    }

    pub(super) fn with_rate_limiter(&self, units_per_second: f64) -> Self {
        let limited = self.with(|request| request.units_per_second = Some(units_per_second));
        Self { rate_limiter: RateLimiter::new(units_per_second), ..limited }
    }

    pub(super) fn with(&self, change: impl FnOnce(&mut Request)) -> Self {
        let mut request = self.request.clone();
        change(&mut request);
        Self { request, rate_limiter: self.rate_limiter.clone(), marker: PhantomData }
    }

    /// At most this many results, and no more than the limit that is set.
    pub(super) fn at_most(&self, limit: usize) -> Self {
        self.set_limit(self.request.limit.map_or(limit, |set| set.min(limit)))
    }
}

impl<M: Model, I> Clone for QuerySet<M, I> {
    fn clone(&self) -> Self {
        Self { request: self.request.clone(), rate_limiter: self.rate_limiter.clone(), marker: PhantomData }
    }
}

impl<M: Model, I> fmt::Debug for QuerySet<M, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QuerySet")
            .field("model", &self.request.schema.model)
            .field("index", &self.request.index.label())
            .field("hash_key", &self.request.hash_key)
            .field("filter", &self.request.filter)
            .field("limit", &self.request.limit)
            .field("last_evaluated_key", &self.request.start)
            .field("scan_index_forward", &self.request.forward)
            .field("order", &self.request.order)
            .field("consistent", &self.request.consistent)
            .field("scan", &self.request.scan)
            .field("hydrate", &self.request.hydrate)
            .field("units_per_second", &self.request.units_per_second)
            .field("none", &self.request.none)
            .finish()
    }
}
