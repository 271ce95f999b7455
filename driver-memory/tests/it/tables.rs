//! Creating, describing, listing and deleting tables.

use djamodb_core::driver::{Driver, DriverErrorKind, DriverExt};
use djamodb_core::plan::{
    CreateTable, DeleteTable, DescribeTable, GetItem, ListTables, PutItem, QueryPlan, Scan, TableStatus, TagResource,
    UpdateContinuousBackups, UpdateTimeToLive,
};
use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema, Tag};
use djamodb_core::value::{Item, Name};
use djamodb_driver_memory::MemoryDriver;

use crate::support::{error, item, key, put, schema, validation_message, weather};

fn plain(name: &str) -> TableSchema {
    TableSchema::new(name, KeySchema::hash(KeyAttribute::s("id")))
}

#[tokio::test]
async fn a_description_matches_the_created_table() {
    let mut requested = schema();
    requested.tags = vec![Tag::new("team", "weather")];
    requested.time_to_live = Some("expires".into());
    let driver = MemoryDriver::new();
    let created = driver.run(CreateTable::new(requested.clone())).await.unwrap().table;
    // A description includes neither tags nor settings made later.
    requested.tags.clear();
    requested.time_to_live = None;
    assert_eq!((created.status, created.schema.clone()), (TableStatus::Active, requested));
    assert_eq!(created.arn.as_deref(), Some("arn:aws:dynamodb:memory:000000000000:table/weather"));
    put(&driver, item("a", 1, "k", 1)).await;
    let described = driver.run(DescribeTable::new("weather")).await.unwrap().table;
    // Names and values: id 2+1, at 2+2, kind 4+1, heat 4+2.
    assert_eq!((described.item_count, described.size_bytes), (1, 18));
    assert_eq!(described.created_at, created.created_at);
    let deleted = driver.run(DeleteTable::new("weather")).await.unwrap().table;
    assert_eq!((deleted.status, deleted.item_count), (TableStatus::Deleting, 1));
    assert!(error(&driver, DescribeTable::new("weather")).await.is_resource_not_found());
    // A new table of the same name is empty.
    driver.run(CreateTable::new(schema())).await.unwrap();
    assert_eq!(driver.run(Scan::new("weather")).await.unwrap().items, []);
}

#[tokio::test]
async fn rejects_a_table_whose_name_is_in_use() {
    let driver = weather().await;
    put(&driver, key("a", 1)).await;
    let error = error(&driver, CreateTable::new(schema())).await;
    assert_eq!((error.kind(), error.message()), (&DriverErrorKind::ResourceInUse, "Table already exists: weather"));
    assert_eq!(driver.run(Scan::new("weather")).await.unwrap().count, 1);
}

#[tokio::test]
async fn every_operation_rejects_a_missing_table() {
    let driver = weather().await;
    for plan in [
        QueryPlan::from(GetItem::new("missing", key("a", 1))),
        PutItem::new("missing", key("a", 1)).into(),
        Scan::new("missing").into(),
    ] {
        let error = driver.execute(plan).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.message()),
            (&DriverErrorKind::ResourceNotFound, "Requested resource not found")
        );
        assert_eq!(error.table(), Some(&Name::from("missing")));
    }
    for plan in [QueryPlan::from(DescribeTable::new("missing")), DeleteTable::new("missing").into()] {
        let error = driver.execute(plan).await.unwrap_err();
        assert_eq!(error.message(), "Requested resource not found: Table: missing not found");
    }
}

