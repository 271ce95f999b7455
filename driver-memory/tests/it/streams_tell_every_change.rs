//! A stream tells every change once, in order, and for as long as the service does.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{SecondsFormat, TimeDelta};
use djamodb_core::driver::{Clock, DriverErrorKind, DriverExt};
use djamodb_core::expression::{Condition, Update, UpdateOperand};
use djamodb_core::plan::{
    BatchWriteItem, CreateTable, DeleteItem, DeleteTable, DescribeStream, DescribeTable, GetRecords, GetRecordsOutput,
    GetShardIterator, ListStreams, PutItem, Shard, ShardPosition, StreamDescription, StreamEvent, StreamRecord,
    StreamStatus, StreamUpdate, TableWrites, TransactDelete, TransactPut, TransactUpdate, TransactWriteItems,
    UpdateItem, UpdateTable, WriteRequest,
};
use djamodb_core::schema::{KeyAttribute, KeySchema, StreamView, TableSchema};
use djamodb_core::value::{AttributeValue, Item};
use djamodb_driver_memory::{MemoryDriver, VirtualClock};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::{by_the_clock, error, get, item, key, path, put, refusal, scan, schema, sized};

const HOUR: Duration = Duration::from_hours(1);
const MINUTE: Duration = Duration::from_mins(1);

/// The usual table with a stream, whose ARN comes with it.
async fn streamed(view: StreamView) -> (MemoryDriver, VirtualClock, String) {
    let (driver, clock) = by_the_clock();
    let schema = TableSchema { stream: Some(view), ..schema() };
    let arn = driver.run(CreateTable::new(schema)).await.unwrap().table.latest_stream.unwrap().arn;
    (driver, clock, arn)
}

async fn described(driver: &MemoryDriver, arn: &str) -> StreamDescription {
    driver.run(DescribeStream::new(arn)).await.unwrap().stream
}

async fn shards(driver: &MemoryDriver, arn: &str) -> Vec<Shard> {
    described(driver, arn).await.shards
}

/// A place in the shard that was opened last.
async fn place(driver: &MemoryDriver, arn: &str, position: ShardPosition) -> String {
    let shard = shards(driver, arn).await.pop().unwrap().id;
    driver.run(GetShardIterator::new(arn, shard, position)).await.unwrap().shard_iterator
}

async fn read(driver: &MemoryDriver, place: &str) -> GetRecordsOutput {
    driver.run(GetRecords::new(place)).await.unwrap()
}

/// All records that are kept, shard by shard and page by page.
async fn all(driver: &MemoryDriver, arn: &str) -> Vec<StreamRecord> {
    let mut records = Vec::new();
    for shard in shards(driver, arn).await {
        let from = GetShardIterator::new(arn, shard.id, ShardPosition::TrimHorizon);
        let mut next = Some(driver.run(from).await.unwrap().shard_iterator);
        while let Some(place) = next {
            let page = read(driver, &place).await;
            let at_the_end = page.records.is_empty();
            records.extend(page.records);
            next = page.next_shard_iterator.filter(|_| !at_the_end);
        }
    }
    records
}

async fn events(driver: &MemoryDriver, arn: &str) -> Vec<(StreamEvent, i64)> {
    let records = all(driver, arn).await;
    let ats = crate::support::numbers(&records.iter().map(|record| record.keys.clone()).collect::<Vec<_>>(), "at");
    records.iter().map(|record| record.event).zip(ats).collect()
}

fn updated(at: i32, update: Update) -> UpdateItem {
    UpdateItem::new("weather", key("a", at), update)
}

fn set(name: &str, value: impl Into<AttributeValue>) -> Update {
    Update::new().set(path(name), UpdateOperand::value(value))
}

fn deleted(at: i32) -> DeleteItem {
    DeleteItem::new("weather", key("a", at))
}

