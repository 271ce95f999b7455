//! [`DeleteItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html):
//! deletes an item by its key.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{DeleteItem, DeleteItemOutput, Outcome};

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::expression::SdkPlaceholders;
use crate::convert::{item, item_collection, returns};
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, delete: DeleteItem) -> Result<Outcome, Failure> {
    let mut renderer = Renderer::new();
    let condition = delete.condition.as_ref().map(|condition| renderer.condition(condition));
    let SdkPlaceholders { names, values } = renderer.into();
    let request = call
        .client
        .delete_item()
        .table_name(delete.table.as_str())
        .set_key(Some(item::to_sdk(delete.key)))
        .set_condition_expression(condition)
        .set_expression_attribute_names(names)
        .set_expression_attribute_values(values)
        .set_return_values(returns::old(delete.return_values))
        .set_return_values_on_condition_check_failure(returns::on_failure(delete.old_item_on_failure))
        .set_return_consumed_capacity(capacity::to_sdk(delete.return_consumed_capacity))
        .set_return_item_collection_metrics(item_collection::to_sdk(delete.return_item_collection_metrics));

    let (response, metadata) = call.send(|| request.send()).await?;
    let output = DeleteItemOutput {
        attributes: response.attributes.map(item::from_sdk).transpose()?,
        item_collection_metrics: response.item_collection_metrics.map(item_collection::from_sdk).transpose()?,
    };
    Ok(Outcome { output: output.into(), metadata: with_consumed_capacity(metadata, response.consumed_capacity) })
}
