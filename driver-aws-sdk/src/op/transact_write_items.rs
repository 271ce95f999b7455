//! [`TransactWriteItems`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html):
//! applies several writes atomically.

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    ConditionCheck as SdkCheck, Delete as SdkDelete, Put as SdkPut, TransactWriteItem as SdkWrite, Update as SdkUpdate,
};
use djamodb_core::expression::Renderer;
use djamodb_core::plan::{
    ConditionCheck, Outcome, TransactDelete, TransactPut, TransactUpdate, TransactWriteItem, TransactWriteItems,
    TransactWriteItemsOutput,
};

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::expression::SdkPlaceholders;
use crate::convert::{item, item_collection, returns};
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, write: TransactWriteItems) -> Result<Outcome, Failure> {
    let writes = write.transact_items.into_iter().map(to_sdk).collect::<Result<Vec<_>, _>>()?;
    let request = call
        .client
        .transact_write_items()
        .set_transact_items(Some(writes))
        .set_client_request_token(write.client_request_token)
        .set_return_consumed_capacity(capacity::to_sdk(write.return_consumed_capacity))
        .set_return_item_collection_metrics(item_collection::to_sdk(write.return_item_collection_metrics));

    let (response, metadata) = call.send(|| request.send()).await?;
    let output = TransactWriteItemsOutput {
        item_collection_metrics: item_collection::by_table_from_sdk(response.item_collection_metrics)?,
    };
    Ok(Outcome {
        output: output.into(),
        metadata: with_consumed_capacity(metadata, response.consumed_capacity.unwrap_or_default()),
    })
}

fn to_sdk(write: TransactWriteItem) -> Result<SdkWrite, BuildError> {
    let action = SdkWrite::builder();
    Ok(match write {
        TransactWriteItem::ConditionCheck(check) => action.condition_check(check_to_sdk(check)?),
        TransactWriteItem::Put(put) => action.put(put_to_sdk(put)?),
        TransactWriteItem::Delete(delete) => action.delete(delete_to_sdk(delete)?),
        TransactWriteItem::Update(update) => action.update(update_to_sdk(update)?),
    }
    .build())
}

fn check_to_sdk(check: ConditionCheck) -> Result<SdkCheck, BuildError> {
    let mut renderer = Renderer::new();
    let condition = renderer.condition(&check.condition);
    let SdkPlaceholders { names, values } = renderer.into();
    SdkCheck::builder()
        .table_name(check.table.as_str())
        .set_key(Some(item::to_sdk(check.key)))
        .condition_expression(condition)
        .set_expression_attribute_names(names)
        .set_expression_attribute_values(values)
        .set_return_values_on_condition_check_failure(returns::on_failure(check.old_item_on_failure))
        .build()
}

fn put_to_sdk(put: TransactPut) -> Result<SdkPut, BuildError> {
    let mut renderer = Renderer::new();
    let condition = put.condition.as_ref().map(|condition| renderer.condition(condition));
    let SdkPlaceholders { names, values } = renderer.into();
    SdkPut::builder()
        .table_name(put.table.as_str())
        .set_item(Some(item::to_sdk(put.item)))
        .set_condition_expression(condition)
        .set_expression_attribute_names(names)
        .set_expression_attribute_values(values)
        .set_return_values_on_condition_check_failure(returns::on_failure(put.old_item_on_failure))
        .build()
}

fn delete_to_sdk(delete: TransactDelete) -> Result<SdkDelete, BuildError> {
    let mut renderer = Renderer::new();
    let condition = delete.condition.as_ref().map(|condition| renderer.condition(condition));
    let SdkPlaceholders { names, values } = renderer.into();
    SdkDelete::builder()
        .table_name(delete.table.as_str())
        .set_key(Some(item::to_sdk(delete.key)))
        .set_condition_expression(condition)
        .set_expression_attribute_names(names)
        .set_expression_attribute_values(values)
        .set_return_values_on_condition_check_failure(returns::on_failure(delete.old_item_on_failure))
        .build()
}

/// Converts an update. Unlike `UpdateItem`, the service requires an update expression here and rejects an empty one.
fn update_to_sdk(update: TransactUpdate) -> Result<SdkUpdate, BuildError> {
    let mut renderer = Renderer::new();
    let expression = renderer.update(&update.update);
    let condition = update.condition.as_ref().map(|condition| renderer.condition(condition));
    let SdkPlaceholders { names, values } = renderer.into();
    SdkUpdate::builder()
        .table_name(update.table.as_str())
        .set_key(Some(item::to_sdk(update.key)))
        .update_expression(expression)
        .set_condition_expression(condition)
        .set_expression_attribute_names(names)
        .set_expression_attribute_values(values)
        .set_return_values_on_condition_check_failure(returns::on_failure(update.old_item_on_failure))
        .build()
}
