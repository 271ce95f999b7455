//! [`Scan`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html):
//! reads a whole table or index, or a segment of it.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{Outcome, Scan, ScanOutput, Select};
use djamodb_core::value::Name;
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, ScanInput};

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::expression::RusotoPlaceholders;
use crate::convert::{item, number, select};
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, scan: Scan) -> Result<Outcome, Failure> {
    let mut renderer = Renderer::new();
    let filter = scan.filter.as_ref().map(|filter| renderer.condition(filter));
    let is_count = scan.select == Some(Select::Count);
    let (select, projection) = select::to_rusoto(scan.select.as_ref(), &mut renderer);
    let RusotoPlaceholders { names, values } = renderer.into();
    let input = ScanInput {
        table_name: scan.table.to_string(),
        index_name: scan.index.as_ref().map(Name::to_string),
        filter_expression: filter,
        select,
        projection_expression: projection,
        expression_attribute_names: names,
        expression_attribute_values: values,
        limit: scan.limit.map(number::to_integer),
        exclusive_start_key: scan.exclusive_start_key.map(item::to_rusoto),
        segment: scan.segment.map(|segment| number::to_integer(segment.segment)),
        total_segments: scan.segment.map(|segment| number::to_integer(segment.total_segments)),
        consistent_read: Some(scan.consistent),
        return_consumed_capacity: capacity::to_rusoto(scan.return_consumed_capacity),
        ..ScanInput::default()
    };

    let (response, metadata) = send(client.scan(input)).await?;
    let output = ScanOutput {
        items: item::counted_from_rusoto(response.items, response.count, is_count)?,
        count: number::to_u64(response.count),
        scanned_count: number::to_u64(response.scanned_count),
        last_evaluated_key: response.last_evaluated_key.map(item::from_rusoto).transpose()?,
    };
    Ok(Outcome { output: output.into(), metadata: with_consumed_capacity(metadata, response.consumed_capacity) })
}
