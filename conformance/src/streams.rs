//! Tables with streams, and what streams hold; tables that change.

use std::time::Duration;

use djamodb_core::driver::{DriverError, DriverExt};
use djamodb_core::plan::{
    DescribeStream, DescribeTable, GetRecords, GetShardIterator, IndexStatus, ListStreams, Shard, ShardPosition,
    StreamRecord, TableDescription, TableStatus, UpdateTable,
};
use djamodb_core::schema::{KeyAttribute, KeySchema, StreamView, TableSchema};
use djamodb_core::value::Name;

use crate::{CaseResult, Context, Failure, Requirement};

/// How often something is looked at that takes a while.
const LOOKS_MAX: u32 = 300;
/// How often changing a table may fail for a reason that passes.
const FAILURES_MAX: u32 = 8;
/// How long to wait before looking again.
const PAUSE: Duration = Duration::from_millis(100);

/// A table with a stream.
pub(crate) struct Streamed {
    pub(crate) table: Name,
    pub(crate) arn: String,
}

/// A table whose key is `id` (S) and `at` (N), with a stream; nothing where the driver has no streams and has said so.
pub(crate) async fn streamed(cx: &Context, view: StreamView) -> Result<Option<Streamed>, Failure> {
    streamed_as(cx, "streamed", view).await
}

/// The same, of another name.
pub(crate) async fn streamed_as(cx: &Context, name: &str, view: StreamView) -> Result<Option<Streamed>, Failure> {
    let key = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n("at"));
    let schema = TableSchema { stream: Some(view), ..TableSchema::new(name, key) };
    let created = cx.create_with(Requirement::Stream, schema).await?;
    let list = ListStreams::of_table(cx.name(name));
    let listed = cx.attempt(Requirement::GetRecords, list).await?;
    let (Some(table), Some(listed)) = (created, listed) else {
        return Ok(None);
    };
    match listed?.streams.as_slice() {
        [stream] => Ok(Some(Streamed { table, arn: stream.arn.clone() })),
        streams => Err(Failure::new(format_args!("the table is to have one stream, not {streams:?}"))),
    }
}

/// A stream that there is not.
pub(crate) const MISSING: &str = "arn:aws:dynamodb:us-east-1:000000000000:table/missing/stream/2020-01-01T00:00:00.000";

/// What each view records, with a name for a table.
pub(crate) const VIEWS: [(&str, StreamView); 4] = [
    ("keys_only", StreamView::KeysOnly),
    ("new_image", StreamView::NewImage),
    ("old_image", StreamView::OldImage),
    ("both_images", StreamView::NewAndOldImages),
];

/// All shards of a stream.
pub(crate) async fn shards(cx: &Context, arn: &str) -> Result<Vec<Shard>, Failure> {
    let mut describe = DescribeStream::new(arn);
    let mut shards = Vec::new();
    for _ in 0..LOOKS_MAX {
        let page = cx.run(describe.clone()).await?.stream;
        shards.extend(page.shards);
        describe.exclusive_start_shard_id = page.last_evaluated_shard_id;
        if describe.exclusive_start_shard_id.is_none() {
            return Ok(shards);
        }
    }
    Err(Failure::new("the shards do not end"))
}

/// A place in a shard, to read on from.
pub(crate) async fn iterator(
    cx: &Context,
    arn: &str,
    shard: &Shard,
    position: ShardPosition,
) -> Result<String, Failure> {
    Ok(cx.run(GetShardIterator::new(arn, &shard.id, position)).await?.shard_iterator)
}

/// What follows a place in a shard, up to an answer without records.
pub(crate) async fn read_on(cx: &Context, iterator: String) -> Result<Vec<StreamRecord>, Failure> {
    let mut next = Some(iterator);
    let mut records = Vec::new();
    for _ in 0..LOOKS_MAX {
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
    Err(Failure::new("the records do not end"))
}

/// Every record of a stream, shard by shard, once there are as many as that: they may come a while after the writes.
///
/// The place is asked for after the writes, since some servers forget places in streams that were empty.
pub(crate) async fn records(cx: &Context, arn: &str, least: usize) -> Result<Vec<StreamRecord>, Failure> {
    let mut records = Vec::new();
    for _ in 0..LOOKS_MAX {
        records.clear();
        for shard in shards(cx, arn).await? {
            let oldest = iterator(cx, arn, &shard, ShardPosition::TrimHorizon).await?;
            records.extend(read_on(cx, oldest).await?);
        }
        if records.len() >= least {
            return Ok(records);
        }
        pause(cx).await;
    }
    Err(Failure::new(format_args!("there are to be {least} records at least, not {}: {records:?}", records.len())))
}

/// Waits a moment, by the driver's clock.
pub(crate) async fn pause(cx: &Context) {
    cx.driver().clock().sleep(PAUSE).await;
}

/// What a table is like now.
pub(crate) async fn described(cx: &Context, table: &Name) -> Result<TableDescription, Failure> {
    Ok(cx.run(DescribeTable::new(table)).await?.table)
}

/// Changes a table, and waits until it is changed. Tried again where the error says that this may help.
pub(crate) async fn update_table(cx: &Context, update: UpdateTable) -> CaseResult {
    let first = cx.driver().run(update.clone()).await;
    finish_update(cx, update, first.map(|_| ())).await
}

/// The same where it needs something that not every driver has; `false` where the driver lacks it and has refused.
pub(crate) async fn update_with(cx: &Context, requirement: Requirement, update: UpdateTable) -> Result<bool, Failure> {
    let Some(first) = cx.attempt(requirement, update.clone()).await? else {
        return Ok(false);
    };
    finish_update(cx, update, first.map(|_| ())).await.map(|()| true)
}

/// Goes on after a first attempt.
async fn finish_update(cx: &Context, update: UpdateTable, first: Result<(), DriverError>) -> CaseResult {
    let table = update.table.clone();
    let (mut last, mut failed) = (first, 0);
    while let Err(error) = last {
        if failed < FAILURES_MAX && error.retryable() {
            failed += 1;
            pause(cx).await;
            last = cx.driver().run(update.clone()).await.map(|_| ());
        } else if failed > 0 {
            // It was made before, though the answer said otherwise; what the case finds will tell.
            break;
        } else {
            return Err(error.into());
        }
    }
    settled(cx, &table).await
}

/// Waits until a table and all its indexes are what they are to become.
pub(crate) async fn settled(cx: &Context, table: &Name) -> CaseResult {
    for _ in 0..LOOKS_MAX {
        let described = described(cx, table).await?;
        let is_active = |status: Option<IndexStatus>| status.is_none_or(|status| status == IndexStatus::Active);
        if described.status == TableStatus::Active && described.indexes.iter().all(|index| is_active(index.status)) {
            return Ok(());
        }
        pause(cx).await;
    }
    Err(Failure::new(format_args!("the table {table} does not become active")))
}
