//! Stream records: one for each change, in order, with the images of the view.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::TimeDelta;
use djamodb_core::driver::{Clock, DriverExt};
use djamodb_core::expression::{Condition, Update};
use djamodb_core::plan::{
    BatchWriteItem, DeleteItem, PutItem, StreamEvent, TableWrites, TransactDelete, TransactPut, TransactUpdate,
    TransactWriteItems, UpdateTimeToLive, WriteRequest,
};
use djamodb_core::schema::StreamView;
use djamodb_core::value::{AttributeValue, Item};
use djamodb_driver_memory::{MemoryDriver, VirtualClock};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::streams::{all, deleted, events, set, streamed, updated};
use crate::support::{error, get, item, key, path, put, scan};

#[tokio::test]
async fn exactly_the_writes_that_change_an_item_are_recorded() {
    use StreamEvent::{Insert, Modify, Remove};

    let (driver, _, arn) = streamed(StreamView::KeysOnly).await;
    // None of these writes changes an item.
    let absent = Some(Condition::AttributeNotExists(path("id")));
    let exists = Some(Condition::AttributeExists(path("id")));
    driver.run(deleted(9)).await.unwrap();
    error(&driver, PutItem { condition: exists.clone(), ..PutItem::new("weather", key("a", 9)) }).await;
    error(&driver, updated(9, Update::new().set(path("x"), path("missing")))).await;
    assert_eq!(events(&driver, &arn).await, []);

    let set_of = |texts: [&str; 2]| key("a", 1).with("set", AttributeValue::ss(texts));
    let n = |text: &str| set("n", AttributeValue::N(text.parse().unwrap()));
    put(&driver, set_of(["x", "y"])).await;
    put(&driver, set_of(["y", "x"])).await;
    driver.run(updated(1, Update::new())).await.unwrap();
    driver.run(updated(1, Update::new().remove(path("missing")))).await.unwrap();
    error(&driver, PutItem { condition: absent.clone(), ..PutItem::new("weather", key("a", 1)) }).await;
    error(&driver, DeleteItem { condition: absent.clone(), ..deleted(1) }).await;
    assert_eq!(events(&driver, &arn).await, [(Insert, 1)]);
    driver.run(updated(1, n("1"))).await.unwrap();
    driver.run(updated(1, n("1.0"))).await.unwrap();
    driver.run(updated(2, Update::new())).await.unwrap();
    driver.run(deleted(2)).await.unwrap();
    driver.run(deleted(2)).await.unwrap();
    put(&driver, key("a", 1)).await;
    let expected = [(Insert, 1), (Modify, 1), (Insert, 2), (Remove, 2), (Modify, 1)];
    assert_eq!(events(&driver, &arn).await, expected);

    // Batches and transactions are recorded write by write.
    let writes = [
        WriteRequest::Put(key("a", 1)),
        WriteRequest::Put(key("a", 3)),
        WriteRequest::Delete(key("a", 1)),
        WriteRequest::Delete(key("a", 4)),
    ];
    let [same, new, ..] = writes.clone();
    driver.run(BatchWriteItem::new([TableWrites::new("weather", [same, new])])).await.unwrap();
    let [.., removed, missing] = writes;
    driver.run(BatchWriteItem::new([TableWrites::new("weather", [removed, missing])])).await.unwrap();
    let transaction = |condition: &Option<Condition>| {
        let put = TransactPut { condition: condition.clone(), ..TransactPut::new("weather", key("a", 5)) };
        TransactWriteItems::new([
            TransactUpdate::new("weather", key("a", 3), set("n", 1)).into(),
            put.into(),
            TransactUpdate::new("weather", key("a", 4), Update::new().remove(path("missing"))).into(),
            TransactDelete::new("weather", key("a", 6)).into(),
        ])
        .with_token("token")
    };
    error(&driver, transaction(&exists)).await;
    driver.run(transaction(&absent)).await.unwrap();
    // The replay is not recorded.
    driver.run(transaction(&absent)).await.unwrap();
    let more = [(Insert, 3), (Remove, 1), (Modify, 3), (Insert, 5), (Insert, 4)];
    assert_eq!(events(&driver, &arn).await, [expected.as_slice(), &more].concat());
}

