//! On-demand maximums and warm throughput of tables and global indexes, in `CreateTable` and `UpdateTable`.

use djamodb_core::plan::{IndexStatus, IndexUpdate, OnDemandMaximumUpdate, TableStatus};
use djamodb_core::schema::{
    Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, OnDemandMaximum, TableSchema, Throughput,
    WarmThroughput,
};

use super::prelude::*;

case!(
    "create_table/has_the_on_demand_maximums_of_the_request",
    Theme::Table,
    requires: [Requirement::OnDemandMaximum],
    has_the_on_demand_maximums_of_the_request
);
case!(
    "create_table/has_an_on_demand_maximum_of_one_kind",
    Theme::Table,
    requires: [Requirement::OnDemandMaximum],
    has_an_on_demand_maximum_of_one_kind
);
case!(
    "create_table/rejects_on_demand_maximums_of_no_units",
    Theme::Table,
    requires: [Requirement::OnDemandMaximum],
    creation_rejects_maximums_of_no_units
);
case!(
    "create_table/rejects_on_demand_maximums_of_provisioned_tables",
    Theme::Table,
    requires: [Requirement::OnDemandMaximum],
    creation_rejects_maximums_of_provisioned_tables
);
case!(
    "update_table/changes_and_removes_on_demand_maximums",
    Theme::Table,
    requires: [Requirement::OnDemandMaximum],
    changes_and_removes_on_demand_maximums
);
case!(
    "update_table/changes_one_on_demand_maximum_and_keeps_the_other",
    Theme::Table,
    requires: [Requirement::OnDemandMaximum],
    changes_one_on_demand_maximum_and_keeps_the_other
);
case!(
    "update_table/changes_the_on_demand_maximums_of_an_index",
    Theme::Table,
    requires: [Requirement::OnDemandMaximum],
    changes_the_on_demand_maximums_of_an_index
);
case!(
    "update_table/other_changes_keep_the_on_demand_maximums",
    Theme::Table,
    requires: [Requirement::OnDemandMaximum],
    other_changes_keep_the_on_demand_maximums
);
case!("update_table/an_index_keeps_its_throughput", Theme::Table, an_index_keeps_its_throughput);
case!(
    "update_table/rejects_on_demand_maximums_of_no_units",
    Theme::Table,
    requires: [Requirement::OnDemandMaximum],
    update_rejects_maximums_of_no_units
);
case!(
    "update_table/rejects_on_demand_maximums_of_provisioned_tables",
    Theme::Table,
    requires: [Requirement::OnDemandMaximum],
    update_rejects_maximums_of_provisioned_tables
);
case!(
    "update_table/provisioned_throughput_ends_on_demand_maximums",
    Theme::Table,
    requires: [Requirement::OnDemandMaximum],
    provisioned_throughput_ends_on_demand_maximums
);
case!(
    "create_table/has_the_warm_throughput_of_the_request",
    Theme::Table,
    requires: [Requirement::WarmThroughput],
    has_the_warm_throughput_of_the_request
);
case!(
    "create_table/rejects_warm_throughput_below_the_initial",
    Theme::Table,
    requires: [Requirement::WarmThroughput],
    rejects_warm_throughput_below_the_initial
);
case!(
    "update_table/raises_the_warm_throughput",
    Theme::Table,
    requires: [Requirement::WarmThroughput],
    raises_the_warm_throughput
);
case!(
    "update_table/does_not_lower_the_warm_throughput",
    Theme::Table,
    requires: [Requirement::WarmThroughput],
    does_not_lower_the_warm_throughput
);

const BOTH: OnDemandMaximum = OnDemandMaximum::new(20, 15);
const INDEX: &str = "by_kind";

fn schema() -> TableSchema {
    let mut schema = TableSchema::new("users", KeySchema::hash(KeyAttribute::s("id")));
    let key = KeySchema::hash(KeyAttribute::s("kind"));
    schema.global_indexes.push(GlobalIndex::new(INDEX, key, IndexProjection::KeysOnly));
    schema
}

