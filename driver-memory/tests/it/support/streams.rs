//! Helpers of the tests of streams.

use std::time::Duration;

use djamodb_core::driver::{DriverErrorKind, DriverExt};
use djamodb_core::expression::{Update, UpdateOperand};
use djamodb_core::plan::{
    CreateTable, DeleteItem, DescribeStream, GetRecords, GetRecordsOutput, GetShardIterator, Shard, ShardPosition,
    StreamDescription, StreamEvent, StreamRecord, UpdateItem,
};
use djamodb_core::schema::{StreamView, TableSchema};
use djamodb_core::value::AttributeValue;
use djamodb_driver_memory::{MemoryDriver, VirtualClock};

use super::{key, path, schema, with_virtual_clock};

pub(crate) const HOUR: Duration = Duration::from_secs(3600);
pub(crate) const MINUTE: Duration = Duration::from_secs(60);

/// Returns a driver with the table `weather` and a stream, its virtual clock and the stream's ARN.
pub(crate) async fn streamed(view: StreamView) -> (MemoryDriver, VirtualClock, String) {
    let (driver, clock) = with_virtual_clock();
    let schema = TableSchema { stream: Some(view), ..schema() };
    let arn = driver.run(CreateTable::new(schema)).await.unwrap().table.latest_stream.unwrap().arn;
    (driver, clock, arn)
}

pub(crate) async fn described(driver: &MemoryDriver, arn: &str) -> StreamDescription {
    driver.run(DescribeStream::new(arn)).await.unwrap().stream
}

pub(crate) async fn shards(driver: &MemoryDriver, arn: &str) -> Vec<Shard> {
    described(driver, arn).await.shards
}

/// Returns an iterator in the newest shard.
pub(crate) async fn iterator(driver: &MemoryDriver, arn: &str, position: ShardPosition) -> String {
    let shard = shards(driver, arn).await.pop().unwrap().id;
    driver.run(GetShardIterator::new(arn, shard, position)).await.unwrap().shard_iterator
}

/// Returns an iterator in the shard number `shard`.
pub(crate) async fn iterator_in(
    driver: &MemoryDriver,
    arn: &str,
    shard: usize,
    position: ShardPosition,
) -> Result<String, DriverErrorKind> {
    let shard = shards(driver, arn).await.remove(shard).id;
    let iterator = driver.run(GetShardIterator::new(arn, shard, position)).await;
    iterator.map(|iterator| iterator.shard_iterator).map_err(|error| error.kind().clone())
}

pub(crate) async fn read(driver: &MemoryDriver, iterator: &str) -> GetRecordsOutput {
    driver.run(GetRecords::new(iterator)).await.unwrap()
}

/// Reads all records, shard by shard and page by page.
pub(crate) async fn all(driver: &MemoryDriver, arn: &str) -> Vec<StreamRecord> {
    let mut records = Vec::new();
    for shard in shards(driver, arn).await {
        let from = GetShardIterator::new(arn, shard.id, ShardPosition::TrimHorizon);
        let mut next = Some(driver.run(from).await.unwrap().shard_iterator);
        while let Some(iterator) = next {
            let page = read(driver, &iterator).await;
            let at_the_end = page.records.is_empty();
            records.extend(page.records);
            next = page.next_shard_iterator.filter(|_| !at_the_end);
        }
    }
    records
}

pub(crate) async fn events(driver: &MemoryDriver, arn: &str) -> Vec<(StreamEvent, i64)> {
    let records = all(driver, arn).await;
    let ats = crate::support::numbers(&records.iter().map(|record| record.keys.clone()).collect::<Vec<_>>(), "at");
    records.iter().map(|record| record.event).zip(ats).collect()
}

pub(crate) fn updated(at: i32, update: Update) -> UpdateItem {
    UpdateItem::new("weather", key("a", at), update)
}

pub(crate) fn set(name: &str, value: impl Into<AttributeValue>) -> Update {
    Update::new().set(path(name), UpdateOperand::value(value))
}

pub(crate) fn deleted(at: i32) -> DeleteItem {
    DeleteItem::new("weather", key("a", at))
}
