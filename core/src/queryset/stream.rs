//! Items one after the other, a page at a time.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::stream;

use crate::database::Database;
use crate::error::Error;
use crate::model::Model;
use crate::run::{Read, advance};

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
pub struct ItemStream<M>(Pin<Box<dyn Stream<Item = Result<M, Error>> + Send>>);

impl<M: Model> ItemStream<M> {
    pub(super) fn new(db: Database, read: Result<Read, Error>) -> Self {
        let start = State { db, read, page: Vec::new().into_iter() };
        Self(Box::pin(stream::unfold(Some(start), |state| async move { state?.step().await })))
    }
}

struct State {
    db: Database,
    read: Result<Read, Error>,
    page: std::vec::IntoIter<crate::value::Item>,
}

impl State {
    /// The next item and what comes after it; nothing at the end.
    async fn step<M: Model>(mut self) -> Option<(Result<M, Error>, Option<Self>)> {
        loop {
            if let Some(item) = self.page.next() {
                let value = M::from_item(&item).map_err(|error| Error::Codec { model: M::schema().model, error });
                let rest = value.is_ok().then_some(self);
                return Some((value, rest));
            }
            let read = match self.read {
                Ok(ref mut read) => read,
                Err(error) => return Some((Err(error), None)),
            };
            match advance(self.db.driver(), read).await {
                Ok(Some(page)) => self.page = page.items.into_iter(),
                Ok(None) => return None,
                Err(error) => return Some((Err(error.into()), None)),
            }
        }
    }
}

impl<M> Stream for ItemStream<M> {
    type Item = Result<M, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl<M> fmt::Debug for ItemStream<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").finish_non_exhaustive()
    }
}
