//! Tables and indexes come, change and go in the time that they are given, and say so meanwhile.

use djamodb_core::driver::{DriverErrorKind, DriverExt};
use djamodb_core::expression::{KeyCondition, Update};
use djamodb_core::plan::{
    BatchGetItem, BatchWriteItem, CreateTable, DeleteItem, DeleteTable, DescribeTable, DescribeTimeToLive, GetItem,
    IndexDescription, IndexStatus, ListTables, Operation, PutItem, Query, QueryPlan, Scan, StreamUpdate,
    TableDescription, TableKeys, TableStatus, TableWrites, TagResource, TransactGet, TransactGetItems, TransactPut,
    TransactWriteItems, UntagResource, UpdateContinuousBackups, UpdateItem, UpdateTable, UpdateTimeToLive,
    WriteRequest,
};
use djamodb_core::schema::{
    Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, StreamView, TableSchema, Tag, Throughput,
};
use djamodb_core::value::{AttributeValue, Item, Name};
use djamodb_driver_memory::{MemoryDriver, VirtualClock};

use crate::support::{DELAY, error, item, key, put, refusal, scan, schema, slow, weather};

const IN_USE: &str = "Attempt to change a resource which is still in use: ";

/// A driver with the table `weather`, ready for use, whose changes take time.
async fn slow_weather() -> (MemoryDriver, VirtualClock) {
    slow_with(schema()).await
}

async fn slow_with(schema: TableSchema) -> (MemoryDriver, VirtualClock) {
    let (driver, clock) = slow();
    driver.run(CreateTable::new(schema)).await.unwrap();
    clock.advance(DELAY);
    (driver, clock)
}

async fn described(driver: &MemoryDriver) -> TableDescription {
    driver.run(DescribeTable::new("weather")).await.unwrap().table
}

async fn status(driver: &MemoryDriver) -> TableStatus {
    described(driver).await.status
}

/// The state of an index, and whether it is being filled; nothing when there is no such index.
async fn index_status(driver: &MemoryDriver, name: &str) -> Option<(IndexStatus, bool)> {
    let indexes = described(driver).await.indexes;
    let IndexDescription { status, backfilling, .. } = indexes.into_iter().find(|index| index.name.as_str() == name)?;
    Some((status?, backfilling))
}

/// The message of an error that says that something is in use, without what all of them begin with.
async fn in_use<O: Operation>(driver: &MemoryDriver, operation: O) -> String
where
    O::Output: std::fmt::Debug,
{
    let error = error(driver, operation).await;
    assert!(error.is_resource_in_use(), "{error}");
    error.message().strip_prefix(IN_USE).unwrap_or(error.message()).to_owned()
}

/// The message of an error that says that a limit is passed.
async fn limit<O: Operation>(driver: &MemoryDriver, operation: O) -> String
where
    O::Output: std::fmt::Debug,
{
    let error = error(driver, operation).await;
    assert_eq!(*error.kind(), DriverErrorKind::LimitExceeded, "{error}");
    error.message().to_owned()
}

/// A refusal that begins as most do, without that beginning.
async fn invalid<O: Operation>(driver: &MemoryDriver, operation: O) -> String
where
    O::Output: std::fmt::Debug,
{
    let message = refusal(driver, operation).await;
    message.strip_prefix("One or more parameter values were invalid: ").unwrap_or(&message).to_owned()
}

fn update() -> UpdateTable {
    UpdateTable::new("weather")
}

fn by(name: &str, hash: &str) -> GlobalIndex {
    GlobalIndex::new(name, KeySchema::hash(KeyAttribute::s(hash)), IndexProjection::All)
}

const fn units(read_units: u64, write_units: u64) -> Throughput {
    Throughput { read_units, write_units }
}

fn provisioned(read_units: u64, write_units: u64) -> Billing {
    Billing::Provisioned(units(read_units, write_units))
}

/// The usual table, paid for by throughput, with one index.
fn schema_of_units() -> TableSchema {
    let mut schema = TableSchema { billing: provisioned(5, 5), ..schema() };
    schema.global_indexes.truncate(1);
    schema.global_indexes[0].throughput = Some(units(1, 1));
    schema
}

/// Every operation on items.
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

