//! [`Scan`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html):
//! reads a whole table or index, or a segment of it.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{Outcome, Scan, ScanOutput, Select};
use djamodb_core::value::Name;

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::expression::SdkPlaceholders;
use crate::convert::page::Page;
use crate::convert::{item, number, select};
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, scan: Scan) -> Result<Outcome, Failure> {
    let mut renderer = Renderer::new();
    let filter = scan.filter.as_ref().map(|filter| renderer.condition(filter));
    let is_count = scan.select == Some(Select::Count);
    let (select, projection) = select::to_sdk(scan.select.as_ref(), &mut renderer);
    let SdkPlaceholders { names, values } = renderer.into();
    let request = call
        .client
        .scan()
        .table_name(scan.table.as_str())
        .set_index_name(scan.index.as_ref().map(Name::to_string))
        .set_filter_expression(filter)
        .set_select(select)
        .set_projection_expression(projection)
        .set_expression_attribute_names(names)
        .set_expression_attribute_values(values)
        .set_limit(scan.limit.map(number::to_i32))
        .set_exclusive_start_key(scan.exclusive_start_key.map(item::to_sdk))
        .set_segment(scan.segment.map(|segment| number::to_i32(segment.segment)))
        .set_total_segments(scan.segment.map(|segment| number::to_i32(segment.total_segments)))
        .consistent_read(scan.consistent)
        .set_return_consumed_capacity(capacity::to_sdk(scan.return_consumed_capacity));

    let (mut page, metadata) = call.send_and_parse::<Page, _, _, _>(|| request.send()).await?;
    let output = ScanOutput {
        items: page.take_items(is_count)?,
        count: page.count,
        scanned_count: page.scanned_count,
        last_evaluated_key: page.last_evaluated_key,
    };
    Ok(Outcome { output: output.into(), metadata: with_consumed_capacity(metadata, page.consumed_capacity) })
}
