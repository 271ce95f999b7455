//! `UpdateTimeToLive`: by which attribute items expire. The setting is kept; expiry itself is not there yet.

use djamodb_core::plan::{UpdateTimeToLive, UpdateTimeToLiveOutput};

use crate::catalogue::Catalogue;
use crate::error::{Error, Invalid};
use crate::validate;

pub(super) fn execute(catalogue: &Catalogue, update: &UpdateTimeToLive) -> Result<UpdateTimeToLiveOutput, Error> {
    validate::update_time_to_live::request(update)?;
    let table = catalogue.table(&update.table).map_err(|error| error.naming(&update.table))?;

    let mut settings = table.settings.write();
    match (&settings.time_to_live, update.enabled) {
        (Some(_), true) => return Err(Invalid::TimeToLiveEnabled.into()),
        (None, false) => return Err(Invalid::TimeToLiveDisabled.into()),
        (Some(present), false) if *present != update.attribute => return Err(Invalid::TimeToLiveAttribute.into()),
        _ => settings.time_to_live = update.enabled.then(|| update.attribute.clone()),
    }
    Ok(UpdateTimeToLiveOutput {})
}