/// Whether all operations on items work, or none does.
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
async fn a_table_would_be_used_before_it_is_there() {
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
    for refused in [
        in_use(&driver, TagResource::new(&arn, vec![Tag::new("team", "weather")])).await,
        in_use(&driver, UntagResource::new(&arn, ["team"])).await,
    ] {
        assert_eq!(refused, "Table is being created: weather");
    }
    assert_eq!(
        in_use(&driver, UpdateContinuousBackups::enable("weather")).await,
        "Backups are being enabled for the table: weather. Please retry later"
    );
    assert_eq!(in_use(&driver, UpdateTimeToLive::enable("weather", "x")).await, "Table weather is being created");
    assert_eq!(
        refusal(&driver, DescribeTimeToLive::new("weather")).await,
        "Cannot describe time to live while table is in CREATING state: Current table state is CREATING"
    );

    clock.advance(DELAY / 2);
    assert_eq!(status(&driver).await, TableStatus::Creating);
    clock.advance(DELAY / 2);
    assert!(usable(&driver).await);
    assert_eq!(status(&driver).await, TableStatus::Active);
    assert_eq!(index_status(&driver, "global_all").await, Some((IndexStatus::Active, false)));
    // A local index has no state of its own.
    assert_eq!(index_status(&driver, "local_keys").await, None);
}

#[tokio::test]
async fn a_table_would_be_used_after_it_is_gone() {
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
        refusal(&driver, DescribeTimeToLive::new("weather")).await,
        "Cannot describe time to live while table is in DELETING state: Current table state is DELETING"
    );

    clock.advance(DELAY);
    assert_eq!(driver.run(ListTables::default()).await.unwrap().table_names, [] as [Name; 0]);
    assert_eq!(
        error(&driver, DescribeTable::new("weather")).await.message(),
        "Requested resource not found: Table: weather not found"
    );
    assert!(!usable(&driver).await);
    // The next one of the name knows nothing of it.
    driver.run(CreateTable::new(schema())).await.unwrap();
    clock.advance(DELAY);
    assert_eq!(scan(&driver, None).await, []);
    assert_eq!(scan(&driver, Some("global_all")).await, []);
}

#[tokio::test]
async fn a_name_would_stay_taken_by_a_table_that_is_gone() {
    let (driver, clock) = slow_weather().await;
    driver.run(DeleteTable::new("weather")).await.unwrap();
    clock.advance(DELAY);
    // Nobody has looked whether it is gone.
    driver.run(CreateTable::new(schema())).await.unwrap();
    assert_eq!(status(&driver).await, TableStatus::Creating);
}

#[tokio::test]
async fn a_table_that_changes_would_not_be_usable() {
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
        // These can be changed at any time.
        driver.run(update().deletion_protection(true)).await.unwrap();
        driver.run(UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
        assert_eq!(status(&driver).await, TableStatus::Updating);
        clock.advance(DELAY);
        assert_eq!(status(&driver).await, TableStatus::Active);
        assert!(usable(&driver).await);
    }
}

#[tokio::test]
async fn an_index_would_be_read_before_it_is_filled() {
    let (driver, clock) = slow_weather().await;
    put(&driver, item("a", 1, "k", 1).with("color", "red")).await;
    let created = driver.run(update().create_index(by("by_color", "color"))).await.unwrap().table;
    assert_eq!(created.status, TableStatus::Updating);
    assert_eq!(index_status(&driver, "by_color").await, Some((IndexStatus::Creating, false)));
    let query =
        || Query { index: Some("by_color".into()), ..Query::new("weather", KeyCondition::hash("color", "red")) };
    let whole = || Scan { index: Some("by_color".into()), ..Scan::new("weather") };
    let backfilling = "Cannot read from backfilling global secondary index: by_color";
    assert_eq!(refusal(&driver, query()).await, backfilling);
    assert_eq!(refusal(&driver, whole()).await, backfilling);

    // Then the table is ready, and the index is being filled.
    clock.advance(DELAY / 2);
    assert_eq!(status(&driver).await, TableStatus::Active);
    assert_eq!(index_status(&driver, "by_color").await, Some((IndexStatus::Creating, true)));
    assert_eq!(refusal(&driver, query()).await, backfilling);
    let changing = "Cannot delete table while indexes are being created, updated, or deleted.";
    assert_eq!(in_use(&driver, DeleteTable::new("weather")).await, changing);
    assert_eq!(in_use(&driver, update().delete_index("by_color")).await, "Index is being created: by_color");
    assert_eq!(
        in_use(&driver, update().create_index(by("by_color", "color"))).await,
        "Index is being created: by_color"
    );
    let one = "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";
    assert_eq!(limit(&driver, update().create_index(by("more", "x"))).await, one);
    assert_eq!(limit(&driver, update().delete_index("global_all")).await, one);
    let filled = "when an index is being created. Table: weather Indexes: [by_color]";
    assert_eq!(
        in_use(&driver, update().billing(Billing::PayPerRequest)).await,
        format!("Can't change table IOPS {filled}")
    );
    let stream = StreamUpdate::Enable(StreamView::KeysOnly);
    assert_eq!(in_use(&driver, update().stream(stream)).await, format!("Can't change stream status {filled}"));
    // What is written meanwhile is in it as well.
    put(&driver, item("a", 2, "k", 1).with("color", "red")).await;
    put(&driver, item("a", 1, "k", 2).with("color", "red")).await;

    clock.advance(DELAY / 2);
    assert_eq!(index_status(&driver, "by_color").await, Some((IndexStatus::Active, false)));
    assert_eq!(driver.run(query()).await.unwrap().count, 2);
    driver.check().unwrap();
    driver.run(DeleteTable::new("weather")).await.unwrap();
}

