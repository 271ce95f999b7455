//! Settings that `DescribeTimeToLive` returns.

use djamodb_core::plan::{DescribeTimeToLive, DescribeTimeToLiveOutput, TimeToLiveStatus};

use super::prelude::*;

case!("describe_time_to_live/reports_disabled_for_a_new_table", Theme::TimeToLive, reports_disabled_for_a_new_table);
case!("describe_time_to_live/returns_the_enabled_attribute", Theme::TimeToLive, returns_the_enabled_attribute);
case!("describe_time_to_live/reports_disabled_after_disabling", Theme::TimeToLive, reports_disabled_after_disabling);
case!("describe_time_to_live/reports_a_missing_table", Theme::MissingTable, reports_a_missing_table);

async fn describe(cx: &Context, table: &Name) -> Result<DescribeTimeToLiveOutput, Failure> {
    cx.run(DescribeTimeToLive::new(table)).await
}

const OFF: DescribeTimeToLiveOutput = DescribeTimeToLiveOutput { status: TimeToLiveStatus::Disabled, attribute: None };

/// Fails if a new table looks as if its items expire.
async fn reports_disabled_for_a_new_table(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    ensure_eq("setting", describe(&cx, &table).await?, OFF)
}

/// Fails if the status or the attribute name is wrong.
async fn returns_the_enabled_attribute(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.run(UpdateTimeToLive::enable(&table, "expires")).await?;
    let described = describe(&cx, &table).await?;
    ensure_eq("attribute", described.attribute, Some("expires".into()))?;
    let is_on = matches!(described.status, TimeToLiveStatus::Enabling | TimeToLiveStatus::Enabled);
    ensure("time to live is enabled or being enabled", is_on)
}

/// Fails if a disabled setting looks enabled, or if another attribute cannot be enabled afterwards.
async fn reports_disabled_after_disabling(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.run(UpdateTimeToLive::enable(&table, "expires")).await?;
    cx.expect_validation_error(UpdateTimeToLive::disable(&table, "other")).await?;
    if cx.deviates("time-to-live-changes-once-per-hour") {
        cx.expect_validation_error(UpdateTimeToLive::disable(&table, "expires")).await?;
        return Ok(());
    }
    cx.run(UpdateTimeToLive::disable(&table, "expires")).await?;
    ensure_eq("setting", describe(&cx, &table).await?, OFF)?;
    cx.run(UpdateTimeToLive::enable(&table, "other")).await?;
    ensure_eq("attribute after enabling another one", describe(&cx, &table).await?.attribute, Some("other".into()))
}

/// Fails if a misspelled table name looks like a table without time to live.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let table = cx.table_name("missing");
    let error = cx.expect_resource_not_found(DescribeTimeToLive::new(&table)).await?;
    cx.expect_message_or_deviation(
        "missing-table-message",
        &error,
        &format!("Requested resource not found: Table: {table} not found"),
    )
}
