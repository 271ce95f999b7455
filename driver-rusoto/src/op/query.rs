//! [`Query`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html):
//! reads items of one partition, sorted by range key.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{Outcome, Query, QueryOutput, Select};
use djamodb_core::value::Name;
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, QueryInput};

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::expression::RusotoPlaceholders;
use crate::convert::{item, number, select};
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, query: Query) -> Result<Outcome, Failure> {
    let mut renderer = Renderer::new();
    let key_condition = renderer.key_condition(&query.key_condition);
    let filter = query.filter.as_ref().map(|filter| renderer.condition(filter));
    let is_count = query.select == Some(Select::Count);
    let (select, projection) = select::to_rusoto(query.select.as_ref(), &mut renderer);
    let RusotoPlaceholders { names, values } = renderer.into();
    let input = QueryInput {
        table_name: query.table.to_string(),
        index_name: query.index.as_ref().map(Name::to_string),
        key_condition_expression: Some(key_condition),
        filter_expression: filter,
        select,
        projection_expression: projection,
        expression_attribute_names: names,
        expression_attribute_values: values,
        limit: query.limit.map(number::to_integer),
        exclusive_start_key: query.exclusive_start_key.map(item::to_rusoto),
        scan_index_forward: Some(query.forward),
        consistent_read: Some(query.consistent),
        return_consumed_capacity: capacity::to_rusoto(query.return_consumed_capacity),
        ..QueryInput::default()
    };

    let (response, metadata) = send(client.query(input)).await?;
    let output = QueryOutput {
        items: item::counted_from_rusoto(response.items, response.count, is_count)?,
        count: number::to_u64(response.count),
        scanned_count: number::to_u64(response.scanned_count),
        last_evaluated_key: response.last_evaluated_key.map(item::from_rusoto).transpose()?,
    };
    Ok(Outcome { output: output.into(), metadata: with_consumed_capacity(metadata, response.consumed_capacity) })
}
