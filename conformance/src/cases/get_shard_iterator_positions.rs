//! `GetShardIterator`: places in shards.

use djamodb_core::plan::Shard;
use djamodb_core::schema::StreamView;

use super::prelude::*;

case!(
    "get_shard_iterator/at_a_record_includes_it_and_after_it_does_not",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    at_and_after
);
case!(
    "get_shard_iterator/the_latest_place_is_after_what_is_there",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    latest
);
case!(
    "get_shard_iterator/the_oldest_place_is_before_what_is_there",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    oldest
);
case!(
    "get_shard_iterator/places_that_there_are_not_are_refused",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    refused
);

case!(
    "get_shard_iterator/a_moment_is_a_place",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords, Requirement::Timestamp],
    moment
);

/// A stream with a record for each of 1, 2 and 3, the shard that holds them all, and the records.
async fn three(cx: &Context) -> Result<Option<(Streamed, Shard, Vec<StreamRecord>)>, Failure> {
    let Some(stream) = streamed(cx, StreamView::KeysOnly).await? else {
        return Ok(None);
    };
    put_all(cx, &stream.table, (1..4).map(|at| key("a", at))).await?;
    let records = records(cx, &stream.arn, 3).await?;
    for shard in shards(cx, &stream.arn).await? {
        let oldest = iterator(cx, &stream.arn, &shard, ShardPosition::TrimHorizon).await?;
        if read_on(cx, oldest).await?.len() == 3 {
            return Ok(Some((stream, shard, records)));
        }
    }
    Err(Failure::new("no shard holds the changes of one hash key"))
}

fn keys(records: &[StreamRecord]) -> Vec<i64> {
    ats(&records.iter().map(|record| record.keys.clone()).collect::<Vec<Item>>())
}

/// A reader that goes on would handle a change twice, or never.
async fn at_and_after(cx: Context) -> CaseResult {
    let Some((Streamed { arn, .. }, shard, records)) = three(&cx).await? else {
        return Ok(());
    };
    for (at, record) in (1..).zip(&records) {
        let number = || record.sequence_number.clone();
        let from = iterator(&cx, &arn, &shard, ShardPosition::AtSequenceNumber(number())).await?;
        same("at it", keys(&read_on(&cx, from).await?), (at..4).collect::<Vec<i64>>())?;
        let after = iterator(&cx, &arn, &shard, ShardPosition::AfterSequenceNumber(number())).await?;
        same("after it", keys(&read_on(&cx, after).await?), (at + 1..4).collect::<Vec<i64>>())?;
    }
    Ok(())
}

/// A reader that wants what comes would be given what was.
async fn latest(cx: Context) -> CaseResult {
    let Some((Streamed { table, arn }, shard, _)) = three(&cx).await? else {
        return Ok(());
    };
    let from = iterator(&cx, &arn, &shard, ShardPosition::Latest).await?;
    put_all(&cx, &table, [key("a", 9)]).await?;
    records(&cx, &arn, 4).await?;
    same("what comes", keys(&read_on(&cx, from.clone()).await?), [9])?;
    same("once more", keys(&read_on(&cx, from).await?), [9])
}

/// A new reader would miss what was there.
async fn oldest(cx: Context) -> CaseResult {
    let Some((Streamed { arn, .. }, shard, records)) = three(&cx).await? else {
        return Ok(());
    };
    let from = iterator(&cx, &arn, &shard, ShardPosition::TrimHorizon).await?;
    same("the records", read_on(&cx, from).await?, records)
}

/// A mistake would start somewhere.
async fn refused(cx: Context) -> CaseResult {
    let Some((Streamed { arn, .. }, shard, _)) = three(&cx).await? else {
        return Ok(());
    };
    let at = |shard: &str, position| GetShardIterator::new(&arn, shard, position);
    let number = |number: &str| ShardPosition::AtSequenceNumber(number.to_owned());
    cx.not_found(at(&format!("shardId-{:020}-00000000", 0), ShardPosition::Latest)).await?;
    cx.invalid(at(&shard.id, number("1"))).await?;
    cx.invalid(at(&shard.id, number(&"9".repeat(41)))).await?;
    cx.invalid(at(&shard.id, number(&format!("{:021}", 0)))).await?;
    cx.invalid(GetRecords::new("no iterator")).await?;
    Ok(())
}

/// A reader that knows when it stopped would begin anew, or miss something.
async fn moment(cx: Context) -> CaseResult {
    let three = three(&cx).await?;
    let (arn, id) = match &three {
        Some((stream, shard, _)) => (stream.arn.clone(), shard.id.clone()),
        None => (MISSING.to_owned(), format!("shardId-{:020}-00000000", 0)),
    };
    let at = |moment| GetShardIterator::new(&arn, &id, ShardPosition::AtTimestamp(moment));
    let now = cx.driver().clock().now();
    let is_refused = cx.deviates("no-moments");
    let began = cx.attempt(Requirement::Timestamp, at(now - chrono::TimeDelta::hours(30))).await?;
    let (Some((_, _, records)), Some(began)) = (three, began) else {
        return Ok(());
    };
    if is_refused {
        cx.invalid(at(now)).await?;
        return Ok(());
    }
    same("from before the first", keys(&read_on(&cx, began?.shard_iterator).await?), [1, 2, 3])?;
    let first = records.first().and_then(|record| record.created_at).unwrap_or(now);
    let from_first = cx.run(at(first)).await?.shard_iterator;
    same("from the moment of the first", keys(&read_on(&cx, from_first).await?), [1, 2, 3])?;
    cx.invalid(at(now + chrono::TimeDelta::hours(1))).await?;
    Ok(())
}
