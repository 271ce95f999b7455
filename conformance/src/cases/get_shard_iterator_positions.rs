//! Positions of `GetShardIterator`.

use djamodb_core::plan::Shard;
use djamodb_core::schema::StreamView;

use super::prelude::*;

case!(
    "get_shard_iterator/distinguishes_at_and_after_a_record",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    distinguishes_at_and_after_a_record
);
case!(
    "get_shard_iterator/starts_after_existing_records_at_latest",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    starts_after_existing_records_at_latest
);
case!(
    "get_shard_iterator/starts_at_the_oldest_record_at_trim_horizon",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    starts_at_the_oldest_record_at_trim_horizon
);
case!(
    "get_shard_iterator/rejects_unknown_shards_and_positions",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    rejects_unknown_shards_and_positions
);

case!(
    "get_shard_iterator/starts_at_a_timestamp",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords, Requirement::Timestamp],
    starts_at_a_timestamp
);

/// Creates a stream with one record for each of the range keys 1, 2 and 3. Returns it with the shard that contains them and the
/// records.
async fn create_three_records(cx: &Context) -> Result<Option<(StreamedTable, Shard, Vec<StreamRecord>)>, Failure> {
    let Some(stream) = create_streamed(cx, StreamView::KeysOnly).await? else {
        return Ok(None);
    };
    put_all(cx, &stream.table, (1..4).map(|at| key("a", at))).await?;
    let records = wait_for_records(cx, &stream.arn, 3).await?;
    for shard in all_shards(cx, &stream.arn).await? {
        let oldest = shard_iterator(cx, &stream.arn, &shard, ShardPosition::TrimHorizon).await?;
        if read_records(cx, oldest).await?.len() == 3 {
            return Ok(Some((stream, shard, records)));
        }
    }
    Err(Failure::new("expected one shard with all changes of the hash key; found none"))
}

fn keys(records: &[StreamRecord]) -> Vec<i64> {
    range_keys(&records.iter().map(|record| record.keys.clone()).collect::<Vec<Item>>())
}

/// Fails if a reader that continues after a record receives it again, or misses the next one.
async fn distinguishes_at_and_after_a_record(cx: Context) -> CaseResult {
    let Some((StreamedTable { arn, .. }, shard, records)) = create_three_records(&cx).await? else {
        return Ok(());
    };
    for (at, record) in (1..).zip(&records) {
        let number = || record.sequence_number.clone();
        let from = shard_iterator(&cx, &arn, &shard, ShardPosition::AtSequenceNumber(number())).await?;
        ensure_eq(
            "range keys from `AT_SEQUENCE_NUMBER`",
            keys(&read_records(&cx, from).await?),
            (at..4).collect::<Vec<i64>>(),
        )?;
        let after = shard_iterator(&cx, &arn, &shard, ShardPosition::AfterSequenceNumber(number())).await?;
        ensure_eq(
            "range keys from `AFTER_SEQUENCE_NUMBER`",
            keys(&read_records(&cx, after).await?),
            (at + 1..4).collect::<Vec<i64>>(),
        )?;
    }
    Ok(())
}

/// Fails if `LATEST` returns existing records, or misses later ones.
async fn starts_after_existing_records_at_latest(cx: Context) -> CaseResult {
    let Some((StreamedTable { table, arn }, shard, _)) = create_three_records(&cx).await? else {
        return Ok(());
    };
    let from = shard_iterator(&cx, &arn, &shard, ShardPosition::Latest).await?;
    put_all(&cx, &table, [key("a", 9)]).await?;
    wait_for_records(&cx, &arn, 4).await?;
    ensure_eq("range keys after `LATEST`", keys(&read_records(&cx, from.clone()).await?), [9])?;
    ensure_eq("range keys of a second read", keys(&read_records(&cx, from).await?), [9])
}

/// Fails if `TRIM_HORIZON` misses existing records.
async fn starts_at_the_oldest_record_at_trim_horizon(cx: Context) -> CaseResult {
    let Some((StreamedTable { arn, .. }, shard, records)) = create_three_records(&cx).await? else {
        return Ok(());
    };
    let from = shard_iterator(&cx, &arn, &shard, ShardPosition::TrimHorizon).await?;
    ensure_eq("records from `TRIM_HORIZON`", read_records(&cx, from).await?, records)
}

/// Fails if an invalid position is accepted.
async fn rejects_unknown_shards_and_positions(cx: Context) -> CaseResult {
    let Some((StreamedTable { arn, .. }, shard, _)) = create_three_records(&cx).await? else {
        return Ok(());
    };
    let at = |shard: &str, position| GetShardIterator::new(&arn, shard, position);
    let number = |number: &str| ShardPosition::AtSequenceNumber(number.to_owned());
    cx.expect_resource_not_found(at(&format!("shardId-{:020}-00000000", 0), ShardPosition::Latest)).await?;
    cx.expect_validation_error(at(&shard.id, number("1"))).await?;
    cx.expect_validation_error(at(&shard.id, number(&"9".repeat(41)))).await?;
    cx.expect_validation_error(at(&shard.id, number(&format!("{:021}", 0)))).await?;
    cx.expect_validation_error(GetRecords::new("no iterator")).await?;
    Ok(())
}

/// Fails if `AT_TIMESTAMP` skips records of that time, or returns earlier ones.
async fn starts_at_a_timestamp(cx: Context) -> CaseResult {
    let created = create_three_records(&cx).await?;
    let (arn, id) = match &created {
        Some((stream, shard, _)) => (stream.arn.clone(), shard.id.clone()),
        None => (MISSING_STREAM_ARN.to_owned(), format!("shardId-{:020}-00000000", 0)),
    };
    let at = |time| GetShardIterator::new(&arn, &id, ShardPosition::AtTimestamp(time));
    let now = cx.driver().clock().now();
    let fails = cx.deviates("no-timestamp-positions");
    let earliest = cx.run_requiring(Requirement::Timestamp, at(now - chrono::TimeDelta::hours(30))).await?;
    let (Some((_, _, records)), Some(earliest)) = (created, earliest) else {
        return Ok(());
    };
    if fails {
        return ensure("a request with a timestamp fails", earliest.is_err());
    }
    ensure_eq(
        "range keys from a time before the first record",
        keys(&read_records(&cx, earliest?.shard_iterator).await?),
        [1, 2, 3],
    )?;
    let first = records.first().and_then(|record| record.created_at).unwrap_or(now);
    let from_first_record = cx.run(at(first)).await?.shard_iterator;
    ensure_eq(
        "range keys from the time of the first record",
        keys(&read_records(&cx, from_first_record).await?),
        [1, 2, 3],
    )?;
    cx.expect_validation_error(at(now + chrono::TimeDelta::hours(1))).await?;
    Ok(())
}
