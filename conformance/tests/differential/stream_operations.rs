//! Random requests for the stream of a table, most of which are invalid, and the execution of all of them.
//!
//! Streams, shards and iterators have other names on each driver. In the requests of an episode, placeholders stand for them.

use djamodb_core::driver::{Driver, DriverError, DriverExt};
use djamodb_core::plan::{
    DescribeStream, DescribeTable, GetRecords, GetRecordsOutput, GetShardIterator, ListStreams, QueryPlan,
    ShardPosition, StreamRecord,
};
use djamodb_core::value::Name;
use fastrand::Rng;

use crate::compare::Response;
use crate::values::{once_in, one_of};

/// The stream of the table.
const STREAM: &str = "{stream}";
/// The first shard of the stream.
const SHARD: &str = "{shard}";
/// An iterator at the oldest record of the first shard.
const ITERATOR: &str = "{iterator}";
/// All shards of the stream, in place of an iterator: all records are read, whatever the limit.
const ALL_SHARDS: &str = "{all shards}";

/// A stream that does not exist, with the region and the account of the driver, since streams are listed in the order of their ARNs.
const MISSING_STREAM: &str = "{missing stream}";
const MISSING_TABLE_AND_LABEL: &str = "missing/stream/2020-01-01T00:00:00.000";
const MISSING_SHARD: &str = "shardId-00000001000000000000-00000000";

/// Returns the operation that reads all records of the stream from the oldest one on.
pub(crate) fn read_stream() -> QueryPlan {
    GetRecords::new(ALL_SHARDS).into()
}

/// Returns a random request for the stream of a table.
pub(crate) fn stream_operation(random: &mut Rng, table: &Name) -> QueryPlan {
    match random.u32(..10) {
        0..=2 => read_stream(),
        3 => {
            let mut list = ListStreams::of_table(table.clone());
            list.limit = limit(random, 100);
            match random.u32(..8) {
                0 => list.table = Some(one_of(random, &["", "ab", "a b", "missing"]).into()),
                1 => list.exclusive_start_stream_arn = Some(arn(random)),
                _ => {}
            }
            list.into()
        }
        4 | 5 => {
            let mut describe = DescribeStream::new(arn(random));
            describe.limit = limit(random, 100);
            describe.exclusive_start_shard_id = once_in(random, 4).then(|| shard(random));
            describe.into()
        }
        6..=8 => GetShardIterator::new(arn(random), shard(random), position(random)).into(),
        _ => {
            let long = "x".repeat(2_049);
            let iterator = one_of(random, &[ITERATOR, ITERATOR, "", "abc", MISSING_STREAM, &long]);
            let mut get = GetRecords::new(iterator);
            get.limit = limit(random, 1_000);
            get.into()
        }
    }
}

fn limit(random: &mut Rng, most: u32) -> Option<u32> {
    one_of(random, &[None, None, Some(0), Some(most), Some(most + 1)])
}

fn arn(random: &mut Rng) -> String {
    let of_table = "arn:aws:dynamodb:ddblocal:000000000000:table/missing";
    let arns = [
        STREAM,
        STREAM,
        STREAM,
        STREAM,
        STREAM,
        STREAM,
        MISSING_STREAM,
        of_table,
        "abc",
        &"x".repeat(40),
        &"x".repeat(1_025),
    ];
    one_of(random, &arns).to_owned()
}

fn shard(random: &mut Rng) -> String {
    one_of(
        random,
        &[SHARD, SHARD, SHARD, SHARD, SHARD, SHARD, MISSING_SHARD, "shardId-1", &"x".repeat(30), &"x".repeat(66)],
    )
    .to_owned()
}

fn position(random: &mut Rng) -> ShardPosition {
    let numbers = ["1", "000000000000000000000", "999999999999999999999", "00000000000000000000x", &"1".repeat(41)];
    match random.u32(..6) {
        0 => ShardPosition::TrimHorizon,
        1 => ShardPosition::Latest,
        2 | 3 => ShardPosition::AfterSequenceNumber(one_of(random, &numbers).to_owned()),
        _ => ShardPosition::AtSequenceNumber(one_of(random, &numbers).to_owned()),
    }
}

