//! Streams and shards that `DescribeStream` returns.

use djamodb_core::plan::{DescribeStream, StreamStatus, StreamUpdate};
use djamodb_core::run::{WaitFor, wait_for_table};
use djamodb_core::schema::StreamView;

use super::prelude::*;

case!(
    "describe_stream/returns_the_enabled_stream",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    returns_the_enabled_stream
);
case!(
    "describe_stream/reports_a_disabled_stream",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    reports_a_disabled_stream
);
case!(
    "describe_stream/keeps_the_stream_of_a_deleted_table",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    keeps_the_stream_of_a_deleted_table
);
case!(
    "describe_stream/continues_after_a_shard",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    continues_after_a_shard
);
case!(
    "describe_stream/returns_only_child_shards_if_requested",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords, Requirement::ShardFilter],
    returns_only_child_shards_if_requested
);
case!(
    "describe_stream/reports_a_missing_stream",
    Theme::Stream,
    requires: [Requirement::GetRecords],
    reports_a_missing_stream
);

/// Fails if the description differs from the view, the key or the status of the stream.
async fn returns_the_enabled_stream(cx: Context) -> CaseResult {
    for (name, view) in STREAM_VIEWS {
        let Some(StreamedTable { table, arn }) = create_streamed_named(&cx, name, view).await? else {
            return Ok(());
        };
        let stream = cx.run(DescribeStream::new(&arn)).await?.stream;
        ensure_eq("stream ARN", &stream.arn, &arn)?;
        ensure("the ARN ends with the label", arn.ends_with(&stream.label) && !stream.label.is_empty())?;
        ensure_eq("table of the stream", stream.table, table)?;
        ensure_eq("status", stream.status, StreamStatus::Enabled)?;
        ensure_eq("stream view", stream.view, view)?;
        ensure_eq("key", stream.key, ["id", "at"].map(Name::from))?;
        let is_open = stream.shards.iter().any(|shard| shard.ending_sequence_number.is_none());
        ensure("there is an open shard", is_open)?;
    }
    Ok(())
}

/// Fails if the records of a deleted table cannot be read.
async fn keeps_the_stream_of_a_deleted_table(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::KeysOnly).await? else {
        return Ok(());
    };
    put_all(&cx, &table, [key("a", 1)]).await?;
    cx.run(DeleteTable::new(&table)).await?;
    wait_for_table(cx.driver(), table, WaitFor::Gone).await?;
    let stream = cx.run(DescribeStream::new(&arn)).await?.stream;
    ensure("the stream is no longer enabled", stream.status != StreamStatus::Enabled)?;
    let records = wait_for_records(&cx, &arn, 1).await?;
    ensure_eq("recorded key", records[0].keys.clone(), key("a", 1))
}

/// Fails if a disabled stream looks enabled, or keeps open shards.
async fn reports_a_disabled_stream(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::KeysOnly).await? else {
        return Ok(());
    };
    put_all(&cx, &table, [key("a", 1)]).await?;
    update_table(&cx, UpdateTable::new(&table).stream(StreamUpdate::Disable)).await?;
    let stream = cx.run(DescribeStream::new(&arn)).await?.stream;
    ensure_eq("status", stream.status, StreamStatus::Disabled)?;
    ensure("all shards are closed", stream.shards.iter().all(|shard| shard.ending_sequence_number.is_some()))
}

/// Fails if shards are missing from the pages, or the pages do not end.
async fn continues_after_a_shard(cx: Context) -> CaseResult {
    let Some(StreamedTable { arn, .. }) = create_streamed(&cx, StreamView::KeysOnly).await? else {
        return Ok(());
    };
    let ids: Vec<String> = all_shards(&cx, &arn).await?.into_iter().map(|shard| shard.id).collect();
    let describe = |start: Option<&String>| DescribeStream {
        limit: Some(1),
        exclusive_start_shard_id: start.cloned(),
        ..DescribeStream::new(&arn)
    };
    let first = cx.run(describe(None)).await?.stream;
    ensure_eq(
        "shards of the first page",
        first.shards.iter().map(|shard| &shard.id).collect::<Vec<_>>(),
        ids.first().as_slice(),
    )?;
    let after = cx.run(describe(ids.last())).await?.stream;
    ensure_eq("shards after the last one", (after.shards, after.last_evaluated_shard_id), (vec![], None))?;
    for limit in [0, 101] {
        cx.expect_validation_error(DescribeStream { limit: Some(limit), ..DescribeStream::new(&arn) }).await?;
    }
    Ok(())
}

/// Fails if a shard is returned as its own child.
async fn returns_only_child_shards_if_requested(cx: Context) -> CaseResult {
    let stream = create_streamed(&cx, StreamView::KeysOnly).await?;
    let (arn, id) = match &stream {
        Some(StreamedTable { arn, .. }) => {
            (arn.clone(), all_shards(&cx, arn).await?.into_iter().map(|shard| shard.id).next_back())
        }
        None => (MISSING_STREAM_ARN.to_owned(), None),
    };
    let id = id.unwrap_or_else(|| format!("shardId-{:020}-00000000", 0));
    let describe = DescribeStream { child_shards_of: Some(id), ..DescribeStream::new(&arn) };
    let described = cx.run_requiring(Requirement::ShardFilter, describe).await?;
    let (Some(_), Some(described)) = (stream, described) else {
        return Ok(());
    };
    let ids: Vec<String> = described?.stream.shards.into_iter().map(|shard| shard.id).collect();
    ensure_eq("children of the last shard", ids, Vec::<String>::new())
}

/// Fails if a misspelled ARN looks like a stream without shards.
async fn reports_a_missing_stream(cx: Context) -> CaseResult {
    let describe = DescribeStream::new(MISSING_STREAM_ARN);
    if cx.run_requiring(Requirement::GetRecords, describe.clone()).await?.is_some() {
        cx.expect_resource_not_found(describe).await?;
        let (shard, position) = (format!("shardId-{:020}-00000000", 0), ShardPosition::TrimHorizon);
        cx.expect_resource_not_found(GetShardIterator::new(MISSING_STREAM_ARN, shard, position)).await?;
    }
    Ok(())
}
