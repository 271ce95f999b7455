//! [`TagResource`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html): adds tags to a table.

use djamodb_core::plan::{Outcome, TagResource, TagResourceOutput};

use crate::convert::schema;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, tag: TagResource) -> Result<Outcome, Failure> {
    let request = call.client.tag_resource().resource_arn(tag.resource_arn).set_tags(schema::tags_to_sdk(tag.tags)?);

    let (_, metadata) = call.send(|| request.send()).await?;
    Ok(Outcome { output: TagResourceOutput {}.into(), metadata })
}