/// Returns a schema whose table and index have a maximum.
fn with_maximum(maximum: OnDemandMaximum) -> TableSchema {
    let mut schema = TableSchema { on_demand_maximum: maximum, ..schema() };
    schema.global_indexes[0].on_demand_maximum = maximum;
    schema
}

/// Returns the maximums of a table and of its index.
async fn maximums(cx: &Context, table: &Name) -> Result<[OnDemandMaximum; 2], Failure> {
    let schema = describe_table(cx, table).await?.schema;
    let of_index = schema.global_indexes.first().map(|index| index.on_demand_maximum);
    Ok([schema.on_demand_maximum, of_index.unwrap_or_default()])
}

/// Returns the read and write units of the warm throughput of a table and of its index. A change that takes the service minutes counts as
/// made, if its status says so.
async fn ensure_warm(cx: &Context, table: &Name, expected: [(u64, u64); 2]) -> CaseResult {
    let description = describe_table(cx, table).await?;
    let of_table = description.warm_throughput.ok_or_else(|| Failure::new("the table has no warm throughput"))?;
    let of_index = description.indexes.iter().find_map(|index| index.warm_throughput);
    let of_index = of_index.ok_or_else(|| Failure::new("the index has no warm throughput"))?;
    if of_table.status == TableStatus::Active {
        ensure_eq("warm throughput of the table", (of_table.read_units, of_table.write_units), expected[0])?;
    }
    if of_index.status == IndexStatus::Active {
        ensure_eq("warm throughput of the index", (of_index.read_units, of_index.write_units), expected[1])?;
    }
    Ok(())
}

/// Fails if a table or an index is created with other maximums than requested.
async fn has_the_on_demand_maximums_of_the_request(cx: Context) -> CaseResult {
    let Some(table) = cx.create_table_requiring(Requirement::OnDemandMaximum, with_maximum(BOTH)).await? else {
        return Ok(());
    };
    ensure_eq("maximums", maximums(&cx, &table).await?, [BOTH; 2])?;
    let plain = cx.create_table(TableSchema { name: "plain".into(), ..schema() }).await?;
    ensure_eq("maximums of another table", maximums(&cx, &plain).await?, [OnDemandMaximum::NONE; 2])
}

/// Fails if a maximum of one kind of units needs one of the other.
async fn has_an_on_demand_maximum_of_one_kind(cx: Context) -> CaseResult {
    let needs_both = cx.deviates("on-demand-maximums-need-both-units");
    let write = OnDemandMaximum::write(15);
    if needs_both && cx.capability().create_table_with_on_demand_maximum {
        let table = TableSchema { name: cx.table_name("users"), ..with_maximum(write) };
        cx.run_requiring(Requirement::OnDemandMaximum, CreateTable::new(table.clone())).await?;
        cx.expect_validation_error(CreateTable::new(table)).await?;
        return Ok(());
    }
    let Some(table) = cx.create_table_requiring(Requirement::OnDemandMaximum, with_maximum(write)).await? else {
        return Ok(());
    };
    ensure_eq("maximums", maximums(&cx, &table).await?, [write; 2])
}

/// Fails if a table is created that could serve nothing.
async fn creation_rejects_maximums_of_no_units(cx: Context) -> CaseResult {
    let table = TableSchema { name: cx.table_name("users"), ..with_maximum(OnDemandMaximum::new(20, 0)) };
    let create = CreateTable::new(table);
    if cx.run_requiring(Requirement::OnDemandMaximum, create.clone()).await?.is_some() {
        let error = cx.expect_validation_error(create).await?;
        cx.expect_message(
            &error,
            "One or more parameter values were invalid: Requested MaxWriteRequestUnits for OnDemandThroughput for * is outside \
             of valid range",
        )?;
    }
    Ok(())
}

