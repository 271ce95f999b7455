//! `UpdateTimeToLive`: by which attribute items expire.

use djamodb_core::plan::{UpdateTimeToLive, UpdateTimeToLiveOutput};

use super::Answer;
use crate::error::{Error, Invalid};
use crate::expiry::Expiry;
use crate::service::Service;
use crate::validate;

pub(super) fn execute(service: &Service, update: &UpdateTimeToLive) -> Result<Answer<UpdateTimeToLiveOutput>, Error> {
    validate::update_time_to_live::request(update)?;
    let table = service.named_table(&update.table)?;
    let mut layout = table.layout.write();
    layout.can_change_or(|table| Error::in_use(format_args!("Table {table} is being created")))?;
    match (layout.expiry.as_ref().map(|expiry| &expiry.attribute), update.enabled) {
        (None, false) => return Err(Invalid::TimeToLiveDisabled.into()),
        (Some(present), _) if *present != update.attribute => {
            return Err(Invalid::TimeToLiveAttribute(present.clone()).into());
        }
        (Some(_), true) => return Err(Invalid::TimeToLiveEnabled.into()),
        (Some(_), false) => layout.expiry = None,
        (None, true) => {
            let expiry = Expiry::new(update.attribute.clone(), service.options.expiry_delay);
            for shard in table.rows.iter() {
                let follow = |(key, row)| expiry.follow(key, (None, Some(row)), (&table.alarm, service.clock()));
                shard.iter().for_each(follow);
            }
            layout.expiry = Some(expiry);
        }
    }
    Ok(Answer::new(UpdateTimeToLiveOutput {}, Vec::new()))
}
