//! Shard iterators: their positions, pages and lifetime, and the validation of requests.

use std::time::Duration;

use chrono::TimeDelta;
use djamodb_core::driver::{Clock, DriverErrorKind, DriverExt};
use djamodb_core::plan::{DescribeStream, GetRecords, GetShardIterator, ListStreams, ShardPosition};
use djamodb_core::schema::StreamView;

use crate::support::streams::{HOUR, MINUTE, all, iterator, read, shards, streamed};
use crate::support::{error, item, key, put, sized, validation_message};

#[tokio::test]
async fn iterators_start_at_the_requested_position() {
    let (driver, _, arn) = streamed(StreamView::KeysOnly).await;
    let early = iterator(&driver, &arn, ShardPosition::TrimHorizon).await;
    for at in 1..=3 {
        put(&driver, key("a", at)).await;
    }
    let latest = iterator(&driver, &arn, ShardPosition::Latest).await;
    let second = all(&driver, &arn).await[1].sequence_number.clone();
    let seen = async |iterator: &str| -> Vec<i64> {
        let keys: Vec<_> = read(&driver, iterator).await.records.into_iter().map(|record| record.keys).collect();
        crate::support::numbers(&keys, "at")
    };
    let at = iterator(&driver, &arn, ShardPosition::AtSequenceNumber(second.clone())).await;
    let after = iterator(&driver, &arn, ShardPosition::AfterSequenceNumber(second)).await;
    let horizon = iterator(&driver, &arn, ShardPosition::TrimHorizon).await;
    assert_eq!(seen(&latest).await, [0; 0]);
    put(&driver, key("a", 4)).await;
    // An iterator can be used repeatedly.
    for _ in 0..2 {
        assert_eq!(seen(&early).await, [1, 2, 3, 4]);
        assert_eq!(seen(&horizon).await, [1, 2, 3, 4]);
        assert_eq!(seen(&at).await, [2, 3, 4]);
        assert_eq!(seen(&after).await, [3, 4]);
        assert_eq!(seen(&latest).await, [4]);
    }
    let shard = shards(&driver, &arn).await.remove(0);
    let first_possible = shard.starting_sequence_number.unwrap();
    assert_eq!(seen(&iterator(&driver, &arn, ShardPosition::AtSequenceNumber(first_possible)).await).await.len(), 4);

    // Pages continue after each other, and after an empty one.
    let page = |iterator: String, limit| GetRecords { limit: Some(limit), ..GetRecords::new(iterator) };
    let first = driver.run(page(horizon, 3)).await.unwrap();
    let second = driver.run(page(first.next_shard_iterator.unwrap(), 3)).await.unwrap();
    assert_eq!((first.records.len(), second.records.len()), (3, 1));
    let empty = read(&driver, &second.next_shard_iterator.unwrap()).await;
    assert_eq!(empty.records, []);
    put(&driver, key("a", 5)).await;
    assert_eq!(seen(&empty.next_shard_iterator.unwrap()).await, [5]);
}

#[tokio::test]
async fn pages_are_limited_to_1000_records_and_1_mb() {
    let (driver, _, arn) = streamed(StreamView::NewImage).await;
    for at in 0..1001 {
        put(&driver, key("a", at)).await;
    }
    let horizon = iterator(&driver, &arn, ShardPosition::TrimHorizon).await;
    let first = read(&driver, &horizon).await;
    assert_eq!(first.records.len(), 1000);
    assert_eq!(read(&driver, &first.next_shard_iterator.unwrap()).await.records.len(), 1);

    // Two of three records of 400 KB fit into 1 MB.
    let latest = iterator(&driver, &arn, ShardPosition::Latest).await;
    for at in 0..3 {
        put(&driver, sized(key("b", at), 400 * 1024)).await;
    }
    let first = read(&driver, &latest).await;
    assert_eq!(first.records.len(), 2);
    assert_eq!(read(&driver, &first.next_shard_iterator.unwrap()).await.records.len(), 1);
}

#[tokio::test]
async fn timestamps_select_the_first_record_from_then_on() {
    let (driver, clock, arn) = streamed(StreamView::KeysOnly).await;
    let start = clock.now();
    for at in 0..3 {
        put(&driver, item("a", at, "k", at)).await;
        clock.advance(HOUR);
    }
    let read_from = async |hours: i64| {
        let position = ShardPosition::AtTimestamp(start + TimeDelta::hours(hours));
        read(&driver, &iterator(&driver, &arn, position).await).await.records.len()
    };
    assert_eq!((read_from(-30).await, read_from(0).await, read_from(2).await, read_from(3).await), (3, 3, 1, 0));
    let shard = shards(&driver, &arn).await.remove(0).id;
    let later = ShardPosition::AtTimestamp(clock.now() + TimeDelta::seconds(1));
    assert!(validation_message(&driver, GetShardIterator::new(&arn, shard, later)).await.contains("in the future"));
}

#[tokio::test]
async fn iterators_expire_after_15_minutes() {
    let (driver, clock, arn) = streamed(StreamView::KeysOnly).await;
    let start = iterator(&driver, &arn, ShardPosition::Latest).await;
    clock.advance(15 * MINUTE);
    let next = read(&driver, &start).await.next_shard_iterator.unwrap();
    clock.advance(Duration::from_secs(1));
    let expired = error(&driver, GetRecords::new(start)).await;
    assert_eq!(*expired.kind(), DriverErrorKind::ExpiredIterator);
    assert!(expired.message().ends_with("only valid for 15 minutes"));
    // The iterator in the response was issued later.
    clock.advance(14 * MINUTE);
    read(&driver, &next).await;
}

