//! `DeleteResourcePolicy`: removes the resource-based policy of a table or a stream.

use djamodb_core::plan::{DeleteResourcePolicy, DeleteResourcePolicyOutput, ExpectedPolicy};

use crate::emulator::Emulator;
use crate::error::Error;
use crate::response::Response;
use crate::validate;

pub(super) fn execute(
    emulator: &Emulator,
    delete: &DeleteResourcePolicy,
) -> Result<Response<DeleteResourcePolicyOutput>, Error> {
    validate::resource_policy::delete(delete)?;
    let expected = delete.expected_revision_id.clone().map_or(ExpectedPolicy::Any, ExpectedPolicy::Revision);
    let now = emulator.now();
    let revision_id =
        emulator.policy_holder(&delete.resource_arn)?.change(|policy, table| policy.delete(&expected, table, now))?;
    Ok(Response::without_capacity(DeleteResourcePolicyOutput { revision_id }))
}
