//! The adversarial mode: the trouble of transactions, tables, streams and local indexes.

use std::sync::Arc;

use djamodb_core::driver::{Applied, DriverError, DriverErrorKind, DriverExt};
use djamodb_core::plan::{
    CreateTable, DeleteTable, DescribeLimits, DescribeStream, DescribeTable, GetRecords, GetShardIterator, ListStreams,
    ListTables, Operation, QueryPlan, ShardPosition, TransactPut, TransactWriteItems, Unsupported,
    UpdateContinuousBackups, UpdateTable, UpdateTimeToLive,
};
use djamodb_core::schema::{KeyAttribute, KeySchema, StreamView, TableSchema};
use djamodb_core::value::{Item, Name};
use djamodb_driver_memory::{Adversary, MemoryDriver, MemoryOptions, VirtualClock};

use crate::support::{error, get, indexed, item, key, numbers, partition, put, schema, with};

/// Returns settings without trouble.
fn calm(seed: u64) -> Adversary {
    Adversary {
        throttled: 0.0,
        conflicts: 0.0,
        internal_errors: 0.0,
        unprocessed: 0.0,
        short_pages: 0.0,
        stale_reads: 0.0,
        ..Adversary::new(seed)
    }
}

/// Checks that an error of a request for a table or a stream is a throttled request.
async fn check_throttled<O: Operation>(driver: &MemoryDriver, operation: O, message: &str)
where
    O::Output: std::fmt::Debug,
{
    let error = error(driver, operation).await;
    assert_eq!((error.kind(), error.message()), (&DriverErrorKind::Throttled, message), "{error}");
    assert_eq!((error.applied(), error.retryable()), (Applied::No, true), "{error}");
    assert!(error.throttling_reasons().is_empty(), "{error}");
}

async fn write(driver: &MemoryDriver, at: i32, token: Option<String>) -> DriverError {
    let mut write = TransactWriteItems::new([TransactPut::new("weather", key("a", at)).into()]);
    write.client_request_token = token;
    error(driver, write).await
}

#[tokio::test]
async fn a_transaction_is_in_progress_only_if_it_has_a_token_and_without_effect() {
    let driver = with(schema()).await;
    let troubled = driver.with_adversary(Adversary { conflicts: 1.0, ..calm(1) });
    let (mut in_progress, mut cancelled) = (0, 0);
    for at in 0..50 {
        let error = write(&troubled, at, Some(format!("token {at}"))).await;
        match error.kind() {
            DriverErrorKind::TransactionInProgress => {
                in_progress += 1;
                assert_eq!(error.message(), "Transaction from previous request is still in progress");
            }
            DriverErrorKind::TransactionCanceled { .. } => cancelled += 1,
            other => panic!("{other:?}"),
        }
        assert_eq!((error.applied(), error.retryable()), (Applied::No, true), "{error}");
        let error = write(&troubled, at, None).await;
        assert!(matches!(error.kind(), DriverErrorKind::TransactionCanceled { .. }), "{error}");
        assert_eq!(get(&driver, key("a", at)).await, None);
    }
    assert!(in_progress > 10 && cancelled > 10, "{in_progress} {cancelled}");
    // The token was not taken.
    let write = TransactWriteItems::new([TransactPut::new("weather", key("a", 99)).into()]).with_token("token 1");
    driver.run(write).await.unwrap();
    assert_eq!(get(&driver, key("a", 99)).await, Some(key("a", 99)));
}

