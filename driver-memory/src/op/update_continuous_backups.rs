//! `UpdateContinuousBackups`: whether a table is restorable. The setting is kept; there is nothing to restore from.

use djamodb_core::plan::{UpdateContinuousBackups, UpdateContinuousBackupsOutput};

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::validate;

pub(super) fn execute(
    catalogue: &Catalogue,
    update: &UpdateContinuousBackups,
) -> Result<UpdateContinuousBackupsOutput, Error> {
    validate::update_continuous_backups::request(update)?;
    let table = catalogue.table(&update.table).map_err(|error| error.naming(&update.table))?;
    table.settings.write().point_in_time_recovery = update.point_in_time_recovery;
    Ok(UpdateContinuousBackupsOutput::default())
}
