//! Segments of a parallel scan, read concurrently.

use std::pin::Pin;

use futures_core::Stream;
use futures_util::stream::{self, StreamExt, TryStreamExt};

use super::SingleReader;
use crate::database::Database;
use crate::driver::DriverError;
use crate::queryset::plan_tree::SegmentPlans;
use crate::run::ItemPage;

/// Number of segments that are read concurrently.
const CONCURRENCY_MAX: usize = 16;
/// Number of segments that are requested at once; others follow when one of them ends.
const FIRST_SEGMENTS: u32 = 16;

/// Reads the pages of all segments, in the order in which they arrive.
pub(in crate::queryset) struct SegmentReader(Pin<Box<dyn Stream<Item = Result<ItemPage, DriverError>> + Send>>);

impl SegmentReader {
    /// Prepares to read; a segment is planned when its turn comes, since there can be a million.
    pub(super) fn new(segments: SegmentPlans, db: &Database) -> Self {
        let (db, count) = (db.clone(), segments.count);
        let pages = move |segment| {
            let reader = SingleReader::new(segments.plan(segment), db.clone());
            pages(if segment < FIRST_SEGMENTS { reader } else { reader.continuing() })
        };
        Self(Box::pin(stream::iter(0..count).map(pages).flatten_unordered(CONCURRENCY_MAX)))
    }

    pub(super) async fn next(&mut self) -> Result<Option<ItemPage>, DriverError> {
        self.0.try_next().await
    }
}

fn pages(reader: SingleReader) -> Pin<Box<dyn Stream<Item = Result<ItemPage, DriverError>> + Send>> {
    let next = |mut reader: SingleReader| async move { Ok(reader.next().await?.map(|page| (page, reader))) };
    Box::pin(stream::try_unfold(reader, next))
}