#[tokio::test]
async fn an_index_would_be_read_while_it_goes() {
    let (driver, clock) = slow_weather().await;
    put(&driver, item("a", 1, "k", 1)).await;
    let deleted = driver.run(update().delete_index("global_keys")).await.unwrap().table;
    assert_eq!(deleted.status, TableStatus::Updating);
    assert_eq!(index_status(&driver, "global_keys").await, Some((IndexStatus::Deleting, false)));
    let whole = Scan { index: Some("global_keys".into()), ..Scan::new("weather") };
    refusal(&driver, whole.clone()).await;
    // Whether the table changes because of its index or not, it is the index that is in the way.
    let changing = "Cannot delete table while indexes are being created, updated, or deleted.";
    assert_eq!(in_use(&driver, DeleteTable::new("weather")).await, changing);
    put(&driver, item("a", 1, "k", 2)).await;

    clock.advance(DELAY);
    assert_eq!(status(&driver).await, TableStatus::Active);
    assert_eq!(index_status(&driver, "global_keys").await, None);
    assert_eq!(described(&driver).await.schema.global_indexes.len(), 2);
    assert_eq!(refusal(&driver, whole).await, "The table does not have the specified index: global_keys");
    // The others are still the others.
    assert_eq!(scan(&driver, Some("global_note")).await, [item("a", 1, "k", 2)]);
    assert_eq!(scan(&driver, Some("local_keys")).await, [key("a", 1).with("heat", 2)]);
    put(&driver, item("a", 1, "l", 3)).await;
    driver.check().unwrap();
}

#[tokio::test]
async fn the_throughput_of_an_index_would_change_at_once() {
    let (driver, clock) = slow_with(schema_of_units()).await;
    let updated = driver.run(update().update_index("global_all", units(2, 2))).await.unwrap().table;
    // The table is ready meanwhile, and so is the index.
    assert_eq!(updated.status, TableStatus::Active);
    assert_eq!(index_status(&driver, "global_all").await, Some((IndexStatus::Updating, false)));
    assert_eq!(scan(&driver, Some("global_all")).await, []);
    assert_eq!(
        in_use(&driver, update().update_index("global_all", units(3, 3))).await,
        "Index is being updated: global_all"
    );
    assert_eq!(in_use(&driver, update().delete_index("global_all")).await, "Index is being updated: global_all");
    // Another one can come.
    let mut more = by("more", "x");
    more.throughput = Some(units(1, 1));
    driver.run(update().create_index(more)).await.unwrap();
    clock.advance(DELAY);
    assert_eq!(index_status(&driver, "global_all").await, Some((IndexStatus::Active, false)));
    assert_eq!(described(&driver).await.schema.global_indexes[0].throughput, Some(units(2, 2)));
}

#[tokio::test]
async fn a_second_index_would_come_behind_one_that_changes() {
    let (driver, clock) = slow_with(schema_of_units()).await;
    let of_units = |name: &str| GlobalIndex { throughput: Some(units(1, 1)), ..by(name, "x") };
    driver.run(update().create_index(of_units("second"))).await.unwrap();
    clock.advance(DELAY / 2);
    driver.run(update().update_index("global_all", units(2, 2))).await.unwrap();
    let one = "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";
    assert_eq!(limit(&driver, update().create_index(of_units("third"))).await, one);
    clock.advance(DELAY / 2);
    // The first still changes, but nothing is created any more.
    driver.run(update().create_index(of_units("third"))).await.unwrap();
}

