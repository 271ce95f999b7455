//! On-demand maximums and warm throughput of tables and indexes.

use djamodb_core::driver::DriverExt;
use djamodb_core::plan::{
    CreateTable, IndexStatus, IndexUpdate, OnDemandMaximumUpdate, StreamUpdate, TableStatus, UnitsUpdate, UpdateTable,
    WarmThroughputDescription,
};
use djamodb_core::schema::{
    Billing, GlobalIndex, OnDemandMaximum, StreamView, TableClass, TableSchema, WarmThroughput,
};
use djamodb_driver_memory::MemoryDriver;

use crate::support::tables::{
    by, described, invalid, provisioned, schema_of_units, slow_weather, slow_with, units, update,
};
use crate::support::{DELAY, schema, weather, with};

/// Returns the maximums of the table and of its first index.
async fn maximums(driver: &MemoryDriver) -> [OnDemandMaximum; 2] {
    let schema = described(driver).await.schema;
    [schema.on_demand_maximum, schema.global_indexes[0].on_demand_maximum]
}

/// Returns the warm throughput of the table and of an index, read units first.
async fn warm(driver: &MemoryDriver) -> [(u64, u64); 2] {
    let description = described(driver).await;
    let table = description.warm_throughput.unwrap();
    let index = description.indexes.iter().find_map(|index| index.warm_throughput).unwrap();
    [(table.read_units, table.write_units), (index.read_units, index.write_units)]
}

fn of_index() -> IndexUpdate {
    IndexUpdate::new("global_all")
}

#[tokio::test]
async fn on_demand_maximums_are_stored_and_merged() {
    let mut schema = TableSchema { on_demand_maximum: OnDemandMaximum::new(20, 15), ..schema() };
    schema.global_indexes[0].on_demand_maximum = OnDemandMaximum::read(7);
    let driver = with(schema.clone()).await;
    assert_eq!(described(&driver).await.schema, schema);

    let changed = driver.run(update().on_demand_maximum(OnDemandMaximum::read(40))).await.unwrap().table;
    assert_eq!((changed.schema.on_demand_maximum, changed.status), (OnDemandMaximum::new(40, 15), TableStatus::Active));
    driver.run(update().update_index_with(of_index().on_demand_maximum(OnDemandMaximum::write(3)))).await.unwrap();
    assert_eq!(maximums(&driver).await, [OnDemandMaximum::new(40, 15), OnDemandMaximum::new(7, 3)]);

    let no_read = OnDemandMaximumUpdate { read_units: UnitsUpdate::Remove, ..OnDemandMaximumUpdate::UNCHANGED };
    driver.run(update().on_demand_maximum(no_read).billing(Billing::PayPerRequest)).await.unwrap();
    driver.run(update().update_index_with(of_index().on_demand_maximum(OnDemandMaximumUpdate::REMOVE))).await.unwrap();
    assert_eq!(maximums(&driver).await, [OnDemandMaximum::write(15), OnDemandMaximum::NONE]);
}

#[tokio::test]
async fn provisioned_tables_have_no_on_demand_maximums() {
    let driver = MemoryDriver::new();
    let of_new = |member, of| {
        format!("{member} for OnDemandThroughput{of} cannot be specified when table BillingMode is PROVISIONED.")
    };
    // The range is checked afterwards.
    for (maximum, member) in
        [(OnDemandMaximum::new(0, 1), "MaxReadRequestUnits"), (OnDemandMaximum::write(10), "MaxWriteRequestUnits")]
    {
        let table = TableSchema { on_demand_maximum: maximum, ..schema_of_units() };
        assert_eq!(invalid(&driver, CreateTable::new(table)).await, of_new(member, ""));
        let mut table = schema_of_units();
        table.global_indexes[0].on_demand_maximum = maximum;
        assert_eq!(invalid(&driver, CreateTable::new(table)).await, of_new(member, " for index: global_all"));
    }

    driver.run(CreateTable::new(schema_of_units())).await.unwrap();
    let refused =
        "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED";
    assert_eq!(invalid(&driver, update().on_demand_maximum(OnDemandMaximum::read(10))).await, refused);
    assert_eq!(invalid(&driver, update().on_demand_maximum(OnDemandMaximumUpdate::REMOVE)).await, refused);
    let index = of_index().on_demand_maximum(OnDemandMaximum::write(10));
    assert!(invalid(&driver, update().update_index_with(index)).await.contains("for index : global_all cannot"));

    // The billing of the same request counts.
    driver.run(update().billing(Billing::PayPerRequest).on_demand_maximum(OnDemandMaximum::read(10))).await.unwrap();
    let index = of_index().on_demand_maximum(OnDemandMaximum::write(10));
    driver.run(update().update_index_with(index)).await.unwrap();
    assert_eq!(maximums(&driver).await, [OnDemandMaximum::read(10), OnDemandMaximum::write(10)]);
    let back = update().billing(provisioned(5, 5)).update_index("global_all", units(1, 1));
    driver.run(back).await.unwrap();
    assert_eq!(maximums(&driver).await, [OnDemandMaximum::NONE; 2]);
}

