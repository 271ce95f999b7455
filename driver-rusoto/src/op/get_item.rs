//! [`GetItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html): reads an item by its key.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{GetItem, GetItemOutput, Outcome};
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, GetItemInput};

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::expression::RusotoPlaceholders;
use crate::convert::item;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, get: GetItem) -> Result<Outcome, Failure> {
    let mut renderer = Renderer::new();
    let projection = get.projection.as_ref().map(|projection| renderer.projection(projection));
    let input = GetItemInput {
        table_name: get.table.to_string(),
        key: item::to_rusoto(get.key),
        consistent_read: Some(get.consistent),
        projection_expression: projection,
        expression_attribute_names: RusotoPlaceholders::from(renderer).names,
        return_consumed_capacity: capacity::to_rusoto(get.return_consumed_capacity),
        ..GetItemInput::default()
    };

    let (response, metadata) = send(client.get_item(input)).await?;
    let output = GetItemOutput { item: response.item.map(item::from_rusoto).transpose()? };
    Ok(Outcome { output: output.into(), metadata: with_consumed_capacity(metadata, response.consumed_capacity) })
}