#[tokio::test]
async fn an_index_would_be_filled_with_what_is_no_key() {
    let driver = weather().await;
    for (at, color) in [
        (1, Some(AttributeValue::s("red"))),
        (2, Some(AttributeValue::n(7))),
        (3, Some(AttributeValue::s(""))),
        (4, None),
        (5, Some(AttributeValue::s("x".repeat(2049)))),
        (6, Some(AttributeValue::s("x".repeat(2048)))),
        (7, Some(AttributeValue::l([]))),
    ] {
        let mut item = key("a", at);
        if let Some(color) = color {
            item.insert("color", color);
        }
        put(&driver, item).await;
    }
    driver.run(update().create_index(by("by_color", "color"))).await.unwrap();
    driver.check().unwrap();
    let mut found = crate::support::numbers(&scan(&driver, Some("by_color")).await, "at");
    found.sort_unstable();
    assert_eq!(found, [1, 6]);
    // From now on such an item is refused; what is there can be mended, or go.
    let no_key = PutItem::new("weather", key("a", 2).with("color", 8));
    assert!(refusal(&driver, no_key).await.contains("Type mismatch for Index Key color Expected: S Actual: N"));
    put(&driver, key("a", 2).with("color", "blue")).await;
    for at in [3, 5, 7] {
        driver.run(DeleteItem::new("weather", key("a", at))).await.unwrap();
    }
    driver.check().unwrap();
    assert_eq!(scan(&driver, Some("by_color")).await.len(), 3);
}

#[tokio::test]
async fn a_new_index_would_hold_more_or_less_than_it_projects() {
    let driver = weather().await;
    let full = item("a", 1, "k", 1).with("color", "red").with("note", "n").with("other", "o");
    put(&driver, full.clone()).await;
    let of = |projection| GlobalIndex { projection, ..by("by_color", "color") };
    for (projection, expected) in [
        (IndexProjection::All, full.clone()),
        (IndexProjection::KeysOnly, key("a", 1).with("color", "red")),
        (IndexProjection::Include(vec!["note".into()]), key("a", 1).with("color", "red").with("note", "n")),
    ] {
        driver.run(update().create_index(of(projection))).await.unwrap();
        assert_eq!(scan(&driver, Some("by_color")).await, [expected]);
        driver.check().unwrap();
        driver.run(update().delete_index("by_color")).await.unwrap();
    }
    assert_eq!(described(&driver).await.schema, schema());
}

#[tokio::test]
async fn a_protected_table_would_be_deleted() {
    let driver = weather().await;
    let protected = |on| update().deletion_protection(on);
    for on in [true, true] {
        assert!(driver.run(protected(on)).await.unwrap().table.schema.deletion_protection);
    }
    assert_eq!(
        refusal(&driver, DeleteTable::new("weather")).await,
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first."
    );
    driver.run(protected(false)).await.unwrap();
    driver.run(DeleteTable::new("weather")).await.unwrap();
    driver.run(CreateTable::new(TableSchema { deletion_protection: true, ..schema() })).await.unwrap();
    refusal(&driver, DeleteTable::new("weather")).await;
}

#[tokio::test]
async fn a_change_would_be_no_change_or_several() {
    let driver = weather().await;
    assert!(refusal(&driver, update()).await.starts_with("At least one of ProvisionedThroughput, BillingMode, "));
    // Before it is seen that there is no such table.
    assert!(refusal(&driver, UpdateTable::new("missing")).await.ends_with("TableClass is required"));
    assert_eq!(
        error(&driver, UpdateTable::new("missing").deletion_protection(true)).await.message(),
        "Requested resource not found: Table: missing not found"
    );
    assert!(refusal(&driver, UpdateTable::new("ab").deletion_protection(true)).await.contains("'tableName'"));

    let (stream, units) = (StreamUpdate::Enable(StreamView::KeysOnly), provisioned(1, 1));
    let alone = "DeletionProtection modification must be the only operation in the request";
    for (change, message) in [
        (update().deletion_protection(true).stream(stream), alone),
        (update().deletion_protection(true).billing(Billing::PayPerRequest), alone),
        (update().deletion_protection(true).delete_index("global_all"), alone),
        (update().stream(stream).billing(units), "You cannot modify stream status while updating table IOPS"),
        (
            update().billing(units).delete_index("global_all"),
            "You cannot create or delete index while updating table IOPS",
        ),
        (
            update().stream(stream).create_index(by("more", "x")),
            "You cannot create or delete index while changing stream status",
        ),
    ] {
        assert_eq!(invalid(&driver, change).await, message);
    }
    assert_eq!(described(&driver).await.schema, schema());
    // These go together.
    driver.run(update().billing(Billing::PayPerRequest).stream(stream)).await.unwrap();
    driver.run(update().billing(Billing::PayPerRequest).create_index(by("more", "x"))).await.unwrap();
}

