//! [`UntagResource`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html):
//! removes tags from a table.

use djamodb_core::plan::{Outcome, UntagResource, UntagResourceOutput};

use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, untag: UntagResource) -> Result<Outcome, Failure> {
    let request = call.client.untag_resource().resource_arn(untag.resource_arn).set_tag_keys(Some(untag.tag_keys));

    let (_, metadata) = call.send(|| request.send()).await?;
    Ok(Outcome { output: UntagResourceOutput {}.into(), metadata })
}