/// Fails if a table is created with maximums that have no effect.
async fn creation_rejects_maximums_of_provisioned_tables(cx: Context) -> CaseResult {
    let is_ignored = cx.deviates("on-demand-maximums-of-provisioned-tables-are-ignored");
    let schema = TableSchema { billing: Billing::provisioned(2, 3), ..with_maximum(BOTH) };
    if is_ignored {
        let created = cx.create_table_requiring(Requirement::OnDemandMaximum, schema).await?;
        if let Some(table) = created {
            ensure_eq("maximum of the table", maximums(&cx, &table).await?[0], OnDemandMaximum::NONE)?;
        }
        return Ok(());
    }
    let create = CreateTable::new(TableSchema { name: cx.table_name("users"), ..schema });
    if cx.run_requiring(Requirement::OnDemandMaximum, create.clone()).await?.is_some() {
        let error = cx.expect_validation_error(create).await?;
        cx.expect_message(
            &error,
            "One or more parameter values were invalid: MaxReadRequestUnits for OnDemandThroughput cannot be specified when \
             table BillingMode is PROVISIONED.",
        )?;
    }
    Ok(())
}

/// Fails if the maximums of a table do not change, or cannot be removed.
async fn changes_and_removes_on_demand_maximums(cx: Context) -> CaseResult {
    let table = cx.create_table(schema()).await?;
    let update = UpdateTable::new(&table).on_demand_maximum(BOTH);
    if !update_table_requiring(&cx, Requirement::OnDemandMaximum, update).await? {
        return Ok(());
    }
    ensure_eq("maximums", maximums(&cx, &table).await?, [BOTH, OnDemandMaximum::NONE])?;
    update_table(&cx, UpdateTable::new(&table).on_demand_maximum(OnDemandMaximumUpdate::REMOVE)).await?;
    // The service describes a removed maximum for about a second.
    for _ in 0..POLLS_MAX {
        if maximums(&cx, &table).await? == [OnDemandMaximum::NONE; 2] {
            return Ok(());
        }
        pause(&cx).await;
    }
    ensure_eq("maximums after their removal", maximums(&cx, &table).await?, [OnDemandMaximum::NONE; 2])
}

/// Fails if a change of one maximum removes the other.
async fn changes_one_on_demand_maximum_and_keeps_the_other(cx: Context) -> CaseResult {
    let needs_both = cx.deviates("on-demand-maximums-need-both-units");
    let table = cx.create_table(schema()).await?;
    let update = |maximum| UpdateTable::new(&table).on_demand_maximum(maximum);
    if !update_table_requiring(&cx, Requirement::OnDemandMaximum, update(BOTH)).await? {
        return Ok(());
    }
    let changed = cx.driver().run(update(OnDemandMaximum::read(40))).await;
    if needs_both {
        ensure("an update of one maximum fails", changed.is_err())?;
        return ensure_eq("maximum", maximums(&cx, &table).await?[0], BOTH);
    }
    changed?;
    wait_until_active(&cx, &table).await?;
    ensure_eq("maximum", maximums(&cx, &table).await?[0], OnDemandMaximum::new(40, 15))
}

/// Fails if the maximums of an index do not change, or those of the table do.
async fn changes_the_on_demand_maximums_of_an_index(cx: Context) -> CaseResult {
    let is_kept = cx.deviates("on-demand-maximums-of-indexes-are-kept");
    let table = cx.create_table(schema()).await?;
    let index = IndexUpdate::new(INDEX).on_demand_maximum(BOTH);
    let update = UpdateTable::new(&table).update_index_with(index);
    if update_table_requiring(&cx, Requirement::OnDemandMaximum, update).await? {
        let of_index = if is_kept { OnDemandMaximum::NONE } else { BOTH };
        ensure_eq("maximums", maximums(&cx, &table).await?, [OnDemandMaximum::NONE, of_index])?;
    }
    Ok(())
}

/// Fails if a table is changed so that it can serve nothing.
async fn update_rejects_maximums_of_no_units(cx: Context) -> CaseResult {
    let is_accepted = cx.deviates("on-demand-maximums-of-updates-are-not-checked");
    let table = cx.create_table(schema()).await?;
    let update = UpdateTable::new(&table).on_demand_maximum(OnDemandMaximum::new(0, 15));
    let Some(result) = cx.run_requiring(Requirement::OnDemandMaximum, update.clone()).await? else {
        return Ok(());
    };
    if is_accepted {
        result?;
        return Ok(());
    }
    let error = cx.expect_validation_error(update).await?;
    cx.expect_message(
        &error,
        "One or more parameter values were invalid: Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of \
         valid range",
    )?;
    ensure_eq("maximums", maximums(&cx, &table).await?, [OnDemandMaximum::NONE; 2])
}

