//! Change feeds report every change once and resume from a position.

use std::sync::Arc;
use std::time::Duration;

use djamodb::driver::{Clock, DriverErrorKind};
use djamodb::plan::{PutItem, StreamUpdate, UpdateItem, UpdateTable};
use djamodb::prelude::*;
use djamodb::run::ChangePosition;
use djamodb::schema::StreamView;
use djamodb::value::Item;
use djamodb::{Change, ChangeFeed, Error, MemoryDriver, TableDefaults, VirtualClock};

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "visits", time_to_live = expires)]
struct Session {
    #[model(hash_key)]
    id: String,
    visits: u32,
    expires: Option<i64>,
}

fn session(id: &str, visits: u32) -> Session {
    Session { id: id.to_owned(), visits, expires: None }
}

fn with_stream(clock: &VirtualClock, stream: Option<StreamView>) -> Database {
    let defaults = TableDefaults { stream, ..TableDefaults::default() };
    Database::with_defaults(MemoryDriver::with_clock(Arc::new(clock.clone())), defaults)
}

async fn database(clock: &VirtualClock) -> Database {
    let db = with_stream(clock, Some(StreamView::NewAndOldImages));
    db.create_table::<Session>().await.unwrap();
    db
}

async fn all(feed: ChangeFeed<Session>) -> Vec<Change<Session>> {
    feed.until_idle().try_collect().await.unwrap()
}

/// Returns a position after a round trip through JSON, as a program that stores it would.
fn kept(position: &ChangePosition) -> ChangePosition {
    serde_json::from_str(&serde_json::to_string(position).unwrap()).unwrap()
}

#[tokio::test]
async fn inserts_updates_and_deletes_are_typed_changes() {
    let clock = VirtualClock::new(1);
    let db = database(&clock).await;
    session("a", 1).save(&db).await.unwrap();
    session("a", 2).save(&db).await.unwrap();
    session("a", 2).save(&db).await.unwrap();
    session("a", 2).delete(&db).await.unwrap();
    let expires = clock.now().timestamp() + 60;
    let passing = Session { expires: Some(expires), ..session("b", 1) };
    passing.save(&db).await.unwrap();
    clock.advance(Duration::from_secs(61));

    let changes = all(Session::changes(&db)).await;
    let expected = [
        Change::Inserted(session("a", 1)),
        Change::Modified { old: session("a", 1), new: session("a", 2) },
        Change::Removed { old: session("a", 2), expired: false },
        Change::Inserted(passing.clone()),
        Change::Removed { old: passing, expired: true },
    ];
    assert_eq!(changes, expected);
}

