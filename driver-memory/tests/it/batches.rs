//! Validation and limits of batches.

use djamodb_core::driver::DriverExt;
use djamodb_core::expression::ProjectionExpression;
use djamodb_core::plan::{BatchGetItem, BatchWriteItem, CreateTable, PutItem, TableKeys, TableWrites, WriteRequest};
use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
use djamodb_core::value::{AttributeValue, Item};
use djamodb_driver_memory::MemoryDriver;

use crate::support::{error, item, key, path, put, scan, validation_message, weather};

fn writes(writes: impl IntoIterator<Item = WriteRequest>) -> BatchWriteItem {
    BatchWriteItem::new([TableWrites::new("weather", writes)])
}

fn keys(keys: impl IntoIterator<Item = Item>) -> BatchGetItem {
    BatchGetItem::new([TableKeys::new("weather", keys)])
}

async fn with_second_table() -> MemoryDriver {
    let driver = weather().await;
    let second = TableSchema::new("second", KeySchema::hash(KeyAttribute::n("id")));
    driver.run(CreateTable::new(second)).await.unwrap();
    driver
}

#[tokio::test]
async fn one_invalid_request_rejects_the_whole_batch() {
    let driver = weather().await;
    let good = || WriteRequest::Put(key("a", 1));
    let twice = "Provided list of item keys contains duplicates";
    let mismatch = "The provided key element does not match the schema";
    for (wrong, message) in [
        (WriteRequest::Put(key("a", 1).with("x", 1)), twice),
        (WriteRequest::Delete(key("a", 1)), twice),
        (WriteRequest::Put(Item::new().with("id", "a")), mismatch),
        (WriteRequest::Delete(key("a", 2).with("x", 1)), mismatch),
        (
            WriteRequest::Put(key("a", 2).with("note", "x".repeat(409_600))),
            "Item size has exceeded the maximum allowed size",
        ),
        (
            WriteRequest::Put(key("a", 2).with("s", AttributeValue::ns::<i32>([]))),
            "One or more parameter values were invalid: An number set  may not be empty",
        ),
        (
            WriteRequest::Put(item("a", 2, "", 1)),
            "One or more parameter values are not valid. A value specified for a secondary index key is not \
             supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: \
             global_all, IndexKey: kind",
        ),
    ] {
        assert_eq!(validation_message(&driver, writes([good(), wrong])).await, message);
        assert_eq!(scan(&driver, None).await, []);
    }
    let mut with_missing_table = writes([good()]);
    with_missing_table.requests.push(TableWrites { table: "missing".into(), writes: vec![good()] });
    let error = error(&driver, with_missing_table).await;
    assert!(error.is_resource_not_found(), "{error}");
    assert_eq!(scan(&driver, None).await, []);
}

#[tokio::test]
async fn batches_are_limited_to_25_writes_and_100_keys() {
    let driver = with_second_table().await;
    let puts = |count| (0..count).map(|at| WriteRequest::Put(key("a", at)));
    driver.run(writes(puts(25))).await.unwrap();
    assert_eq!(scan(&driver, None).await.len(), 25);
    assert_eq!(
        validation_message(&driver, writes(puts(26))).await,
        "Too many items requested for the BatchWriteItem call"
    );
    let gets = |count| keys((0..count).map(|at| key("a", at)));
    assert_eq!(driver.run(gets(100)).await.unwrap().items[0].1.len(), 25);
    assert_eq!(validation_message(&driver, gets(101)).await, "Too many items requested for the BatchGetItem call");

    // The limit applies to all tables together.
    let mut two = writes(puts(25));
    let second = vec![WriteRequest::Put(Item::new().with("id", 1))];
    two.requests.push(TableWrites { table: "second".into(), writes: second });
    assert_eq!(validation_message(&driver, two).await, "Too many items requested for the BatchWriteItem call");
}

#[tokio::test]
async fn rejects_empty_batches_and_duplicate_tables_and_keys() {
    let driver = weather().await;
    let nothing = BatchWriteItem::new([]);
    assert_eq!(validation_message(&driver, nothing).await, "The requestItems parameter is required for BatchWriteItem");
    let nothing = BatchGetItem::new([]);
    assert_eq!(validation_message(&driver, nothing).await, "The requestItems parameter is required for BatchGetItem");
    assert_eq!(
        validation_message(&driver, writes([])).await,
        "The batch write request list for a table cannot be null or empty: weather"
    );
    assert_eq!(
        validation_message(&driver, keys([])).await,
        "The list of keys in RequestItems for BatchGetItem is required: weather has empty list"
    );
    let one_point_zero = key("a", 0).with("at", AttributeValue::N("1.0".parse().unwrap()));
    assert_eq!(
        validation_message(&driver, keys([key("a", 1), one_point_zero])).await,
        "Provided list of item keys contains duplicates"
    );
    let mut twice = keys([key("a", 1)]);
    twice.requests.extend(keys([key("a", 2)]).requests);
    assert_eq!(validation_message(&driver, twice).await, "RequestItems names the table weather more than once");
}

#[tokio::test]
async fn items_are_returned_by_table_without_missing_ones() {
    let driver = with_second_table().await;
    driver
        .run(BatchWriteItem::new([
            TableWrites {
                table: "weather".into(),
                writes: vec![WriteRequest::Put(item("a", 1, "k", 1)), WriteRequest::Delete(key("a", 2))],
            },
            TableWrites { table: "second".into(), writes: vec![WriteRequest::Put(Item::new().with("id", 1))] },
        ]))
        .await
        .unwrap();
    let mut request = keys([key("a", 1), key("a", 2)]);
    request.requests[0].projection = Some(ProjectionExpression::new([path("heat")]));
    request.requests.push(TableKeys {
        table: "second".into(),
        keys: vec![Item::new().with("id", 7)],
        consistent: true,
        projection: None,
    });
    let output = driver.run(request).await.unwrap();
    assert_eq!(output.items, [("weather".into(), vec![Item::new().with("heat", 1)]), ("second".into(), vec![])]);
    assert_eq!(output.unprocessed, []);
}

#[tokio::test]
async fn a_batch_reads_at_most_16_mb_and_returns_the_other_keys_as_unprocessed() {
    let driver = with_second_table().await;
    for at in 0..60 {
        put(&driver, key("a", at).with("note", "x".repeat(390 * 1024))).await;
    }
    let mut request = keys((0..60).map(|at| key("a", at)));
    request.requests[0].projection = Some(ProjectionExpression::new([path("at")]));
    request.requests.push(TableKeys {
        table: "second".into(),
        keys: vec![Item::new().with("id", 7)],
        consistent: false,
        projection: None,
    });
    driver.run(PutItem::new("second", Item::new().with("id", 7))).await.unwrap();
    let output = driver.run(request.clone()).await.unwrap();
    assert_eq!(output.items[0].1.len(), 42);
    // The small item of the second table would fit, but every key after the first unprocessed one is unprocessed.
    assert_eq!(output.items[1].1, []);
    assert_eq!(output.unprocessed[1], request.requests[1]);
    let left = TableKeys { keys: (42..60).map(|at| key("a", at)).collect(), ..request.requests[0].clone() };
    assert_eq!(output.unprocessed[0], left);
    let rest = driver.run(BatchGetItem::new(output.unprocessed)).await.unwrap();
    assert_eq!((rest.items[0].1.len(), rest.items[1].1.len(), rest.unprocessed.len()), (18, 1, 0));
}
