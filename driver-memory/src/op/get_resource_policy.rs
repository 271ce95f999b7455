//! `GetResourcePolicy`: the resource-based policy of a table or a stream.

use djamodb_core::plan::{GetResourcePolicy, GetResourcePolicyOutput};

use crate::emulator::{Emulator, PolicyHolder};
use crate::error::Error;
use crate::lifecycle::Lifecycle;
use crate::response::Response;
use crate::validate;

pub(super) fn execute(
    emulator: &Emulator,
    get: &GetResourcePolicy,
) -> Result<Response<GetResourcePolicyOutput>, Error> {
    validate::resource_policy::get(get)?;
    let output = match emulator.policy_holder(&get.resource_arn)? {
        PolicyHolder::Stream(stream) => stream.policy.lock().get(&get.resource_arn)?,
        PolicyHolder::Table(table) => {
            let layout = table.layout.read();
            if let Lifecycle::Creating { .. } = layout.lifecycle {
                return Err(Error::NamedTableNotFound(table.name.clone()));
            }
            layout.policy.get(&get.resource_arn)?
        }
    };
    Ok(Response::without_capacity(output))
}
