//! Settings that `UpdateTimeToLive` makes.

use super::prelude::*;

case!("update_time_to_live/enables_one_attribute_per_table", Theme::Table, enables_one_attribute_per_table);
case!("update_time_to_live/names_the_attribute_in_use", Theme::Table, names_the_attribute_in_use);
case!("update_time_to_live/rejects_disabling_a_disabled_setting", Theme::Table, rejects_disabling_a_disabled_setting);
case!("update_time_to_live/reports_a_missing_table", Theme::MissingTable, reports_a_missing_table);
case!("update_time_to_live/create_table_of_a_model_enables_it", Theme::Model, create_table_of_a_model_enables_it);

/// Fails if a second attribute is accepted.
async fn enables_one_attribute_per_table(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.run(UpdateTimeToLive::enable(&table, "expires")).await?;
    cx.expect_validation_error(UpdateTimeToLive::enable(&table, "expires")).await?;
    cx.expect_validation_error(UpdateTimeToLive::enable(&table, "other")).await?;
    Ok(())
}

/// Fails if the message lacks the attribute by which items expire.
async fn names_the_attribute_in_use(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.run(UpdateTimeToLive::enable(&table, "expires")).await?;
    let error = cx.expect_validation_error(UpdateTimeToLive::enable(&table, "other")).await?;
    let message = "TimeToLive is active on a different AttributeName: current AttributeName is expires";
    cx.expect_message_unless("rules-of-tables-have-other-words", &error, message)
}

/// Fails if disabling time to live that is not enabled succeeds.
async fn rejects_disabling_a_disabled_setting(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let disable = UpdateTimeToLive { enabled: false, ..UpdateTimeToLive::enable(&table, "expires") };
    cx.expect_validation_error(disable).await?;
    Ok(())
}

/// Fails if changing a missing table succeeds.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    cx.expect_resource_not_found(UpdateTimeToLive::enable(cx.table_name("missing"), "expires")).await?;
    Ok(())
}

/// Fails if `create_table` ignores the `time_to_live` of the model.
async fn create_table_of_a_model_enables_it(cx: Context) -> CaseResult {
    let table = cx.db().create_table::<Session>().await?;
    // Enabling fails only if time to live is enabled already.
    cx.expect_validation_error(UpdateTimeToLive::enable(table, "expires")).await?;
    Ok(())
}
