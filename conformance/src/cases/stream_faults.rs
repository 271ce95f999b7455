//! Faults of requests for streams, and records that servers spoil.

use djamodb_core::plan::{DescribeStream, ListStreams};
use djamodb_core::schema::{KeyAttribute, KeySchema, StreamView, TableSchema};

use super::prelude::*;

case!(
    "describe_stream/checks_the_arn_before_the_stream",
    Theme::Stream,
    requires: [Requirement::GetRecords],
    checks_the_arn_before_the_stream
);
case!(
    "list_streams/rejects_invalid_names",
    Theme::Stream,
    requires: [Requirement::GetRecords],
    rejects_invalid_names
);
case!(
    "get_shard_iterator/rejects_a_large_sequence_number",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    rejects_a_large_sequence_number
);
case!(
    "get_records/returns_empty_maps",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    returns_empty_maps
);
case!(
    "create_table/has_no_stream_of_a_deleted_table",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    has_no_stream_of_a_deleted_table
);
case!(
    "delete_table/returns_the_stream_of_the_table",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    returns_the_stream_of_a_deleted_table
);

/// Fails if a text that is no ARN is looked up.
async fn checks_the_arn_before_the_stream(cx: Context) -> CaseResult {
    let describe = DescribeStream::new("x".repeat(40));
    let Some(result) = cx.run_requiring(Requirement::GetRecords, describe.clone()).await? else {
        return Ok(());
    };
    ensure("the request is rejected", result.is_err())?;
    if cx.deviates("streams-are-looked-up-first") {
        return cx.expect_resource_not_found(describe).await.map(drop);
    }
    cx.expect_validation_error(describe).await.map(drop)
}

/// Fails if a name that no table can have is accepted.
async fn rejects_invalid_names(cx: Context) -> CaseResult {
    let list = ListStreams::of_table("ab");
    let Some(result) = cx.run_requiring(Requirement::GetRecords, list.clone()).await? else {
        return Ok(());
    };
    if cx.deviates("streams-of-any-name-are-listed") {
        return ensure_eq("streams", result?.streams, Vec::new());
    }
    ensure("the request is rejected", result.is_err())?;
    cx.expect_validation_error(list).await.map(drop)
}

/// Fails if a sequence number that no shard has is accepted.
async fn rejects_a_large_sequence_number(cx: Context) -> CaseResult {
    let Some(StreamedTable { arn, .. }) = create_streamed(&cx, StreamView::KeysOnly).await? else {
        return Ok(());
    };
    for shard in all_shards(&cx, &arn).await? {
        let position = ShardPosition::AfterSequenceNumber("9".repeat(21));
        let get = GetShardIterator::new(&arn, &shard.id, position);
        if cx.deviates("large-sequence-numbers-fail-internally") {
            ensure("the request fails", cx.driver().run(get).await.is_err())?;
        } else {
            cx.expect_validation_error(get).await?;
        }
    }
    Ok(())
}

/// Fails if a record lacks an empty map of the item.
async fn returns_empty_maps(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::NewImage).await? else {
        return Ok(());
    };
    let item = key("a", 1).with("map", AttributeValue::m::<Name>([]));
    put_all(&cx, &table, [item.clone()]).await?;
    if cx.deviates("empty-maps-of-records-have-no-type") {
        return ensure("the records cannot be read", wait_for_records(&cx, &arn, 1).await.is_err());
    }
    let images: Vec<_> = wait_for_records(&cx, &arn, 1).await?.into_iter().map(|record| record.new_image).collect();
    ensure_eq("new images", images, vec![Some(item)])
}

/// Fails if a new table has the stream of a table that had its name.
async fn has_no_stream_of_a_deleted_table(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::KeysOnly).await? else {
        return Ok(());
    };
    cx.run(DeleteTable::new(&table)).await?;
    for _ in 0..POLLS_MAX {
        if cx.driver().run(DescribeTable::new(&table)).await.is_err() {
            break;
        }
        pause(&cx).await;
    }
    let created = cx.create_table(TableSchema::new("streamed", KeySchema::hash(KeyAttribute::s("id")))).await?;
    let latest = describe_table(&cx, &created).await?.latest_stream.map(|stream| stream.arn);
    let expected = cx.deviates("new-tables-have-the-stream-of-a-deleted-one").then_some(arn);
    ensure_eq("latest stream of the new table", latest, expected)
}

/// Fails if the response of `DeleteTable` describes a table without the stream that it had.
async fn returns_the_stream_of_a_deleted_table(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, .. }) = create_streamed(&cx, StreamView::KeysOnly).await? else {
        return Ok(());
    };
    let deleted = cx.run(DeleteTable::new(&table)).await?.table;
    ensure_eq("stream of the deleted table", deleted.schema.stream, Some(StreamView::KeysOnly))
}
