//! Settings that `UpdateContinuousBackups` makes.

use super::prelude::*;

case!(
    "update_continuous_backups/enables_and_disables_recovery",
    Theme::Table,
    requires: [Requirement::ContinuousBackups],
    enables_and_disables_recovery
);
case!(
    "update_continuous_backups/reports_a_missing_table",
    Theme::MissingTable,
    requires: [Requirement::ContinuousBackups],
    reports_a_missing_table
);

fn update(table: &Name, point_in_time_recovery: bool) -> UpdateContinuousBackups {
    UpdateContinuousBackups { point_in_time_recovery, ..UpdateContinuousBackups::enable(table) }
}

/// Fails if the setting cannot be enabled, repeated or disabled.
async fn enables_and_disables_recovery(cx: Context) -> CaseResult {
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

/// Fails if changing a missing table succeeds.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
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