#[tokio::test]
async fn a_change_would_be_left_out_or_made_up() {
    use StreamEvent::{Insert, Modify, Remove};

    let (driver, _, arn) = streamed(StreamView::KeysOnly).await;
    // Nothing happens by any of these.
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

    // Batches and transactions are told write by write.
    let writes = [
        WriteRequest::Put(key("a", 1)),
        WriteRequest::Put(key("a", 3)),
        WriteRequest::Delete(key("a", 1)),
        WriteRequest::Delete(key("a", 4)),
    ];
    let [same, new, ..] = writes.clone();
    driver.run(BatchWriteItem::new([TableWrites::new("weather", [same, new])])).await.unwrap();
    let [.., gone, missing] = writes;
    driver.run(BatchWriteItem::new([TableWrites::new("weather", [gone, missing])])).await.unwrap();
    let transaction = |condition: &Option<Condition>| {
        let put = TransactPut { condition: condition.clone(), ..TransactPut::new("weather", key("a", 5)) };
        TransactWriteItems::new([
            TransactUpdate::new("weather", key("a", 3), set("n", 1)).into(),
            put.into(),
            TransactUpdate::new("weather", key("a", 4), Update::new()).into(),
            TransactDelete::new("weather", key("a", 6)).into(),
        ])
        .with_token("token")
    };
    error(&driver, transaction(&exists)).await;
    driver.run(transaction(&absent)).await.unwrap();
    // And only once.
    driver.run(transaction(&absent)).await.unwrap();
    let more = [(Insert, 3), (Remove, 1), (Modify, 3), (Insert, 5), (Insert, 4)];
    assert_eq!(events(&driver, &arn).await, [expected.as_slice(), &more].concat());
}

