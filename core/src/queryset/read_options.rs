//! Builder methods that choose how items are read: consistency, hydration, scans and rate.

use super::QuerySet;
use super::rate_limit::RateLimit;
use crate::model::{Index, Model};
use crate::plan::Segment;

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Reads with strong consistency: sees every write that was acknowledged before, at twice the cost.
    ///
    /// Global indexes cannot be read consistently: terminal methods return
    /// [`PlanError::ConsistentIndex`](crate::planner::PlanError::ConsistentIndex).
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let first = Weather::objects().set_hash_key("Seattle").set_limit(1);
    /// assert_eq!(first.consistent().count(&db).await?, 1);
    /// assert_eq!(first.explain()?.cost.read_units_estimate.map(|units| units.as_f64()), Some(0.5));
    /// assert_eq!(first.consistent().explain()?.cost.read_units_estimate.map(|units| units.as_f64()), Some(1.0));
    /// # Ok(())
    /// # }
    /// ```
    pub fn consistent(&self) -> Self {
        self.with(|spec| spec.request.consistent = true)
    }

    /// Fetches from the table what a global index does not hold: reads keys from the index and items by
    /// [BatchGetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html), 100 per request.
    ///
    /// Without `hydrate`, reading what a global index does not hold is
    /// [`PlanError::ProjectionLacks`](crate::planner::PlanError::ProjectionLacks).
    ///
    /// Items are returned in the order of the index. Each is paid for twice: in the index and in the table. Lookups on attributes that
    /// the index does not hold are checked on the client after an item was fetched. An item that changed after the index was read is
    /// returned in its new state if the lookups still match it, and left out otherwise.
    ///
    /// `hydrate` changes nothing where the index holds everything that is needed, and on the table and local indexes, which fetch by
    /// themselves. When djamodb chooses the index, it prefers one that holds everything.
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
    /// assert_eq!(rain.hydrate().values(Weather::NOTE).all(&db).await?, ["day 3", "day 2"]);
    /// println!("{}", rain.hydrate().explain()?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn hydrate(&self) -> Self {
        self.with(|spec| spec.request.hydrate = true)
    }

    /// Allows a scan: reads the whole table or index if no hash key is known.
    ///
    /// Without `scan`, a queryset without a hash key is [`PlanError::WouldScan`](crate::planner::PlanError::WouldScan). A queryset whose
    /// hash key is known is read by a query in either case.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let warm = Weather::objects().filter(Weather::TEMP_MAX.gt(10));
    /// assert!(warm.count(&db).await.is_err(), "without a hash key, a scan has to be requested");
    /// assert_eq!(warm.scan().count(&db).await?, 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn scan(&self) -> Self {
        self.with(|spec| spec.request.scan = true)
    }

    /// Allows a scan that reads `total_segments` segments (1 to 1,000,000), up to 16 of them concurrently
    /// ([parallel scan](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.ParallelScan)).
    ///
    /// A parallel scan is faster than a scan and costs the same. Rows are returned in the order in which they arrive. There are no page
    /// tokens: [`page`](Self::page) and [`cursor`](Self::cursor) are refused. A queryset whose hash key is known is read by one query.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let warm = Weather::objects().filter(Weather::TEMP_MAX.gt(9)).parallel_scan(4);
    /// assert_eq!(warm.count(&db).await?, 2);
    /// assert_eq!(warm.sort_in_memory(Weather::DAY).values(Weather::DAY).all(&db).await?, [2, 3]);
    /// assert_eq!(
    ///     Weather::objects().parallel_scan(8).explain()?.plan.to_string(),
    ///     "\
    /// Concurrently
    ///   Scan weather; segment: 0 of 8; unordered
    ///   Scan weather; segment: 1 of 8; unordered
    ///   Scan weather; segment: 2 of 8; unordered
    ///   Scan weather; segment: 3 of 8; unordered
    ///   4 more scans of the same shape
    /// ",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn parallel_scan(&self, total_segments: u32) -> Self {
        self.with(|spec| {
            spec.request.scan = true;
            spec.total_segments = Some(total_segments);
        })
    }

    /// Returns the segments of a parallel scan as querysets, for workers that each read their own part; without
    /// [`parallel_scan`](Self::parallel_scan), the queryset itself.
    ///
    /// A limit applies to each segment.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let mut found = 0;
    /// for segment in Weather::objects().parallel_scan(4).segments() {
    ///     found += segment.count(&db).await?;
    /// }
    /// assert_eq!(found, 3);
    /// # Ok(())
    /// # }
    /// ```
    pub fn segments(&self) -> impl Iterator<Item = Self> + use<M, R, I> {
        let queryset = self.clone();
        (0..self.spec.total_segments.unwrap_or(1)).map(move |segment| {
            queryset.with(|spec| {
                if let Some(total_segments) = spec.total_segments.take() {
                    spec.request.segment = Some(Segment { segment, total_segments });
                }
            })
        })
    }

    /// Consumes at most this many read and write units per second. A rate is a finite number above 0.
    ///
    /// All querysets that are made from this one share the rate limiter, so that pages and segments that are read one by one keep to
    /// the rate together. The cost of a request is known when its response arrives; the next request waits until that is paid for. The
    /// units of one second can be consumed in one request.
    ///
    /// Querysets of a union keep their own rate limiters within that of the union.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// // A backfill beside the traffic of an application.
    /// let everything = Weather::objects().scan().rate_limit(25.0);
    /// assert_eq!(everything.update(Weather::KIND.set("sun"), &db).await?, 3);
    /// # Ok(())
    /// # }
    /// ```
    pub fn rate_limit(&self, units_per_second: f64) -> Self {
        self.with(|spec| spec.rate_limit = Some(RateLimit::new(units_per_second)))
    }
}
