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
    let table = users(&cx).await?;
    let describe = || DescribeContinuousBackups::new(&table);
    let Some(at_first) = cx.attempt(Requirement::ContinuousBackups, describe()).await? else {
        return Ok(());
    };
    if cx.deviates("no-continuous-backups") {
        cx.refused(describe(), Refusal::Unsupported).await?;
        return Ok(());
    }
    same("at first", at_first?.continuous_backups.point_in_time_recovery, false)?;
    let enabled = cx.run(UpdateContinuousBackups::enable(&table)).await?.continuous_backups;
    let described = cx.run(describe()).await?.continuous_backups;
    for backups in [enabled, described] {
        holds("it is restorable", backups.enabled && backups.point_in_time_recovery)?;
        holds("from some time on", backups.earliest_restorable.is_some())?;
        holds("up to a later time", backups.latest_restorable >= backups.earliest_restorable)?;
    }
    let disabled = cx.run(UpdateContinuousBackups::disable(&table)).await?.continuous_backups;
    let described = cx.run(describe()).await?.continuous_backups;
    for backups in [disabled, described] {
        same("in the end", backups.point_in_time_recovery, false)?;
    }
    Ok(())
}

/// A typing error in a table's name would look like a table without backups.
async fn missing_table(cx: Context) -> CaseResult {
    let describe = DescribeContinuousBackups::new(cx.name("missing"));
    if cx.attempt(Requirement::ContinuousBackups, describe.clone()).await?.is_some() {
        let refusal =
            if cx.deviates("no-continuous-backups") { Refusal::Unsupported } else { Refusal::ResourceNotFound };
        cx.refused(describe, refusal).await?;
    }
    Ok(())
}