/// Returns `true` if the operation is a request for a stream.
pub(crate) fn is_stream_operation(op: &QueryPlan) -> bool {
    matches!(
        op,
        QueryPlan::ListStreams(_)
            | QueryPlan::DescribeStream(_)
            | QueryPlan::GetShardIterator(_)
            | QueryPlan::GetRecords(_)
    )
}

/// Carries out a request for the stream of `table`.
pub(crate) async fn execute(driver: &dyn Driver, table: &Name, op: &QueryPlan) -> Response {
    let response = match op {
        QueryPlan::GetRecords(get) if get.shard_iterator == ALL_SHARDS => {
            read_all(driver, table).await.map(|records| GetRecordsOutput { records, next_shard_iterator: None }.into())
        }
        op => match with_names(driver, table, op).await {
            Ok(op) => driver.execute(op).await,
            Err(error) => Err(error),
        },
    };
    vec![response]
}

/// Returns a request with the driver's names instead of placeholders.
async fn with_names(driver: &dyn Driver, table: &Name, op: &QueryPlan) -> Result<QueryPlan, DriverError> {
    let arn = stream_arn(driver, table).await?;
    let shards = driver.run(DescribeStream::new(&arn)).await?.stream.shards;
    let shard = shards.first().map(|shard| shard.id.clone()).unwrap_or_default();
    let owner = arn.split_once(":table/").map_or("", |(owner, _)| owner);
    let missing = format!("{owner}:table/{MISSING_TABLE_AND_LABEL}");
    let named = |text: &String| text.replace(STREAM, &arn).replace(MISSING_STREAM, &missing).replace(SHARD, &shard);
    Ok(match op.clone() {
        QueryPlan::ListStreams(mut list) => {
            list.exclusive_start_stream_arn = list.exclusive_start_stream_arn.as_ref().map(named);
            list.into()
        }
        QueryPlan::DescribeStream(mut describe) => {
            describe.stream_arn = named(&describe.stream_arn);
            describe.exclusive_start_shard_id = describe.exclusive_start_shard_id.as_ref().map(named);
            describe.into()
        }
        QueryPlan::GetShardIterator(mut get) => {
            get.stream_arn = named(&get.stream_arn);
            get.shard_id = named(&get.shard_id);
            get.into()
        }
        QueryPlan::GetRecords(mut get) if get.shard_iterator == ITERATOR => {
            let oldest = GetShardIterator::new(arn, shard, ShardPosition::TrimHorizon);
            get.shard_iterator = driver.run(oldest).await?.shard_iterator;
            get.into()
        }
        op => op,
    })
}

async fn stream_arn(driver: &dyn Driver, table: &Name) -> Result<String, DriverError> {
    let description = driver.run(DescribeTable::new(table.clone())).await?.table;
    Ok(description.latest_stream.map(|stream| stream.arn).unwrap_or_default())
}

/// Reads all records of all shards, from the oldest one on.
async fn read_all(driver: &dyn Driver, table: &Name) -> Result<Vec<StreamRecord>, DriverError> {
    let arn = stream_arn(driver, table).await?;
    let mut records = Vec::new();
    for shard in driver.run(DescribeStream::new(&arn)).await?.stream.shards {
        let oldest = GetShardIterator::new(&arn, shard.id, ShardPosition::TrimHorizon);
        let mut iterator = Some(driver.run(oldest).await?.shard_iterator);
        while let Some(next) = iterator.take() {
            let page = driver.run(GetRecords::new(next)).await?;
            // An open shard has a further iterator, also where no record follows.
            iterator = page.next_shard_iterator.filter(|_| !page.records.is_empty());
            records.extend(page.records);
        }
    }
    Ok(records)
}
