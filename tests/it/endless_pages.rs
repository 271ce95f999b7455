//! Servers whose pages never end: a repeated key is an error, and every long call lets other tasks run.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use djamodb::driver::{Capability, Clock, Driver, DriverError, DriverErrorKind};
use djamodb::plan::{Outcome, QueryOutput, QueryPlan, ScanOutput};
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::schema::StreamView;
use djamodb::value::{AttributeValue, Item};
use djamodb::{Error, MemoryDriver, TableDefaults};
use futures_util::poll;

use crate::models::{Event, database_with};

/// The page token of every further page.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Tokens {
    Equal,
    Alternating,
    /// The pages have no end, although no token is repeated.
    Advancing,
    /// Each read is one page.
    None,
}

/// A driver that answers every query and scan at once with a page without items and a token.
#[derive(Debug)]
struct Endless {
    inner: MemoryDriver,
    tokens: Tokens,
    requests: Arc<AtomicU64>,
}

/// Number of requests after which the driver fails, so that a test of a fault ends.
const REQUESTS_MAX: u64 = 100_000;

#[async_trait::async_trait]
impl Driver for Endless {
    fn name(&self) -> &'static str {
        "endless"
    }

    fn capability(&self) -> Capability {
        self.inner.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        if number == REQUESTS_MAX {
            return Err(DriverError::validation("Query", "too many requests"));
        }
        let at = match self.tokens {
            Tokens::Equal => Some(0),
            Tokens::Alternating => Some(number % 2),
            Tokens::Advancing => Some(number),
            Tokens::None => None,
        };
        let last_evaluated_key = at.map(|at| Item::new().with("device", "a").with("at", AttributeValue::n(at)));
        match plan {
            QueryPlan::Query(_) => Ok(QueryOutput { last_evaluated_key, ..QueryOutput::default() }.into()),
            QueryPlan::Scan(_) => Ok(ScanOutput { last_evaluated_key, ..ScanOutput::default() }.into()),
            plan => self.inner.execute(plan).await,
        }
    }
}

fn endless(tokens: Tokens) -> (Database, Arc<AtomicU64>) {
    let requests = Arc::new(AtomicU64::new(0));
    let driver = Endless { inner: MemoryDriver::new(), tokens, requests: Arc::clone(&requests) };
    (Database::new(driver), requests)
}

fn is_repeated_key<T: std::fmt::Debug>(result: Result<T, Error>) {
    let error = result.unwrap_err();
    assert!(matches!(&error, Error::Driver(error) if *error.kind() == DriverErrorKind::Contract), "{error}");
    let text = error.to_string();
    assert!(text.contains(" on table events") && text.contains("LastEvaluatedKey"), "{text}");
}

#[tokio::test]
async fn a_repeated_key_ends_every_terminal_method() {
    for tokens in [Tokens::Equal, Tokens::Alternating] {
        let (db, requests) = endless(tokens);
        let one = Event::objects().set_hash_key("a");
        let all = Event::objects().scan();
        for events in [&one, &all] {
            is_repeated_key(events.all(&db).await);
            is_repeated_key(events.count(&db).await);
            is_repeated_key(events.first(&db).await);
            is_repeated_key(events.exists(&db).await);
            is_repeated_key(events.page(&db).await);
            is_repeated_key(events.aggregate(count(), &db).await);
            is_repeated_key(events.stream(&db).try_next().await);
            is_repeated_key(events.update(Event::URGENT.set(true), &db).await);
            is_repeated_key(events.delete(&db).await);
            is_repeated_key(events.delete_checked(&db).await);
            is_repeated_key(events.cursor().page(&db).await);
            is_repeated_key(events.sort_in_memory(Event::LEVEL).all(&db).await);
        }
        is_repeated_key(one.latest(Event::AT, &db).await);
        is_repeated_key(all.parallel_scan(3).all(&db).await);
        is_repeated_key(one.union(&all).all(&db).await);
        assert!(requests.load(Ordering::Relaxed) < 200, "each call ends after few requests");
    }
}

/// Checks that a call over endless pages lets other tasks run after few requests each time.
macro_rules! assert_yields {
    ($call:expr, $requests:expr) => {{
        let mut call = pin!(async { $call.await });
        for _ in 0..20 {
            let before = $requests.load(Ordering::Relaxed);
            assert!(poll!(call.as_mut()).is_pending());
            assert!($requests.load(Ordering::Relaxed) - before <= 48, stringify!($call));
        }
    }};
}

#[tokio::test]
async fn endless_pages_let_other_tasks_run() {
    let (db, requests) = endless(Tokens::Advancing);
    let one = Event::objects().set_hash_key("a");
    let all = Event::objects().scan();
    assert_yields!(one.count(&db), requests);
    assert_yields!(all.all(&db), requests);
    assert_yields!(all.parallel_scan(3).count(&db), requests);
    assert_yields!(all.parallel_scan(1000).count(&db), requests);
    assert_yields!(one.delete(&db), requests);
    assert_yields!(one.update(Event::URGENT.set(true), &db), requests);
    assert_yields!(one.stream(&db).try_next(), requests);
    assert_yields!(one.cursor().page(&db), requests);

    let (db, requests) = endless(Tokens::None);
    assert_yields!(all.parallel_scan(1_000_000).count(&db), requests);
}

/// Returns an event of 390 KB.
fn large(text: &str, at: i64) -> Event {
    Event { tags: [text.repeat(390_000)].into(), ..Event::new("a", at) }
}

#[tokio::test]
async fn a_read_of_several_pages_in_memory_lets_other_tasks_run_between_them() {
    let db = database_with("a", 0).await;
    for at in 0..9 {
        // Three items fill a page of 1 MB.
        large("x", at).save(&db).await.unwrap();
    }
    let events = Event::objects().set_hash_key("a");
    let mut call = pin!(events.count(&db));
    let mut polls = 1;
    let counted = loop {
        match poll!(call.as_mut()) {
            std::task::Poll::Ready(counted) => break counted.unwrap(),
            std::task::Poll::Pending => polls += 1,
        }
    };
    assert_eq!(counted, 9);
    assert!(polls >= 3, "{polls}");
    let mut single = pin!(async { events.set_limit(1).count(&db).await });
    assert!(poll!(single.as_mut()).is_ready(), "a call with one request does not wait");
}

#[tokio::test]
async fn many_writes_let_other_tasks_run() {
    let db = database_with("a", 0).await;
    let mut events: Vec<Event> = (0..200).map(|at| Event::new("a", at)).collect();
    let all = Event::objects();
    let created = all.bulk_create(&mut events, OnConflict::Overwrite, &db);
    assert!(poll!(pin!(created)).is_pending());
    let updated = all.bulk_update(&mut events, Event::URGENT, &db);
    assert!(poll!(pin!(updated)).is_pending());
}

#[tokio::test]
async fn a_change_feed_over_many_pages_lets_other_tasks_run() {
    let defaults = TableDefaults { stream: Some(StreamView::NewAndOldImages), ..TableDefaults::default() };
    let db = Database::with_defaults(MemoryDriver::new(), defaults);
    db.create_table::<Event>().await.unwrap();
    for at in 0..20 {
        large("x", at).save(&db).await.unwrap();
        large("y", at).save(&db).await.unwrap();
    }
    let changes = Event::changes(&db).until_idle().try_collect::<Vec<_>>();
    let mut changes = pin!(changes);
    assert!(poll!(changes.as_mut()).is_pending());
    assert_eq!(changes.await.unwrap().len(), 40);
}