#[tokio::test]
async fn rejects_invalid_requests() {
    let (driver, clock, arn) = streamed(StreamView::KeysOnly).await;
    put(&driver, key("a", 1)).await;
    let too_low = "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have \
                   value greater than or equal to 1";
    let too_high = "One or more parameter values were invalid: Limit ";
    let iterator = iterator(&driver, &arn, ShardPosition::TrimHorizon).await;
    let list = |limit| ListStreams { limit: Some(limit), ..ListStreams::default() };
    let describe = |limit| DescribeStream { limit: Some(limit), ..DescribeStream::new(&arn) };
    let get = |limit| GetRecords { limit: Some(limit), ..GetRecords::new(&iterator) };
    assert_eq!(validation_message(&driver, list(0)).await, too_low);
    assert_eq!(validation_message(&driver, describe(0)).await, too_low);
    assert_eq!(validation_message(&driver, get(0)).await, too_low);
    assert_eq!(
        validation_message(&driver, list(101)).await,
        format!("{too_high}cannot be greater than the maximum allowed size: 100")
    );
    assert_eq!(
        validation_message(&driver, describe(101)).await,
        format!("{too_high}cannot be greater than the maximum: 100")
    );
    assert_eq!(validation_message(&driver, get(1001)).await, format!("{too_high}should be less than or equal to 1000"));
    driver.run(list(100)).await.unwrap();
    driver.run(describe(100)).await.unwrap();
    driver.run(get(1000)).await.unwrap();

    let missing = arn.replace("weather", "missing");
    let shard = shards(&driver, &arn).await.remove(0).id;
    let request = |stream: &str, shard: &str, position| GetShardIterator::new(stream, shard, position);
    for (error, message) in [
        (
            error(&driver, DescribeStream::new(&missing)).await,
            &*format!("Requested resource not found: Stream: {missing} not found"),
        ),
        (error(&driver, request(&missing, &shard, ShardPosition::Latest)).await, "Stream does not exist"),
    ] {
        assert_eq!((error.is_resource_not_found(), error.message()), (true, message));
    }
    let no_shard = error(&driver, request(&arn, "shardId-00000000000000000000-00000000", ShardPosition::Latest)).await;
    assert_eq!((no_shard.is_resource_not_found(), no_shard.message()), (true, "Shard does not exist"));
    assert_eq!(validation_message(&driver, DescribeStream::new("weather".repeat(6))).await, "Invalid StreamArn");
    assert_eq!(
        validation_message(&driver, request(&"weather".repeat(6), &shard, ShardPosition::Latest)).await,
        "Invalid StreamArn"
    );
    let start = ListStreams { exclusive_start_stream_arn: Some("weather".repeat(6)), ..ListStreams::default() };
    assert_eq!(validation_message(&driver, start).await, "Invalid StreamArn");
    let short = validation_message(&driver, DescribeStream::new("weather")).await;
    assert!(
        short.ends_with(
            "at 'streamArn' failed to satisfy constraint: Member must have length greater than or equal to 37"
        )
    );
    assert!(validation_message(&driver, ListStreams::of_table("ab")).await.contains("'tableName'"));
    let start = DescribeStream { exclusive_start_shard_id: Some("x".into()), ..DescribeStream::new(&arn) };
    assert!(validation_message(&driver, start).await.ends_with("length greater than or equal to 28"));

    let at = |number: &str| request(&arn, &shard, ShardPosition::AtSequenceNumber(number.to_owned()));
    let after = |number: &str| request(&arn, &shard, ShardPosition::AfterSequenceNumber(number.to_owned()));
    let none = "One or more parameter values were invalid: Invalid SequenceNumber";
    let outside = "Invalid SequenceNumber for the shard";
    for (number, message) in [
        (&*"x".repeat(21), none),
        (&*"9".repeat(40), none),
        (&*"0".repeat(21), outside),
        ("000000000000000000099", outside),
    ] {
        assert_eq!(validation_message(&driver, at(number)).await, message);
        assert_eq!(validation_message(&driver, after(number)).await, message);
    }
    assert!(validation_message(&driver, at("7")).await.ends_with("length greater than or equal to 21"));
    assert!(validation_message(&driver, at(&"7".repeat(41))).await.ends_with("length less than or equal to 40"));

    let bad = "Invalid ShardIterator";
    assert!(validation_message(&driver, GetRecords::new("")).await.ends_with("length greater than or equal to 1"));
    for text in ["x", "a|b|c|d", &*iterator.replace('|', " ")] {
        assert_eq!(validation_message(&driver, GetRecords::new(text)).await, bad);
    }
    // Forged iterators: of the last representable time, a missing shard and a missing stream.
    let mut parts: Vec<_> = iterator.split('|').collect();
    parts[3] = "8210266876799999";
    driver.run(GetRecords::new(parts.join("|"))).await.unwrap();
    parts[1] = "shardId-0";
    assert!(error(&driver, GetRecords::new(parts.join("|"))).await.is_resource_not_found());
    parts[0] = &missing;
    assert!(error(&driver, GetRecords::new(parts.join("|"))).await.is_resource_not_found());
    clock.advance(Duration::MAX);
    error(&driver, GetRecords::new(&iterator)).await;
    put(&driver, key("a", 2)).await;
}
