//! `UpdateContinuousBackups`: the point-in-time recovery setting of a table. No backups are made.

use djamodb_core::plan::{UpdateContinuousBackups, UpdateContinuousBackupsOutput};

use super::describe_continuous_backups::continuous_backups;
use crate::emulator::Emulator;
use crate::error::Error;
use crate::response::Response;
use crate::validate::constraints;

pub(super) fn execute(
    emulator: &Emulator,
    update: &UpdateContinuousBackups,
) -> Result<Response<UpdateContinuousBackupsOutput>, Error> {
    constraints::table(&update.table)?;
    let table = emulator.backed_up_table(&update.table)?;
    let now = emulator.now();
    let mut layout = table.layout.write();
    layout.check_changeable_or(|table| {
        Error::InUse(format!("Backups are being enabled for the table: {table}. Please retry later"))
    })?;
    layout.restorable_since = match layout.restorable_since {
        Some(since) if update.point_in_time_recovery => Some(since),
        _ => update.point_in_time_recovery.then_some(now),
    };
    let continuous_backups = continuous_backups(&layout, now);
    Ok(Response::without_capacity(UpdateContinuousBackupsOutput { continuous_backups }))
}
