//! `ListTagsOfResource`: the labels of a table.

use djamodb_core::plan::{ListTagsOfResource, ListTagsOfResourceOutput, Outcome};

use crate::convert::schema;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, list: ListTagsOfResource) -> Result<Outcome, Failure> {
    let request = call.client.list_tags_of_resource().resource_arn(list.resource_arn).set_next_token(list.next_token);

    let (answer, metadata) = call.send(|settings| request.customize().config_override(settings).send()).await?;
    let output = ListTagsOfResourceOutput {
        tags: schema::tags_from_sdk(answer.tags.unwrap_or_default()),
        next_token: answer.next_token,
    };
    Ok(Outcome { output: output.into(), metadata })
}
