//! `DescribeContinuousBackups`: to which points in time a table can be restored.

use djamodb_core::plan::DescribeContinuousBackups;

use super::prelude::*;

case!(
    "describe_continuous_backups/is_described_as_it_was_set",
    Theme::Table,
    requires: [Requirement::ContinuousBackups],
    setting
);
case!(
    "describe_continuous_backups/a_missing_table_is_said",
    Theme::MissingTable,
    requires: [Requirement::ContinuousBackups],
    missing_table
);

/// A table would be thought to be restorable that is not.
async fn setting(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let describe = || DescribeContinuousBackups::new(&table);
    let Some(at_first) = cx.run_requiring(Requirement::ContinuousBackups, describe()).await? else {
        return Ok(());
    };
    if cx.deviates("no-continuous-backups") {
        cx.expect_error(describe(), ExpectedError::Unsupported).await?;
        return Ok(());
    }
    ensure_eq("at first", at_first?.continuous_backups.point_in_time_recovery, false)?;
    let enabled = cx.run(UpdateContinuousBackups::enable(&table)).await?.continuous_backups;
    let described = cx.run(describe()).await?.continuous_backups;
    for backups in [enabled, described] {
        ensure("it is restorable", backups.enabled && backups.point_in_time_recovery)?;
        ensure("from some time on", backups.earliest_restorable.is_some())?;
        ensure("up to a later time", backups.latest_restorable >= backups.earliest_restorable)?;
    }
    let disabled = cx.run(UpdateContinuousBackups::disable(&table)).await?.continuous_backups;
    let described = cx.run(describe()).await?.continuous_backups;
    for backups in [disabled, described] {
        ensure_eq("in the end", backups.point_in_time_recovery, false)?;
    }
    Ok(())
}

/// A typing error in a table's name would look like a table without backups.
async fn missing_table(cx: Context) -> CaseResult {
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
