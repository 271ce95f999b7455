//! The lifecycle of tables: states that end by the clock and what they allow.

use djamodb_core::driver::DriverExt;
use djamodb_core::expression::{KeyCondition, Update};
use djamodb_core::plan::{
    BatchGetItem, BatchWriteItem, CreateTable, DeleteItem, DeleteTable, DescribeTable, DescribeTimeToLive, GetItem,
    IndexStatus, ListTables, PutItem, Query, QueryPlan, Scan, StreamUpdate, TableKeys, TableStatus, TableWrites,
    TagResource, TransactGet, TransactGetItems, TransactPut, TransactWriteItems, UntagResource,
    UpdateContinuousBackups, UpdateItem, UpdateTable, UpdateTimeToLive, WriteRequest,
};
use djamodb_core::schema::{Billing, StreamView, TableSchema, Tag};
use djamodb_core::value::Name;
use djamodb_driver_memory::MemoryDriver;

use crate::support::tables::{
    by, in_use, index_status, provisioned, schema_of_units, slow_weather, slow_with, status, update,
};
use crate::support::{DELAY, error, item, key, put, scan, schema, slow, validation_message, weather};

/// Returns one plan for each operation on items.
fn uses() -> Vec<QueryPlan> {
    vec![
        GetItem::new("weather", key("a", 1)).into(),
        PutItem::new("weather", key("a", 1)).into(),
        UpdateItem::new("weather", key("a", 1), Update::new()).into(),
        DeleteItem::new("weather", key("a", 1)).into(),
        Query::new("weather", KeyCondition::hash("id", "a")).into(),
        Scan::new("weather").into(),
        BatchGetItem::new([TableKeys::new("weather", [key("a", 1)])]).into(),
        BatchWriteItem::new([TableWrites::new("weather", [WriteRequest::Put(key("a", 1))])]).into(),
        TransactGetItems::new([TransactGet::new("weather", key("a", 1))]).into(),
        TransactWriteItems::new([TransactPut::new("weather", key("a", 1)).into()]).into(),
    ]
}

/// Returns `true` if every operation on items succeeds, `false` if every one fails. Panics otherwise.
async fn usable(driver: &MemoryDriver) -> bool {
    let mut worked = Vec::new();
    for plan in uses() {
        match djamodb_core::driver::Driver::execute(driver, plan).await {
            Ok(_) => worked.push(true),
            Err(error) => {
                assert_eq!(error.message(), "Requested resource not found");
                assert!(error.is_resource_not_found());
                worked.push(false);
            }
        }
    }
    assert!(worked.iter().all(|one| *one == worked[0]), "{worked:?}");
    worked[0]
}

#[tokio::test]
async fn a_table_is_unusable_while_it_is_creating() {
    let (driver, clock) = slow();
    let created = driver.run(CreateTable::new(schema())).await.unwrap().table;
    assert_eq!(created.status, TableStatus::Creating);
    assert_eq!(index_status(&driver, "global_all").await, Some((IndexStatus::Creating, false)));
    assert!(!usable(&driver).await);
    assert_eq!(driver.run(ListTables::default()).await.unwrap().table_names, ["weather"]);
    assert_eq!(in_use(&driver, CreateTable::new(schema())).await, "Table is being created: weather");
    assert_eq!(in_use(&driver, DeleteTable::new("weather")).await, "Table is being created: weather");
    assert_eq!(in_use(&driver, update().deletion_protection(true)).await, "Table is being created: weather");
    let arn = created.arn.unwrap();
    for message in [
        in_use(&driver, TagResource::new(&arn, vec![Tag::new("team", "weather")])).await,
        in_use(&driver, UntagResource::new(&arn, ["team"])).await,
    ] {
        assert_eq!(message, "Table is being created: weather");
    }
    assert_eq!(
        in_use(&driver, UpdateContinuousBackups::enable("weather")).await,
        "Backups are being enabled for the table: weather. Please retry later"
    );
    assert_eq!(in_use(&driver, UpdateTimeToLive::enable("weather", "x")).await, "Table weather is being created");
    assert_eq!(
        validation_message(&driver, DescribeTimeToLive::new("weather")).await,
        "Cannot describe time to live while table is in CREATING state: Current table state is CREATING"
    );

    clock.advance(DELAY / 2);
    assert_eq!(status(&driver).await, TableStatus::Creating);
    clock.advance(DELAY / 2);
    assert!(usable(&driver).await);
    assert_eq!(status(&driver).await, TableStatus::Active);
    assert_eq!(index_status(&driver, "global_all").await, Some((IndexStatus::Active, false)));
    // A local index has no status.
    assert_eq!(index_status(&driver, "local_keys").await, None);
}

