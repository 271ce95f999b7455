//! [`DeleteItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html):
//! deletes an item by its key.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{DeleteItem, DeleteItemOutput, Outcome};
use rusoto_dynamodb::{DeleteItemInput, DynamoDb, DynamoDbClient};

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::expression::RusotoPlaceholders;
use crate::convert::{item, item_collection, returns};
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, delete: DeleteItem) -> Result<Outcome, Failure> {
    let mut renderer = Renderer::new();
    let condition = delete.condition.as_ref().map(|condition| renderer.condition(condition));
    let RusotoPlaceholders { names, values } = renderer.into();
    let input = DeleteItemInput {
        table_name: delete.table.to_string(),
        key: item::to_rusoto(delete.key),
        condition_expression: condition,
        expression_attribute_names: names,
        expression_attribute_values: values,
        return_values: returns::old(delete.return_values),
        return_consumed_capacity: capacity::to_rusoto(delete.return_consumed_capacity),
        return_item_collection_metrics: item_collection::to_rusoto(delete.return_item_collection_metrics),
        ..DeleteItemInput::default()
    };

    let (response, metadata) = send(client.delete_item(input)).await?;
    let output = DeleteItemOutput {
        attributes: response.attributes.map(item::from_rusoto).transpose()?,
        item_collection_metrics: response.item_collection_metrics.map(item_collection::from_rusoto).transpose()?,
    };
    Ok(Outcome { output: output.into(), metadata: with_consumed_capacity(metadata, response.consumed_capacity) })
}
