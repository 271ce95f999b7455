//! [`GetItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html): reads an item by its key.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{GetItem, GetItemOutput, Outcome};
use djamodb_core::value::Item;
use serde::Deserialize;

use crate::convert::capacity::{self, CapacityInBody, with_consumed_capacity};
use crate::convert::expression::SdkPlaceholders;
use crate::convert::item;
use crate::error::Failure;
use crate::request::Call;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Response {
    item: Option<Item>,
    consumed_capacity: Option<CapacityInBody>,
}

pub(super) async fn execute(call: &Call<'_>, get: GetItem) -> Result<Outcome, Failure> {
    let mut renderer = Renderer::new();
    let projection = get.projection.as_ref().map(|projection| renderer.projection(projection));
    let request = call
        .client
        .get_item()
        .table_name(get.table.as_str())
        .set_key(Some(item::to_sdk(get.key)))
        .consistent_read(get.consistent)
        .set_projection_expression(projection)
        .set_expression_attribute_names(SdkPlaceholders::from(renderer).names)
        .set_return_consumed_capacity(capacity::to_sdk(get.return_consumed_capacity));

    let (response, metadata) = call.send_and_parse::<Response, _, _, _>(|| request.send()).await?;
    let output = GetItemOutput { item: response.item };
    Ok(Outcome { output: output.into(), metadata: with_consumed_capacity(metadata, response.consumed_capacity) })
}