#[tokio::test]
async fn a_record_would_tell_more_or_less_than_its_view() {
    let (old, new) = (key("a", 1).with("v", "one"), key("a", 1).with("v", "two"));
    // The key: id 2+1, at 2+2; the value 1+3.
    for (view, tells_new, tells_old) in [
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
            assert_eq!(record.new_image.as_ref(), after.filter(|_| tells_new), "{view:?}");
            assert_eq!(record.old_image.as_ref(), before.filter(|_| tells_old), "{view:?}");
            let images = u64::from(record.new_image.is_some()) + u64::from(record.old_image.is_some());
            assert_eq!(record.size_bytes, 7 + images * 11);
            assert_eq!((record.view, &record.user_identity), (view, &None));
            // To the second.
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

#[tokio::test]
async fn a_place_would_be_another_than_was_asked_for() {
    let (driver, _, arn) = streamed(StreamView::KeysOnly).await;
    let early = place(&driver, &arn, ShardPosition::TrimHorizon).await;
    for at in 1..=3 {
        put(&driver, key("a", at)).await;
    }
    let latest = place(&driver, &arn, ShardPosition::Latest).await;
    let second = all(&driver, &arn).await[1].sequence_number.clone();
    let seen = async |place: &str| -> Vec<i64> {
        let keys: Vec<_> = read(&driver, place).await.records.into_iter().map(|record| record.keys).collect();
        crate::support::numbers(&keys, "at")
    };
    let at = place(&driver, &arn, ShardPosition::AtSequenceNumber(second.clone())).await;
    let after = place(&driver, &arn, ShardPosition::AfterSequenceNumber(second)).await;
    let horizon = place(&driver, &arn, ShardPosition::TrimHorizon).await;
    assert_eq!(seen(&latest).await, [0; 0]);
    put(&driver, key("a", 4)).await;
    // A place can be used as often as one likes.
    for _ in 0..2 {
        assert_eq!(seen(&early).await, [1, 2, 3, 4]);
        assert_eq!(seen(&horizon).await, [1, 2, 3, 4]);
        assert_eq!(seen(&at).await, [2, 3, 4]);
        assert_eq!(seen(&after).await, [3, 4]);
        assert_eq!(seen(&latest).await, [4]);
    }
    let shard = shards(&driver, &arn).await.remove(0);
    let first_possible = shard.starting_sequence_number.unwrap();
    assert_eq!(seen(&place(&driver, &arn, ShardPosition::AtSequenceNumber(first_possible)).await).await.len(), 4);

    // Page by page, and on from where the last one ended, though there was nothing.
    let page = |place: String, limit| GetRecords { limit: Some(limit), ..GetRecords::new(place) };
    let first = driver.run(page(horizon, 3)).await.unwrap();
    let second = driver.run(page(first.next_shard_iterator.unwrap(), 3)).await.unwrap();
    assert_eq!((first.records.len(), second.records.len()), (3, 1));
    let empty = read(&driver, &second.next_shard_iterator.unwrap()).await;
    assert_eq!(empty.records, []);
    put(&driver, key("a", 5)).await;
    assert_eq!(seen(&empty.next_shard_iterator.unwrap()).await, [5]);
}

#[tokio::test]
async fn a_page_would_hold_more_than_the_service_gives() {
    let (driver, _, arn) = streamed(StreamView::NewImage).await;
    for at in 0..1001 {
        put(&driver, key("a", at)).await;
    }
    let horizon = place(&driver, &arn, ShardPosition::TrimHorizon).await;
    let first = read(&driver, &horizon).await;
    assert_eq!(first.records.len(), 1000);
    assert_eq!(read(&driver, &first.next_shard_iterator.unwrap()).await.records.len(), 1);

    // 1 MB: two of three, and one that is larger than that by itself.
    let latest = place(&driver, &arn, ShardPosition::Latest).await;
    for at in 0..3 {
        put(&driver, sized(key("b", at), 400 * 1024)).await;
    }
    let first = read(&driver, &latest).await;
    assert_eq!(first.records.len(), 2);
    assert_eq!(read(&driver, &first.next_shard_iterator.unwrap()).await.records.len(), 1);
}

#[tokio::test]
async fn a_shard_would_stay_open_for_ever() {
    let (driver, clock, arn) = streamed(StreamView::KeysOnly).await;
    let opened = shards(&driver, &arn).await;
    let [first] = opened.as_slice() else { panic!("{opened:?}") };
    assert_eq!((&first.parent, &first.ending_sequence_number), (&None, &None));
    assert!((28..=65).contains(&first.id.len()), "{}", first.id);
    let horizon = place(&driver, &arn, ShardPosition::TrimHorizon).await;
    put(&driver, key("a", 1)).await;
    clock.advance(Duration::from_mins(4 * 60 - 1));
    put(&driver, key("a", 2)).await;
    assert_eq!(shards(&driver, &arn).await.len(), 1);
    assert_eq!(*error(&driver, GetRecords::new(horizon)).await.kind(), DriverErrorKind::ExpiredIterator);
    let horizon = place(&driver, &arn, ShardPosition::TrimHorizon).await;
    let latest = place(&driver, &arn, ShardPosition::Latest).await;
    clock.advance(MINUTE);
    put(&driver, key("a", 3)).await;

    let both = shards(&driver, &arn).await;
    let [closed, open] = both.as_slice() else { panic!("{both:?}") };
    assert_eq!((&closed.id, &open.parent), (&first.id, &Some(first.id.clone())));
    assert!(closed.id < open.id);
    assert_eq!(open.ending_sequence_number, None);
    let records = all(&driver, &arn).await;
    assert_eq!(records.len(), 3);
    assert_eq!(closed.ending_sequence_number.as_ref(), Some(&records[1].sequence_number));
    assert!(closed.ending_sequence_number < open.starting_sequence_number);

    // Whoever reads the closed one comes to its end, with the last record already.
    let page = |limit| GetRecords { limit: Some(limit), ..GetRecords::new(&horizon) };
    let one = driver.run(page(1)).await.unwrap();
    assert!(one.next_shard_iterator.is_some());
    let two = driver.run(page(2)).await.unwrap();
    assert_eq!((two.records.len(), two.next_shard_iterator), (2, None));
    let after_all = read(&driver, &latest).await;
    assert_eq!((after_all.records, after_all.next_shard_iterator), (vec![], None));

    // The children of a shard, and pages of shards.
    for _ in 0..3 {
        clock.advance(4 * HOUR);
        put(&driver, key("a", 3)).await;
        driver.run(deleted(3)).await.unwrap();
    }
    let all = shards(&driver, &arn).await;
    assert_eq!(all.len(), 5);
    let child = DescribeStream { child_shards_of: Some(all[2].id.clone()), ..DescribeStream::new(&arn) };
    assert_eq!(driver.run(child).await.unwrap().stream.shards, [all[3].clone()]);
    let youngest = DescribeStream { child_shards_of: Some(all[4].id.clone()), ..DescribeStream::new(&arn) };
    assert_eq!(driver.run(youngest).await.unwrap().stream.shards, []);
    let mut paged = Vec::new();
    let mut describe = DescribeStream { limit: Some(2), ..DescribeStream::new(&arn) };
    loop {
        let page = driver.run(describe.clone()).await.unwrap().stream;
        assert!(page.shards.len() <= 2);
        paged.extend(page.shards);
        match page.last_evaluated_shard_id {
            Some(last) => describe.exclusive_start_shard_id = Some(last),
            None => break,
        }
    }
    assert_eq!(paged, all);
    describe.exclusive_start_shard_id = Some(all[4].id.clone());
    assert_eq!(driver.run(describe).await.unwrap().stream.shards, []);
}

#[tokio::test]
async fn a_record_would_be_kept_for_ever() {
    let (driver, clock, arn) = streamed(StreamView::KeysOnly).await;
    put(&driver, key("a", 1)).await;
    clock.advance(HOUR);
    put(&driver, key("a", 2)).await;
    let first = all(&driver, &arn).await[0].sequence_number.clone();
    clock.advance(Duration::from_mins(23 * 60 - 1));
    let horizon = place_in(&driver, &arn, 0, ShardPosition::TrimHorizon).await.unwrap();
    assert_eq!(all(&driver, &arn).await.len(), 2);
    clock.advance(MINUTE);
    // The first is gone, and with it every place before it.
    assert_eq!(all(&driver, &arn).await.len(), 1);
    let trimmed = error(&driver, GetRecords::new(horizon)).await;
    assert_eq!(*trimmed.kind(), DriverErrorKind::TrimmedDataAccess);
    assert_eq!(trimmed.message(), "The operation attempted to read past the oldest stream record in a shard.");
    let again = place_in(&driver, &arn, 0, ShardPosition::AtSequenceNumber(first.clone())).await;
    assert_eq!(again, Err(DriverErrorKind::TrimmedDataAccess));
    let after = place_in(&driver, &arn, 0, ShardPosition::AfterSequenceNumber(first)).await.unwrap();
    assert_eq!(read(&driver, &after).await.records.len(), 1);
    clock.advance(HOUR);
    assert_eq!(all(&driver, &arn).await, []);
    // There is always a shard to write to, and what is written is read.
    clock.advance(100 * HOUR);
    put(&driver, key("a", 3)).await;
    assert_eq!(events(&driver, &arn).await, [(StreamEvent::Insert, 3)]);
    clock.advance(24 * HOUR);
    let opened = shards(&driver, &arn).await;
    assert_eq!(opened.last().unwrap().ending_sequence_number, None);
    assert!(opened.len() <= 2, "{opened:?}");
}

/// A place in one of the shards.
async fn place_in(
    driver: &MemoryDriver,
    arn: &str,
    shard: usize,
    position: ShardPosition,
) -> Result<String, DriverErrorKind> {
    let shard = shards(driver, arn).await.remove(shard).id;
    let place = driver.run(GetShardIterator::new(arn, shard, position)).await;
    place.map(|place| place.shard_iterator).map_err(|error| error.kind().clone())
}

#[tokio::test]
async fn a_moment_would_be_another_place() {
    let (driver, clock, arn) = streamed(StreamView::KeysOnly).await;
    let start = clock.now();
    for at in 0..3 {
        put(&driver, item("a", at, "k", at)).await;
        clock.advance(HOUR);
    }
    let read_from = async |hours: i64| {
        let position = ShardPosition::AtTimestamp(start + TimeDelta::hours(hours));
        read(&driver, &place(&driver, &arn, position).await).await.records.len()
    };
    assert_eq!((read_from(-30).await, read_from(0).await, read_from(2).await, read_from(3).await), (3, 3, 1, 0));
    let shard = shards(&driver, &arn).await.remove(0).id;
    let later = ShardPosition::AtTimestamp(clock.now() + TimeDelta::seconds(1));
    assert!(refusal(&driver, GetShardIterator::new(&arn, shard, later)).await.contains("in the future"));
}

#[tokio::test]
async fn a_place_would_be_usable_for_ever() {
    let (driver, clock, arn) = streamed(StreamView::KeysOnly).await;
    let start = place(&driver, &arn, ShardPosition::Latest).await;
    clock.advance(15 * MINUTE);
    let next = read(&driver, &start).await.next_shard_iterator.unwrap();
    clock.advance(Duration::from_secs(1));
    let expired = error(&driver, GetRecords::new(start)).await;
    assert_eq!(*expired.kind(), DriverErrorKind::ExpiredIterator);
    assert!(expired.message().ends_with("only valid for 15 minutes"));
    // The one that came with the answer is younger.
    clock.advance(14 * MINUTE);
    read(&driver, &next).await;
}

#[tokio::test]
async fn what_was_recorded_would_go_with_the_stream_or_the_table() {
    let (driver, clock, first) = streamed(StreamView::NewAndOldImages).await;
    put(&driver, key("a", 1)).await;
    let open = place(&driver, &first, ShardPosition::TrimHorizon).await;
    let change = |stream| UpdateTable::new("weather").stream(stream);
    driver.run(change(StreamUpdate::Disable)).await.unwrap();
    put(&driver, key("a", 2)).await;
    let ended = described(&driver, &first).await;
    assert_eq!((ended.status, ended.view), (StreamStatus::Disabled, StreamView::NewAndOldImages));
    let records = read(&driver, &open).await;
    assert_eq!((records.records.len(), records.next_shard_iterator), (1, None));
    assert_eq!(ended.shards[0].ending_sequence_number.as_ref(), Some(&records.records[0].sequence_number));

    // The next one of the table begins anew.
    clock.advance(HOUR);
    let enabled = driver.run(change(StreamUpdate::Enable(StreamView::KeysOnly))).await.unwrap().table;
    let second = enabled.latest_stream.unwrap().arn;
    put(&driver, key("a", 3)).await;
    assert_eq!(events(&driver, &second).await, [(StreamEvent::Insert, 3)]);
    assert_eq!(events(&driver, &first).await, [(StreamEvent::Insert, 1)]);
    driver.run(DeleteTable::new("weather")).await.unwrap();
    driver.run(CreateTable::new(schema())).await.unwrap();
    put(&driver, key("a", 4)).await;
    assert_eq!(described(&driver, &second).await.status, StreamStatus::Disabled);
    assert_eq!(driver.run(DescribeTable::new("weather")).await.unwrap().table.latest_stream, None);

    clock.advance(Duration::from_mins(23 * 60 - 1));
    assert_eq!(events(&driver, &first).await, [(StreamEvent::Insert, 1)]);
    assert_eq!(events(&driver, &second).await, [(StreamEvent::Insert, 3)]);
    let listed = async || driver.run(ListStreams::of_table("weather")).await.unwrap().streams.len();
    assert_eq!(listed().await, 2);
    clock.advance(MINUTE);
    assert_eq!(listed().await, 1);
    let gone = error(&driver, DescribeStream::new(&first)).await;
    assert_eq!(gone.message(), format!("Requested resource not found: Stream: {first} not found"));
    clock.advance(HOUR);
    assert_eq!(listed().await, 0);
}

#[tokio::test]
async fn two_streams_of_one_moment_would_be_one() {
    let (driver, clock, first) = streamed(StreamView::KeysOnly).await;
    let label = clock.now().to_rfc3339_opts(SecondsFormat::Millis, true);
    assert!(first.ends_with(&format!(":table/weather/stream/{}", label.trim_end_matches('Z'))), "{first}");
    put(&driver, key("a", 1)).await;
    let change = |stream| UpdateTable::new("weather").stream(stream);
    driver.run(change(StreamUpdate::Disable)).await.unwrap();
    let second = driver.run(change(StreamUpdate::Enable(StreamView::KeysOnly))).await.unwrap().table;
    let second = second.latest_stream.unwrap();
    assert_ne!(second.arn, first);
    assert!(second.arn.ends_with(&second.label));
    put(&driver, key("a", 2)).await;
    assert_eq!(events(&driver, &first).await, [(StreamEvent::Insert, 1)]);
    assert_eq!(events(&driver, &second.arn).await, [(StreamEvent::Insert, 2)]);
    let labels: Vec<_> = driver.run(ListStreams::default()).await.unwrap().streams;
    assert_eq!(labels.iter().map(|stream| &stream.arn).collect::<Vec<_>>(), [&first, &second.arn]);
}

#[tokio::test]
async fn a_list_of_streams_would_repeat_or_skip_one() {
    let (driver, _) = by_the_clock();
    let plain = |name: &str| TableSchema {
        stream: Some(StreamView::KeysOnly),
        ..TableSchema::new(name, KeySchema::hash(KeyAttribute::s("id")))
    };
    let names: Vec<_> = (0..7).map(|at| format!("table-{at}")).collect();
    for name in &names {
        driver.run(CreateTable::new(plain(name))).await.unwrap();
    }
    driver.run(CreateTable::new(TableSchema { stream: None, ..plain("without") })).await.unwrap();
    let (mut seen, mut start) = (Vec::new(), None);
    loop {
        let list = ListStreams { exclusive_start_stream_arn: start, limit: Some(3), ..ListStreams::default() };
        let page = driver.run(list).await.unwrap();
        seen.extend(page.streams.iter().map(|stream| stream.table.to_string()));
        start = page.last_evaluated_stream_arn;
        if start.is_none() {
            break;
        }
    }
    assert_eq!(seen, names);
    let streams = driver.run(ListStreams::of_table("table-3")).await.unwrap().streams;
    let [stream] = streams.as_slice() else { panic!("{streams:?}") };
    assert_eq!(stream.table, "table-3");
    assert!(stream.arn.ends_with(&stream.label));
    for nothing in ["without", "missing"] {
        assert_eq!(driver.run(ListStreams::of_table(nothing)).await.unwrap().streams, []);
    }
}

#[tokio::test]
async fn a_reader_who_asks_for_nothing_would_be_answered() {
    let (driver, clock, arn) = streamed(StreamView::KeysOnly).await;
    put(&driver, key("a", 1)).await;
    let too_low = "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have \
                   value greater than or equal to 1";
    let too_high = "One or more parameter values were invalid: Limit ";
    let place = place(&driver, &arn, ShardPosition::TrimHorizon).await;
    let list = |limit| ListStreams { limit: Some(limit), ..ListStreams::default() };
    let describe = |limit| DescribeStream { limit: Some(limit), ..DescribeStream::new(&arn) };
    let get = |limit| GetRecords { limit: Some(limit), ..GetRecords::new(&place) };
    assert_eq!(refusal(&driver, list(0)).await, too_low);
    assert_eq!(refusal(&driver, describe(0)).await, too_low);
    assert_eq!(refusal(&driver, get(0)).await, too_low);
    assert_eq!(
        refusal(&driver, list(101)).await,
        format!("{too_high}cannot be greater than the maximum allowed size: 100")
    );
    assert_eq!(refusal(&driver, describe(101)).await, format!("{too_high}cannot be greater than the maximum: 100"));
    assert_eq!(refusal(&driver, get(1001)).await, format!("{too_high}should be less than or equal to 1000"));
    driver.run(list(100)).await.unwrap();
    driver.run(describe(100)).await.unwrap();
    driver.run(get(1000)).await.unwrap();

    let missing = arn.replace("weather", "missing");
    let shard = shards(&driver, &arn).await.remove(0).id;
    let iterator = |stream: &str, shard: &str, position| GetShardIterator::new(stream, shard, position);
    for (error, message) in [
        (
            error(&driver, DescribeStream::new(&missing)).await,
            &*format!("Requested resource not found: Stream: {missing} not found"),
        ),
        (error(&driver, iterator(&missing, &shard, ShardPosition::Latest)).await, "Stream does not exist"),
    ] {
        assert_eq!((error.is_resource_not_found(), error.message()), (true, message));
    }
    let no_shard = error(&driver, iterator(&arn, "shardId-0", ShardPosition::Latest)).await;
    assert_eq!((no_shard.is_resource_not_found(), no_shard.message()), (true, "Shard does not exist"));
    assert_eq!(refusal(&driver, DescribeStream::new("weather")).await, "Invalid StreamArn");
    assert_eq!(refusal(&driver, iterator("weather", &shard, ShardPosition::Latest)).await, "Invalid StreamArn");
    let start = ListStreams { exclusive_start_stream_arn: Some("weather".into()), ..ListStreams::default() };
    assert_eq!(refusal(&driver, start).await, "Invalid StreamArn");
    assert!(refusal(&driver, ListStreams::of_table("ab")).await.contains("'tableName'"));
    let start = DescribeStream { exclusive_start_shard_id: Some("x".into()), ..DescribeStream::new(&arn) };
    assert!(refusal(&driver, start).await.ends_with("length greater than or equal to 28"));

    let at = |number: &str| iterator(&arn, &shard, ShardPosition::AtSequenceNumber(number.to_owned()));
    let after = |number: &str| iterator(&arn, &shard, ShardPosition::AfterSequenceNumber(number.to_owned()));
    let none = "One or more parameter values were invalid: Invalid SequenceNumber";
    let outside = "Invalid SequenceNumber for the shard";
    for (number, message) in [
        ("", none),
        (&*"x".repeat(21), none),
        (&*"9".repeat(40), none),
        (&*"0".repeat(21), outside),
        ("000000000000000000099", outside),
    ] {
        assert_eq!(refusal(&driver, at(number)).await, message);
        assert_eq!(refusal(&driver, after(number)).await, message);
    }
    assert!(refusal(&driver, at("7")).await.ends_with("length greater than or equal to 21"));
    assert!(refusal(&driver, at(&"7".repeat(41))).await.ends_with("length less than or equal to 40"));

    let bad = "Invalid ShardIterator";
    for text in ["", "x", "a|b|c|d", &*place.replace('|', " ")] {
        assert_eq!(refusal(&driver, GetRecords::new(text)).await, bad);
    }
    // Of the end of time, and of what is not there.
    let mut parts: Vec<_> = place.split('|').collect();
    parts[3] = "8210266876799999";
    driver.run(GetRecords::new(parts.join("|"))).await.unwrap();
    parts[1] = "shardId-0";
    assert!(error(&driver, GetRecords::new(parts.join("|"))).await.is_resource_not_found());
    parts[0] = &missing;
    assert!(error(&driver, GetRecords::new(parts.join("|"))).await.is_resource_not_found());
    clock.advance(Duration::MAX);
    error(&driver, GetRecords::new(&place)).await;
    put(&driver, key("a", 2)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_changes_of_an_item_would_be_told_in_another_order() {
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
        // 2000-01-01 is where the clock begins.
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
        // Refused when it names an item twice.
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
        Step::Wait(minutes) => clock.advance(Duration::from_mins(minutes)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// No more than 24 hours pass, so that all records are kept, in however many shards.
    #[test]
    fn a_copy_made_from_the_stream_would_differ_from_the_table(steps in vec(a_step(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (driver, clock, arn) = streamed(StreamView::NewAndOldImages).await;
            driver.run(djamodb_core::plan::UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
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