/// Fails if maximums are set that have no effect.
async fn update_rejects_maximums_of_provisioned_tables(cx: Context) -> CaseResult {
    let is_ignored = cx.deviates("on-demand-maximums-of-provisioned-tables-are-ignored");
    let table = cx.create_table(TableSchema { billing: Billing::provisioned(2, 3), ..schema() }).await?;
    let update = UpdateTable::new(&table).on_demand_maximum(BOTH);
    let Some(result) = cx.run_requiring(Requirement::OnDemandMaximum, update.clone()).await? else {
        return Ok(());
    };
    if is_ignored {
        result?;
    } else {
        let error = cx.expect_validation_error(update).await?;
        cx.expect_message(
            &error,
            "One or more parameter values were invalid: MaxReadRequestUnits for OnDemandThroughput cannot be specified when the \
             table BillingMode is PROVISIONED",
        )?;
    }
    ensure_eq("maximums", maximums(&cx, &table).await?, [OnDemandMaximum::NONE; 2])
}

/// Fails if a table has its maximums again after it was provisioned.
async fn provisioned_throughput_ends_on_demand_maximums(cx: Context) -> CaseResult {
    let schema = TableSchema { global_indexes: Vec::new(), ..with_maximum(BOTH) };
    let Some(table) = cx.create_table_requiring(Requirement::OnDemandMaximum, schema).await? else {
        return Ok(());
    };
    for billing in [Billing::provisioned(2, 3), Billing::PayPerRequest] {
        update_table(&cx, UpdateTable::new(&table).billing(billing)).await?;
        ensure_eq("maximums", maximums(&cx, &table).await?, [OnDemandMaximum::NONE; 2])?;
    }
    Ok(())
}

/// Fails if a table or an index is created with another warm throughput than requested or initial.
async fn has_the_warm_throughput_of_the_request(cx: Context) -> CaseResult {
    let is_ignored = cx.deviates("warm-throughput-is-ignored");
    let mut schema = TableSchema { warm_throughput: WarmThroughput::read(12_001), ..schema() };
    schema.global_indexes[0].warm_throughput = WarmThroughput::new(12_002, 4_002);
    let Some(table) = cx.create_table_requiring(Requirement::WarmThroughput, schema).await? else {
        return Ok(());
    };
    if is_ignored {
        return ensure_eq("warm throughput", describe_table(&cx, &table).await?.warm_throughput, None);
    }
    ensure_warm(&cx, &table, [(12_001, 4_000), (12_002, 4_002)]).await
}

/// Fails if a table is created with less warm throughput than it has anyway.
async fn rejects_warm_throughput_below_the_initial(cx: Context) -> CaseResult {
    let is_ignored = cx.deviates("warm-throughput-is-ignored");
    for (name, billing, reason) in [
        ("users", Billing::PayPerRequest, "initial throughput for OnDemand. See: *"),
        ("steady", Billing::provisioned(10, 10), "ReadCapacityUnits of ProvisionedThroughput"),
    ] {
        let table = TableSchema { billing, warm_throughput: WarmThroughput::new(5, 5), ..schema() };
        if is_ignored {
            let table = TableSchema { name: name.into(), ..table };
            cx.create_table_requiring(Requirement::WarmThroughput, table).await?;
            continue;
        }
        let create = CreateTable::new(TableSchema { name: cx.table_name(name), ..table });
        if cx.run_requiring(Requirement::WarmThroughput, create.clone()).await?.is_some() {
            let error = cx.expect_validation_error(create).await?;
            let message = "One or more parameter values were invalid: Requested ReadUnitsPerSecond for WarmThroughput for table \
                           is lower than ";
            cx.expect_message(&error, &format!("{message}{reason}"))?;
        }
    }
    Ok(())
}

