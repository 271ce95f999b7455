//! Tables.

use std::time::Duration;

use djamodb_core::driver::{Applied, Driver, DriverErrorKind, DriverExt};
use djamodb_core::expression::KeyCondition;
use djamodb_core::plan::{
    CreateTable, DeleteResourcePolicy, DeleteTable, DescribeEndpoints, DescribeLimits, DescribeTable,
    DescribeTimeToLive, GetItem, GetResourcePolicy, IndexStatus, IndexUpdate, ListTables, PutResourcePolicy, Query,
    QueryPlan, StreamUpdate, TableDescription, TableStatus, TimeToLiveStatus, UpdateTable, UpdateTimeToLive,
};
use djamodb_core::schema::{
    Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, OnDemandMaximum, StreamView, TableClass,
    TableSchema, Throughput, WarmThroughput,
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
    assert!(described.arn.is_some_and(|arn| arn.ends_with(schema.name.as_str())));
    let indexes: Vec<_> = described.indexes.iter().map(|index| (index.name.as_str(), index.status)).collect();
    assert_eq!(indexes, [("by_temperature", None), ("by_kind", Some(IndexStatus::Active))]);
    assert!(described.indexes.iter().all(|index| index.arn.is_some() && !index.backfilling));
    let stream = described.latest_stream.unwrap();
    assert!(stream.arn.ends_with(&stream.label), "{stream:?}");

    let deleted = local.driver.run(DeleteTable::new(&schema.name)).await.unwrap().table;
    assert_eq!(deleted.schema.name, schema.name);
    let error = local.driver.run(DescribeTable::new(&schema.name)).await.unwrap_err();
    assert!(error.is_resource_not_found(), "{error}");
}

pub(crate) async fn sets_and_describes_time_to_live(local: Local) {
    let table = local.weather([]).await;
    let described = local.driver.run(DescribeTimeToLive::new(&table)).await.unwrap();
    assert_eq!((described.status, described.attribute), (TimeToLiveStatus::Disabled, None));
    local.driver.run(UpdateTimeToLive::enable(&table, "expires")).await.unwrap();
    let described = local.driver.run(DescribeTimeToLive::new(&table)).await.unwrap();
    assert_eq!((described.status, described.attribute), (TimeToLiveStatus::Enabled, Some("expires".into())));
    let error = local.driver.run(UpdateTimeToLive::enable(&table, "expires")).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::Validation, "{error}");
    assert_eq!((error.operation(), error.table()), ("UpdateTimeToLive", Some(&table)));
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

/// Waits until a table is active and `is_done` returns `true` for it.
async fn wait_until(local: &Local, table: &Name, is_done: impl Fn(&TableDescription) -> bool) -> TableDescription {
    for _ in 0..200 {
        let described = local.driver.run(DescribeTable::new(table)).await.unwrap().table;
        if described.status == TableStatus::Active && is_done(&described) {
            return described;
        }
        local.driver.clock().sleep(Duration::from_millis(50)).await;
    }
    panic!("the table {table} does not reach the expected state");
}

pub(crate) async fn creates_and_deletes_indexes(local: Local) {
    let table = local.weather([day(1, "rain").with("wind", 5), day(2, "sun")]).await;
    let by_wind = GlobalIndex::new("by_wind", KeySchema::hash(KeyAttribute::n("wind")), IndexProjection::KeysOnly);
    let update = UpdateTable::new(&table).create_index(by_wind.clone());
    let updated = local.driver.run(update).await.unwrap().table;
    assert!(updated.indexes.iter().any(|index| index.name == "by_wind"), "{updated:?}");
    let is_active = |table: &TableDescription| {
        table.indexes.iter().any(|index| index.name == "by_wind" && index.status == Some(IndexStatus::Active))
    };
    let described = wait_until(&local, &table, is_active).await;
    assert!(described.schema.global_indexes.contains(&by_wind), "{described:?}");
    let query = Query { index: Some("by_wind".into()), ..Query::new(&table, KeyCondition::hash("wind", 5)) };
    assert_eq!(local.driver.run(query).await.unwrap().items, [key(1).with("wind", 5)]);

    local.driver.run(UpdateTable::new(&table).delete_index("by_wind")).await.unwrap();
    let described = wait_until(&local, &table, |table| table.indexes.iter().all(|index| index.name != "by_wind")).await;
    assert_eq!(described.schema.global_indexes.len(), 1);
    let error = local.driver.run(UpdateTable::new(&table).delete_index("by_wind")).await.unwrap_err();
    assert!(error.is_resource_not_found() || error.kind() == &DriverErrorKind::Validation, "{error}");
    assert_eq!((error.operation(), error.table()), ("UpdateTable", Some(&table)));
}

pub(crate) async fn enables_and_disables_streams(local: Local) {
    let table = local.weather([]).await;
    let enable = UpdateTable::new(&table).stream(StreamUpdate::Enable(StreamView::KeysOnly));
    local.driver.run(enable.clone()).await.unwrap();
    let enabled = wait_until(&local, &table, |table| table.schema.stream == Some(StreamView::KeysOnly)).await;
    assert!(enabled.latest_stream.is_some());
    let error = local.driver.run(enable).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Validation, Applied::No), "{error}");

    local.driver.run(UpdateTable::new(&table).stream(StreamUpdate::Disable)).await.unwrap();
    wait_until(&local, &table, |table| table.schema.stream.is_none()).await;
}

