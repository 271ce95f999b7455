//! `UpdateContinuousBackups`: whether a table is restorable.

use super::prelude::*;

case!(
    "update_continuous_backups/a_table_becomes_restorable_and_no_longer",
    Theme::Table,
    requires: [Requirement::ContinuousBackups],
    setting
);
case!(
    "update_continuous_backups/a_missing_table_is_said",
    Theme::MissingTable,
    requires: [Requirement::ContinuousBackups],
    missing_table
);

fn update(table: &Name, point_in_time_recovery: bool) -> UpdateContinuousBackups {
    UpdateContinuousBackups { point_in_time_recovery, ..UpdateContinuousBackups::enable(table) }
}

/// A table that was to be restorable would not be, and nobody would know before it is needed.
async fn setting(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    if cx.deviates("no-continuous-backups") {
        cx.run_requiring(Requirement::ContinuousBackups, update(&table, true)).await?;
        cx.expect_error(update(&table, true), ExpectedError::Unsupported).await?;
        return Ok(());
    }
    for enabled in [true, true, false] {
        if let Some(result) = cx.run_requiring(Requirement::ContinuousBackups, update(&table, enabled)).await? {
            result?;
        }
    }
    Ok(())
}

/// A setting would be made nowhere.
async fn missing_table(cx: Context) -> CaseResult {
    let update = update(&cx.table_name("missing"), true);
    if cx.run_requiring(Requirement::ContinuousBackups, update.clone()).await?.is_some() {
        let refusal = if cx.deviates("no-continuous-backups") {
            ExpectedError::Unsupported
        } else {
            ExpectedError::ResourceNotFound
        };
        cx.expect_error(update, refusal).await?;
    }
    Ok(())
}
