//! Items one after the other, a page at a time.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::stream;

use crate::driver::DriverError;
use crate::error::Error;
use crate::run::ItemPage;
use crate::value::Item;

/// Items one after the other. A page is asked for when the one before is used up, so that what is not taken is not paid for.
///
/// After an error nothing more comes.
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
#[must_use = "a stream asks nothing until it is polled"]
pub struct ItemStream<T>(Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>);

impl<T: 'static> ItemStream<T> {
    pub(super) fn new(read: Result<impl Pages, Error>, decode: Decode<T>) -> Self {
        let start = State { read, page: Vec::new().into_iter(), decode };
        Self::of(stream::unfold(Some(start), |state| async move { state?.step().await }))
    }

    /// Whatever comes from another stream.
    pub(super) fn of(stream: impl Stream<Item = Result<T, Error>> + Send + 'static) -> Self {
        Self(Box::pin(stream))
    }
}

/// What is read page by page.
pub(super) trait Pages: Send + 'static {
    /// The next page that holds results; nothing at the end.
    fn next(&mut self) -> impl Future<Output = Result<Option<ItemPage>, DriverError>> + Send;
}

/// How an item becomes what the stream gives.
pub(super) type Decode<T> = Arc<dyn Fn(&Item) -> Result<T, Error> + Send + Sync>;

struct State<T, P> {
    read: Result<P, Error>,
    page: std::vec::IntoIter<Item>,
    decode: Decode<T>,
}

impl<T, P: Pages> State<T, P> {
    /// The next item and what comes after it; nothing at the end.
    async fn step(mut self) -> Option<(Result<T, Error>, Option<Self>)> {
        loop {
            if let Some(item) = self.page.next() {
                let value = (self.decode)(&item);
                let rest = value.is_ok().then_some(self);
                return Some((value, rest));
            }
            let read = match self.read {
                Ok(ref mut read) => read,
                Err(error) => return Some((Err(error), None)),
            };
            match read.next().await {
                Ok(Some(page)) => self.page = page.items.into_iter(),
                Ok(None) => return None,
                Err(error) => return Some((Err(error.into()), None)),
            }
        }
    }
}

impl<T> Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").finish_non_exhaustive()
    }
}
