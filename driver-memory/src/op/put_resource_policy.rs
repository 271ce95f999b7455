//! `PutResourcePolicy`: attaches a resource-based policy to a table or a stream, or replaces it.

use djamodb_core::plan::{PutResourcePolicy, PutResourcePolicyOutput};

use crate::emulator::Emulator;
use crate::error::Error;
use crate::response::Response;
use crate::validate;

pub(super) fn execute(
    emulator: &Emulator,
    put: &PutResourcePolicy,
) -> Result<Response<PutResourcePolicyOutput>, Error> {
    validate::resource_policy::put(put)?;
    let now = emulator.now();
    let revision_id = emulator
        .policy_holder(&put.resource_arn)?
        .change(|policy, table| policy.put(&put.policy, &put.expected, table, now))?;
    Ok(Response::without_capacity(PutResourcePolicyOutput { revision_id }))
}
