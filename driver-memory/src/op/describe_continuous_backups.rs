//! `DescribeContinuousBackups`: the point-in-time recovery setting of a table and the period that it covers.

use chrono::{DateTime, TimeDelta, Utc};
use djamodb_core::plan::{ContinuousBackups, DescribeContinuousBackups, DescribeContinuousBackupsOutput};

use crate::emulator::Emulator;
use crate::error::Error;
use crate::layout::Layout;
use crate::lifecycle::time_before;
use crate::response::Response;
use crate::validate::constraints;

/// Age of the latest restorable time.
const LAG: TimeDelta = TimeDelta::minutes(5);
/// Age of the earliest restorable time at most.
const RECOVERY_PERIOD: TimeDelta = TimeDelta::days(35);

pub(super) fn execute(
    emulator: &Emulator,
    describe: &DescribeContinuousBackups,
) -> Result<Response<DescribeContinuousBackupsOutput>, Error> {
    constraints::table(&describe.table)?;
    let table = emulator.backed_up_table(&describe.table)?;
    let continuous_backups = continuous_backups(&table.layout.read(), emulator.now());
    Ok(Response::without_capacity(DescribeContinuousBackupsOutput { continuous_backups }))
}

pub(super) fn continuous_backups(layout: &Layout, now: DateTime<Utc>) -> ContinuousBackups {
    ContinuousBackups {
        enabled: true,
        point_in_time_recovery: layout.restorable_since.is_some(),
        earliest_restorable: layout.restorable_since.map(|since| since.max(time_before(now, RECOVERY_PERIOD))),
        latest_restorable: layout.restorable_since.map(|since| since.max(time_before(now, LAG))),
    }
}
