//! [`Query`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html):
//! reads items of one partition, sorted by range key.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{Outcome, Query, QueryOutput, Select};
use djamodb_core::value::Name;

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::expression::SdkPlaceholders;
use crate::convert::page::Page;
use crate::convert::{item, number, select};
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, query: Query) -> Result<Outcome, Failure> {
    let mut renderer = Renderer::new();
    let key_condition = renderer.key_condition(&query.key_condition);
    let filter = query.filter.as_ref().map(|filter| renderer.condition(filter));
    let is_count = query.select == Some(Select::Count);
    let (select, projection) = select::to_sdk(query.select.as_ref(), &mut renderer);
    let SdkPlaceholders { names, values } = renderer.into();
    let request = call
        .client
        .query()
        .table_name(query.table.as_str())
        .set_index_name(query.index.as_ref().map(Name::to_string))
        .key_condition_expression(key_condition)
        .set_filter_expression(filter)
        .set_select(select)
        .set_projection_expression(projection)
        .set_expression_attribute_names(names)
        .set_expression_attribute_values(values)
        .set_limit(query.limit.map(number::to_i32))
        .set_exclusive_start_key(query.exclusive_start_key.map(item::to_sdk))
        .scan_index_forward(query.forward)
        .consistent_read(query.consistent)
        .set_return_consumed_capacity(capacity::to_sdk(query.return_consumed_capacity));

    let (mut page, metadata) = call.send_and_parse::<Page, _, _, _>(|| request.send()).await?;
    let output = QueryOutput {
        items: page.take_items(is_count)?,
        count: page.count,
        scanned_count: page.scanned_count,
        last_evaluated_key: page.last_evaluated_key,
    };
    Ok(Outcome { output: output.into(), metadata: with_consumed_capacity(metadata, page.consumed_capacity) })
}