#[tokio::test]
async fn an_index_would_change_in_a_way_that_is_none() {
    let driver = weather().await;
    let one = "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";
    let two = update().create_index(by("one", "x")).create_index(by("two", "x"));
    assert_eq!(limit(&driver, two).await, one);
    let two = update().create_index(by("one", "x")).delete_index("global_all");
    assert_eq!(limit(&driver, two).await, one);
    assert_eq!(
        invalid(&driver, update().delete_index("global_all").delete_index("global_all")).await,
        "Only one global secondary index update per index is allowed simultaneously. Index: global_all"
    );
    for name in ["global_all", "local_keys"] {
        assert_eq!(
            refusal(&driver, update().create_index(by(name, "x"))).await,
            "Attempting to create an index which already exists"
        );
    }
    for change in [update().delete_index("missing"), update().update_index("missing", units(1, 1))] {
        let error = error(&driver, change).await;
        assert!(error.is_resource_not_found());
        assert_eq!(error.message(), "Requested resource not found: Index missing for table weather");
    }
    assert_eq!(
        refusal(&driver, update().delete_index("local_keys")).await,
        "Cannot delete an index that is not a GlobalSecondaryIndex: local_keys"
    );
    assert_eq!(
        refusal(&driver, update().update_index("local_keys", units(1, 1))).await,
        "Cannot update an index that is not a GlobalSecondaryIndex: local_keys"
    );
    assert!(refusal(&driver, update().create_index(by("a!", "x"))).await.contains("member.indexName' failed"));
    let of_number = GlobalIndex::new("more", KeySchema::hash(KeyAttribute::n("kind")), IndexProjection::All);
    assert_eq!(
        invalid(&driver, update().create_index(of_number)).await,
        "Attributes cannot be redefined. Please check that your attribute has the same type as previously defined: more"
    );
    let nothing = GlobalIndex { projection: IndexProjection::Include(vec![]), ..by("more", "x") };
    assert!(refusal(&driver, update().create_index(nothing)).await.starts_with("If Projection type INCLUDE"));
    let no_key = GlobalIndex { key: KeySchema { hash: vec![], range: vec![] }, ..by("more", "x") };
    assert!(refusal(&driver, update().create_index(no_key)).await.starts_with("No defined key schema."));
    let no_units = "Table read and write throughput must be at least 1, and cannot be null";
    assert_eq!(refusal(&driver, update().update_index("global_all", units(0, 1))).await, no_units);
    assert_eq!(refusal(&driver, update().billing(provisioned(1, 0))).await, no_units);
    assert_eq!(described(&driver).await.schema, schema());
}

#[tokio::test]
async fn a_table_would_be_paid_for_in_two_ways() {
    let driver = weather().await;
    let on_demand = |index: &str| {
        format!(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: {index} when \
             BillingMode is PAY_PER_REQUEST"
        )
    };
    let missing = |index: &str| format!("ProvisionedThroughput must be specified for index: {index}");
    let with_units = |name: &str| GlobalIndex { throughput: Some(units(1, 1)), ..by(name, "x") };
    assert_eq!(invalid(&driver, update().update_index("global_all", units(1, 1))).await, on_demand("global_all"));
    assert_eq!(invalid(&driver, update().create_index(with_units("more"))).await, on_demand("more"));
    // Every index has to be told its own, and none can be told without the table.
    let two = update().billing(provisioned(5, 6)).update_index("global_all", units(1, 1));
    assert_eq!(invalid(&driver, two.clone()).await, missing("global_keys"));
    let all = two.update_index("global_keys", units(2, 2)).update_index("global_note", units(3, 3));
    let table = driver.run(all.clone()).await.unwrap().table.schema;
    assert_eq!(table.billing, provisioned(5, 6));
    let told: Vec<_> = table.global_indexes.iter().map(|index| index.throughput).collect();
    assert_eq!(told, [1, 2, 3].map(|count| Some(units(count, count))));

    assert_eq!(
        refusal(&driver, update().billing(provisioned(5, 6))).await,
        "The provisioned throughput for the table will not change. The requested value equals the current value. \
         Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5. Current \
         WriteCapacityUnits provisioned for the table: 6. Requested WriteCapacityUnits: 6. Refer to the Amazon \
         DynamoDB Developer Guide for current limits and how to request higher limits."
    );
    assert_eq!(
        refusal(&driver, update().update_index("global_all", units(1, 1))).await,
        "The provisioned throughput for the index global_all will not change. The requested value equals the current \
         value. Current ReadCapacityUnits provisioned for index global_all: 1. Requested ReadCapacityUnits: 1. Current \
         WriteCapacityUnits provisioned for index global_all: 1. Requested WriteCapacityUnits: 1. Refer to the Amazon \
         DynamoDB Developer Guide for current limits and how to request higher limits."
    );
    // One of two is enough.
    driver.run(update().billing(provisioned(5, 7))).await.unwrap();
    driver
        .run(update().update_index("global_all", units(1, 2)).update_index("global_keys", units(9, 9)))
        .await
        .unwrap();
    assert_eq!(invalid(&driver, update().create_index(by("more", "x"))).await, missing("more"));
    driver.run(update().create_index(with_units("more"))).await.unwrap();

    let table = driver.run(update().billing(Billing::PayPerRequest)).await.unwrap().table.schema;
    assert_eq!(table.billing, Billing::PayPerRequest);
    assert!(table.global_indexes.iter().all(|index| index.throughput.is_none()));
    driver.run(update().billing(Billing::PayPerRequest)).await.unwrap();
}

