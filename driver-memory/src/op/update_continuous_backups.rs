//! `UpdateContinuousBackups`: whether a table is restorable. The setting is kept; there is nothing to restore from.

use djamodb_core::plan::{UpdateContinuousBackups, UpdateContinuousBackupsOutput};

use super::{Answer, describe_continuous_backups};
use crate::error::Error;
use crate::service::Service;
use crate::validate;

pub(super) fn execute(
    service: &Service,
    update: &UpdateContinuousBackups,
) -> Result<Answer<UpdateContinuousBackupsOutput>, Error> {
    validate::update_continuous_backups::request(update)?;
    let table = service.backed_up_table(&update.table)?;
    let now = service.now();
    let mut layout = table.layout.write();
    layout.can_change_or(|table| {
        Error::InUse(format!("Backups are being enabled for the table: {table}. Please retry later"))
    })?;
    layout.restorable_since = match layout.restorable_since {
        Some(since) if update.point_in_time_recovery => Some(since),
        _ => update.point_in_time_recovery.then_some(now),
    };
    let continuous_backups = describe_continuous_backups::described(&layout, now);
    Ok(Answer::new(UpdateContinuousBackupsOutput { continuous_backups }, Vec::new()))
}
