//! [`UpdateItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html):
//! edits attributes of an item.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{Outcome, ReturnValues, UpdateItem, UpdateItemOutput};

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::expression::SdkPlaceholders;
use crate::convert::{InvalidResponse, item, item_collection, returns};
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, update: UpdateItem) -> Result<Outcome, Failure> {
    let all_new = update.return_values == ReturnValues::AllNew;
    let mut renderer = Renderer::new();
    // The service rejects an empty update expression. Without one, it creates the item if there is none.
    let expression = (!update.update.is_empty()).then(|| renderer.update(&update.update));
    let condition = update.condition.as_ref().map(|condition| renderer.condition(condition));
    let SdkPlaceholders { names, values } = renderer.into();
    let request = call
        .client
        .update_item()
        .table_name(update.table.as_str())
        .set_key(Some(item::to_sdk(update.key)))
        .set_update_expression(expression)
        .set_condition_expression(condition)
        .set_expression_attribute_names(names)
        .set_expression_attribute_values(values)
        .set_return_values(returns::values(update.return_values))
        .set_return_values_on_condition_check_failure(returns::on_failure(update.old_item_on_failure))
        .set_return_consumed_capacity(capacity::to_sdk(update.return_consumed_capacity))
        .set_return_item_collection_metrics(item_collection::to_sdk(update.return_item_collection_metrics));

    let (response, metadata) = call.send(|| request.send()).await?;
    if all_new && response.attributes.is_none() {
        return Err(InvalidResponse::Missing("attributes of the updated item").into());
    }
    let output = UpdateItemOutput {
        attributes: response.attributes.map(item::from_sdk).transpose()?,
        item_collection_metrics: response.item_collection_metrics.map(item_collection::from_sdk).transpose()?,
    };
    Ok(Outcome { output: output.into(), metadata: with_consumed_capacity(metadata, response.consumed_capacity) })
}
