//! [`PutItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html): writes a whole item.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{Outcome, PutItem, PutItemOutput};
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, PutItemInput};

use crate::convert::capacity::{self, with_consumed_capacity};
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
        return_consumed_capacity: capacity::to_rusoto(put.return_consumed_capacity),
        return_item_collection_metrics: item_collection::to_rusoto(put.return_item_collection_metrics),
        ..PutItemInput::default()
    };

    let (response, metadata) = send(client.put_item(input)).await?;
    let output = PutItemOutput {
        attributes: response.attributes.map(item::from_rusoto).transpose()?,
        item_collection_metrics: response.item_collection_metrics.map(item_collection::from_rusoto).transpose()?,
    };
    Ok(Outcome { output: output.into(), metadata: with_consumed_capacity(metadata, response.consumed_capacity) })
}
