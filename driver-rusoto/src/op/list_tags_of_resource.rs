//! [`ListTagsOfResource`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html):
//! lists the tags of a table.

use djamodb_core::plan::{ListTagsOfResource, ListTagsOfResourceOutput, Outcome};
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, ListTagsOfResourceInput};

use crate::convert::schema;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, list: ListTagsOfResource) -> Result<Outcome, Failure> {
    let input = ListTagsOfResourceInput { resource_arn: list.resource_arn, next_token: list.next_token };

    let (response, metadata) = send(client.list_tags_of_resource(input)).await?;
    let output =
        ListTagsOfResourceOutput { tags: schema::tags_from_rusoto(response.tags), next_token: response.next_token };
    Ok(Outcome { output: output.into(), metadata })
}
