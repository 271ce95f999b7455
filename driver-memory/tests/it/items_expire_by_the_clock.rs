//! Items go when their time is over, not before, and not for another reason.

use std::sync::Arc;
use std::time::Duration;

use djamodb_core::driver::{Clock, DriverExt};
use djamodb_core::expression::{Condition, Update, UpdateOperand};
use djamodb_core::plan::{
    CreateTable, DescribeStream, DescribeTable, DescribeTimeToLive, DescribeTimeToLiveOutput, GetRecords,
    GetShardIterator, PutItem, ShardPosition, StreamEvent, StreamRecord, TimeToLiveStatus, UpdateItem,
    UpdateTimeToLive,
};
use djamodb_core::schema::StreamView;
use djamodb_core::value::{AttributeValue, Item};
use djamodb_driver_memory::{MemoryDriver, MemoryOptions, VirtualClock};

use crate::support::{by_the_clock, error, get, item, key, numbers, path, put, refusal, scan, schema};

const DAY: u64 = 24 * 60 * 60;
const NOTHING: [i64; 0] = [];

/// A table whose items expire by `expires`.
async fn expiring() -> (MemoryDriver, VirtualClock) {
    let (driver, clock) = by_the_clock();
    driver.run(CreateTable::new(schema())).await.unwrap();
    driver.run(UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
    (driver, clock)
}

/// A number of seconds since 1970, so much from now.
fn seconds(clock: &VirtualClock, from_now: i64) -> AttributeValue {
    AttributeValue::n(clock.now().timestamp() + from_now)
}

/// An item that expires so many seconds from now.
fn mortal(clock: &VirtualClock, at: i32, from_now: i64) -> Item {
    item("a", at, "k", at).with("expires", seconds(clock, from_now))
}

/// The items that are there, by their range key.
async fn alive(driver: &MemoryDriver) -> Vec<i64> {
    driver.check().unwrap();
    let table = scan(driver, None).await;
    let with_kind = table.iter().filter(|item| item.contains_key("kind")).count();
    assert_eq!(scan(driver, Some("global_all")).await.len(), with_kind);
    driver.check().unwrap();
    numbers(&table, "at")
}

#[tokio::test]
async fn an_item_would_live_on_or_die_too_soon() {
    let (driver, clock) = expiring().await;
    for (at, from_now) in [(1, 10), (2, 20), (3, 20), (4, 30)] {
        put(&driver, mortal(&clock, at, from_now)).await;
    }
    put(&driver, item("a", 5, "k", 5)).await;
    clock.advance(Duration::from_secs(9));
    assert_eq!(alive(&driver).await, [1, 2, 3, 4, 5]);
    clock.advance(Duration::from_secs(1));
    // A read of the item itself, before anything else has looked.
    assert_eq!(get(&driver, key("a", 1)).await, None);
    assert_eq!(alive(&driver).await, [2, 3, 4, 5]);
    clock.advance(Duration::from_secs(10));
    assert_eq!(driver.run(DescribeTable::new("weather")).await.unwrap().table.item_count, 2);
    clock.advance(Duration::from_secs(1000));
    assert_eq!(alive(&driver).await, [5]);
}

#[tokio::test]
async fn a_write_would_meet_an_item_that_is_gone() {
    let (driver, clock) = expiring().await;
    put(&driver, mortal(&clock, 1, 10)).await;
    clock.advance(Duration::from_secs(10));
    let absent = Some(Condition::AttributeNotExists(path("id")));
    driver.run(PutItem { condition: absent, ..PutItem::new("weather", key("a", 1)) }).await.unwrap();
    assert_eq!(alive(&driver).await, [1]);
}

#[tokio::test]
async fn items_from_before_would_live_for_ever() {
    let (driver, clock) = by_the_clock();
    driver.run(CreateTable::new(schema())).await.unwrap();
    put(&driver, mortal(&clock, 1, -10)).await;
    put(&driver, mortal(&clock, 2, 10)).await;
    put(&driver, item("a", 3, "k", 3)).await;
    clock.advance(Duration::from_secs(5));
    assert_eq!(alive(&driver).await, [1, 2, 3]);
    driver.run(UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
    assert_eq!(alive(&driver).await, [2, 3]);
    clock.advance(Duration::from_secs(5));
    assert_eq!(alive(&driver).await, [3]);
}

#[tokio::test]
async fn what_is_no_time_would_be_taken_for_one() {
    let (driver, clock) = expiring().await;
    let now = clock.now().timestamp();
    let n = |text: String| AttributeValue::N(text.parse().unwrap());
    let years = |count: i64| n((now - count * 365 * i64::try_from(DAY).unwrap()).to_string());
    let lasting = [
        (1, AttributeValue::s((now - 10).to_string())),
        (2, AttributeValue::l([n((now - 10).to_string())])),
        (3, n("0".into())),
        (4, n("-1".into())),
        (5, n((now * 1000).to_string())),
        (6, n("9e125".into())),
        (7, n("-9e125".into())),
        (8, n("1e-130".into())),
        (9, n("9999999999999".into())),
        (10, n("8210266876799".into())),
        (11, years(6)),
        (12, AttributeValue::null()),
        (13, AttributeValue::ns([now - 10])),
    ];
    for (at, expires) in lasting {
        put(&driver, item("a", at, "k", 1).with("expires", expires)).await;
    }
    for (at, expires) in [(20, years(4)), (21, n(format!("{}.5", now - 1))), (22, n(format!("{now}.9")))] {
        put(&driver, item("a", at, "k", 1).with("expires", expires)).await;
    }
    let lasting: Vec<_> = (1..=13).collect();
    assert_eq!(alive(&driver).await, lasting);
    clock.advance(Duration::from_secs(1000 * DAY));
    assert_eq!(alive(&driver).await, lasting);
}

#[tokio::test]
async fn an_item_would_outlive_its_time_since_nobody_looked_for_years() {
    let (driver, clock) = expiring().await;
    put(&driver, mortal(&clock, 1, 10)).await;
    clock.advance(Duration::from_secs(20 * 365 * DAY));
    assert_eq!(alive(&driver).await, NOTHING);
}

#[tokio::test]
async fn an_item_would_expire_by_a_time_that_it_has_no_longer() {
    let (driver, clock) = expiring().await;
    for at in 1..=5 {
        put(&driver, mortal(&clock, at, 10)).await;
    }
    let update = |at, update| driver.run(UpdateItem::new("weather", key("a", at), update));
    let later = |from_now| Update::new().set(path("expires"), UpdateOperand::value(seconds(&clock, from_now)));
    update(1, later(20)).await.unwrap();
    update(2, Update::new().remove(path("expires"))).await.unwrap();
    update(3, later(5)).await.unwrap();
    put(&driver, item("a", 4, "k", 4)).await;
    update(5, Update::new().set(path("heat"), UpdateOperand::value(7))).await.unwrap();
    driver.check().unwrap();
    clock.advance(Duration::from_secs(5));
    assert_eq!(alive(&driver).await, [1, 2, 4, 5]);
    clock.advance(Duration::from_secs(5));
    assert_eq!(alive(&driver).await, [1, 2, 4]);
    clock.advance(Duration::from_secs(10));
    assert_eq!(alive(&driver).await, [2, 4]);
    // And one that gets a time is gone at that time, however often it was there before.
    update(2, later(3)).await.unwrap();
    put(&driver, mortal(&clock, 1, 3)).await;
    clock.advance(Duration::from_secs(3));
    assert_eq!(alive(&driver).await, [4]);
}

#[tokio::test]
async fn the_service_would_be_faster_than_it_is() {
    let clock = VirtualClock::new(1);
    let options = MemoryOptions {
        clock: Arc::new(clock.clone()),
        expiry_delay: Duration::from_secs(2 * DAY),
        ..MemoryOptions::default()
    };
    let driver = MemoryDriver::with_options(options);
    driver.run(CreateTable::new(schema())).await.unwrap();
    driver.run(UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
    put(&driver, mortal(&clock, 1, 10)).await;
    clock.advance(Duration::from_secs(2 * DAY + 9));
    assert_eq!(alive(&driver).await, [1]);
    // Meanwhile its life can be made longer.
    put(&driver, mortal(&clock, 2, -100)).await;
    driver
        .run(UpdateItem::new(
            "weather",
            key("a", 2),
            Update::new().set(path("expires"), UpdateOperand::value(seconds(&clock, 10))),
        ))
        .await
        .unwrap();
    clock.advance(Duration::from_secs(1));
    assert_eq!(alive(&driver).await, [2]);
    clock.advance(Duration::from_secs(2 * DAY));
    assert_eq!(alive(&driver).await, [2]);
    clock.advance(Duration::from_secs(9));
    assert_eq!(alive(&driver).await, NOTHING);
}

#[tokio::test]
async fn items_would_expire_after_that_is_switched_off() {
    let (driver, clock) = expiring().await;
    put(&driver, mortal(&clock, 1, 10)).await;
    let described = async || driver.run(DescribeTimeToLive::new("weather")).await.unwrap();
    let on = |attribute: &str| DescribeTimeToLiveOutput {
        status: TimeToLiveStatus::Enabled,
        attribute: Some(attribute.into()),
    };
    let off = DescribeTimeToLiveOutput { status: TimeToLiveStatus::Disabled, attribute: None };
    assert_eq!(described().await, on("expires"));
    driver.run(UpdateTimeToLive::disable("weather", "expires")).await.unwrap();
    assert_eq!(described().await, off);
    clock.advance(Duration::from_secs(10));
    assert_eq!(alive(&driver).await, [1]);
    // By another attribute, that of the key even.
    driver.run(UpdateTimeToLive::enable("weather", "at")).await.unwrap();
    assert_eq!(described().await, on("at"));
    put(&driver, key("a", i32::try_from(clock.now().timestamp()).unwrap() + 5)).await;
    assert_eq!(alive(&driver).await.len(), 2);
    clock.advance(Duration::from_secs(5));
    assert_eq!(alive(&driver).await, [1]);
    driver.run(UpdateTimeToLive::disable("weather", "at")).await.unwrap();
    driver.run(UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
    assert_eq!(alive(&driver).await, NOTHING);
}

#[tokio::test]
async fn two_attributes_would_say_when() {
    let (driver, _) = expiring().await;
    let refused = |attribute: &str, enabled| {
        let update = UpdateTimeToLive { enabled, ..UpdateTimeToLive::enable("weather", attribute) };
        let driver = driver.clone();
        async move { refusal(&driver, update).await }
    };
    assert_eq!(refused("expires", true).await, "TimeToLive is already enabled");
    let other = "TimeToLive is active on a different AttributeName: current AttributeName is expires";
    assert_eq!(refused("other", true).await, other);
    assert_eq!(refused("other", false).await, other);
    assert!(refused("", true).await.contains("length of 1 to 255"));
    assert!(refused(&"x".repeat(256), true).await.contains("length of 1 to 255"));
    driver.run(UpdateTimeToLive::disable("weather", "expires")).await.unwrap();
    assert_eq!(refused("expires", false).await, "TimeToLive is already disabled");
    driver.run(UpdateTimeToLive::enable("weather", "x".repeat(255))).await.unwrap();
    for missing in [
        error(&driver, UpdateTimeToLive::enable("missing", "x")).await,
        error(&driver, DescribeTimeToLive::new("missing")).await,
    ] {
        assert_eq!(missing.message(), "Requested resource not found: Table: missing not found");
    }
}

#[tokio::test]
async fn an_expiry_would_be_told_as_a_users_deletion() {
    let (driver, clock) = by_the_clock();
    let mut schema = schema();
    schema.stream = Some(StreamView::NewAndOldImages);
    let stream = driver.run(CreateTable::new(schema)).await.unwrap().table.latest_stream.unwrap().arn;
    driver.run(UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
    let dying = mortal(&clock, 1, 10);
    put(&driver, dying.clone()).await;
    put(&driver, mortal(&clock, 2, 10)).await;
    driver.run(djamodb_core::plan::DeleteItem::new("weather", key("a", 2))).await.unwrap();
    clock.advance(Duration::from_secs(10));

    // Nobody but the reader of the stream has looked at the table since.
    let shard = driver.run(DescribeStream::new(&stream)).await.unwrap().stream.shards.remove(0).id;
    let from = GetShardIterator::new(&stream, shard, ShardPosition::TrimHorizon);
    let from = driver.run(from).await.unwrap().shard_iterator;
    let records = driver.run(GetRecords::new(from)).await.unwrap().records;
    let expiries: Vec<_> = records.iter().map(StreamRecord::is_expiry).collect();
    assert_eq!(expiries, [false, false, false, true]);
    let [.., by_user, by_service] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!((by_user.event, &by_user.user_identity), (StreamEvent::Remove, &None));
    assert_eq!(by_service.event, StreamEvent::Remove);
    assert_eq!((&by_service.old_image, &by_service.new_image), (&Some(dying), &None));
    assert!(by_service.user_identity.as_ref().unwrap().is_service());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_write_at_the_moment_of_expiry_would_be_forgotten() {
    let (driver, clock) = expiring().await;
    let writers = (0..4).map(|id| {
        let (driver, clock) = (driver.clone(), clock.clone());
        tokio::spawn(async move {
            for at in 0..300 {
                put(&driver, mortal(&clock, at % 7, i64::from((at + id) % 3))).await;
                if at % 10 == 0 {
                    clock.advance(Duration::from_secs(1));
                    driver.check().unwrap();
                }
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    alive(&driver).await;
    clock.advance(Duration::from_secs(3));
    assert_eq!(alive(&driver).await, NOTHING);
}
