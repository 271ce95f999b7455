//! Helpers of the tests of tables that change.

use djamodb_core::driver::{DriverErrorKind, DriverExt};
use djamodb_core::plan::{
    CreateTable, DescribeTable, IndexDescription, IndexStatus, Operation, TableDescription, TableStatus, UpdateTable,
};
use djamodb_core::schema::{Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, TableSchema, Throughput};
use djamodb_driver_memory::{MemoryDriver, VirtualClock};

use super::{DELAY, error, schema, slow, validation_message};

pub(crate) const IN_USE: &str = "Attempt to change a resource which is still in use: ";

/// Returns a driver with the active table `weather`, in which changes take `DELAY`.
pub(crate) async fn slow_weather() -> (MemoryDriver, VirtualClock) {
    slow_with(schema()).await
}

pub(crate) async fn slow_with(schema: TableSchema) -> (MemoryDriver, VirtualClock) {
    let (driver, clock) = slow();
    driver.run(CreateTable::new(schema)).await.unwrap();
    clock.advance(DELAY);
    (driver, clock)
}

pub(crate) async fn described(driver: &MemoryDriver) -> TableDescription {
    driver.run(DescribeTable::new("weather")).await.unwrap().table
}

pub(crate) async fn status(driver: &MemoryDriver) -> TableStatus {
    described(driver).await.status
}

/// Returns the status of an index and its `Backfilling` flag, or `None` if there is no such global index.
pub(crate) async fn index_status(driver: &MemoryDriver, name: &str) -> Option<(IndexStatus, bool)> {
    let indexes = described(driver).await.indexes;
    let IndexDescription { status, backfilling, .. } = indexes.into_iter().find(|index| index.name.as_str() == name)?;
    Some((status?, backfilling))
}

/// Runs an operation that fails with `ResourceInUse` and returns the message without the common prefix.
pub(crate) async fn in_use<O: Operation>(driver: &MemoryDriver, operation: O) -> String
where
    O::Output: std::fmt::Debug,
{
    let error = error(driver, operation).await;
    assert!(error.is_resource_in_use(), "{error}");
    error.message().strip_prefix(IN_USE).unwrap_or(error.message()).to_owned()
}

/// Runs an operation that fails with `LimitExceeded` and returns the message.
pub(crate) async fn limit<O: Operation>(driver: &MemoryDriver, operation: O) -> String
where
    O::Output: std::fmt::Debug,
{
    let error = error(driver, operation).await;
    assert_eq!(*error.kind(), DriverErrorKind::LimitExceeded, "{error}");
    error.message().to_owned()
}

/// Runs an operation that fails validation and returns the message without the common prefix.
pub(crate) async fn invalid<O: Operation>(driver: &MemoryDriver, operation: O) -> String
where
    O::Output: std::fmt::Debug,
{
    let message = validation_message(driver, operation).await;
    message.strip_prefix("One or more parameter values were invalid: ").unwrap_or(&message).to_owned()
}

pub(crate) fn update() -> UpdateTable {
    UpdateTable::new("weather")
}

pub(crate) fn by(name: &str, hash: &str) -> GlobalIndex {
    GlobalIndex::new(name, KeySchema::hash(KeyAttribute::s(hash)), IndexProjection::All)
}

pub(crate) const fn units(read_units: u64, write_units: u64) -> Throughput {
    Throughput { read_units, write_units }
}

pub(crate) fn provisioned(read_units: u64, write_units: u64) -> Billing {
    Billing::Provisioned(units(read_units, write_units))
}

/// Returns the schema of `weather` with provisioned throughput and one index.
pub(crate) fn schema_of_units() -> TableSchema {
    let mut schema = TableSchema { billing: provisioned(5, 5), ..schema() };
    schema.global_indexes.truncate(1);
    schema.global_indexes[0].throughput = Some(units(1, 1));
    schema
}