/// Fails if the warm throughput of a table or an index does not rise.
async fn raises_the_warm_throughput(cx: Context) -> CaseResult {
    let is_ignored = cx.deviates("warm-throughput-is-ignored");
    let table = cx.create_table(schema()).await?;
    let of_table = UpdateTable::new(&table).warm_throughput(WarmThroughput::write(4_001));
    let index = IndexUpdate::new(INDEX).warm_throughput(WarmThroughput::read(12_001));
    let of_index = UpdateTable::new(&table).update_index_with(index);
    if is_ignored {
        for update in [of_table, of_index] {
            if let Some(result) = cx.run_requiring(Requirement::WarmThroughput, update).await? {
                ensure("the update fails", result.is_err())?;
            }
        }
        return Ok(());
    }
    for update in [of_table, of_index] {
        if !update_table_requiring(&cx, Requirement::WarmThroughput, update).await? {
            return Ok(());
        }
    }
    ensure_warm(&cx, &table, [(12_000, 4_001), (12_001, 4_000)]).await
}

/// Fails if a lower warm throughput is accepted.
async fn does_not_lower_the_warm_throughput(cx: Context) -> CaseResult {
    let message = if cx.deviates("warm-throughput-is-ignored") {
        "Nothing to update"
    } else {
        "One or more parameter values were invalid: Requested ReadUnitsPerSecond for WarmThroughput for table is lower than \
         current WarmThroughput, decreasing WarmThroughput is not supported"
    };
    let table = cx.create_table(schema()).await?;
    let update = UpdateTable::new(&table).warm_throughput(WarmThroughput::new(6_000, 2_000));
    if cx.run_requiring(Requirement::WarmThroughput, update.clone()).await?.is_some() {
        let error = cx.expect_validation_error(update).await?;
        cx.expect_message(&error, message)?;
    }
    Ok(())
}

/// Fails if a change of another setting removes the on-demand maximums of the table.
async fn other_changes_keep_the_on_demand_maximums(cx: Context) -> CaseResult {
    let maximum = OnDemandMaximum::new(40, 20);
    let expected = if cx.deviates("updates-end-on-demand-maximums") { OnDemandMaximum::NONE } else { maximum };
    let key = KeySchema::hash(KeyAttribute::s("id"));
    let schema = TableSchema { on_demand_maximum: maximum, ..TableSchema::new(cx.table_name("kept"), key) };
    let table = schema.name.clone();
    let Some(created) = cx.run_requiring(Requirement::OnDemandMaximum, CreateTable::new(schema)).await? else {
        return Ok(());
    };
    created?;
    wait_until_active(&cx, &table).await?;
    let index = GlobalIndex::new("kind", KeySchema::hash(KeyAttribute::s("kind")), IndexProjection::All);
    update_table(&cx, UpdateTable::new(&table).create_index(index)).await?;
    ensure_eq("maximum", describe_table(&cx, &table).await?.schema.on_demand_maximum, expected)
}

/// Fails if a change of the throughput of the table changes that of an index, which it was at first.
async fn an_index_keeps_its_throughput(cx: Context) -> CaseResult {
    let key = KeySchema::hash(KeyAttribute::s("id"));
    let mut schema = TableSchema { billing: Billing::provisioned(2, 3), ..TableSchema::new("kept", key) };
    let index = GlobalIndex::new("kind", KeySchema::hash(KeyAttribute::s("kind")), IndexProjection::All);
    schema.global_indexes = vec![index];
    let table = cx.create_table(schema).await?;
    let throughput = async || -> Result<Vec<Option<Throughput>>, Failure> {
        let schema = describe_table(&cx, &table).await?.schema;
        Ok(schema.global_indexes.iter().map(|index| index.throughput).collect())
    };
    // That of the table is described as absent.
    ensure_eq("throughput of the index", throughput().await?, vec![None])?;
    update_table(&cx, UpdateTable::new(&table).billing(Billing::provisioned(4, 5))).await?;
    let kept = Throughput { read_units: 2, write_units: 3 };
    ensure_eq("throughput of the index after the update", throughput().await?, vec![Some(kept)])
}