#[tokio::test]
async fn a_table_is_unusable_while_it_is_deleting_and_afterwards() {
    let (driver, clock) = slow_weather().await;
    put(&driver, item("a", 1, "k", 1)).await;
    assert_eq!(driver.run(DeleteTable::new("weather")).await.unwrap().table.status, TableStatus::Deleting);
    assert_eq!(status(&driver).await, TableStatus::Deleting);
    assert!(!usable(&driver).await);
    assert_eq!(driver.run(ListTables::default()).await.unwrap().table_names, ["weather"]);
    assert_eq!(in_use(&driver, DeleteTable::new("weather")).await, "Table is being deleted: weather");
    assert_eq!(in_use(&driver, update().deletion_protection(true)).await, "Table is being deleted: weather");
    assert_eq!(in_use(&driver, UpdateTimeToLive::enable("weather", "x")).await, "Table is being deleted: weather");
    assert_eq!(in_use(&driver, CreateTable::new(schema())).await, "Table already exists: weather");
    assert_eq!(
        validation_message(&driver, DescribeTimeToLive::new("weather")).await,
        "Cannot describe time to live while table is in DELETING state: Current table state is DELETING"
    );

    clock.advance(DELAY);
    assert_eq!(driver.run(ListTables::default()).await.unwrap().table_names, [] as [Name; 0]);
    assert_eq!(
        error(&driver, DescribeTable::new("weather")).await.message(),
        "Requested resource not found: Table: weather not found"
    );
    assert!(!usable(&driver).await);
    // A new table of the name is empty.
    driver.run(CreateTable::new(schema())).await.unwrap();
    clock.advance(DELAY);
    assert_eq!(scan(&driver, None).await, []);
    assert_eq!(scan(&driver, Some("global_all")).await, []);
}

#[tokio::test]
async fn the_name_of_a_deleted_table_is_free() {
    let (driver, clock) = slow_weather().await;
    driver.run(DeleteTable::new("weather")).await.unwrap();
    clock.advance(DELAY);
    // No request has observed the end of the deletion.
    driver.run(CreateTable::new(schema())).await.unwrap();
    assert_eq!(status(&driver).await, TableStatus::Creating);
}

#[tokio::test]
async fn a_table_is_usable_while_it_is_updating() {
    let changes: [fn() -> UpdateTable; 3] = [
        || update().billing(provisioned(7, 7)),
        || update().billing(Billing::PayPerRequest),
        || update().stream(StreamUpdate::Enable(StreamView::KeysOnly)),
    ];
    for change in changes {
        let (driver, clock) = slow_with(schema_of_units()).await;
        assert_eq!(driver.run(change()).await.unwrap().table.status, TableStatus::Updating);
        assert!(usable(&driver).await);
        assert_eq!(in_use(&driver, change()).await, "Table is being updated: weather");
        assert_eq!(in_use(&driver, update().create_index(by("more", "x"))).await, "Table is being updated: weather");
        assert_eq!(
            in_use(&driver, DeleteTable::new("weather")).await,
            "Table: weather is in the process of being updated."
        );
        // These settings can be changed while the table is updating.
        driver.run(update().deletion_protection(true)).await.unwrap();
        driver.run(UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
        assert_eq!(status(&driver).await, TableStatus::Updating);
        clock.advance(DELAY);
        assert_eq!(status(&driver).await, TableStatus::Active);
        assert!(usable(&driver).await);
    }
}

#[tokio::test]
async fn rejects_deletion_of_protected_tables() {
    let driver = weather().await;
    let protected = |on| update().deletion_protection(on);
    for on in [true, true] {
        assert!(driver.run(protected(on)).await.unwrap().table.schema.deletion_protection);
    }
    assert_eq!(
        validation_message(&driver, DeleteTable::new("weather")).await,
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first."
    );
    driver.run(protected(false)).await.unwrap();
    driver.run(DeleteTable::new("weather")).await.unwrap();
    driver.run(CreateTable::new(TableSchema { deletion_protection: true, ..schema() })).await.unwrap();
    validation_message(&driver, DeleteTable::new("weather")).await;
}