#[tokio::test]
async fn a_resumed_feed_repeats_and_misses_no_change() {
    let clock = VirtualClock::new(1);
    let db = database(&clock).await;
    let mut received = Vec::new();
    let mut position: Option<ChangePosition> = None;
    for number in 0..30 {
        session(&format!("s{}", number % 3), number).save(&db).await.unwrap();
        // Shards roll over meanwhile, and shard iterators expire.
        clock.advance(Duration::from_secs(2820));
        if number % 4 == 3 {
            let feed = Session::changes(&db);
            let mut feed = match &position {
                Some(position) => feed.after(kept(position)),
                None => feed,
            };
            // One change at a time, so that the reader also stops inside a page.
            for _ in 0..2 {
                received.extend(feed.try_next().await.unwrap());
            }
            position = feed.position().cloned();
        }
    }
    let rest = Session::changes(&db).after(kept(&position.unwrap()));
    received.extend(all(rest).await);
    let visits: Vec<u32> = received
        .iter()
        .map(|change| match change {
            Change::Inserted(new) | Change::Modified { new, .. } => new.visits,
            Change::Removed { old, .. } => old.visits,
        })
        .collect();
    assert_eq!(visits, (0..30).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_feed_continues_after_its_shard_iterator_expired() {
    let clock = VirtualClock::new(1);
    let db = database(&clock).await;
    let mut feed = Session::changes(&db);
    for number in 0..5 {
        session("a", number).save(&db).await.unwrap();
        assert!(feed.try_next().await.unwrap().is_some(), "{number}");
        // Shard iterators expire after 15 minutes.
        clock.advance(Duration::from_secs(1200));
    }
}

#[tokio::test]
async fn resuming_after_records_were_trimmed_is_an_error() {
    let clock = VirtualClock::new(1);
    let db = database(&clock).await;
    let mut feed = Session::changes(&db);
    session("a", 1).save(&db).await.unwrap();
    feed.try_next().await.unwrap();
    let position = feed.position().unwrap().clone();
    for number in 2..5 {
        clock.advance(Duration::from_secs(2 * 3600));
        session("a", number).save(&db).await.unwrap();
    }
    clock.advance(Duration::from_secs(21 * 3600));
    let lost = Session::changes(&db).after(position).try_next().await.unwrap_err();
    assert!(matches!(&lost, Error::Driver(error) if *error.kind() == DriverErrorKind::TrimmedDataAccess), "{lost}");
}

#[tokio::test]
async fn a_feed_from_now_skips_earlier_changes() {
    let clock = VirtualClock::new(1);
    let db = database(&clock).await;
    session("before", 1).save(&db).await.unwrap();
    clock.advance(Duration::from_secs(5 * 3600));
    session("just before", 1).save(&db).await.unwrap();
    let mut feed = Session::changes(&db).from_now();
    // The feed has started and waits before the change is written.
    let write = async { session("after", 1).save(&db).await };
    let (change, saved) = tokio::join!(biased; feed.try_next(), write);
    saved.unwrap();
    let change = change.unwrap().unwrap();
    assert_eq!(change, Change::Inserted(session("after", 1)));
}

#[tokio::test]
async fn a_stream_without_both_images_is_an_error() {
    let clock = VirtualClock::new(1);
    for view in [None, Some(StreamView::KeysOnly), Some(StreamView::NewImage)] {
        let db = with_stream(&clock, view);
        db.create_table::<Session>().await.unwrap();
        let mut feed = Session::changes(&db);
        let error = feed.try_next().await.unwrap_err();
        assert!(matches!(&error, Error::NoStream { model: "Session", .. }), "{error}");
        assert!(error.to_string().contains("NewAndOldImages"), "{error}");
        assert!(feed.try_next().await.unwrap().is_none(), "the feed has ended");
    }
}

#[tokio::test]
async fn an_item_that_cannot_be_decoded_does_not_end_the_feed() {
    let clock = VirtualClock::new(1);
    let db = database(&clock).await;
    db.run(PutItem::new("visits", Item::new().with("id", "odd").with("visits", "many"))).await.unwrap();
    session("a", 1).save(&db).await.unwrap();
    let mut feed = Session::changes(&db);
    assert!(matches!(feed.try_next().await, Err(Error::Codec { model: "Session", .. })));
    assert_eq!(feed.try_next().await.unwrap(), Some(Change::Inserted(session("a", 1))));
}

#[tokio::test]
async fn the_feed_of_a_disabled_stream_ends() {
    let clock = VirtualClock::new(1);
    let db = database(&clock).await;
    session("a", 1).save(&db).await.unwrap();
    let mut feed = Session::changes(&db);
    assert!(feed.try_next().await.unwrap().is_some());
    session("a", 2).save(&db).await.unwrap();
    db.run(UpdateTable::new("visits").stream(StreamUpdate::Disable)).await.unwrap();
    assert!(feed.try_next().await.unwrap().is_some());
    assert_eq!(feed.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn an_update_without_effect_is_no_change() {
    use djamodb::expression::{Path, Update, UpdateOperand};

    let clock = VirtualClock::new(1);
    let db = database(&clock).await;
    session("a", 1).save(&db).await.unwrap();
    let same = Update::new().set(Path::new("visits"), UpdateOperand::value(1));
    db.run(UpdateItem::new("visits", Item::new().with("id", "a"), same)).await.unwrap();
    assert_eq!(all(Session::changes(&db)).await, [Change::Inserted(session("a", 1))]);
}
