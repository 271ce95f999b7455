//! `DeleteItem`: one item by its key.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{DeleteItem, DeleteItemOutput, Outcome};
use rusoto_dynamodb::{DeleteItemInput, DynamoDb, DynamoDbClient};

use crate::convert::capacity::{asked, charged};
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
        return_consumed_capacity: asked(delete.return_consumed_capacity),
        return_item_collection_metrics: item_collection::asked(delete.return_item_collection_metrics),
        ..DeleteItemInput::default()
    };

    let (answer, metadata) = send(client.delete_item(input)).await?;
    let output = DeleteItemOutput {
        attributes: answer.attributes.map(item::from_rusoto).transpose()?,
        item_collection_metrics: answer.item_collection_metrics.map(item_collection::from_rusoto).transpose()?,
    };
    Ok(Outcome { output: output.into(), metadata: charged(metadata, answer.consumed_capacity) })
}
