//! [`UntagResource`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html):
//! removes tags from a table.

use djamodb_core::plan::{Outcome, UntagResource, UntagResourceOutput};
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, UntagResourceInput};

use crate::error::Failure;
use crate::request::send_without_output;

pub(super) async fn execute(client: &DynamoDbClient, untag: UntagResource) -> Result<Outcome, Failure> {
    let input = UntagResourceInput { resource_arn: untag.resource_arn, tag_keys: untag.tag_keys };

    let metadata = send_without_output(client.untag_resource(input)).await?;
    Ok(Outcome { output: UntagResourceOutput {}.into(), metadata })
}
