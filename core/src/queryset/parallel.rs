//! Scans side by side.

use std::fmt;

use futures_util::stream::{self, StreamExt, TryStreamExt};

use super::reading::admitted;
use super::{ItemStream, QuerySet, Terminal};
use crate::database::Database;
use crate::error::Error;
use crate::model::{Index, Model};
use crate::plan::Segment;
use crate::planner::{Explain, Node, PlanError};

/// How many segments are read at the same time.
const CONCURRENCY_MAX: usize = 16;
/// How many segments are planned one by one to be explained.
const EXPLAINED_MAX: usize = 16;

/// A scan that is read in several segments at the same time
/// ([parallel scan](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.ParallelScan)): faster, at the
/// same cost. Made by [`QuerySet::parallel_scan`].
///
/// The items come in no order. If the lookups name a hash key after all, there is one query and nothing to share.
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
/// let warm = Weather::objects().filter(Weather::TEMP_MAX.gt(9));
/// assert_eq!(warm.parallel_scan(4).all(&db).await?.len(), 2);
/// assert_eq!(warm.parallel_scan(4).count(&db).await?, 2);
///
/// // One segment for each worker, on whichever machine.
/// let mut found = 0;
/// for segment in warm.parallel_scan(4).segments() {
///     found += segment.count(&db).await?;
/// }
/// assert_eq!(found, 2);
/// # Ok(())
/// # }
/// ```
#[must_use = "a scan asks nothing until a terminal method is called"]
pub struct ParallelScan<M: Model, I = <M as Model>::Primary> {
    queryset: QuerySet<M, I>,
    total_segments: u32,
}

impl<M: Model, I: Index<Model = M>> ParallelScan<M, I> {
    pub(super) fn new(queryset: QuerySet<M, I>, total_segments: u32) -> Self {
        Self { queryset, total_segments: total_segments.max(1) }
    }

    /// The segments as querysets, each of which gives its own part of the items.
    pub fn segments(&self) -> impl Iterator<Item = QuerySet<M, I>> + use<M, I> {
        let (queryset, total_segments) = (self.queryset.clone(), self.total_segments);
        (0..total_segments).map(move |segment| queryset.segment(Segment { segment, total_segments }))
    }

    /// All items, in no order; at most as many as the limit.
    pub async fn all(&self, db: &Database) -> Result<Vec<M>, Error> {
        let db = &self.admitted(db)?;
        let segments = stream::iter(self.segments()).map(|segment| async move { segment.all(db).await });
        let mut items: Vec<M> = segments.buffer_unordered(CONCURRENCY_MAX).try_concat().await?;
        items.truncate(self.queryset.request().limit.unwrap_or(usize::MAX));
        Ok(items)
    }

    /// How many items there are, at most as many as the limit.
    pub async fn count(&self, db: &Database) -> Result<u64, Error> {
        let db = &self.admitted(db)?;
        let segments = stream::iter(self.segments()).map(|segment| async move { segment.count(db).await });
        let counts = segments.buffer_unordered(CONCURRENCY_MAX);
        let count = counts.try_fold(0, |sum, count| async move { Ok(sum + count) }).await?;
        let limit = self.queryset.request().limit.map(|limit| u64::try_from(limit).unwrap_or(u64::MAX));
        Ok(limit.map_or(count, |limit| count.min(limit)))
    }

    /// The items one after the other, from whichever segment has one. A limit is that of each segment.
    pub fn stream(&self, db: &Database) -> ItemStream<M> {
        // Where it is refused, the segments tell it.
        let db = self.admitted(db).unwrap_or_else(|_| db.clone());
        let segments = stream::iter(self.segments()).map(move |segment| segment.stream(&db));
        ItemStream::of(segments.flatten_unordered(CONCURRENCY_MAX))
    }

    /// What [`all`](Self::all) would do, and what it would cost. The table's name is without a prefix.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// # }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// assert_eq!(
    ///     Weather::objects().parallel_scan(8).explain()?.plan.to_string(),
    ///     "\
    /// Side by side
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
    pub fn explain(&self) -> Result<Explain, PlanError> {
        // There can be a million, and from the second on all are alike.
        let each: Vec<_> =
            self.segments().take(EXPLAINED_MAX).map(|segment| segment.explain()).collect::<Result<_, _>>()?;
        let more = usize::try_from(self.total_segments).unwrap_or(usize::MAX).saturating_sub(each.len());
        Ok(Explain::combined_alike(Node::new("Side by side", []), each, more))
    }

    /// The database for a call that reads all segments, which share what it may cost.
    fn admitted(&self, db: &Database) -> Result<Database, Error> {
        admitted::<M>(&self.queryset.plan(Terminal::All, &db.table_name::<M>())?, db)
    }
}

impl<M: Model, I> Clone for ParallelScan<M, I> {
    fn clone(&self) -> Self {
        Self { queryset: self.queryset.clone(), total_segments: self.total_segments }
    }
}

impl<M: Model, I> fmt::Debug for ParallelScan<M, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParallelScan")
            .field("queryset", &self.queryset)
            .field("total_segments", &self.total_segments)
            .finish()
    }
}
