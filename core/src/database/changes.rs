//! What happens to the items of a model, as its table's stream tells it.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use super::Database;
use crate::driver::BoxFuture;
use crate::error::Error;
use crate::model::Model;
use crate::plan::{DescribeTable, StreamEvent, StreamRecord};
use crate::run::{ChangePosition, ChangesFrom, StreamRead, advance};
use crate::schema::StreamView;
use crate::value::Item;

/// A change of a model's item.
#[derive(Clone, PartialEq, Debug)]
pub enum Change<M> {
    /// It was created.
    Inserted(M),
    /// It was changed.
    Modified {
        /// As it was.
        old: M,
        /// As it is.
        new: M,
    },
    /// It was deleted.
    Removed {
        /// As it was.
        old: M,
        /// Whether the service deleted it, since its time to live was over.
        expired: bool,
    },
}

/// The changes of a model's items, from the oldest that is kept on: for 24 hours
/// ([DynamoDB Streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html)).
///
/// It needs a table with a stream of both images, and a driver that reads streams. The changes of one item come in their
/// order. An item that is no `M` is an error, after which the feed goes on; after any other error nothing more comes, and
/// [`position`](Self::position) tells where to begin again. When there is nothing new it waits and asks again, so that it only
/// ends when the stream does.
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
/// // Later, and maybe in another process:
/// let position = changes.position().cloned().expect("a change was read");
/// ada.visits = 2;
/// ada.save(&db).await?;
/// let next = User::changes(&db).after(position).try_next().await?;
/// assert!(matches!(next, Some(Change::Modified { old, new }) if (old.visits, new.visits) == (1, 2)));
/// # Ok(())
/// # }
/// ```
#[must_use = "a feed asks nothing until it is polled"]
pub struct ChangeFeed<M> {
    state: State<M>,
    position: Option<ChangePosition>,
}

enum State<M> {
    New(Database, Settings),
    Reading(Database, Box<StreamRead>),
    Running(Running<M>),
    Ended,
}

/// The next change that is waited for, and the reader to go on with after it; without one, the feed ends there.
type Running<M> = BoxFuture<'static, (Option<(Database, Box<StreamRead>)>, Option<Result<Change<M>, Error>>)>;

#[derive(Clone, Debug)]
struct Settings {
    from: ChangesFrom,
    after: Option<ChangePosition>,
    pause: Duration,
    until_idle: bool,
}

const PAUSE: Duration = Duration::from_secs(1);

impl<M: Model> ChangeFeed<M> {
    pub(super) fn new(db: Database) -> Self {
        let settings = Settings { from: ChangesFrom::Oldest, after: None, pause: PAUSE, until_idle: false };
        Self { state: State::New(db, settings), position: None }
    }

    /// Begins with what happens after the feed is first polled, not with what is kept from before.
    pub fn from_now(self) -> Self {
        self.set(|settings| settings.from = ChangesFrom::Now)
    }

    /// Goes on where an earlier feed was.
    pub fn after(self, position: ChangePosition) -> Self {
        self.set(|settings| settings.after = Some(position))
    }

    /// How long to wait when there is nothing new; a second unless said otherwise.
    pub fn pause(self, pause: Duration) -> Self {
        self.set(|settings| settings.pause = pause)
    }

    /// Ends when there is nothing new, instead of waiting.
    pub fn until_idle(self) -> Self {
        self.set(|settings| settings.until_idle = true)
    }

    /// How far the changes that were given reach; nothing before the first.
    pub const fn position(&self) -> Option<&ChangePosition> {
        self.position.as_ref()
    }

    fn set(mut self, set: impl FnOnce(&mut Settings)) -> Self {
        if let State::New(_, settings) = &mut self.state {
            set(settings);
        }
        self
    }
}

/// Finds the stream of a model's table.
async fn open<M: Model>(db: &Database, settings: Settings) -> Result<StreamRead, Error> {
    let model = M::schema().model;
    let changes = if let Some(position) = settings.after {
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
    let changes = changes.from(settings.from).pause(settings.pause);
    Ok(if settings.until_idle { changes.until_idle() } else { changes })
}

/// The next change.
async fn read<M: Model>(
    db: Database,
    mut changes: Box<StreamRead>,
) -> (Option<(Database, Box<StreamRead>)>, Option<Result<Change<M>, Error>>) {
    match advance(db.driver(), &mut *changes).await {
        Ok(Some(record)) => (Some((db, changes)), Some(change(record))),
        Ok(None) => (None, None),
        Err(error) => (None, Some(Err(error.into()))),
    }
}

/// A change as the model sees it.
fn change<M: Model>(record: StreamRecord) -> Result<Change<M>, Error> {
    let expired = record.is_expiry();
    let value = |image: Option<Item>| {
        // Without an image there is the key, which is an item of a model that has nothing else.
        let item = image.as_ref().unwrap_or(&record.keys);
        M::from_item(item).map_err(Error::codec::<M>)
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
            match std::mem::replace(&mut self.state, State::Ended) {
                State::New(db, settings) => {
                    self.state = State::Running(Box::pin(async move {
                        match open::<M>(&db, settings).await {
                            Ok(changes) => read(db, Box::new(changes)).await,
                            Err(error) => (None, Some(Err(error))),
                        }
                    }));
                }
                State::Reading(db, changes) => self.state = State::Running(Box::pin(read(db, changes))),
                State::Running(mut running) => {
                    let Poll::Ready((rest, change)) = running.as_mut().poll(context) else {
                        self.state = State::Running(running);
                        return Poll::Pending;
                    };
                    if let Some((db, changes)) = rest {
                        self.position = Some(changes.position().clone());
                        self.state = State::Reading(db, changes);
                    }
                    return Poll::Ready(change);
                }
                State::Ended => return Poll::Ready(None),
            }
        }
    }
}

impl<M> fmt::Debug for ChangeFeed<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChangeFeed").field("position", &self.position).finish_non_exhaustive()
    }
}