pub(crate) async fn updates_throughput(local: Local) {
    let units = |units| Throughput { read_units: units, write_units: units };
    let mut schema = weather(local.unique_name());
    schema.billing = Billing::Provisioned(units(5));
    let table = local.create(schema).await.schema.name;
    let update = UpdateTable::new(&table).billing(Billing::Provisioned(units(6))).update_index("by_kind", units(7));
    local.driver.run(update).await.unwrap();
    let described = wait_until(&local, &table, |table| table.schema.billing == Billing::Provisioned(units(6))).await;
    assert_eq!(described.schema.global_indexes[0].throughput, Some(units(7)));
}

pub(crate) async fn rejects_deletion_protection(local: Local) {
    let table = local.weather([]).await;
    assert!(!local.driver.capability().create_table_with_deletion_protection);
    let mut schema = weather(local.unique_name());
    schema.deletion_protection = true;
    let plans: [QueryPlan; 3] = [
        CreateTable::new(schema).into(),
        UpdateTable::new(&table).deletion_protection(true).into(),
        UpdateTable::new(&table).deletion_protection(false).into(),
    ];
    for plan in plans {
        let error = local.driver.execute(plan).await.unwrap_err();
        assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Unsupported, Applied::No), "{error}");
        assert!(error.message().contains("deletion"), "{error}");
    }
}

pub(crate) async fn rejects_table_classes(local: Local) {
    let table = local.weather([]).await;
    assert!(!local.driver.capability().create_table_with_table_class);
    let mut schema = weather(local.unique_name());
    schema.table_class = TableClass::StandardInfrequentAccess;
    let plans: [QueryPlan; 2] =
        [CreateTable::new(schema).into(), UpdateTable::new(&table).table_class(TableClass::Standard).into()];
    for plan in plans {
        let error = local.driver.execute(plan).await.unwrap_err();
        assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Unsupported, Applied::No), "{error}");
        assert!(error.message().contains("table classes"), "{error}");
    }
}

pub(crate) async fn rejects_settings_that_rusoto_lacks(local: Local) {
    let table = local.weather([]).await;
    let created = |change: fn(&mut TableSchema)| {
        let mut schema = weather(local.unique_name());
        schema.global_indexes = vec![by_kind()];
        change(&mut schema);
        QueryPlan::from(CreateTable::new(schema))
    };
    let (maximum, warm) = (OnDemandMaximum::new(20, 15), WarmThroughput::read(13_000));
    let update = || UpdateTable::new(&table);
    let of_index = |index: IndexUpdate| QueryPlan::from(update().update_index_with(index));
    let maximums = [
        created(|schema| schema.on_demand_maximum = OnDemandMaximum::new(20, 15)),
        created(|schema| schema.global_indexes[0].on_demand_maximum = OnDemandMaximum::new(20, 15)),
        update().on_demand_maximum(maximum).into(),
        update().create_index(GlobalIndex { on_demand_maximum: maximum, ..by_kind() }).into(),
        of_index(IndexUpdate::new("by_kind").on_demand_maximum(maximum)),
    ];
    let warm = [
        created(|schema| schema.warm_throughput = WarmThroughput::read(13_000)),
        created(|schema| schema.global_indexes[0].warm_throughput = WarmThroughput::read(13_000)),
        update().warm_throughput(warm).into(),
        update().create_index(GlobalIndex { warm_throughput: warm, ..by_kind() }).into(),
        of_index(IndexUpdate::new("by_kind").warm_throughput(warm)),
    ];
    let policies = [created(|schema| schema.resource_policy = Some("{}".into()))];
    let operations = [
        GetResourcePolicy::new("arn").into(),
        PutResourcePolicy::new("arn", "{}").into(),
        DeleteResourcePolicy::new("arn").into(),
    ];
    let without_units = [of_index(IndexUpdate::new("by_kind"))];
    for (plans, reason) in [
        (&maximums[..], "on-demand maximums"),
        (&warm, "warm throughput"),
        (&policies, "resource policies"),
        (&operations, "resource policies"),
        (&without_units, "updates of indexes without throughput"),
    ] {
        for plan in plans {
            let error = local.driver.execute(plan.clone()).await.unwrap_err();
            assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Unsupported, Applied::No), "{error}");
            assert!(error.message().contains(reason), "{error}");
        }
    }
}

fn by_kind() -> GlobalIndex {
    GlobalIndex::new("by_kind", KeySchema::hash(KeyAttribute::s("kind")), IndexProjection::KeysOnly)
}

pub(crate) async fn describes_the_limits_of_the_account(local: Local) {
    let limits = local.driver.run(DescribeLimits {}).await.unwrap();
    assert!(limits.table_max_read_capacity_units > 0 && limits.table_max_write_capacity_units > 0, "{limits:?}");
    assert!(limits.account_max_read_capacity_units >= limits.table_max_read_capacity_units);
    assert!(limits.account_max_write_capacity_units >= limits.table_max_write_capacity_units);
    // DynamoDB Local does not support the operation.
    let error = local.driver.run(DescribeEndpoints {}).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::Unsupported, "{error}");
}
