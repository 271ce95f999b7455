//! Time to live.

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

use crate::support::{error, get, item, key, numbers, path, put, scan, schema, validation_message, with_virtual_clock};

const DAY: u64 = 24 * 60 * 60;
const NOTHING: [i64; 0] = [];

/// Returns a driver with the table `weather` whose items expire by `expires`.
async fn expiring() -> (MemoryDriver, VirtualClock) {
    let (driver, clock) = with_virtual_clock();
    driver.run(CreateTable::new(schema())).await.unwrap();
    driver.run(UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
    (driver, clock)
}

/// Returns the time `from_now` seconds from now, in seconds since 1970.
fn seconds(clock: &VirtualClock, from_now: i64) -> AttributeValue {
    AttributeValue::n(clock.now().timestamp() + from_now)
}

/// Returns an item that expires `from_now` seconds from now.
fn expiring_item(clock: &VirtualClock, at: i32, from_now: i64) -> Item {
    item("a", at, "k", at).with("expires", seconds(clock, from_now))
}

/// Returns the range keys of the items of the table.
async fn remaining(driver: &MemoryDriver) -> Vec<i64> {
    driver.check().unwrap();
    let table = scan(driver, None).await;
    let with_kind = table.iter().filter(|item| item.contains_key("kind")).count();
    assert_eq!(scan(driver, Some("global_all")).await.len(), with_kind);
    driver.check().unwrap();
    numbers(&table, "at")
}

#[tokio::test]
async fn items_are_deleted_when_they_expire_and_not_before() {
    let (driver, clock) = expiring().await;
    for (at, from_now) in [(1, 10), (2, 20), (3, 20), (4, 30)] {
        put(&driver, expiring_item(&clock, at, from_now)).await;
    }
    put(&driver, item("a", 5, "k", 5)).await;
    clock.advance(Duration::from_secs(9));
    assert_eq!(remaining(&driver).await, [1, 2, 3, 4, 5]);
    clock.advance(Duration::from_secs(1));
    // The first request after the expiry is a read of the item itself.
    assert_eq!(get(&driver, key("a", 1)).await, None);
    assert_eq!(remaining(&driver).await, [2, 3, 4, 5]);
    clock.advance(Duration::from_secs(10));
    assert_eq!(driver.run(DescribeTable::new("weather")).await.unwrap().table.item_count, 2);
    clock.advance(Duration::from_secs(1000));
    assert_eq!(remaining(&driver).await, [5]);
}

#[tokio::test]
async fn writes_do_not_see_expired_items() {
    let (driver, clock) = expiring().await;
    put(&driver, expiring_item(&clock, 1, 10)).await;
    clock.advance(Duration::from_secs(10));
    let absent = Some(Condition::AttributeNotExists(path("id")));
    driver.run(PutItem { condition: absent, ..PutItem::new("weather", key("a", 1)) }).await.unwrap();
    assert_eq!(remaining(&driver).await, [1]);
}

#[tokio::test]
async fn enabling_time_to_live_applies_to_existing_items() {
    let (driver, clock) = with_virtual_clock();
    driver.run(CreateTable::new(schema())).await.unwrap();
    put(&driver, expiring_item(&clock, 1, -10)).await;
    put(&driver, expiring_item(&clock, 2, 10)).await;
    put(&driver, item("a", 3, "k", 3)).await;
    clock.advance(Duration::from_secs(5));
    assert_eq!(remaining(&driver).await, [1, 2, 3]);
    driver.run(UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
    assert_eq!(remaining(&driver).await, [2, 3]);
    clock.advance(Duration::from_secs(5));
    assert_eq!(remaining(&driver).await, [3]);
}

#[tokio::test]
async fn values_that_are_not_timestamps_never_expire() {
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
    assert_eq!(remaining(&driver).await, lasting);
    clock.advance(Duration::from_secs(1000 * DAY));
    assert_eq!(remaining(&driver).await, lasting);
}

#[tokio::test]
async fn items_expire_even_if_the_table_is_not_used_for_years() {
    let (driver, clock) = expiring().await;
    put(&driver, expiring_item(&clock, 1, 10)).await;
    clock.advance(Duration::from_secs(20 * 365 * DAY));
    assert_eq!(remaining(&driver).await, NOTHING);
}

#[tokio::test]
async fn an_update_reschedules_the_expiry() {
    let (driver, clock) = expiring().await;
    for at in 1..=5 {
        put(&driver, expiring_item(&clock, at, 10)).await;
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
    assert_eq!(remaining(&driver).await, [1, 2, 4, 5]);
    clock.advance(Duration::from_secs(5));
    assert_eq!(remaining(&driver).await, [1, 2, 4]);
    clock.advance(Duration::from_secs(10));
    assert_eq!(remaining(&driver).await, [2, 4]);
    // An item that is given a time expires at that time, however often it was written before.
    update(2, later(3)).await.unwrap();
    put(&driver, expiring_item(&clock, 1, 3)).await;
    clock.advance(Duration::from_secs(3));
    assert_eq!(remaining(&driver).await, [4]);
}

#[tokio::test]
async fn the_expiry_delay_postpones_deletion() {
    let clock = VirtualClock::new(1);
    let options = MemoryOptions {
        clock: Arc::new(clock.clone()),
        expiry_delay: Duration::from_secs(2 * DAY),
        ..MemoryOptions::default()
    };
    let driver = MemoryDriver::with_options(options);
    driver.run(CreateTable::new(schema())).await.unwrap();
    driver.run(UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
    put(&driver, expiring_item(&clock, 1, 10)).await;
    clock.advance(Duration::from_secs(2 * DAY + 9));
    assert_eq!(remaining(&driver).await, [1]);
    // Until it is deleted, its expiry can be postponed.
    put(&driver, expiring_item(&clock, 2, -100)).await;
    driver
        .run(UpdateItem::new(
            "weather",
            key("a", 2),
            Update::new().set(path("expires"), UpdateOperand::value(seconds(&clock, 10))),
        ))
        .await
        .unwrap();
    clock.advance(Duration::from_secs(1));
    assert_eq!(remaining(&driver).await, [2]);
    clock.advance(Duration::from_secs(2 * DAY));
    assert_eq!(remaining(&driver).await, [2]);
    clock.advance(Duration::from_secs(9));
    assert_eq!(remaining(&driver).await, NOTHING);
}

#[tokio::test]
async fn nothing_expires_while_time_to_live_is_disabled() {
    let (driver, clock) = expiring().await;
    put(&driver, expiring_item(&clock, 1, 10)).await;
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
    assert_eq!(remaining(&driver).await, [1]);
    // Another attribute can be used, even one of the key.
    driver.run(UpdateTimeToLive::enable("weather", "at")).await.unwrap();
    assert_eq!(described().await, on("at"));
    put(&driver, key("a", i32::try_from(clock.now().timestamp()).unwrap() + 5)).await;
    assert_eq!(remaining(&driver).await.len(), 2);
    clock.advance(Duration::from_secs(5));
    assert_eq!(remaining(&driver).await, [1]);
    driver.run(UpdateTimeToLive::disable("weather", "at")).await.unwrap();
    driver.run(UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
    assert_eq!(remaining(&driver).await, NOTHING);
}

#[tokio::test]
async fn rejects_a_second_time_to_live_attribute() {
    let (driver, _) = expiring().await;
    let rejection = |attribute: &str, enabled| {
        let update = UpdateTimeToLive { enabled, ..UpdateTimeToLive::enable("weather", attribute) };
        let driver = driver.clone();
        async move { validation_message(&driver, update).await }
    };
    assert_eq!(rejection("expires", true).await, "TimeToLive is already enabled");
    let other = "TimeToLive is active on a different AttributeName: current AttributeName is expires";
    assert_eq!(rejection("other", true).await, other);
    assert_eq!(rejection("other", false).await, other);
    let at = "at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length";
    assert!(rejection("", true).await.ends_with(&format!("{at} greater than or equal to 1")));
    assert!(rejection(&"x".repeat(256), true).await.ends_with(&format!("{at} less than or equal to 255")));
    driver.run(UpdateTimeToLive::disable("weather", "expires")).await.unwrap();
    assert_eq!(rejection("expires", false).await, "TimeToLive is already disabled");
    driver.run(UpdateTimeToLive::enable("weather", "x".repeat(255))).await.unwrap();
    for missing in [
        error(&driver, UpdateTimeToLive::enable("missing", "x")).await,
        error(&driver, DescribeTimeToLive::new("missing")).await,
    ] {
        assert_eq!(missing.message(), "Requested resource not found: Table: missing not found");
    }
}

#[tokio::test]
async fn expiry_is_recorded_as_a_deletion_by_the_service() {
    let (driver, clock) = with_virtual_clock();
    let mut schema = schema();
    schema.stream = Some(StreamView::NewAndOldImages);
    let stream = driver.run(CreateTable::new(schema)).await.unwrap().table.latest_stream.unwrap().arn;
    driver.run(UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
    let expiring_first = expiring_item(&clock, 1, 10);
    put(&driver, expiring_first.clone()).await;
    put(&driver, expiring_item(&clock, 2, 10)).await;
    driver.run(djamodb_core::plan::DeleteItem::new("weather", key("a", 2))).await.unwrap();
    clock.advance(Duration::from_secs(10));

    // Reading the stream is the only request since the expiry.
    let shard = driver.run(DescribeStream::new(&stream)).await.unwrap().stream.shards.remove(0).id;
    let from = GetShardIterator::new(&stream, shard, ShardPosition::TrimHorizon);
    let from = driver.run(from).await.unwrap().shard_iterator;
    let records = driver.run(GetRecords::new(from)).await.unwrap().records;
    let expiries: Vec<_> = records.iter().map(StreamRecord::is_expiry).collect();
    assert_eq!(expiries, [false, false, false, true]);
    let [.., by_user, by_service] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!((by_user.event, &by_user.user_identity), (StreamEvent::Remove, &None));
    assert_eq!(by_service.event, StreamEvent::Remove);
    assert_eq!((&by_service.old_image, &by_service.new_image), (&Some(expiring_first), &None));
    assert!(by_service.user_identity.as_ref().unwrap().is_service());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_writes_are_not_lost_to_expiry() {
    let (driver, clock) = expiring().await;
    let writers = (0..4).map(|id| {
        let (driver, clock) = (driver.clone(), clock.clone());
        tokio::spawn(async move {
            for at in 0..300 {
                put(&driver, expiring_item(&clock, at % 7, i64::from((at + id) % 3))).await;
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
    remaining(&driver).await;
    clock.advance(Duration::from_secs(3));
    assert_eq!(remaining(&driver).await, NOTHING);
}