#[tokio::test]
async fn requests_for_tables_and_streams_are_throttled_without_effect() {
    let driver = with(TableSchema { stream: Some(StreamView::NewImage), ..schema() }).await;
    let arn = driver.run(ListStreams::default()).await.unwrap().streams.remove(0).arn;
    let shard = driver.run(DescribeStream::new(arn.clone())).await.unwrap().stream.shards.remove(0).id;
    let latest = GetShardIterator::new(arn.clone(), shard, ShardPosition::Latest);
    let iterator = driver.run(latest.clone()).await.unwrap().shard_iterator;
    let before = driver.run(DescribeTable::new("weather")).await.unwrap();

    let troubled = driver.with_adversary(Adversary { throttled: 1.0, ..calm(1) });
    let tables = "Rate of requests exceeds the allowed throughput.";
    check_throttled(&troubled, CreateTable::new(TableSchema { name: "other".into(), ..schema() }), tables).await;
    check_throttled(&troubled, UpdateTable::new("weather").deletion_protection(true), tables).await;
    check_throttled(&troubled, DeleteTable::new("weather"), tables).await;
    check_throttled(&troubled, DescribeTable::new("weather"), tables).await;
    check_throttled(&troubled, ListTables::default(), tables).await;
    check_throttled(&troubled, UpdateTimeToLive::enable("weather", "until"), tables).await;
    check_throttled(&troubled, UpdateContinuousBackups::enable("weather"), tables).await;
    check_throttled(&troubled, DescribeLimits::default(), tables).await;
    let streams = "Rate exceeded";
    check_throttled(&troubled, ListStreams::default(), streams).await;
    check_throttled(&troubled, DescribeStream::new(arn), streams).await;
    check_throttled(&troubled, latest, streams).await;
    check_throttled(&troubled, GetRecords::new(iterator), streams).await;

    assert_eq!(driver.run(ListTables::default()).await.unwrap().table_names, ["weather"]);
    assert_eq!(driver.run(DescribeTable::new("weather")).await.unwrap(), before);
}

#[tokio::test]
async fn a_table_may_have_been_created_by_a_request_that_failed_inside_of_the_service() {
    let driver = MemoryDriver::new();
    let troubled = driver.with_adversary(Adversary { internal_errors: 1.0, ..calm(1) });
    for number in 0..40 {
        let key = KeySchema::hash(KeyAttribute::s("id"));
        let create = CreateTable::new(TableSchema::new(format!("table-{number}"), key));
        let error = error(&troubled, create).await;
        assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Internal, Applied::Unknown), "{error}");
    }
    let created = driver.run(ListTables::default()).await.unwrap().table_names.len();
    assert!((10..30).contains(&created), "{created}");
    let error = error(&troubled, ListTables::default()).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Internal, Applied::No), "{error}");
}

#[tokio::test]
async fn a_plan_that_sends_no_request_has_no_trouble() {
    use djamodb_core::driver::Driver as _;

    let always = Adversary { throttled: 1.0, internal_errors: 1.0, ..calm(1) };
    let troubled = MemoryDriver::new().with_adversary(always);
    assert!(troubled.execute(QueryPlan::Empty).await.is_ok());
    let unsupported = troubled.execute(Unsupported::CreateBackup.into()).await.unwrap_err();
    assert_eq!(*unsupported.kind(), DriverErrorKind::Unsupported);
}

/// The numbers of the items that a query of the table or of an index returns.
async fn seen(driver: &MemoryDriver, index: Option<&'static str>) -> Vec<i64> {
    let mut query = index.map_or_else(|| partition("a"), |index| indexed(index, "a"));
    query.index = index.map(Name::from_static);
    let items: Vec<Item> = driver.run(query).await.unwrap().items;
    numbers(&items, "at")
}

#[tokio::test]
async fn a_local_index_lags_as_its_table_does_and_a_global_index_otherwise() {
    let (mut lags, mut differences) = (0, 0);
    for seed in 0..20 {
        let options = MemoryOptions {
            clock: Arc::new(VirtualClock::new(seed)),
            adversary: Some(Adversary { stale_reads: 1.0, ..calm(seed) }),
            ..MemoryOptions::default()
        };
        let driver = MemoryDriver::with_options(options);
        driver.run(CreateTable::new(schema())).await.unwrap();
        for at in 1..30 {
            put(&driver, item("a", at, "a", at)).await;
            // Each request may bring a state up to date, so that what the index holds is between what the table held and holds.
            let before = seen(&driver, None).await;
            let local = seen(&driver, Some("local_keys")).await;
            let global = seen(&driver, Some("global_all")).await;
            let after = seen(&driver, None).await;
            assert!(before.len() <= local.len() && local.len() <= after.len(), "{before:?} {local:?} {after:?}");
            lags += usize::from(local.len() < usize::try_from(at).unwrap());
            differences += usize::from(!(before.len()..=after.len()).contains(&global.len()));

            let consistent = djamodb_core::plan::Query { consistent: true, ..indexed("local_keys", "a") };
            let exact = driver.run(consistent).await.unwrap().items;
            assert_eq!(numbers(&exact, "at"), (1..=i64::from(at)).collect::<Vec<_>>());
        }
    }
    assert!(lags > 50 && differences > 50, "{lags} {differences}");
}