#[tokio::test]
async fn a_stream_would_be_enabled_twice_or_end_before_it_began() {
    let driver = weather().await;
    let (on, off) = (StreamUpdate::Enable(StreamView::NewImage), StreamUpdate::Disable);
    assert_eq!(refusal(&driver, update().stream(off)).await, "Table has no stream to disable: TableName: weather");
    let table = driver.run(update().stream(on)).await.unwrap().table;
    assert_eq!(table.schema.stream, Some(StreamView::NewImage));
    let stream = table.latest_stream.unwrap();
    assert_eq!(stream.arn, format!("{}/stream/{}", table.arn.unwrap(), stream.label));
    for view in [StreamView::NewImage, StreamView::OldImage] {
        assert_eq!(
            refusal(&driver, update().stream(StreamUpdate::Enable(view))).await,
            "Table already has an enabled stream: TableName: weather"
        );
    }
    let table = driver.run(update().stream(off)).await.unwrap().table;
    // The last one is still named.
    assert_eq!((table.schema.stream, table.latest_stream), (None, Some(stream.clone())));
    let table = driver.run(update().stream(on)).await.unwrap().table;
    assert_ne!(table.latest_stream.unwrap().arn, stream.arn);
}

#[tokio::test]
async fn a_table_would_have_a_21st_index() {
    let driver = weather().await;
    put(&driver, item("a", 1, "k", 1).with("x", "x")).await;
    for at in 3..20 {
        driver.run(update().create_index(by(&format!("index-{at}"), "x"))).await.unwrap();
    }
    assert_eq!(described(&driver).await.schema.global_indexes.len(), 20);
    assert_eq!(
        limit(&driver, update().create_index(by("index-20", "x"))).await,
        "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20"
    );
    put(&driver, item("a", 2, "k", 1).with("x", "y")).await;
    driver.check().unwrap();
    driver.run(update().delete_index("index-7")).await.unwrap();
    driver.run(update().create_index(by("index-20", "x"))).await.unwrap();
    for at in (3..7).chain(8..21) {
        let whole = Scan { index: Some(format!("index-{at}").into()), ..Scan::new("weather") };
        assert_eq!(driver.run(whole).await.unwrap().count, 2);
    }
    driver.check().unwrap();
}

#[tokio::test]
async fn an_index_with_several_key_attributes_would_be_filled_by_half_a_key() {
    let driver = weather().await;
    put(&driver, key("a", 1).with("x", "x")).await;
    put(&driver, key("a", 2).with("x", "x").with("y", 1)).await;
    put(&driver, key("a", 3).with("y", 1)).await;
    let key_of_two = KeySchema { hash: vec![KeyAttribute::s("x"), KeyAttribute::n("y")], range: vec![] };
    let index = GlobalIndex::new("by_both", key_of_two, IndexProjection::KeysOnly);
    driver.run(update().create_index(index)).await.unwrap();
    assert_eq!(
        scan(&driver, Some("by_both")).await,
        [Item::new().with("id", "a").with("at", 2).with("x", "x").with("y", 1)]
    );
    driver.check().unwrap();
}
