//! Tables.

use std::time::Duration;

use djamodb_core::driver::{Applied, DriverError, DriverErrorKind, DriverExt};
use djamodb_core::plan::{
    CreateTable, DeleteTable, DescribeLimits, DescribeTable, DescribeTimeToLive, GetItem, IndexStatus, ListTables,
    StreamUpdate, TableDescription, TableStatus, TimeToLiveStatus, UpdateTable, UpdateTimeToLive,
};
use djamodb_core::schema::{
    Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, StreamView, TableSchema, Throughput,
};
use djamodb_core::value::Name;

use crate::local::{Local, day, key, weather};

pub(crate) async fn describes_a_table_as_it_was_created(local: Local) {
    let mut schema = weather(local.unique_name());
    schema.stream = Some(StreamView::NewAndOldImages);
    let created = local.create(schema.clone()).await;
    assert_eq!(created.schema, schema);
    let described = local.driver.run(DescribeTable::new(&schema.name)).await.unwrap().table;
    assert_eq!(described.schema, schema);
    assert_eq!((described.status, described.item_count), (TableStatus::Active, 0));
    assert!(described.created_at.is_some());
    let indexes: Vec<_> = described.indexes.iter().map(|index| (index.name.as_str(), index.status)).collect();
    assert_eq!(indexes, [("by_temperature", None), ("by_kind", Some(IndexStatus::Active))]);
    let stream = described.latest_stream.expect("the table has a stream");
    assert!(stream.arn.ends_with(&stream.label), "{stream:?}");

    let deleted = local.driver.run(DeleteTable::new(&schema.name)).await.unwrap().table;
    assert_eq!(deleted.schema.name, schema.name);
    let error = local.driver.run(DescribeTable::new(&schema.name)).await.unwrap_err();
    assert!(error.is_resource_not_found(), "{error}");
}

pub(crate) async fn index_throughput_defaults_to_that_of_the_table(local: Local) {
    let units = |units| Throughput { read_units: units, write_units: units };
    let mut schema = TableSchema::new(local.unique_name(), KeySchema::hash(KeyAttribute::b("id")));
    schema.billing = Billing::Provisioned(units(5));
    for (name, throughput) in [("own", Some(units(7))), ("tables", None)] {
        let key = KeySchema::hash(KeyAttribute::n("n"));
        schema
            .global_indexes
            .push(GlobalIndex { throughput, ..GlobalIndex::new(name, key, IndexProjection::KeysOnly) });
    }
    let mut created = local.create(schema.clone()).await.schema;
    created.global_indexes.sort_by(|left, right| left.name.cmp(&right.name));
    assert_eq!(created, schema);
}

pub(crate) async fn existing_tables_are_in_use(local: Local) {
    let schema = weather(local.unique_name());
    local.create(schema.clone()).await;
    let error = local.driver.run(CreateTable::new(schema)).await.unwrap_err();
    assert!(error.is_resource_in_use(), "{error}");
    assert_eq!(error.applied(), Applied::No);
}

pub(crate) async fn missing_tables_are_not_found(local: Local) {
    let missing = local.unique_name();
    let error = local.driver.run(GetItem::new(&missing, key(1))).await.unwrap_err();
    assert!(error.is_resource_not_found(), "{error}");
    assert_eq!((error.operation(), error.table()), ("GetItem", Some(&missing)));
    let error = local.driver.run(DeleteTable::new(&missing)).await.unwrap_err();
    assert!(error.is_resource_not_found(), "{error}");
    let error = local.driver.run(djamodb_core::plan::PutItem::new(&missing, day(1, "rain"))).await.unwrap_err();
    assert!(error.is_resource_not_found(), "{error}");
}

pub(crate) async fn lists_table_names_in_pages(local: Local) {
    let prefix = local.unique_name();
    let names: Vec<Name> = ["a", "b", "c"].iter().map(|end| format!("{prefix}-{end}").into()).collect();
    for name in &names {
        local.create(TableSchema::new(name, KeySchema::hash(KeyAttribute::s("id")))).await;
    }
    // The server may have other tables, but none whose name sorts between these.
    let list = |start: &Name, limit| ListTables { exclusive_start_table_name: Some(start.clone()), limit: Some(limit) };
    let page = local.driver.run(list(&prefix, 2)).await.unwrap();
    assert_eq!(page.table_names, names[..2]);
    assert_eq!(page.last_evaluated_table_name.as_ref(), Some(&names[1]));
    let page = local.driver.run(list(&names[1], 1)).await.unwrap();
    assert_eq!(page.table_names, names[2..]);
    assert!(!local.driver.run(ListTables::default()).await.unwrap().table_names.is_empty());
}

