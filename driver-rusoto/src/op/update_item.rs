//! [`UpdateItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html):
//! edits attributes of an item.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{Outcome, ReturnValues, UpdateItem, UpdateItemOutput};
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, UpdateItemInput};

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::expression::RusotoPlaceholders;
use crate::convert::{InvalidResponse, item, item_collection, returns};
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, update: UpdateItem) -> Result<Outcome, Failure> {
    let all_new = update.return_values == ReturnValues::AllNew;
    let mut renderer = Renderer::new();
    // The service rejects an empty update expression. Without one, it creates the item if there is none.
    let expression = (!update.update.is_empty()).then(|| renderer.update(&update.update));
    let condition = update.condition.as_ref().map(|condition| renderer.condition(condition));
    let RusotoPlaceholders { names, values } = renderer.into();
    let input = UpdateItemInput {
        table_name: update.table.to_string(),
        key: item::to_rusoto(update.key),
        update_expression: expression,
        condition_expression: condition,
        expression_attribute_names: names,
        expression_attribute_values: values,
        return_values: returns::values(update.return_values),
        return_consumed_capacity: capacity::to_rusoto(update.return_consumed_capacity),
        return_item_collection_metrics: item_collection::to_rusoto(update.return_item_collection_metrics),
        ..UpdateItemInput::default()
    };

    let (response, metadata) = send(client.update_item(input)).await?;
    if all_new && response.attributes.is_none() {
        return Err(InvalidResponse::Missing("attributes of the updated item").into());
    }
    let output = UpdateItemOutput {
        attributes: response.attributes.map(item::from_rusoto).transpose()?,
        item_collection_metrics: response.item_collection_metrics.map(item_collection::from_rusoto).transpose()?,
    };
    Ok(Outcome { output: output.into(), metadata: with_consumed_capacity(metadata, response.consumed_capacity) })
}