#[tokio::test]
async fn on_demand_maximums_are_at_least_one_unit() {
    let outside = |member, of| format!("Requested {member} for OnDemandThroughput for {of} is outside of valid range");
    let driver = MemoryDriver::new();
    let table = TableSchema { on_demand_maximum: OnDemandMaximum::new(0, 0), ..schema() };
    assert_eq!(invalid(&driver, CreateTable::new(table)).await, outside("MaxReadRequestUnits", "table"));
    let mut table = schema();
    table.global_indexes[0].on_demand_maximum = OnDemandMaximum::write(0);
    let of = "index : global_all";
    assert_eq!(invalid(&driver, CreateTable::new(table)).await, outside("MaxWriteRequestUnits", of));

    let driver = weather().await;
    let zero = update().on_demand_maximum(OnDemandMaximum::new(1, 0));
    assert_eq!(invalid(&driver, zero).await, outside("MaxWriteRequestUnits", "table"));
    let zero = update().update_index_with(of_index().on_demand_maximum(OnDemandMaximum::read(0)));
    assert_eq!(invalid(&driver, zero).await, outside("MaxReadRequestUnits", of));
    let zero = GlobalIndex { on_demand_maximum: OnDemandMaximum::read(u64::MAX), ..by("more", "x") };
    assert_eq!(invalid(&driver, update().create_index(zero)).await, outside("MaxReadRequestUnits", "index : more"));
    assert_eq!(described(&driver).await.schema, schema());
}

#[tokio::test]
async fn warm_throughput_starts_with_that_of_the_billing() {
    assert_eq!(warm(&weather().await).await, [(12_000, 4_000); 2]);
    assert_eq!(warm(&with(schema_of_units()).await).await, [(5, 5), (1, 1)]);
    let mut requested = TableSchema { warm_throughput: WarmThroughput::read(12_001), ..schema() };
    requested.global_indexes[0].warm_throughput = WarmThroughput::new(13_000, 5_000);
    let driver = with(requested).await;
    assert_eq!(warm(&driver).await, [(12_001, 4_000), (13_000, 5_000)]);
    assert_eq!(described(&driver).await.schema, schema(), "the description has fields of its own");

    let see = "See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial";
    let driver = MemoryDriver::new();
    let low = TableSchema { warm_throughput: WarmThroughput::new(1, 1), ..schema() };
    assert_eq!(
        invalid(&driver, CreateTable::new(low)).await,
        format!(
            "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than initial throughput for OnDemand. {see}"
        )
    );
    let mut low = schema();
    low.global_indexes[0].warm_throughput = WarmThroughput::write(3_999);
    assert_eq!(
        invalid(&driver, CreateTable::new(low)).await,
        format!(
            "Requested WriteUnitsPerSecond for WarmThroughput for index global_all is lower than initial throughput for \
             OnDemand. {see}"
        )
    );
    let low = TableSchema { warm_throughput: WarmThroughput::new(5, 4), ..schema_of_units() };
    assert_eq!(
        invalid(&driver, CreateTable::new(low)).await,
        "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than WriteCapacityUnits of ProvisionedThroughput"
    );
}

#[tokio::test]
async fn warm_throughput_is_raised_only() {
    let driver = weather().await;
    driver.run(update().warm_throughput(WarmThroughput::new(13_000, 4_000))).await.unwrap();
    driver.run(update().warm_throughput(WarmThroughput::write(4_002))).await.unwrap();
    driver.run(update().update_index_with(of_index().warm_throughput(WarmThroughput::read(20_000)))).await.unwrap();
    assert_eq!(warm(&driver).await, [(13_000, 4_002), (20_000, 4_000)]);
    let lower = |member, of| {
        format!(
            "Requested {member} for WarmThroughput for {of} is lower than current WarmThroughput, decreasing WarmThroughput is not supported"
        )
    };
    let low = update().warm_throughput(WarmThroughput::new(12_999, 1));
    assert_eq!(invalid(&driver, low).await, lower("ReadUnitsPerSecond", "table"));
    let low = update().update_index_with(of_index().warm_throughput(WarmThroughput::write(1)));
    assert_eq!(invalid(&driver, low).await, lower("WriteUnitsPerSecond", "index global_all"));
    let low = GlobalIndex { warm_throughput: WarmThroughput::read(1), ..by("more", "x") };
    assert!(invalid(&driver, update().create_index(low)).await.contains("for index more is lower than initial"));
    let high = GlobalIndex { warm_throughput: WarmThroughput::read(30_000), ..by("more", "x") };
    driver.run(update().create_index(high)).await.unwrap();
    let more = described(&driver).await.indexes.into_iter().find(|index| index.name == *"more").unwrap();
    let expected = WarmThroughputDescription { read_units: 30_000, write_units: 4_000, status: IndexStatus::Active };
    assert_eq!(more.warm_throughput, Some(expected));
}

