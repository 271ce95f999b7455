//! [`TagResource`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html): adds tags to a table.

use djamodb_core::plan::{Outcome, TagResource, TagResourceOutput};
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, TagResourceInput};

use crate::convert::schema;
use crate::error::Failure;
use crate::request::send_without_output;

pub(super) async fn execute(client: &DynamoDbClient, tag: TagResource) -> Result<Outcome, Failure> {
    let tags = schema::tags_to_rusoto(tag.tags).unwrap_or_default();
    let input = TagResourceInput { resource_arn: tag.resource_arn, tags };

    let metadata = send_without_output(client.tag_resource(input)).await?;
    Ok(Outcome { output: TagResourceOutput {}.into(), metadata })
}
