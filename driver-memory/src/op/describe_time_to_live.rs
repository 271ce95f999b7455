//! `DescribeTimeToLive`: the attribute by which items expire.

use djamodb_core::plan::{DescribeTimeToLive, DescribeTimeToLiveOutput, TimeToLiveStatus};

use crate::emulator::Emulator;
use crate::error::{Error, ValidationError};
use crate::lifecycle::Lifecycle;
use crate::response::Response;
use crate::validate::constraints;

pub(super) fn execute(
    emulator: &Emulator,
    describe: &DescribeTimeToLive,
) -> Result<Response<DescribeTimeToLiveOutput>, Error> {
    constraints::table(&describe.table)?;
    let table = emulator.named_table(&describe.table)?;
    let layout = table.layout.read();
    match layout.lifecycle {
        Lifecycle::Creating { .. } => return Err(ValidationError::TimeToLiveInState("CREATING").into()),
        Lifecycle::Deleting { .. } => return Err(ValidationError::TimeToLiveInState("DELETING").into()),
        Lifecycle::Active | Lifecycle::Updating { .. } => {}
    }
    let attribute = layout.expiry.as_ref().map(|expiry| expiry.attribute.clone());
    let status = if attribute.is_some() { TimeToLiveStatus::Enabled } else { TimeToLiveStatus::Disabled };
    Ok(Response::without_capacity(DescribeTimeToLiveOutput { status, attribute }))
}
