//! Change feeds report every change once and resume from a position.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use djamodb::driver::{Clock, DriverErrorKind};
use djamodb::plan::{
    DescribeStream, GetRecords, GetShardIterator, ListStreams, PutItem, ShardPosition, StreamUpdate, UpdateItem,
    UpdateTable,
};
use djamodb::prelude::*;
use djamodb::run::{ChangePosition, ShardProgress};
use djamodb::schema::StreamView;
use djamodb::value::Item;
use djamodb::{Change, ChangeFeed, Error, MemoryDriver, MemoryOptions, TableDefaults, VirtualClock};
use futures_util::StreamExt;

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
    let mut passing = Session { expires: Some(expires), ..session("b", 1) };
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

/// Returns a database whose streams have two shards, and an id of each shard.
async fn two_shards(clock: &VirtualClock) -> (Database, [&'static str; 2]) {
    let options = || MemoryOptions {
        clock: Arc::new(clock.clone()),
        stream_shards: NonZeroU32::new(2).unwrap(),
        ..MemoryOptions::default()
    };
    let defaults = || TableDefaults { stream: Some(StreamView::NewAndOldImages), ..TableDefaults::default() };
    let trial = Database::with_defaults(MemoryDriver::with_options(options()), defaults());
    trial.create_table::<Session>().await.unwrap();
    let arn = trial.run(ListStreams::default()).await.unwrap().streams.remove(0).arn;
    let ids = ["a", "b", "c", "d", "e", "f", "g", "h"];
    for id in ids {
        session(id, 0).save(&trial).await.unwrap();
    }
    let shards = trial.run(DescribeStream::new(&arn)).await.unwrap().stream.shards;
    assert_eq!(shards.len(), 2);
    let mut found = Vec::new();
    for shard in shards {
        let iterator = trial.run(GetShardIterator::new(&arn, shard.id, ShardPosition::TrimHorizon)).await.unwrap();
        let records = trial.run(GetRecords::new(iterator.shard_iterator)).await.unwrap().records;
        found.push(ids.into_iter().find(|id| records[0].keys == Item::new().with("id", *id)).unwrap());
    }
    let db = Database::with_defaults(MemoryDriver::with_options(options()), defaults());
    db.create_table::<Session>().await.unwrap();
    (db, found.try_into().unwrap())
}

/// Polls a feed once, up to the first wait for changes.
async fn poll_once(feed: &mut ChangeFeed<Session>) {
    assert!(futures_util::poll!(feed.next()).is_pending());
}

fn visits(changes: &[Change<Session>]) -> Vec<u32> {
    let visits = changes.iter().map(|change| match change {
        Change::Inserted(new) | Change::Modified { new, .. } => new.visits,
        Change::Removed { old, .. } => old.visits,
    });
    visits.collect()
}

/// Time after which shard iterators are expired.
const ITERATORS_EXPIRED: Duration = Duration::from_secs(16 * 60);

#[tokio::test]
async fn a_feed_from_now_keeps_changes_made_while_it_is_not_polled() {
    let clock = VirtualClock::new(1);
    let (db, [first, second]) = two_shards(&clock).await;
    for id in [first, second] {
        session(id, 0).save(&db).await.unwrap();
    }
    clock.advance(Duration::from_secs(2));
    let mut feed = Session::changes(&db).from_now();
    poll_once(&mut feed).await;
    for (number, id) in [(1, first), (2, second), (3, first)] {
        session(id, number).save(&db).await.unwrap();
        clock.advance(ITERATORS_EXPIRED);
    }
    let mut received = all(feed).await;
    received.sort_by_key(|change| visits(std::slice::from_ref(change)));
    assert_eq!(visits(&received), [1, 2, 3]);
}

#[tokio::test]
async fn a_quiet_shard_loses_no_change_while_the_consumer_is_busy_with_another() {
    let clock = VirtualClock::new(1);
    let (db, [busy, quiet]) = two_shards(&clock).await;
    let mut feed = Session::changes(&db).from_now();
    poll_once(&mut feed).await;
    for number in 1..=3 {
        session(busy, number).save(&db).await.unwrap();
    }
    let mut received = Vec::new();
    for number in 4..=6 {
        received.extend(feed.try_next().await.unwrap());
        session(quiet, number).save(&db).await.unwrap();
        clock.advance(ITERATORS_EXPIRED);
    }
    received.extend(all(feed).await);
    assert_eq!(visits(&received), [1, 2, 3, 4, 5, 6]);
}

#[tokio::test]
async fn a_resumed_feed_from_now_repeats_no_older_change_of_a_quiet_shard() {
    let clock = VirtualClock::new(1);
    let (db, [busy, quiet]) = two_shards(&clock).await;
    for (round, before_a_change) in [(0, true), (10, false)] {
        session(quiet, round).save(&db).await.unwrap();
        session(busy, round + 1).save(&db).await.unwrap();
        let mut feed = Session::changes(&db).from_now();
        poll_once(&mut feed).await;
        session(busy, round + 2).save(&db).await.unwrap();
        if !before_a_change {
            feed.try_next().await.unwrap();
        }
        let position = kept(feed.position().unwrap());
        drop(feed);
        session(quiet, round + 3).save(&db).await.unwrap();
        clock.advance(Duration::from_secs(5 * 3600));
        session(busy, round + 4).save(&db).await.unwrap();
        let mut received = visits(&all(Session::changes(&db).after(position)).await);
        received.sort_unstable();
        assert_eq!(received, if before_a_change { vec![2, 3, 4] } else { vec![13, 14] });
    }
}

#[tokio::test]
async fn a_feed_from_now_fails_when_the_changes_since_its_start_are_no_longer_kept() {
    let clock = VirtualClock::new(1);
    let (db, [busy, quiet]) = two_shards(&clock).await;
    let mut feed = Session::changes(&db).from_now();
    poll_once(&mut feed).await;
    let position = kept(feed.position().unwrap());
    session(quiet, 1).save(&db).await.unwrap();
    for hours in [20, 5] {
        clock.advance(Duration::from_secs(hours * 3600));
        session(busy, 2).save(&db).await.unwrap();
    }
    for mut feed in [feed, Session::changes(&db).after(position)] {
        let lost = feed.try_next().await.unwrap_err();
        assert!(matches!(&lost, Error::Driver(error) if *error.kind() == DriverErrorKind::TrimmedDataAccess), "{lost}");
        assert!(feed.position().is_some());
    }
}

#[tokio::test]
async fn resuming_after_a_shard_with_unread_records_was_trimmed_is_an_error() {
    let clock = VirtualClock::new(1);
    let db = database(&clock).await;
    let mut feed = Session::changes(&db);
    session("a", 1).save(&db).await.unwrap();
    feed.try_next().await.unwrap();
    let position = kept(feed.position().unwrap());
    session("a", 2).save(&db).await.unwrap();
    clock.advance(Duration::from_secs(40 * 3600));
    session("a", 3).save(&db).await.unwrap();
    clock.advance(Duration::from_secs(25 * 3600));
    session("a", 4).save(&db).await.unwrap();
    let lost = Session::changes(&db).after(position).try_next().await.unwrap_err();
    assert!(matches!(&lost, Error::Driver(error) if *error.kind() == DriverErrorKind::TrimmedDataAccess), "{lost}");
}

#[test]
fn a_position_of_an_earlier_version_is_read() {
    let earlier = r#"{"stream_arn":"arn","shards":{"shardId-1":{"After":"7"},"shardId-2":"Finished"}}"#;
    let position: ChangePosition = serde_json::from_str(earlier).unwrap();
    assert_eq!(position.shards["shardId-1"], ShardProgress::After("7".into()));
    assert_eq!(serde_json::to_string(&position).unwrap(), earlier);
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
        assert!(error.to_string().contains("#[model(stream = new_and_old_images)]"), "{error}");
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
    assert!(matches!(feed.try_next().await, Err(Error::Decode { model: "Session", .. })));
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