#[tokio::test]
async fn pages_of_tables_neither_repeat_nor_skip_one() {
    let driver = MemoryDriver::new();
    // Names are in byte order.
    let names = ["list-.", "list-1", "list-B", "list-_", "list-a"];
    for name in names.iter().rev() {
        driver.run(CreateTable::new(plain(name))).await.unwrap();
    }
    let page = |start: Option<&str>, limit| ListTables { exclusive_start_table_name: start.map(Name::from), limit };
    let whole = driver.run(page(None, None)).await.unwrap();
    assert_eq!(
        (whole.table_names.as_slice(), whole.last_evaluated_table_name),
        (names.map(Name::from).as_slice(), None)
    );
    let first = driver.run(page(None, Some(2))).await.unwrap();
    assert_eq!(first.last_evaluated_table_name, Some("list-1".into()));
    let rest = driver.run(page(Some("list-1"), Some(3))).await.unwrap();
    assert_eq!((rest.table_names.len(), rest.last_evaluated_table_name), (3, None));
    // The start name need not be a table.
    let after = driver.run(page(Some("list-C"), Some(1))).await.unwrap();
    assert_eq!(after.table_names, ["list-_"]);
    assert!(validation_message(&driver, page(None, Some(0))).await.ends_with("greater than or equal to 1"));
    assert!(validation_message(&driver, page(None, Some(101))).await.ends_with("less than or equal to 100"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn deleting_a_table_does_not_break_concurrent_requests() {
    let driver = MemoryDriver::new();
    let writers = (0..4).map(|at| {
        let driver = driver.clone();
        tokio::spawn(async move {
            for _ in 0..100 {
                let write = driver.run(PutItem::new("short-lived", Item::new().with("id", format!("id-{at}")))).await;
                assert!(write.is_ok() || write.unwrap_err().is_resource_not_found());
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    for _ in 0..100 {
        driver.run(CreateTable::new(plain("short-lived"))).await.unwrap();
        tokio::task::yield_now().await;
        driver.run(DeleteTable::new("short-lived")).await.unwrap();
    }
    for writer in writers {
        writer.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn exactly_one_of_concurrent_deletions_succeeds() {
    let driver = MemoryDriver::new();
    for _ in 0..50 {
        driver.run(CreateTable::new(plain("short-lived"))).await.unwrap();
        let deleters = (0..4).map(|_| {
            let driver = driver.clone();
            tokio::spawn(async move { driver.run(DeleteTable::new("short-lived")).await })
        });
        let mut deleted = 0;
        for deleter in deleters.collect::<Vec<_>>() {
            match deleter.await.unwrap() {
                Ok(_) => deleted += 1,
                Err(error) => assert!(error.is_resource_not_found(), "{error}"),
            }
        }
        assert_eq!(deleted, 1);
    }
}

#[tokio::test]
async fn settings_reject_missing_tables_and_repetition() {
    let driver = weather().await;
    let ttl = |attribute: &str, enabled| UpdateTimeToLive { enabled, ..UpdateTimeToLive::enable("weather", attribute) };
    assert_eq!(validation_message(&driver, ttl("expires", false)).await, "TimeToLive is already disabled");
    driver.run(ttl("expires", true)).await.unwrap();
    assert_eq!(validation_message(&driver, ttl("expires", true)).await, "TimeToLive is already enabled");
    assert!(validation_message(&driver, ttl("other", false)).await.contains("different AttributeName"));
    driver.run(ttl("expires", false)).await.unwrap();
    assert!(error(&driver, UpdateTimeToLive::enable("missing", "expires")).await.is_resource_not_found());

    driver.run(UpdateContinuousBackups::enable("weather")).await.unwrap();
    assert!(error(&driver, UpdateContinuousBackups::enable("missing")).await.is_resource_not_found());

    let arn = driver.run(DescribeTable::new("weather")).await.unwrap().table.arn.unwrap();
    let tags = |count: i32| (0..count).map(|number| Tag::new(format!("tag {number}"), "")).collect::<Vec<_>>();
    driver.run(TagResource::new(&arn, tags(50))).await.unwrap();
    driver.run(TagResource::new(&arn, vec![Tag::new("tag 7", "again")])).await.unwrap();
    assert!(
        validation_message(&driver, TagResource::new(&arn, vec![Tag::new("one more", "")]))
            .await
            .contains("exceed the current limit")
    );
    assert!(validation_message(&driver, TagResource::new(&arn, vec![])).await.contains("Tag needs to be provided"));
    assert!(
        validation_message(&driver, TagResource::new(&arn, vec![Tag::new("", "")]))
            .await
            .contains("Tag Key provided is invalid")
    );
    assert!(
        validation_message(&driver, TagResource::new("of:nothing", tags(1))).await.contains("must start with 'arn:'")
    );
    assert!(error(&driver, TagResource::new("arn:of:nothing", tags(1))).await.is_resource_not_found());
    assert!(error(&driver, TagResource::new(arn.replace("weather", "missing"), tags(1))).await.is_resource_not_found());
}
