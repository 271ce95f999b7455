//! [`GetResourcePolicy`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html): returns the resource-based policy of a
//! table or a stream.

use djamodb_core::plan::{GetResourcePolicy, GetResourcePolicyOutput, Outcome};

use crate::convert::InvalidResponse;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, get: GetResourcePolicy) -> Result<Outcome, Failure> {
    let request = call.client.get_resource_policy().resource_arn(get.resource_arn);

    let (response, metadata) = call.send(|| request.send()).await?;
    let output = GetResourcePolicyOutput {
        policy: response.policy.ok_or(InvalidResponse::Missing("policy"))?,
        revision_id: response.revision_id.ok_or(InvalidResponse::Missing("revision of the policy"))?,
    };
    Ok(Outcome { output: output.into(), metadata })
}
