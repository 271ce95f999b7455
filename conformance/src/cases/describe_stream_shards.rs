//! `DescribeStream`: what a stream is made of.

use djamodb_core::plan::{DescribeStream, StreamStatus, StreamUpdate};
use djamodb_core::run::{TableWait, WaitFor, advance};
use djamodb_core::schema::StreamView;

use super::prelude::*;

case!(
    "describe_stream/is_described_as_it_was_enabled",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    as_enabled
);
case!(
    "describe_stream/a_stream_that_ended_says_so",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    ended
);
case!(
    "describe_stream/the_stream_of_a_deleted_table_is_kept",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    of_deleted_table
);
case!(
    "describe_stream/goes_on_after_a_shard",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    goes_on
);
case!(
    "describe_stream/only_the_shards_that_follow_one_can_be_asked_for",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords, Requirement::ShardFilter],
    following
);
case!("describe_stream/a_missing_stream_is_said", Theme::Stream, requires: [Requirement::GetRecords], missing);

/// A reader would not know what the records will hold.
async fn as_enabled(cx: Context) -> CaseResult {
    for (name, view) in VIEWS {
        let Some(Streamed { table, arn }) = streamed_as(&cx, name, view).await? else {
            return Ok(());
        };
        let stream = cx.run(DescribeStream::new(&arn)).await?.stream;
        same("the ARN", &stream.arn, &arn)?;
        holds("the ARN ends with the label", arn.ends_with(&stream.label) && !stream.label.is_empty())?;
        same("the table", stream.table, table)?;
        same("the state", stream.status, StreamStatus::Enabled)?;
        same("what it records", stream.view, view)?;
        same("the key", stream.key, ["id", "at"].map(Name::from))?;
        let is_open = stream.shards.iter().any(|shard| shard.ending_sequence_number.is_none());
        holds("there is a shard, and it is open", is_open)?;
    }
    Ok(())
}

/// What was done to a table before it was deleted could not be read any more.
async fn of_deleted_table(cx: Context) -> CaseResult {
    let Some(Streamed { table, arn }) = streamed(&cx, StreamView::KeysOnly).await? else {
        return Ok(());
    };
    put_all(&cx, &table, [key("a", 1)]).await?;
    cx.run(DeleteTable::new(&table)).await?;
    advance(cx.driver(), &mut TableWait::new(table, WaitFor::Gone)).await?;
    let stream = cx.run(DescribeStream::new(&arn)).await?.stream;
    holds("the stream has ended, or is about to", stream.status != StreamStatus::Enabled)?;
    let records = records(&cx, &arn, 1).await?;
    same("what was recorded", records[0].keys.clone(), key("a", 1))
}

/// A reader would wait for ever for what comes no more.
async fn ended(cx: Context) -> CaseResult {
    let Some(Streamed { table, arn }) = streamed(&cx, StreamView::KeysOnly).await? else {
        return Ok(());
    };
    put_all(&cx, &table, [key("a", 1)]).await?;
    update_table(&cx, UpdateTable::new(&table).stream(StreamUpdate::Disable)).await?;
    let stream = cx.run(DescribeStream::new(&arn)).await?.stream;
    same("the state", stream.status, StreamStatus::Disabled)?;
    holds("its shards are closed", stream.shards.iter().all(|shard| shard.ending_sequence_number.is_some()))
}

/// Shards would be left out, or the list never end.
async fn goes_on(cx: Context) -> CaseResult {
    let Some(Streamed { arn, .. }) = streamed(&cx, StreamView::KeysOnly).await? else {
        return Ok(());
    };
    let ids: Vec<String> = shards(&cx, &arn).await?.into_iter().map(|shard| shard.id).collect();
    let describe = |start: Option<&String>| DescribeStream {
        limit: Some(1),
        exclusive_start_shard_id: start.cloned(),
        ..DescribeStream::new(&arn)
    };
    let first = cx.run(describe(None)).await?.stream;
    same("the first", first.shards.iter().map(|shard| &shard.id).collect::<Vec<_>>(), ids.first().as_slice())?;
    let after = cx.run(describe(ids.last())).await?.stream;
    same("after the last", (after.shards, after.last_evaluated_shard_id), (vec![], None))?;
    for limit in [0, 101] {
        cx.invalid(DescribeStream { limit: Some(limit), ..DescribeStream::new(&arn) }).await?;
    }
    Ok(())
}

/// A reader would take a shard for its own successor, and read it again and again.
async fn following(cx: Context) -> CaseResult {
    let stream = streamed(&cx, StreamView::KeysOnly).await?;
    let (arn, id) = match &stream {
        Some(Streamed { arn, .. }) => {
            (arn.clone(), shards(&cx, arn).await?.into_iter().map(|shard| shard.id).next_back())
        }
        None => (MISSING.to_owned(), None),
    };
    let id = id.unwrap_or_else(|| format!("shardId-{:020}-00000000", 0));
    let describe = DescribeStream { child_shards_of: Some(id.clone()), ..DescribeStream::new(&arn) };
    let is_ignored = cx.deviates("shard-filter-is-ignored");
    let described = cx.attempt(Requirement::ShardFilter, describe).await?;
    let (Some(_), Some(described)) = (stream, described) else {
        return Ok(());
    };
    let ids: Vec<String> = described?.stream.shards.into_iter().map(|shard| shard.id).collect();
    if is_ignored {
        return same("the shards", ids, [id]);
    }
    same("the shards that follow the last one", ids, Vec::<String>::new())
}

/// A typing error in a stream's name would look like a stream without shards.
async fn missing(cx: Context) -> CaseResult {
    let describe = DescribeStream::new(MISSING);
    if cx.attempt(Requirement::GetRecords, describe.clone()).await?.is_some() {
        cx.not_found(describe).await?;
        let (shard, position) = (format!("shardId-{:020}-00000000", 0), ShardPosition::TrimHorizon);
        cx.not_found(GetShardIterator::new(MISSING, shard, position)).await?;
    }
    Ok(())
}
