//! How a queryset reads: how much at once, how fast, how fresh.

use super::{ParallelScan, QuerySet};
use crate::model::{Index, Model};
use crate::plan::Segment;

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
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
    /// Without this, to read what a global index does not hold is [`ProjectionLacks`](crate::planner::PlanError::ProjectionLacks).
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
        self.with_rate_limiter(units_per_second)
    }

    /// The same in this many segments (1 to 1,000,000), which are read at the same time.
    pub fn parallel_scan(&self, total_segments: u32) -> ParallelScan<M, I> {
        ParallelScan::new(self.scan(), total_segments)
    }

    /// One part of a scan.
    pub(super) fn segment(&self, segment: Segment) -> Self {
        self.with(|request| request.segment = Some(segment))
    }
}
