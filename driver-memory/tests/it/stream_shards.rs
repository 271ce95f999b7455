//! Streams and their shards: rollover, retention, listing.

use std::time::Duration;

use chrono::SecondsFormat;
use djamodb_core::driver::{Clock, DriverErrorKind, DriverExt};
use djamodb_core::plan::{
    CreateTable, DeleteTable, DescribeStream, DescribeTable, GetRecords, ListStreams, ShardPosition, StreamEvent,
    StreamStatus, StreamUpdate, UpdateTable,
};
use djamodb_core::schema::{KeyAttribute, KeySchema, StreamView, TableSchema};

use crate::support::streams::{
    HOUR, MINUTE, all, deleted, described, events, iterator, iterator_in, read, shards, streamed,
};
use crate::support::{error, key, put, schema, with_virtual_clock};

#[tokio::test]
async fn shards_close_after_four_hours() {
    let (driver, clock, arn) = streamed(StreamView::KeysOnly).await;
    let opened = shards(&driver, &arn).await;
    let [first] = opened.as_slice() else { panic!("{opened:?}") };
    assert_eq!((&first.parent, &first.ending_sequence_number), (&None, &None));
    assert!((28..=65).contains(&first.id.len()), "{}", first.id);
    let horizon = iterator(&driver, &arn, ShardPosition::TrimHorizon).await;
    put(&driver, key("a", 1)).await;
    clock.advance(Duration::from_secs((4 * 60 - 1) * 60));
    put(&driver, key("a", 2)).await;
    assert_eq!(shards(&driver, &arn).await.len(), 1);
    assert_eq!(*error(&driver, GetRecords::new(horizon)).await.kind(), DriverErrorKind::ExpiredIterator);
    let horizon = iterator(&driver, &arn, ShardPosition::TrimHorizon).await;
    let latest = iterator(&driver, &arn, ShardPosition::Latest).await;
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

    // The page with the last record of a closed shard is the last.
    let page = |limit| GetRecords { limit: Some(limit), ..GetRecords::new(&horizon) };
    let one = driver.run(page(1)).await.unwrap();
    assert!(one.next_shard_iterator.is_some());
    let two = driver.run(page(2)).await.unwrap();
    assert_eq!((two.records.len(), two.next_shard_iterator), (2, None));
    let after_all = read(&driver, &latest).await;
    assert_eq!((after_all.records, after_all.next_shard_iterator), (vec![], None));

    // Shards can be filtered by parent and read in pages.
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
async fn records_are_kept_for_24_hours() {
    let (driver, clock, arn) = streamed(StreamView::KeysOnly).await;
    put(&driver, key("a", 1)).await;
    clock.advance(HOUR);
    put(&driver, key("a", 2)).await;
    let first = all(&driver, &arn).await[0].sequence_number.clone();
    clock.advance(Duration::from_secs((23 * 60 - 1) * 60));
    let horizon = iterator_in(&driver, &arn, 0, ShardPosition::TrimHorizon).await.unwrap();
    assert_eq!(all(&driver, &arn).await.len(), 2);
    clock.advance(MINUTE);
    // The first record is trimmed, and iterators before it are rejected.
    assert_eq!(all(&driver, &arn).await.len(), 1);
    let trimmed = error(&driver, GetRecords::new(horizon)).await;
    assert_eq!(*trimmed.kind(), DriverErrorKind::TrimmedDataAccess);
    assert_eq!(trimmed.message(), "The operation attempted to read past the oldest stream record in a shard.");
    let again = iterator_in(&driver, &arn, 0, ShardPosition::AtSequenceNumber(first.clone())).await;
    assert_eq!(again, Err(DriverErrorKind::TrimmedDataAccess));
    let after = iterator_in(&driver, &arn, 0, ShardPosition::AfterSequenceNumber(first)).await.unwrap();
    assert_eq!(read(&driver, &after).await.records.len(), 1);
    clock.advance(HOUR);
    assert_eq!(all(&driver, &arn).await, []);
    // An idle stream still has an open shard.
    clock.advance(100 * HOUR);
    put(&driver, key("a", 3)).await;
    assert_eq!(events(&driver, &arn).await, [(StreamEvent::Insert, 3)]);
    clock.advance(24 * HOUR);
    let opened = shards(&driver, &arn).await;
    assert_eq!(opened.last().unwrap().ending_sequence_number, None);
    assert!(opened.len() <= 2, "{opened:?}");
}

#[tokio::test]
async fn records_outlive_their_stream_and_table_by_24_hours() {
    let (driver, clock, first) = streamed(StreamView::NewAndOldImages).await;
    put(&driver, key("a", 1)).await;
    let open = iterator(&driver, &first, ShardPosition::TrimHorizon).await;
    let change = |stream| UpdateTable::new("weather").stream(stream);
    driver.run(change(StreamUpdate::Disable)).await.unwrap();
    put(&driver, key("a", 2)).await;
    let ended = described(&driver, &first).await;
    assert_eq!((ended.status, ended.view), (StreamStatus::Disabled, StreamView::NewAndOldImages));
    let records = read(&driver, &open).await;
    assert_eq!((records.records.len(), records.next_shard_iterator), (1, None));
    assert_eq!(ended.shards[0].ending_sequence_number.as_ref(), Some(&records.records[0].sequence_number));

    // The table's next stream starts without records.
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

    clock.advance(Duration::from_secs((23 * 60 - 1) * 60));
    assert_eq!(events(&driver, &first).await, [(StreamEvent::Insert, 1)]);
    assert_eq!(events(&driver, &second).await, [(StreamEvent::Insert, 3)]);
    let listed = async || driver.run(ListStreams::of_table("weather")).await.unwrap().streams.len();
    assert_eq!(listed().await, 2);
    clock.advance(MINUTE);
    assert_eq!(listed().await, 1);
    let expired = error(&driver, DescribeStream::new(&first)).await;
    assert_eq!(expired.message(), format!("Requested resource not found: Stream: {first} not found"));
    clock.advance(HOUR);
    assert_eq!(listed().await, 0);
}

#[tokio::test]
async fn streams_enabled_at_the_same_time_have_different_labels() {
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
async fn pages_of_streams_neither_repeat_nor_skip_one() {
    let (driver, _) = with_virtual_clock();
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
