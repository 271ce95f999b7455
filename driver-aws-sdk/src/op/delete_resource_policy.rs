//! [`DeleteResourcePolicy`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteResourcePolicy.html): removes the resource-based policy
//! of a table or a stream.

use djamodb_core::plan::{DeleteResourcePolicy, DeleteResourcePolicyOutput, Outcome};

use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, delete: DeleteResourcePolicy) -> Result<Outcome, Failure> {
    let request = call
        .client
        .delete_resource_policy()
        .resource_arn(delete.resource_arn)
        .set_expected_revision_id(delete.expected_revision_id);

    let (response, metadata) = call.send(|| request.send()).await?;
    let output = DeleteResourcePolicyOutput { revision_id: response.revision_id };
    Ok(Outcome { output: output.into(), metadata })
}