#[tokio::test]
async fn records_have_the_images_of_the_view() {
    let (old, new) = (key("a", 1).with("v", "one"), key("a", 1).with("v", "two"));
    // Names and values: id 2+1, at 2+2, v 1+3.
    for (view, has_new, has_old) in [
        (StreamView::KeysOnly, false, false),
        (StreamView::NewImage, true, false),
        (StreamView::OldImage, false, true),
        (StreamView::NewAndOldImages, true, true),
    ] {
        let (driver, clock, arn) = streamed(view).await;
        clock.advance(Duration::from_millis(1500));
        put(&driver, old.clone()).await;
        put(&driver, new.clone()).await;
        driver.run(deleted(1)).await.unwrap();
        let records = all(&driver, &arn).await;
        let images = [(None, Some(&old)), (Some(&old), Some(&new)), (Some(&new), None)];
        for (record, (before, after)) in records.iter().zip(images) {
            assert_eq!(record.keys, key("a", 1));
            assert_eq!(record.new_image.as_ref(), after.filter(|_| has_new), "{view:?}");
            assert_eq!(record.old_image.as_ref(), before.filter(|_| has_old), "{view:?}");
            let images = u64::from(record.new_image.is_some()) + u64::from(record.old_image.is_some());
            assert_eq!(record.size_bytes, 7 + images * 11);
            assert_eq!((record.view, &record.user_identity), (view, &None));
            // Times are truncated to the second.
            assert_eq!(record.created_at, Some(clock.now() - TimeDelta::milliseconds(500)));
        }
        let events: Vec<_> = records.iter().map(|record| record.event).collect();
        assert_eq!(events, [StreamEvent::Insert, StreamEvent::Modify, StreamEvent::Remove]);
        let mut numbers: Vec<_> = records.iter().map(|record| record.sequence_number.clone()).collect();
        assert!(numbers.iter().all(|number| number.len() >= 21 && number.bytes().all(|byte| byte.is_ascii_digit())));
        assert!(numbers.is_sorted());
        numbers.dedup();
        assert_eq!(numbers.len(), 3);
        let mut ids: Vec<_> = records.into_iter().map(|record| record.event_id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn records_of_an_item_are_in_the_order_of_its_changes() {
    const WRITES: i32 = 200;
    let (driver, _, arn) = streamed(StreamView::NewAndOldImages).await;
    let writers = (0..4).map(|_| {
        let driver = driver.clone();
        tokio::spawn(async move {
            for at in 0..WRITES {
                driver.run(updated(at % 3, Update::new().add(path("count"), 1))).await.unwrap();
                let both = [3, 4]
                    .map(|at| TransactUpdate::new("weather", key("a", at), Update::new().add(path("count"), 1)).into());
                driver.run(TransactWriteItems::new(both)).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let records = all(&driver, &arn).await;
    assert_eq!(records.len(), usize::try_from(3 * 4 * WRITES).unwrap());
    let mut last: BTreeMap<String, Item> = BTreeMap::new();
    for record in records {
        let new = record.new_image.unwrap();
        let old = last.insert(format!("{:?}", record.keys), new);
        assert_eq!(old, record.old_image);
    }
    assert_eq!(last.len(), 5);
    for item in last.into_values() {
        assert_eq!(get(&driver, item.pick([&"id".into(), &"at".into()])).await, Some(item));
    }
}

#[derive(Clone, Debug)]
enum Step {
    Put(Item),
    Update(i32, Update),
    Delete(i32),
    Batch(Vec<Item>),
    Transact(Vec<Item>, i32),
    Wait(u64),
}

fn an_item() -> impl Strategy<Value = Item> {
    (0..6_i32, "[kl]", 0..3_i32, prop::option::of(0..20_i64)).prop_map(|(at, kind, heat, expires)| {
        let item = item("a", at, &kind, heat);
        // The clock starts at 2000-01-01.
        expires.map_or(item.clone(), |hours| item.with("expires", AttributeValue::n(946_684_800 + hours * 3600)))
    })
}

fn a_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => an_item().prop_map(Step::Put),
        1 => (0..6_i32).prop_map(|at| Step::Update(at, Update::new().add(path("heat"), 1))),
        1 => (0..6_i32).prop_map(|at| Step::Update(at, Update::new().remove(path("kind")))),
        2 => (0..6_i32).prop_map(Step::Delete),
        1 => vec(an_item(), 1..4).prop_map(Step::Batch),
        2 => (vec(an_item(), 1..4), 0..6_i32).prop_map(|(items, at)| Step::Transact(items, at)),
        1 => (1..200_u64).prop_map(Step::Wait),
    ]
}

async fn take(driver: &MemoryDriver, clock: &VirtualClock, step: Step) {
    match step {
        Step::Put(item) => put(driver, item).await,
        Step::Update(at, update) => drop(driver.run(updated(at, update)).await.unwrap()),
        Step::Delete(at) => drop(driver.run(deleted(at)).await.unwrap()),
        // The batch is rejected if it names an item twice.
        Step::Batch(items) => {
            let writes = items.into_iter().map(WriteRequest::Put);
            drop(driver.run(BatchWriteItem::new([TableWrites::new("weather", writes)])).await);
        }
        Step::Transact(items, at) => {
            let puts = items.into_iter().map(|item| TransactPut::new("weather", item).into());
            let exists = Condition::AttributeExists(path("id"));
            let delete = TransactDelete::new("weather", key("a", at)).when(exists).into();
            drop(driver.run(TransactWriteItems::new(puts.chain([delete]))).await);
        }
        Step::Wait(minutes) => clock.advance(Duration::from_secs(minutes * 60)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// At most 24 hours pass, so that no record is trimmed.
    #[test]
    fn replaying_the_stream_reproduces_the_table(steps in vec(a_step(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (driver, clock, arn) = streamed(StreamView::NewAndOldImages).await;
            driver.run(UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
            let mut minutes_left = 24 * 60 - 1;
            for step in steps {
                let step = match step {
                    Step::Wait(minutes) => Step::Wait(minutes.min(minutes_left)),
                    other => other,
                };
                if let Step::Wait(minutes) = step {
                    minutes_left -= minutes;
                }
                take(&driver, &clock, step).await;
            }
            driver.check().unwrap();
            let mut copy: BTreeMap<i64, Item> = BTreeMap::new();
            for record in all(&driver, &arn).await {
                let at = crate::support::numbers(std::slice::from_ref(&record.keys), "at")[0];
                let old = match record.new_image.clone() {
                    Some(new) => copy.insert(at, new),
                    None => copy.remove(&at),
                };
                assert_eq!(old, record.old_image, "{record:?}");
                assert_ne!(record.old_image, record.new_image);
            }
            let table = scan(&driver, None).await;
            assert_eq!(copy.into_values().collect::<Vec<_>>(), table);
            driver.check().unwrap();
        });
    }
}
