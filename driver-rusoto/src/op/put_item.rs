//! `PutItem`: one whole item.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{Outcome, PutItem, PutItemOutput};
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, PutItemInput};

use crate::convert::capacity::{asked, charged};
use crate::convert::expression::RusotoPlaceholders;
use crate::convert::{item, item_collection, returns};
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, put: PutItem) -> Result<Outcome, Failure> {
    let mut renderer = Renderer::new();
    let condition = put.condition.as_ref().map(|condition| renderer.condition(condition));
    let RusotoPlaceholders { names, values } = renderer.into();
    let input = PutItemInput {
        table_name: put.table.to_string(),
        item: item::to_rusoto(put.item),
        condition_expression: condition,
        expression_attribute_names: names,
        expression_attribute_values: values,
        return_values: returns::old(put.return_values),
        return_consumed_capacity: asked(put.return_consumed_capacity),
        return_item_collection_metrics: item_collection::asked(put.return_item_collection_metrics),
        ..PutItemInput::default()
    };

    let (answer, metadata) = send(client.put_item(input)).await?;
    let output = PutItemOutput {
        attributes: answer.attributes.map(item::from_rusoto).transpose()?,
        item_collection_metrics: answer.item_collection_metrics.map(item_collection::from_rusoto).transpose()?,
    };
    Ok(Outcome { output: output.into(), metadata: charged(metadata, answer.consumed_capacity) })
}
