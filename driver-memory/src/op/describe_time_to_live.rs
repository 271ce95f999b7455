//! `DescribeTimeToLive`: by which attribute items expire.

use djamodb_core::plan::{DescribeTimeToLive, DescribeTimeToLiveOutput, TimeToLiveStatus};

use super::Answer;
use crate::error::{Error, Invalid};
use crate::life::Life;
use crate::service::Service;
use crate::validate;

pub(super) fn execute(
    service: &Service,
    describe: &DescribeTimeToLive,
) -> Result<Answer<DescribeTimeToLiveOutput>, Error> {
    validate::describe_time_to_live::request(describe)?;
    let table = service.named_table(&describe.table)?;
    let layout = table.layout.read();
    match layout.life {
        Life::Creating { .. } => return Err(Invalid::TimeToLiveInState("CREATING").into()),
        Life::Deleting { .. } => return Err(Invalid::TimeToLiveInState("DELETING").into()),
        Life::Active | Life::Updating { .. } => {}
    }
    let attribute = layout.expiry.as_ref().map(|expiry| expiry.attribute.clone());
    let status = if attribute.is_some() { TimeToLiveStatus::Enabled } else { TimeToLiveStatus::Disabled };
    Ok(Answer::new(DescribeTimeToLiveOutput { status, attribute }, Vec::new()))
}