#[tokio::test]
async fn warm_throughput_follows_provisioned_throughput_upwards() {
    let driver = with(schema_of_units()).await;
    driver.run(update().billing(provisioned(9, 2))).await.unwrap();
    driver.run(update().update_index("global_all", units(2, 8))).await.unwrap();
    driver.run(update().update_index("global_all", units(1, 1))).await.unwrap();
    assert_eq!(warm(&driver).await, [(9, 5), (2, 8)]);
    driver.run(update().billing(Billing::PayPerRequest)).await.unwrap();
    assert_eq!(warm(&driver).await, [(12_000, 4_000); 2]);
    driver.run(update().billing(provisioned(1, 1)).update_index("global_all", units(1, 1))).await.unwrap();
    assert_eq!(warm(&driver).await, [(12_000, 4_000); 2]);
}

#[tokio::test]
async fn warm_throughput_rises_while_the_table_is_active() {
    let (driver, clock) = slow_weather().await;
    let raised = driver.run(update().warm_throughput(WarmThroughput::read(13_000))).await.unwrap().table;
    let before = WarmThroughputDescription { read_units: 12_000, write_units: 4_000, status: TableStatus::Updating };
    assert_eq!((raised.status, raised.warm_throughput), (TableStatus::Active, Some(before)));
    // A second request is merged with the first.
    driver.run(update().warm_throughput(WarmThroughput::write(5_000))).await.unwrap();
    driver.run(update().update_index_with(of_index().warm_throughput(WarmThroughput::read(13_000)))).await.unwrap();
    let copy = driver.snapshot().driver();
    clock.advance(DELAY);
    for driver in [&driver, &copy] {
        assert_eq!(warm(driver).await, [(13_000, 5_000), (13_000, 4_000)]);
        assert_eq!(described(driver).await.warm_throughput.unwrap().status, TableStatus::Active);
    }
}

#[tokio::test]
async fn these_settings_change_alone() {
    let driver = weather().await;
    let stream = StreamUpdate::Enable(StreamView::KeysOnly);
    let (maximum, warm) = (OnDemandMaximum::read(10), WarmThroughput::read(13_000));
    let billing_only = "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request";
    let warm_alone = "WarmThroughput must be the only operation in the request";
    for (change, message) in [
        (update().on_demand_maximum(maximum).stream(stream), billing_only),
        (update().on_demand_maximum(maximum).warm_throughput(warm), billing_only),
        (update().on_demand_maximum(maximum).billing(Billing::PayPerRequest).stream(stream), billing_only),
        (update().warm_throughput(warm).stream(stream), warm_alone),
        (update().warm_throughput(warm).billing(Billing::PayPerRequest), warm_alone),
        (
            update().warm_throughput(warm).create_index(by("more", "x")),
            "Create global secondary index cannot be specified when updating WarmThroughput",
        ),
        (
            update().warm_throughput(warm).table_class(TableClass::Standard),
            "TableClass modification must be the only operation in the request",
        ),
        (
            update().update_index_with(of_index()),
            "The only Updates for index: global_all when TableThroughputMode is PAY_PER_REQUEST can be to \
             OnDemandThroughput, WarmThroughput",
        ),
    ] {
        assert_eq!(invalid(&driver, change).await, message);
    }
    assert_eq!(described(&driver).await.schema, schema());
    let provisioned = with(schema_of_units()).await;
    assert_eq!(
        invalid(&provisioned, UpdateTable::new("weather").update_index_with(of_index())).await,
        "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: global_all"
    );
    let (updating, _) = slow_with(schema()).await;
    updating.run(update().billing(Billing::PayPerRequest)).await.unwrap();
    let message = crate::support::tables::in_use(&updating, update().on_demand_maximum(maximum)).await;
    assert_eq!(message, "Table is being updated: weather");
}
