//! The feed of changes of a model's items, read from its table's stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use super::{Database, advise};
use crate::driver::BoxFuture;
use crate::error::Error;
use crate::model::Model;
use crate::plan::{DescribeTable, StreamEvent, StreamRecord};
use crate::run::{ChangePosition, ChangesFrom, StreamRead, advance};
use crate::schema::StreamView;
use crate::value::Item;

/// A change of an item of the model `M`.
#[derive(Clone, PartialEq, Debug)]
pub enum Change<M> {
    /// The item was created.
    Inserted(M),
    /// The item was changed.
    Modified {
        /// The item before the change.
        old: M,
        /// The item after the change.
        new: M,
    },
    /// The item was deleted.
    Removed {
        /// The item before it was deleted.
        old: M,
        /// `true` if the service deleted the item because its time to live had passed.
        expired: bool,
    },
}

/// A stream of the changes of a model's items, by default from the oldest record. The service keeps records for 24 hours
/// ([DynamoDB Streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html)).
///
/// The table needs a stream with both images (`StreamView::NewAndOldImages`), and the driver must be able to read streams.
/// Changes of one item arrive in order; changes of different items may not. Without new changes the feed waits and reads
/// again, so it ends only when the table's stream ends, or with [`until_idle`](Self::until_idle).
///
/// # Errors
///
/// - [`Error::NoStream`], if the table has no such stream. The feed ends.
/// - [`Error::Decode`], if an item is not an `M`. The feed continues with the next change.
/// - [`Error::Driver`], if a request fails. The feed ends; continue with a new feed [after](Self::after) the last
///   [position](Self::position). The kind `TrimmedDataAccess` means that records at this position are no longer kept.
///
/// ```
/// # use djamodb::prelude::*;
/// use djamodb::{Change, TableDefaults};
/// use djamodb::schema::StreamView;
///
/// #[derive(Model, Clone, Debug, PartialEq)]
/// #[model(table = "users")]
/// struct User {
///     #[model(hash_key)]
///     id: String,
///     visits: u32,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let defaults = TableDefaults { stream: Some(StreamView::NewAndOldImages), ..TableDefaults::default() };
/// let db = Database::with_defaults(djamodb::MemoryDriver::new(), defaults);
/// db.create_table::<User>().await?;
/// let mut ada = User { id: "ada".into(), visits: 1 };
/// ada.save(&db).await?;
///
/// let mut changes = User::changes(&db);
/// assert_eq!(changes.try_next().await?, Some(Change::Inserted(ada.clone())));
///
/// // Later, possibly in another process:
/// let position = changes.position().cloned().expect("a change was read");
/// ada.visits = 2;
/// ada.save(&db).await?;
/// let next = User::changes(&db).after(position).try_next().await?;
/// assert!(matches!(next, Some(Change::Modified { old, new }) if (old.visits, new.visits) == (1, 2)));
/// # Ok(())
/// # }
/// ```
#[must_use = "a feed sends no request until it is polled"]
pub struct ChangeFeed<M> {
    state: FeedState<M>,
    position: Option<ChangePosition>,
}

enum FeedState<M> {
    New(Database, FeedOptions),
    Idle(Database, Box<StreamRead>),
    Reading(PendingChange<M>),
    Ended,
}

/// Reads the next change. Returns the reader that continues after it, or `None` if the feed ends.
type PendingChange<M> = BoxFuture<'static, (Option<(Database, Box<StreamRead>)>, Option<Result<Change<M>, Error>>)>;

#[derive(Clone, Debug)]
struct FeedOptions {
    from: ChangesFrom,
    after: Option<ChangePosition>,
    /// Wait after a read without changes.
    pause: Duration,
    until_idle: bool,
}

const PAUSE_DEFAULT: Duration = Duration::from_secs(1);

impl<M: Model> ChangeFeed<M> {
    pub(super) fn new(db: Database) -> Self {
        let options = FeedOptions { from: ChangesFrom::Oldest, after: None, pause: PAUSE_DEFAULT, until_idle: false };
        Self { state: FeedState::New(db, options), position: None }
    }

