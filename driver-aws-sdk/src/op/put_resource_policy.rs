//! [`PutResourcePolicy`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html): attaches a resource-based policy to a
//! table or a stream.

use djamodb_core::plan::{Outcome, PutResourcePolicy, PutResourcePolicyOutput};

use crate::convert::InvalidResponse;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, put: PutResourcePolicy) -> Result<Outcome, Failure> {
    let request = call
        .client
        .put_resource_policy()
        .set_expected_revision_id(put.expected.revision_id().map(str::to_owned))
        .set_confirm_remove_self_resource_access(put.confirm_remove_self_resource_access.then_some(true))
        .resource_arn(put.resource_arn)
        .policy(put.policy);

    let (response, metadata) = call.send(|| request.send()).await?;
    let revision_id = response.revision_id.ok_or(InvalidResponse::Missing("revision of the policy"))?;
    Ok(Outcome { output: PutResourcePolicyOutput { revision_id }.into(), metadata })
}
