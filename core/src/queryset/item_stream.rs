//! Streams of rows, read a page at a time.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::stream;

use super::reader::PageReader;
use super::row_decoder::RowDecoder;
use crate::database::{CallSpan, Database, advise};
use crate::error::Error;
use crate::model::ModelSchema;
use crate::value::Item;

/// A stream of rows. Returned by [`QuerySet::stream`](super::QuerySet::stream).
///
/// A page is read when the rows of the page before are used up, so that pages that are not taken are not paid for.
///
/// An item that cannot be decoded is an [`Error::Decode`], which names it; the stream goes on with the next item. The stream ends after
/// any other error.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::{Weather, weather_database};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = weather_database().await?;
/// let mut days = Weather::objects().set_hash_key("Seattle").stream(&db);
/// while let Some(weather) = days.try_next().await? {
///     if weather.temp_max > 10.0 {
///         assert_eq!(weather.day, 2);
///         break;
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream sends nothing until it is polled"]
pub struct ItemStream<R> {
    rows: Pin<Box<dyn Stream<Item = Result<R, Error>> + Send>>,
    /// Closed at the end of the stream.
    span: Option<CallSpan>,
}

impl<R: 'static> ItemStream<R> {
    pub(super) fn new(
        span: CallSpan,
        reader: Result<PageReader, Error>,
        row: RowDecoder<R>,
        (schema, db): (&'static ModelSchema, Database),
    ) -> Self {
        let start = Rest { reader, page: Vec::new().into_iter(), row, db, schema };
        let rows = Box::pin(stream::unfold(Some(start), |rest| async move { rest?.next().await }));
        Self { rows, span: Some(span) }
    }
}

/// The rows that were not yet taken.
struct Rest<R> {
    reader: Result<PageReader, Error>,
    page: std::vec::IntoIter<Item>,
    row: RowDecoder<R>,
    db: Database,
    schema: &'static ModelSchema,
}

impl<R> Rest<R> {
    /// Returns the next row and the rows after it, or `None` at the end.
    async fn next(mut self) -> Option<(Result<R, Error>, Option<Self>)> {
        loop {
            if let Some(item) = self.page.next() {
                return Some((self.row.row(item, &self.db), Some(self)));
            }
            let reader = match self.reader {
                Ok(ref mut reader) => reader,
                Err(error) => return Some((Err(error), None)),
            };
            match reader.next().await {
                Ok(Some(page)) => self.page = page.items.into_iter(),
                Ok(None) => return None,
                Err(error) => return Some((Err(Box::pin(advise(error.into(), self.schema, &self.db)).await), None)),
            }
        }
    }
}

impl<R> Stream for ItemStream<R> {
    type Item = Result<R, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { rows, span } = &mut *self;
        let Some(open) = span else { return rows.as_mut().poll_next(context) };
        let next = open.in_scope(|| rows.as_mut().poll_next(context));
        match &next {
            Poll::Ready(None) => *span = None,
            Poll::Ready(Some(Err(error))) => open.record_error(error),
            Poll::Ready(Some(Ok(_))) | Poll::Pending => {}
        }
        next
    }
}

impl<R> fmt::Debug for ItemStream<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").finish_non_exhaustive()
    }
}
