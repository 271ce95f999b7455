//! The builder half of a queryset: pure.

use std::fmt;
use std::marker::PhantomData;

use super::{Cursor, ParallelScan, Terminal};
use crate::driver::Pace;
use crate::model::{
    Filter, HashKeyIs, Index, IntoOperand, InvalidLookup, KeyOperand, LookupText, Model, ModelIs, Order, Q,
};
use crate::plan::Segment;
use crate::planner::{Explain, LastEvaluatedKey, PlanError, Request};

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
    marker: PhantomData<fn() -> (M, I)>,
}

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    pub(super) fn new() -> Self {
        Self { request: Request::new(M::schema(), I::meta()), marker: PhantomData }
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
        QuerySet { request, marker: PhantomData }
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

    /// Reads in ascending order of the range key, or in descending order.
    pub fn set_scan_index_forward(&self, forward: bool) -> Self {
        self.with(|request| request.forward = forward)
    }

    /// Keeps the items that satisfy the lookups, and those of every earlier `filter`.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
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
    /// # for (day, kind, temp_max) in [(1, Some("sun"), 7.2), (2, Some("rain"), 10.6), (3, None, 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), kind.map(str::to_owned));
    /// #     Weather { location, day, kind, temp_max }.save(&db).await?;
    /// # }
    /// let days = |found: Vec<Weather>| found.into_iter().map(|weather| weather.day).collect::<Vec<_>>();
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// let warm = seattle.filter(Weather::TEMP_MAX.gt(9));
    /// assert_eq!(days(warm.all(&db).await?), [2, 3]);
    /// assert_eq!(days(warm.filter(Weather::DAY.lt(3)).all(&db).await?), [2]);
    ///
    /// let either = Weather::KIND.eq("sun") | Weather::TEMP_MAX.gt(10);
    /// assert_eq!(days(seattle.filter(either).all(&db).await?), [1, 2]);
    /// let one_of_both = Weather::KIND.exists() ^ Weather::TEMP_MAX.gt(9);
    /// assert_eq!(days(seattle.filter(one_of_both).all(&db).await?), [1, 3]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn filter(&self, lookups: Q<M>) -> Self {
        self.and(lookups.into_filter())
    }

    /// The same for a lookup that comes as text: `filter_lookup("date__gte", "2015-01-01")`.
    ///
    /// The name is a field, or a path into one, then `__` and an operator; without an operator, the value must be equal.
    /// `in` and `between` take a JSON array or several texts, `exists` takes `true` or `false`.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
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
    /// # for (day, kind, temp_max) in [(1, Some("sun"), 7.2), (2, Some("rain"), 10.6), (3, None, 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), kind.map(str::to_owned));
    /// #     Weather { location, day, kind, temp_max }.save(&db).await?;
    /// # }
    /// let days = |found: Vec<Weather>| found.into_iter().map(|weather| weather.day).collect::<Vec<_>>();
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(days(seattle.filter_lookup("temp_max__gte", "9.4").all(&db).await?), [2, 3]);
    /// assert_eq!(days(seattle.filter_lookup("kind__in", ["rain", "snow"]).all(&db).await?), [2]);
    /// assert!(seattle.filter_lookup("temp_max__startswith", "9").all(&db).await.is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub fn filter_lookup(&self, lookup: &str, value: impl LookupText) -> Self {
        let lookup = match self.request.schema.text_lookup(lookup, value.into_texts()) {
            Ok(lookup) => Filter::Lookup(lookup),
            Err(error) => Filter::Invalid(InvalidLookup::Text(error)),
        };
        self.and(lookup)
    }

    /// Drops the items that satisfy the lookups: the opposite of [`filter`](Self::filter).
    ///
    /// An item that lacks an attribute does not satisfy a lookup on it, so that it stays: `exclude(KIND.eq("rain"))` keeps the
    /// same items as `filter(KIND.ne("rain"))`, those without a kind among them.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
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
    /// # for (day, kind, temp_max) in [(1, Some("sun"), 7.2), (2, Some("rain"), 10.6), (3, None, 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), kind.map(str::to_owned));
    /// #     Weather { location, day, kind, temp_max }.save(&db).await?;
    /// # }
    /// let days = |found: Vec<Weather>| found.into_iter().map(|weather| weather.day).collect::<Vec<_>>();
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(days(seattle.exclude(Weather::KIND.eq("rain")).all(&db).await?), [1, 3]);
    /// assert_eq!(days(seattle.filter(Weather::KIND.exists() & !Weather::KIND.eq("rain")).all(&db).await?), [1]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn exclude(&self, lookups: Q<M>) -> Self {
        self.filter(!lookups)
    }

    /// Reads in the order of the range key: `order_by(Weather::DATE)`, or `order_by(Weather::DATE.desc())`. DynamoDB has no
    /// other order: another attribute is an error that says what to do.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
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
    /// # for (day, kind, temp_max) in [(1, Some("sun"), 7.2), (2, Some("rain"), 10.6), (3, None, 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), kind.map(str::to_owned));
    /// #     Weather { location, day, kind, temp_max }.save(&db).await?;
    /// # }
    /// let days = |found: Vec<Weather>| found.into_iter().map(|weather| weather.day).collect::<Vec<_>>();
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(days(seattle.order_by(Weather::DAY.desc()).all(&db).await?), [3, 2, 1]);
    /// assert!(seattle.order_by(Weather::TEMP_MAX).all(&db).await.is_err(), "it says to use sort_in_memory");
    /// # Ok(())
    /// # }
    /// ```
    pub fn order_by(&self, order: impl Into<Order<M>>) -> Self {
        let order = order.into().into_order_by();
        self.with(|request| {
            request.forward = !order.descending;
            request.order = Some(order);
        })
    }

    /// In the opposite order.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
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
    /// # for (day, kind, temp_max) in [(1, Some("sun"), 7.2), (2, Some("rain"), 10.6), (3, None, 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), kind.map(str::to_owned));
    /// #     Weather { location, day, kind, temp_max }.save(&db).await?;
    /// # }
    /// let days = |found: Vec<Weather>| found.into_iter().map(|weather| weather.day).collect::<Vec<_>>();
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(days(seattle.reverse().set_limit(2).all(&db).await?), [3, 2]);
    /// assert_eq!(days(seattle.reverse().reverse().all(&db).await?), [1, 2, 3]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn reverse(&self) -> Self {
        self.set_scan_index_forward(!self.request.forward)
    }

    /// Sees every write that was acknowledged before, at twice the cost. Global indexes cannot.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
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
    /// # for (day, kind, temp_max) in [(1, Some("sun"), 7.2), (2, Some("rain"), 10.6), (3, None, 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), kind.map(str::to_owned));
    /// #     Weather { location, day, kind, temp_max }.save(&db).await?;
    /// # }
    /// let days = |found: Vec<Weather>| found.into_iter().map(|weather| weather.day).collect::<Vec<_>>();
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(days(seattle.consistent().all(&db).await?), [1, 2, 3]);
    /// assert_eq!(seattle.consistent().set_limit(1).explain()?.cost.read_units_estimate.map(|units| units.as_f64()), Some(1.0));
    /// # Ok(())
    /// # }
    /// ```
    pub fn consistent(&self) -> Self {
        self.with(|request| request.consistent = true)
    }

    /// Fetches from the table what an index does not hold: the keys are read of the index, the items by
    /// [BatchGetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html), a hundred a request.
    /// Without this, to read what a global index does not hold is [`ProjectionLacks`](PlanError::ProjectionLacks).
    ///
    /// The items come in the order of the index. Each costs what reading it from the table costs, beside the index. A lookup
    /// may be on any attribute, and is checked after the item was fetched where the index does not hold it. An item that has
    /// changed or gone since the index was read is given as it is now, if the lookups still match it, or left out.
    ///
    /// Where the index holds everything that is needed, and on the table and local indexes, which fetch by themselves, this
    /// changes nothing. An index that is chosen by itself may be one that lacks something only if none holds it all.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// #[derive(Model, Clone, Debug, PartialEq)]
    /// #[model(table = "weather")]
    /// #[model(global_index(by_kind, hash_key = kind, range_key = temp_max, projection = keys_only))]
    /// struct Weather {
    ///     #[model(hash_key)]
    ///     location: String,
    ///     #[model(range_key)]
    ///     day: u32,
    ///     kind: Option<String>,
    ///     temp_max: f64,
    ///     note: String,
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// # for (day, kind, temp_max) in [(1, "sun", 7.2), (2, "rain", 10.6), (3, "rain", 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), Some(kind.to_owned()));
    /// #     Weather { location, day, kind, temp_max, note: format!("day {day}") }.save(&db).await?;
    /// # }
    /// let rain = Weather::objects().set_index(Weather::BY_KIND).set_hash_key("rain");
    /// assert!(rain.all(&db).await.is_err(), "the index does not hold the note");
    /// let notes: Vec<String> = rain.hydrate().all(&db).await?.into_iter().map(|weather| weather.note).collect();
    /// assert_eq!(notes, ["day 3", "day 2"]);
    /// println!("{}", rain.hydrate().explain()?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn hydrate(&self) -> Self {
        self.with(|request| request.hydrate = true)
    }

    /// Reads the whole table or index if nothing says which partition to read. Without this, that is an error.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
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
    /// # for (day, kind, temp_max) in [(1, Some("sun"), 7.2), (2, Some("rain"), 10.6), (3, None, 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), kind.map(str::to_owned));
    /// #     Weather { location, day, kind, temp_max }.save(&db).await?;
    /// # }
    /// let days = |found: Vec<Weather>| found.into_iter().map(|weather| weather.day).collect::<Vec<_>>();
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// let warm = Weather::objects().filter(Weather::TEMP_MAX.gt(10));
    /// assert!(warm.all(&db).await.is_err(), "nothing scans by itself");
    /// assert_eq!(days(warm.scan().all(&db).await?), [2]);
    /// assert_eq!(days(seattle.scan().all(&db).await?), [1, 2, 3], "a partition is known: it is a query all the same");
    /// # Ok(())
    /// # }
    /// ```
    pub fn scan(&self) -> Self {
        self.with(|request| request.scan = true)
    }

    /// Uses at most so many units a second: read units, and write units where it writes, each request as the answer tells its
    /// cost. A finite number above 0.
    ///
    /// All querysets that are made from this one share the rate, so that pages and segments that are asked for one by one keep to
    /// it together. What a request costs is known when it is answered; the next one waits until that is paid for. A second's
    /// units may be used at once.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// #     temp_max: f64,
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// # Weather { location: "Seattle".to_owned(), temp_max: 7.2 }.save(&db).await?;
    /// // A backfill beside the traffic of an application.
    /// let everything = Weather::objects().scan().rate_limit(25.0);
    /// assert_eq!(everything.update(Weather::TEMP_MAX.set(F(Weather::TEMP_MAX) + 0.5), &db).await?, 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn rate_limit(&self, units_per_second: f64) -> Self {
        self.with(|request| request.pace = Some(Pace::new(units_per_second)))
    }

    /// The same in this many segments (1 to 1,000,000), which are read at the same time.
    pub fn parallel_scan(&self, total_segments: u32) -> ParallelScan<M, I> {
        ParallelScan::new(self.scan(), total_segments)
    }

    /// One part of a scan.
    pub(super) fn segment(&self, segment: Segment) -> Self {
        self.with(|request| request.segment = Some(segment))
    }

    /// Pages for web applications: as many items as the limit says, or else 25.
    pub fn cursor(&self) -> Cursor<M, I> {
        Cursor::new(self.clone())
    }

    /// No items at all, without asking.
    pub fn none(&self) -> Self {
        self.with(|request| request.none = true)
    }

    /// What [`all`](Self::all) would do, and what it would cost. The table's name is without a prefix.
    pub fn explain(&self) -> Result<Explain, PlanError> {
        self.explain_for(Terminal::All)
    }

    /// What another terminal method would do. Those that are given something have an `explain_…` of their own.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// #     #[model(range_key)]
    /// #     day: u32,
    /// #     kind: Option<String>,
    /// # }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let rain = Weather::objects().set_hash_key("Seattle").filter(Weather::KIND.eq("rain"));
    /// assert_eq!(
    ///     rain.explain_for(Terminal::DeleteChecked)?.plan.to_string(),
    ///     "\
    /// DeleteItem weather; key: of each item; condition: attribute_exists(location) AND kind = \"rain\"
    ///   Keys
    ///     Query weather; key condition: location = \"Seattle\"; filter: kind = \"rain\"; projection: location, day; ascending
    /// ",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn explain_for(&self, terminal: Terminal) -> Result<Explain, PlanError> {
        let explain = Explain::new(&self.plan(terminal, &self.request.schema.table.name)?);
        Ok(match terminal {
            Terminal::Delete => Self::explain_delete(explain),
            Terminal::DeleteChecked => self.explain_delete_checked(explain),
            _ => explain,
        })
    }

    /// The same without the type of its index, which only says which hash key it can be given.
    pub(super) fn of_any_index(&self) -> QuerySet<M> {
        QuerySet { request: self.request.clone(), marker: PhantomData }
    }

    pub(super) fn request(&self) -> &Request {
        &self.request
    }

    fn and(&self, lookups: Filter) -> Self {
        self.with(|request| {
            let earlier = std::mem::replace(&mut request.filter, Filter::All(Vec::new()));
            request.filter = earlier.and(lookups);
        })
    }

    pub(super) fn with(&self, change: impl FnOnce(&mut Request)) -> Self {
        let mut request = self.request.clone();
        change(&mut request);
        Self { request, marker: PhantomData }
    }

    /// At most this many results, and no more than the limit that is set.
    pub(super) fn at_most(&self, limit: usize) -> Self {
        self.set_limit(self.request.limit.map_or(limit, |set| set.min(limit)))
    }
}

impl<M: Model, I> Clone for QuerySet<M, I> {
    fn clone(&self) -> Self {
        Self { request: self.request.clone(), marker: PhantomData }
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
            .field("none", &self.request.none)
            .finish()
    }
}
