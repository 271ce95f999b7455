//! Tables with streams, and reads of their shards.

use djamodb_core::plan::{
    DescribeStream, GetRecords, GetShardIterator, ListStreams, Shard, ShardPosition, StreamRecord,
};
use djamodb_core::schema::{KeyAttribute, KeySchema, StreamView, TableSchema};
use djamodb_core::value::Name;

use crate::tables::{POLLS_MAX, pause};
use crate::{Context, Failure, Requirement};

/// A table with an enabled stream.
pub(crate) struct StreamedTable {
    pub(crate) table: Name,
    /// ARN of the stream.
    pub(crate) arn: String,
}

/// Creates the table `streamed` with the key `id` (S) and `at` (N) and a stream.
///
/// Returns `None` after asserting the error if the driver does not support streams.
pub(crate) async fn create_streamed(cx: &Context, view: StreamView) -> Result<Option<StreamedTable>, Failure> {
    create_streamed_named(cx, "streamed", view).await
}

/// Creates a table as [`create_streamed`] does, with the given name.
pub(crate) async fn create_streamed_named(
    cx: &Context,
    name: &str,
    view: StreamView,
) -> Result<Option<StreamedTable>, Failure> {
    let key = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n("at"));
    let schema = TableSchema { stream: Some(view), ..TableSchema::new(name, key) };
    let created = cx.create_table_requiring(Requirement::Stream, schema).await?;
    let list = ListStreams::of_table(cx.table_name(name));
    let listed = cx.run_requiring(Requirement::GetRecords, list).await?;
    let (Some(table), Some(listed)) = (created, listed) else {
        return Ok(None);
    };
    match listed?.streams.as_slice() {
        [stream] => Ok(Some(StreamedTable { table, arn: stream.arn.clone() })),
        streams => Err(Failure::new(format_args!("expected one stream of {table}; received {streams:?}"))),
    }
}

/// ARN of a stream that does not exist.
pub(crate) const MISSING_STREAM_ARN: &str =
    "arn:aws:dynamodb:us-east-1:000000000000:table/missing/stream/2020-01-01T00:00:00.000";

/// Every stream view, with the name of a table to create for it.
pub(crate) const STREAM_VIEWS: [(&str, StreamView); 4] = [
    ("keys_only", StreamView::KeysOnly),
    ("new_image", StreamView::NewImage),
    ("old_image", StreamView::OldImage),
    ("both_images", StreamView::NewAndOldImages),
];

/// Returns all shards of a stream.
pub(crate) async fn all_shards(cx: &Context, arn: &str) -> Result<Vec<Shard>, Failure> {
    let mut describe = DescribeStream::new(arn);
    let mut shards = Vec::new();
    for _ in 0..POLLS_MAX {
        let page = cx.run(describe.clone()).await?.stream;
        shards.extend(page.shards);
        describe.exclusive_start_shard_id = page.last_evaluated_shard_id;
        if describe.exclusive_start_shard_id.is_none() {
            return Ok(shards);
        }
    }
    Err(Failure::new(format_args!("the pages of shards do not end after {POLLS_MAX} requests")))
}

/// Returns a shard iterator at a position of a shard.
pub(crate) async fn shard_iterator(
    cx: &Context,
    arn: &str,
    shard: &Shard,
    position: ShardPosition,
) -> Result<String, Failure> {
    Ok(cx.run(GetShardIterator::new(arn, &shard.id, position)).await?.shard_iterator)
}

/// Returns the records from a shard iterator on, up to the first response without records.
pub(crate) async fn read_records(cx: &Context, iterator: String) -> Result<Vec<StreamRecord>, Failure> {
    let mut next = Some(iterator);
    let mut records = Vec::new();
    for _ in 0..POLLS_MAX {
        let Some(iterator) = next else {
            return Ok(records);
        };
        let page = cx.run(GetRecords::new(iterator)).await?;
        if page.records.is_empty() {
            return Ok(records);
        }
        records.extend(page.records);
        next = page.next_shard_iterator;
    }
    Err(Failure::new(format_args!("the records do not end after {POLLS_MAX} requests")))
}

/// Waits until a stream has at least `count_min` records, and returns all of them, shard by shard.
///
/// Records may become visible some time after the write. Each poll requests new iterators, because some servers never return
/// records for an iterator that was requested while the stream was empty.
pub(crate) async fn wait_for_records(cx: &Context, arn: &str, count_min: usize) -> Result<Vec<StreamRecord>, Failure> {
    let mut records = Vec::new();
    for _ in 0..POLLS_MAX {
        records.clear();
        for shard in all_shards(cx, arn).await? {
            let oldest = shard_iterator(cx, arn, &shard, ShardPosition::TrimHorizon).await?;
            records.extend(read_records(cx, oldest).await?);
        }
        if records.len() >= count_min {
            return Ok(records);
        }
        pause(cx).await;
    }
    Err(Failure::new(format_args!("expected at least {count_min} records; received {}: {records:?}", records.len())))
}
