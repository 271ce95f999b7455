//! `UpdateTimeToLive`: the attribute by which items expire.

use djamodb_core::plan::{UpdateTimeToLive, UpdateTimeToLiveOutput};

use crate::emulator::Emulator;
use crate::error::{Error, ValidationError};
use crate::expiry_schedule::ExpirySchedule;
use crate::item_change::ItemChange;
use crate::response::Response;
use crate::validate;

pub(super) fn execute(
    emulator: &Emulator,
    update: &UpdateTimeToLive,
) -> Result<Response<UpdateTimeToLiveOutput>, Error> {
    validate::update_time_to_live::request(update)?;
    let table = emulator.named_table(&update.table)?;
    let mut layout = table.layout.write();
    layout.check_changeable_or(|table| Error::in_use(format_args!("Table {table} is being created")))?;
    match (layout.expiry.as_ref().map(|expiry| &expiry.attribute), update.enabled) {
        (None, false) => return Err(ValidationError::TimeToLiveDisabled.into()),
        (Some(present), _) if *present != update.attribute => {
            return Err(ValidationError::TimeToLiveAttribute(present.clone()).into());
        }
        (Some(_), true) => return Err(ValidationError::TimeToLiveEnabled.into()),
        (Some(_), false) => layout.expiry = None,
        (None, true) => {
            let expiry = ExpirySchedule::new(update.attribute.clone(), emulator.options.expiry_delay);
            for shard in table.rows.iter() {
                for (key, row) in shard.iter() {
                    let change = ItemChange { key, old: None, new: Some(row) };
                    expiry.apply(change, &table.next_deadline, emulator.clock());
                }
            }
            layout.expiry = Some(expiry);
        }
    }
    Ok(Response::without_capacity(UpdateTimeToLiveOutput {}))
}
