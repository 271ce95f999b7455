//! The feed of changes of a model's items, read from its table's stream.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use super::{Database, advise};
use crate::driver::{BoxFuture, DriverError, dispatch};
use crate::error::Error;
use crate::model::Model;
use crate::plan::{DescribeTable, Outcome, QueryPlan, StreamEvent, StreamRecord};
use crate::run::{ChangePosition, ChangesFrom, Machine, Step, StreamRead, yield_now};
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
    state: FeedState,
    model: PhantomData<fn() -> M>,
}

enum FeedState {
    New(Database, FeedOptions),
    /// The stream of the table is looked up.
    Opening(Database, FeedOptions, BoxFuture<'static, Result<String, Error>>),
    Reading(Box<FeedReader>),
    Ended(Option<ChangePosition>),
}

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
        Self { state: FeedState::New(db, options), model: PhantomData }
    }

    /// Starts with the changes made from now on, instead of the oldest record.
    ///
    /// "Now" is the time at which the first poll's requests find the end of each open shard: every change that is made after
    /// them is returned. They are three for each shard, and complete before the feed first waits. From then on
    /// [`position`](Self::position) returns a position to resume from, also if no change was made yet. It has no effect together
    /// with [`after`](Self::after), or once the feed was polled.
    ///
    /// If no change of a shard was returned when its shard iterator expires, 15 minutes after the feed was last polled, or when
    /// the feed is resumed from a position, the shard is read from the last record known to be older. Of a shard with more
    /// than one page of records, changes of the last five minutes before now may then be returned too. None is missed,
    /// unless the driver's clock is ahead of the service's by more than five minutes.
    pub fn from_now(self) -> Self {
        self.set(|options| options.from = ChangesFrom::Now)
    }

    /// Continues after the [position](Self::position) of an earlier feed. It has no effect once the feed was polled.
    pub fn after(self, position: ChangePosition) -> Self {
        self.set(|options| options.after = Some(position))
    }

    /// Sets the wait after a read without changes. The default is one second.
    pub fn pause(mut self, pause: Duration) -> Self {
        if let FeedState::Reading(reader) = &mut self.state {
            reader.changes.set_pause(pause);
        }
        self.set(|options| options.pause = pause)
    }

    /// Ends the feed at the first read without changes, instead of waiting.
    pub fn until_idle(mut self) -> Self {
        if let FeedState::Reading(reader) = &mut self.state {
            reader.changes.set_until_idle();
        }
        self.set(|options| options.until_idle = true)
    }

    fn set(mut self, set: impl FnOnce(&mut FeedOptions)) -> Self {
        if let FeedState::New(_, options) | FeedState::Opening(_, options, _) = &mut self.state {
            set(options);
        }
        self
    }
}

impl<M> ChangeFeed<M> {
    /// Returns the position after the last change that the feed returned. Before the first change it is the position at which
    /// the feed started, or `None` until the shards of the stream are listed.
    pub fn position(&self) -> Option<&ChangePosition> {
        match &self.state {
            FeedState::New(_, options) | FeedState::Opening(_, options, _) => options.after.as_ref(),
            FeedState::Reading(reader) => reader.changes.position(),
            FeedState::Ended(position) => position.as_ref(),
        }
    }
}

/// Returns the ARN of the stream of a model's table.
async fn stream_of<M: Model>(db: &Database) -> Result<String, Error> {
    let model = M::schema().model;
    let table = db.run(DescribeTable::new(db.table_name::<M>())).await?.table;
    let no_stream = || Error::NoStream { model, table: table.schema.name.clone(), view: table.schema.stream };
    if table.schema.stream != Some(StreamView::NewAndOldImages) {
        return Err(no_stream());
    }
    Ok(table.latest_stream.as_ref().ok_or_else(no_stream)?.arn.clone())
}

/// Returns the reader of a feed with these options.
fn reader(db: Database, mut changes: StreamRead, options: &FeedOptions) -> Box<FeedReader> {
    changes.set_pause(options.pause);
    if options.until_idle {
        changes.set_until_idle();
    }
    Box::new(FeedReader::new(db, changes))
}

/// Returns `false` if a stream record is one of another model in the table.
fn is_of_model<M: Model>(record: &StreamRecord) -> bool {
    let image = record.new_image.as_ref().or(record.old_image.as_ref());
    M::schema().is_of_model(image.unwrap_or(&record.keys))
}

