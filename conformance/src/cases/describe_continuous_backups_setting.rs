//! Settings that `DescribeContinuousBackups` returns.

use djamodb_core::plan::DescribeContinuousBackups;

use super::prelude::*;

case!(
    "describe_continuous_backups/returns_the_current_setting",
    Theme::Table,
    requires: [Requirement::ContinuousBackups],
    returns_the_current_setting
);
case!(
    "describe_continuous_backups/reports_a_missing_table",
    Theme::MissingTable,
    requires: [Requirement::ContinuousBackups],
    reports_a_missing_table
);

/// Fails if the description differs from the setting that was made last.
async fn returns_the_current_setting(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let describe = || DescribeContinuousBackups::new(&table);
    let Some(at_first) = cx.run_requiring(Requirement::ContinuousBackups, describe()).await? else {
        return Ok(());
    };
    if cx.deviates("no-continuous-backups") {
        cx.expect_error(describe(), ExpectedError::Unsupported).await?;
        return Ok(());
    }
    ensure_eq("before the change", at_first?.continuous_backups.point_in_time_recovery, false)?;
    let enabled = cx.run(UpdateContinuousBackups::enable(&table)).await?.continuous_backups;
    let described = cx.run(describe()).await?.continuous_backups;
    for backups in [enabled, described] {
        ensure("point-in-time recovery is enabled", backups.enabled && backups.point_in_time_recovery)?;
        ensure("there is an earliest restorable time", backups.earliest_restorable.is_some())?;
        ensure(
            "the latest restorable time is not before the earliest",
            backups.latest_restorable >= backups.earliest_restorable,
        )?;
    }
    let disabled = cx.run(UpdateContinuousBackups::disable(&table)).await?.continuous_backups;
    let described = cx.run(describe()).await?.continuous_backups;
    for backups in [disabled, described] {
        ensure_eq("after the last change", backups.point_in_time_recovery, false)?;
    }
    Ok(())
}

/// Fails if a misspelled table name looks like a table without backups.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let describe = DescribeContinuousBackups::new(cx.table_name("missing"));
    if cx.run_requiring(Requirement::ContinuousBackups, describe.clone()).await?.is_some() {
        let refusal = if cx.deviates("no-continuous-backups") {
            ExpectedError::Unsupported
        } else {
            ExpectedError::ResourceNotFound
        };
        cx.expect_error(describe, refusal).await?;
    }
    Ok(())
}
