//! `UpdateTimeToLive`: by which attribute items expire.

use super::prelude::*;

case!("update_time_to_live/a_table_takes_one_attribute", Theme::Table, one_attribute);
case!("update_time_to_live/what_is_off_cannot_be_turned_off", Theme::Table, off);
case!("update_time_to_live/a_missing_table_is_said", Theme::MissingTable, missing_table);
case!("update_time_to_live/a_models_table_is_created_with_it", Theme::Model, of_a_model);

/// Items would expire by two attributes, or by another than before.
async fn one_attribute(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.run(UpdateTimeToLive::enable(&table, "expires")).await?;
    cx.expect_validation_error(UpdateTimeToLive::enable(&table, "expires")).await?;
    cx.expect_validation_error(UpdateTimeToLive::enable(&table, "other")).await?;
    Ok(())
}

/// A typing error in an attribute's name would look like a success.
async fn off(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let disable = UpdateTimeToLive { enabled: false, ..UpdateTimeToLive::enable(&table, "expires") };
    cx.expect_validation_error(disable).await?;
    Ok(())
}

/// A setting would be made nowhere.
async fn missing_table(cx: Context) -> CaseResult {
    cx.expect_resource_not_found(UpdateTimeToLive::enable(cx.table_name("missing"), "expires")).await?;
    Ok(())
}

/// Sessions would be kept for ever, since the setting is no part of `CreateTable`.
async fn of_a_model(cx: Context) -> CaseResult {
    let table = cx.db().create_table::<Session>().await?;
    // Only what is on cannot be turned on.
    cx.expect_validation_error(UpdateTimeToLive::enable(table, "expires")).await?;
    Ok(())
}
