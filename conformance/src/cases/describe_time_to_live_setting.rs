//! `DescribeTimeToLive`: by which attribute items expire.

use djamodb_core::plan::{DescribeTimeToLive, DescribeTimeToLiveOutput, TimeToLiveStatus};

use super::prelude::*;

case!("describe_time_to_live/a_new_table_has_none", Theme::TimeToLive, none);
case!("describe_time_to_live/is_described_as_it_was_set", Theme::TimeToLive, set);
case!("describe_time_to_live/what_was_turned_off_is_off", Theme::TimeToLive, turned_off);
case!("describe_time_to_live/a_missing_table_is_said", Theme::MissingTable, missing_table);

async fn describe(cx: &Context, table: &Name) -> Result<DescribeTimeToLiveOutput, Failure> {
    cx.run(DescribeTimeToLive::new(table)).await
}

const OFF: DescribeTimeToLiveOutput = DescribeTimeToLiveOutput { status: TimeToLiveStatus::Disabled, attribute: None };

/// Items would be thought to expire that are kept for ever.
async fn none(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    ensure_eq("the setting", describe(&cx, &table).await?, OFF)
}

/// Whether items expire, and by what, could not be told.
async fn set(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.run(UpdateTimeToLive::enable(&table, "expires")).await?;
    let described = describe(&cx, &table).await?;
    ensure_eq("by what", described.attribute, Some("expires".into()))?;
    let is_on = matches!(described.status, TimeToLiveStatus::Enabling | TimeToLiveStatus::Enabled);
    ensure("items expire", is_on)
}

/// Items would be thought to expire that are kept for ever.
async fn turned_off(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.run(UpdateTimeToLive::enable(&table, "expires")).await?;
    cx.expect_validation_error(UpdateTimeToLive::disable(&table, "other")).await?;
    if cx.deviates("time-to-live-changes-once-an-hour") {
        cx.expect_validation_error(UpdateTimeToLive::disable(&table, "expires")).await?;
        return Ok(());
    }
    cx.run(UpdateTimeToLive::disable(&table, "expires")).await?;
    ensure_eq("the setting", describe(&cx, &table).await?, OFF)?;
    cx.run(UpdateTimeToLive::enable(&table, "other")).await?;
    ensure_eq("by another attribute", describe(&cx, &table).await?.attribute, Some("other".into()))
}

/// A typing error in a table's name would look like a table whose items do not expire.
async fn missing_table(cx: Context) -> CaseResult {
    let table = cx.table_name("missing");
    let error = cx.expect_resource_not_found(DescribeTimeToLive::new(&table)).await?;
    cx.expect_message_or_deviation(
        "missing-table-message",
        &error,
        &format!("Requested resource not found: Table: {table} not found"),
    )
}