/// Updates a table. Retries internal errors, which DynamoDB Local sometimes returns while it updates several tables.
async fn update(local: &Local, update: UpdateTable) -> Result<TableDescription, DriverError> {
    for _ in 0..5 {
        match local.driver.run(update.clone()).await {
            Err(error) if error.kind() == &DriverErrorKind::Internal => {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            updated => return updated.map(|updated| updated.table),
        }
    }
    panic!("DynamoDB Local failed five times: {update:?}");
}

/// Waits until a table and its indexes are active.
async fn wait_until_active(local: &Local, table: &Name) -> TableDescription {
    for _ in 0..100 {
        let described = local.driver.run(DescribeTable::new(table)).await.unwrap().table;
        let are_indexes_active =
            described.indexes.iter().all(|index| index.status.is_none_or(|status| status == IndexStatus::Active));
        if are_indexes_active && described.status == TableStatus::Active {
            return described;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the table {table} does not become active");
}

pub(crate) async fn creates_and_deletes_indexes(local: Local) {
    let schema = weather(local.unique_name());
    local.create(schema.clone()).await;
    let by_wind = KeySchema::hash_and_range(KeyAttribute::s("location"), KeyAttribute::n("wind"));
    let by_wind = GlobalIndex::new("by_wind", by_wind, IndexProjection::KeysOnly);
    let creation = UpdateTable::new(&schema.name).create_index(by_wind.clone());
    let updating = update(&local, creation.clone()).await.unwrap();
    assert!(updating.indexes.iter().any(|index| index.name.as_str() == "by_wind"), "{updating:?}");
    let mut created = wait_until_active(&local, &schema.name).await.schema.global_indexes;
    created.sort_by(|left, right| left.name.cmp(&right.name));
    assert_eq!(created, [schema.global_indexes[0].clone(), by_wind]);

    let error = update(&local, creation).await.unwrap_err();
    assert_eq!((error.table(), error.applied()), (Some(&schema.name), Applied::No));

    update(&local, UpdateTable::new(&schema.name).delete_index("by_wind")).await.unwrap();
    assert_eq!(wait_until_active(&local, &schema.name).await.schema, schema);

    let keys = StreamUpdate::Enable(StreamView::KeysOnly);
    let with_stream = update(&local, UpdateTable::new(&schema.name).stream(keys)).await.unwrap();
    assert_eq!(with_stream.schema.stream, Some(StreamView::KeysOnly));
    update(&local, UpdateTable::new(&schema.name).stream(StreamUpdate::Disable)).await.unwrap();
    let disabled = wait_until_active(&local, &schema.name).await;
    assert_eq!(disabled.schema.stream, None);
    assert_eq!(disabled.latest_stream, with_stream.latest_stream);
}

pub(crate) async fn updates_throughput(local: Local) {
    let units = |units| Throughput { read_units: units, write_units: units };
    let schema = weather(local.unique_name());
    local.create(schema.clone()).await;
    let provisioned = UpdateTable::new(&schema.name).billing(Billing::Provisioned(units(5)));
    update(&local, provisioned.update_index("by_kind", units(7))).await.unwrap();
    let described = wait_until_active(&local, &schema.name).await.schema;
    assert_eq!(described.billing, Billing::Provisioned(units(5)));
    assert_eq!(described.global_indexes[0].throughput, Some(units(7)));
}

pub(crate) async fn sets_and_describes_time_to_live(local: Local) {
    let table = local.weather([]).await;
    let described = local.driver.run(DescribeTimeToLive::new(&table)).await.unwrap();
    assert_eq!((described.status, described.attribute), (TimeToLiveStatus::Disabled, None));
    local.driver.run(UpdateTimeToLive::enable(&table, "expires")).await.unwrap();
    let described = local.driver.run(DescribeTimeToLive::new(&table)).await.unwrap();
    assert_eq!((described.status, described.attribute), (TimeToLiveStatus::Enabled, Some("expires".into())));
}

pub(crate) async fn protected_tables_cannot_be_deleted(local: Local) {
    let mut schema = weather(local.unique_name());
    schema.deletion_protection = true;
    assert_eq!(local.create(schema.clone()).await.schema, schema);
    let error = local.driver.run(DeleteTable::new(&schema.name)).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::Validation, "{error}");
    let unprotected = update(&local, UpdateTable::new(&schema.name).deletion_protection(false)).await.unwrap();
    assert!(!unprotected.schema.deletion_protection);
    local.driver.run(DeleteTable::new(&schema.name)).await.unwrap();
}

pub(crate) async fn describes_the_limits_of_the_account(local: Local) {
    let limits = local.driver.run(DescribeLimits {}).await.unwrap();
    assert!(limits.table_max_read_capacity_units > 0, "{limits:?}");
}