    /// Starts with the changes made after the feed is first polled, instead of the oldest record.
    pub fn from_now(self) -> Self {
        self.set(|options| options.from = ChangesFrom::Now)
    }

    /// Continues after the [position](Self::position) of an earlier feed.
    pub fn after(self, position: ChangePosition) -> Self {
        self.set(|options| options.after = Some(position))
    }

    /// Sets the wait after a read without changes. The default is one second.
    pub fn pause(self, pause: Duration) -> Self {
        self.set(|options| options.pause = pause)
    }

    /// Ends the feed at the first read without changes, instead of waiting.
    pub fn until_idle(self) -> Self {
        self.set(|options| options.until_idle = true)
    }

    /// Returns the position after the last change that the feed returned, or `None` before the first change.
    pub const fn position(&self) -> Option<&ChangePosition> {
        self.position.as_ref()
    }

    fn set(mut self, set: impl FnOnce(&mut FeedOptions)) -> Self {
        if let FeedState::New(_, options) = &mut self.state {
            set(options);
        }
        self
    }
}

/// Returns the reader of the stream of a model's table.
async fn open<M: Model>(db: &Database, options: FeedOptions) -> Result<StreamRead, Error> {
    let model = M::schema().model;
    let changes = if let Some(position) = options.after {
        StreamRead::after(position)
    } else {
        let table = db.run(DescribeTable::new(db.table_name::<M>())).await?.table;
        let no_stream = || Error::NoStream { model, table: table.schema.name.clone(), view: table.schema.stream };
        if table.schema.stream != Some(StreamView::NewAndOldImages) {
            return Err(no_stream());
        }
        let stream = table.latest_stream.as_ref().ok_or_else(no_stream)?;
        StreamRead::new(&stream.arn)
    };
    let changes = changes.from(options.from).pause(options.pause);
    Ok(if options.until_idle { changes.until_idle() } else { changes })
}

/// Reads the next change.
async fn read<M: Model>(
    db: Database,
    mut changes: Box<StreamRead>,
) -> (Option<(Database, Box<StreamRead>)>, Option<Result<Change<M>, Error>>) {
    match advance(db.driver(), &mut *changes).await {
        Ok(Some(record)) => {
            let change = change(record, &db);
            (Some((db, changes)), Some(change))
        }
        Ok(None) => (None, None),
        Err(error) => (None, Some(Err(error.into()))),
    }
}

/// Decodes a stream record.
fn change<M: Model>(record: StreamRecord, db: &Database) -> Result<Change<M>, Error> {
    let expired = record.is_expiry();
    let value = |image: Option<Item>| {
        // A record without an image has the key, which is a complete item if the model has only key attributes.
        db.decode(image.as_ref().unwrap_or(&record.keys))
    };
    Ok(match record.event {
        StreamEvent::Insert => Change::Inserted(value(record.new_image)?),
        StreamEvent::Modify => Change::Modified { old: value(record.old_image)?, new: value(record.new_image)? },
        StreamEvent::Remove => Change::Removed { old: value(record.old_image)?, expired },
    })
}

impl<M: Model> Stream for ChangeFeed<M> {
    type Item = Result<Change<M>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.state, FeedState::Ended) {
                FeedState::New(db, options) => {
                    self.state = FeedState::Reading(Box::pin(async move {
                        match open::<M>(&db, options).await {
                            Ok(changes) => read(db, Box::new(changes)).await,
                            Err(error) => (None, Some(Err(advise(error, M::schema(), &db).await))),
                        }
                    }));
                }
                FeedState::Idle(db, changes) => self.state = FeedState::Reading(Box::pin(read(db, changes))),
                FeedState::Reading(mut pending) => {
                    let Poll::Ready((reader, change)) = pending.as_mut().poll(context) else {
                        self.state = FeedState::Reading(pending);
                        return Poll::Pending;
                    };
                    if let Some((db, changes)) = reader {
                        self.position = Some(changes.position().clone());
                        self.state = FeedState::Idle(db, changes);
                    }
                    return Poll::Ready(change);
                }
                FeedState::Ended => return Poll::Ready(None),
            }
        }
    }
}

impl<M> fmt::Debug for ChangeFeed<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChangeFeed").field("position", &self.position).finish_non_exhaustive()
    }
}
