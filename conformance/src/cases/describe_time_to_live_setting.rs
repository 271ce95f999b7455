//! `DescribeTimeToLive`: by which attribute items expire.

use djamodb_core::plan::{DescribeTimeToLive, DescribeTimeToLiveOutput, TimeToLiveStatus};

use super::prelude::*;

case!("describe_time_to_live/a_new_table_has_none", Theme::Expiry, none);
case!("describe_time_to_live/is_described_as_it_was_set", Theme::Expiry, set);
case!("describe_time_to_live/what_was_turned_off_is_off", Theme::Expiry, turned_off);
case!("describe_time_to_live/a_missing_table_is_said", Theme::MissingTable, missing_table);

async fn describe(cx: &Context, table: &Name) -> Result<DescribeTimeToLiveOutput, Failure> {
    cx.run(DescribeTimeToLive::new(table)).await
}

const OFF: DescribeTimeToLiveOutput = DescribeTimeToLiveOutput { status: TimeToLiveStatus::Disabled, attribute: None };

/// Items would be thought to expire that are kept for ever.
async fn none(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    same("the setting", describe(&cx, &table).await?, OFF)
}

/// Whether items expire, and by what, could not be told.
async fn set(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    cx.run(UpdateTimeToLive::enable(&table, "expires")).await?;
    let described = describe(&cx, &table).await?;
    same("by what", described.attribute, Some("expires".into()))?;
    let is_on = matches!(described.status, TimeToLiveStatus::Enabling | TimeToLiveStatus::Enabled);
    holds("items expire", is_on)
}

/// Items would be thought to expire that are kept for ever.
async fn turned_off(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    cx.run(UpdateTimeToLive::enable(&table, "expires")).await?;
    cx.invalid(UpdateTimeToLive::disable(&table, "other")).await?;
    if cx.deviates("time-to-live-changes-once-an-hour") {
        cx.invalid(UpdateTimeToLive::disable(&table, "expires")).await?;
        return Ok(());
    }
    cx.run(UpdateTimeToLive::disable(&table, "expires")).await?;
    same("the setting", describe(&cx, &table).await?, OFF)?;
    cx.run(UpdateTimeToLive::enable(&table, "other")).await?;
    same("by another attribute", describe(&cx, &table).await?.attribute, Some("other".into()))
}

/// A typing error in a table's name would look like a table whose items do not expire.
async fn missing_table(cx: Context) -> CaseResult {
    let table = cx.name("missing");
    let error = cx.not_found(DescribeTimeToLive::new(&table)).await?;
    cx.says_or("missing-table-message", &error, &format!("Requested resource not found: Table: {table} not found"))
}
