//! [`ListTagsOfResource`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html):
//! lists the tags of a table.

use djamodb_core::plan::{ListTagsOfResource, ListTagsOfResourceOutput, Outcome};

use crate::convert::schema;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, list: ListTagsOfResource) -> Result<Outcome, Failure> {
    let request = call.client.list_tags_of_resource().resource_arn(list.resource_arn).set_next_token(list.next_token);

    let (response, metadata) = call.send(|| request.send()).await?;
    let output = ListTagsOfResourceOutput {
        tags: schema::tags_from_sdk(response.tags.unwrap_or_default()),
        next_token: response.next_token,
    };
    Ok(Outcome { output: output.into(), metadata })
}
