//! `DescribeContinuousBackups`: to which points in time a table could be restored.

use chrono::{DateTime, TimeDelta, Utc};
use djamodb_core::plan::{ContinuousBackups, DescribeContinuousBackups, DescribeContinuousBackupsOutput};

use super::Answer;
use crate::error::Error;
use crate::layout::Layout;
use crate::service::Service;
use crate::validate;

/// How far the latest point lies behind.
const LAG: TimeDelta = TimeDelta::minutes(5);
/// How far back the earliest point lies at most.
const RECOVERY_PERIOD: TimeDelta = TimeDelta::days(35);

pub(super) fn execute(
    service: &Service,
    describe: &DescribeContinuousBackups,
) -> Result<Answer<DescribeContinuousBackupsOutput>, Error> {
    validate::describe_continuous_backups::request(describe)?;
    let table = service.backed_up_table(&describe.table)?;
    let continuous_backups = described(&table.layout.read(), service.now());
    Ok(Answer::new(DescribeContinuousBackupsOutput { continuous_backups }, Vec::new()))
}

pub(super) fn described(layout: &Layout, now: DateTime<Utc>) -> ContinuousBackups {
    ContinuousBackups {
        enabled: true,
        point_in_time_recovery: layout.restorable_since.is_some(),
        earliest_restorable: layout.restorable_since.map(|since| since.max(now - RECOVERY_PERIOD)),
        latest_restorable: layout.restorable_since.map(|since| since.max(now - LAG)),
    }
}