/// Decodes a stream record.
fn change<M: Model>(record: StreamRecord, db: &Database) -> Result<Change<M>, Error> {
    let expired = record.is_expiry();
    let value = |image: Option<Item>| {
        // A record without an image has the key, which is a complete item if the model has only key attributes.
        image.map_or_else(|| db.decode(&record.keys), |image| db.decode_owned(image))
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
            match &mut self.state {
                FeedState::New(db, options) => {
                    let db = db.clone();
                    self.state = if let Some(position) = options.after.clone() {
                        let changes = StreamRead::after(position, db.driver().clock());
                        FeedState::Reading(reader(db, changes, options))
                    } else {
                        let of_table = db.clone();
                        let opening = Box::pin(async move {
                            match stream_of::<M>(&of_table).await {
                                Err(error) => Err(advise(error, M::schema(), &of_table).await),
                                found => found,
                            }
                        });
                        FeedState::Opening(db, options.clone(), opening)
                    };
                }
                FeedState::Opening(db, options, opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(arn) => {
                        let changes = StreamRead::new(arn, db.driver().clock()).from(options.from);
                        self.state = FeedState::Reading(reader(db.clone(), changes, options));
                    }
                    Err(error) => {
                        self.state = FeedState::Ended(None);
                        return Poll::Ready(Some(Err(error)));
                    }
                },
                FeedState::Reading(reader) => {
                    let next = ready!(reader.poll_next(context));
                    if let Ok(Some(record)) = &next
                        && !is_of_model::<M>(record)
                    {
                        continue;
                    }
                    let is_end = !matches!(next, Ok(Some(_)));
                    let next = next
                        .map_err(Error::from)
                        .transpose()
                        .map(|record| record.and_then(|record| change(record, &reader.db)));
                    if is_end {
                        self.state = FeedState::Ended(reader.changes.position().cloned());
                    }
                    return Poll::Ready(next);
                }
                FeedState::Ended(_) => return Poll::Ready(None),
            }
        }
    }
}

/// Number of requests after which the feed lets the executor run other tasks.
const REQUESTS_PER_YIELD: u32 = 16;

/// The steps of a [`StreamRead`], which stays in the feed so that its position can be read at any time.
struct FeedReader {
    db: Database,
    changes: StreamRead,
    /// The step that is under way.
    pending: Option<PendingStep>,
    requests: u32,
}

enum PendingStep {
    Request(BoxFuture<'static, Result<Outcome, DriverError>>),
    Sleep(BoxFuture<'static, ()>),
}

impl FeedReader {
    const fn new(db: Database, changes: StreamRead) -> Self {
        Self { db, changes, pending: None, requests: 0 }
    }

    /// Reads the next record, or `None` at the end of the stream.
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<StreamRecord>, DriverError>> {
        loop {
            match &mut self.pending {
                Some(PendingStep::Request(request)) => {
                    let outcome = ready!(request.as_mut().poll(context));
                    self.pending = None;
                    self.changes.supply(outcome)?;
                }
                Some(PendingStep::Sleep(sleep)) => {
                    ready!(sleep.as_mut().poll(context));
                    self.pending = None;
                }
                None => match self.changes.next() {
                    Step::Execute(plan) => self.pending = Some(PendingStep::Request(self.request(plan))),
                    Step::Sleep(duration) => {
                        self.pending = Some(PendingStep::Sleep(self.db.driver().clock().sleep(duration)));
                    }
                    Step::Emit(record) => return Poll::Ready(Ok(Some(record))),
                    Step::Done => return Poll::Ready(Ok(None)),
                },
            }
        }
    }

    fn request(&mut self, plan: QueryPlan) -> BoxFuture<'static, Result<Outcome, DriverError>> {
        self.requests = self.requests.wrapping_add(1);
        let yields = self.requests.is_multiple_of(REQUESTS_PER_YIELD);
        let db = self.db.clone();
        Box::pin(async move {
            if yields {
                yield_now().await;
            }
            dispatch(db.driver(), plan).await
        })
    }
}

impl<M> fmt::Debug for ChangeFeed<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChangeFeed").field("position", &self.position()).finish_non_exhaustive()
    }
}
