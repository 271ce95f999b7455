//! Tables.

use djamodb_core::driver::{Applied, DriverErrorKind, DriverExt};
use djamodb_core::plan::{CreateTable, DeleteTable, DescribeTable, GetItem, ListTables, TableStatus, UpdateTimeToLive};
use djamodb_core::schema::{
    Billing, GlobalIndex, KeyAttribute, KeySchema, Projection, StreamView, TableSchema, Throughput,
};
use djamodb_core::value::Name;

use crate::local::{Local, day, key, weather};

pub(crate) async fn a_table_is_described_as_it_was_created(local: Local) {
    let mut schema = weather(local.unique_name());
    schema.stream = Some(StreamView::NewAndOldImages);
    let created = local.create(schema.clone()).await;
    assert_eq!(created.schema, schema);
    let described = local.driver.run(DescribeTable::new(&schema.name)).await.unwrap().table;
    assert_eq!(described.schema, schema);
    assert_eq!((described.status, described.item_count), (TableStatus::Active, 0));
    assert!(described.created_at.is_some());
    assert!(described.arn.is_some_and(|arn| arn.ends_with(schema.name.as_str())));

    let deleted = local.driver.run(DeleteTable::new(&schema.name)).await.unwrap().table;
    assert_eq!(deleted.schema.name, schema.name);
    let error = local.driver.run(DescribeTable::new(&schema.name)).await.unwrap_err();
    assert!(error.is_resource_not_found(), "{error}");
}

pub(crate) async fn items_expire_by_an_attribute(local: Local) {
    let table = local.weather([]).await;
    local.driver.run(UpdateTimeToLive::enable(&table, "expires")).await.unwrap();
    let error = local.driver.run(UpdateTimeToLive::enable(&table, "expires")).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::Validation, "{error}");
    assert_eq!((error.operation(), error.table()), ("UpdateTimeToLive", Some(&table)));
}

pub(crate) async fn throughput_of_indexes_defaults_to_the_tables(local: Local) {
    let units = |units| Throughput { read_units: units, write_units: units };
    let mut schema = TableSchema::new(local.unique_name(), KeySchema::hash(KeyAttribute::b("id")));
    schema.billing = Billing::Provisioned(units(5));
    for (name, throughput) in [("own", Some(units(7))), ("tables", None)] {
        let key = KeySchema::hash(KeyAttribute::n("n"));
        schema.global_indexes.push(GlobalIndex { throughput, ..GlobalIndex::new(name, key, Projection::KeysOnly) });
    }
    let mut created = local.create(schema.clone()).await.schema;
    created.global_indexes.sort_by(|left, right| left.name.cmp(&right.name));
    assert_eq!(created, schema);
}

pub(crate) async fn a_table_is_not_created_twice(local: Local) {
    let schema = weather(local.unique_name());
    local.create(schema.clone()).await;
    let error = local.driver.run(CreateTable::new(schema)).await.unwrap_err();
    assert!(error.is_resource_in_use(), "{error}");
    assert_eq!(error.applied(), Applied::No);
}

pub(crate) async fn a_missing_table_is_not_found(local: Local) {
    let missing = local.unique_name();
    let error = local.driver.run(GetItem::new(&missing, key(1))).await.unwrap_err();
    assert!(error.is_resource_not_found(), "{error}");
    assert_eq!((error.operation(), error.table()), ("GetItem", Some(&missing)));
    let error = local.driver.run(DeleteTable::new(&missing)).await.unwrap_err();
    assert!(error.is_resource_not_found(), "{error}");
    let error = local.driver.run(djamodb_core::plan::PutItem::new(&missing, day(1, "rain"))).await.unwrap_err();
    assert!(error.is_resource_not_found(), "{error}");
}

pub(crate) async fn names_are_listed_page_by_page(local: Local) {
    let prefix = local.unique_name();
    let names: Vec<Name> = ["a", "b", "c"].iter().map(|end| format!("{prefix}-{end}").into()).collect();
    for name in &names {
        local.create(TableSchema::new(name, KeySchema::hash(KeyAttribute::s("id")))).await;
    }
    // The list may hold tables of others, but none between these.
    let list = |start: &Name, limit| ListTables { exclusive_start_table_name: Some(start.clone()), limit: Some(limit) };
    let page = local.driver.run(list(&prefix, 2)).await.unwrap();
    assert_eq!(page.table_names, names[..2]);
    assert_eq!(page.last_evaluated_table_name.as_ref(), Some(&names[1]));
    let page = local.driver.run(list(&names[1], 1)).await.unwrap();
    assert_eq!(page.table_names, names[2..]);
    assert!(!local.driver.run(ListTables::default()).await.unwrap().table_names.is_empty());
}
