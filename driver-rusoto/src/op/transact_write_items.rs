//! [`TransactWriteItems`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html):
//! applies several writes atomically.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{
    ConditionCheck, Outcome, TransactDelete, TransactPut, TransactUpdate, TransactWriteItem, TransactWriteItems,
    TransactWriteItemsOutput,
};
use rusoto_dynamodb::{
    ConditionCheck as RusotoCheck, Delete, DynamoDb, DynamoDbClient, Put, TransactWriteItem as RusotoAction,
    TransactWriteItemsInput, Update,
};

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::expression::RusotoPlaceholders;
use crate::convert::{item, item_collection, returns};
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, transaction: TransactWriteItems) -> Result<Outcome, Failure> {
    let input = TransactWriteItemsInput {
        transact_items: transaction.transact_items.into_iter().map(to_rusoto).collect(),
        client_request_token: transaction.client_request_token,
        return_consumed_capacity: capacity::to_rusoto(transaction.return_consumed_capacity),
        return_item_collection_metrics: item_collection::to_rusoto(transaction.return_item_collection_metrics),
    };

    let (response, metadata) = send(client.transact_write_items(input)).await?;
    let output = TransactWriteItemsOutput {
        item_collection_metrics: item_collection::by_table_from_rusoto(response.item_collection_metrics)?,
    };
    Ok(Outcome {
        output: output.into(),
        metadata: with_consumed_capacity(metadata, response.consumed_capacity.unwrap_or_default()),
    })
}

fn to_rusoto(action: TransactWriteItem) -> RusotoAction {
    let none = RusotoAction::default();
    match action {
        TransactWriteItem::ConditionCheck(check) => {
            RusotoAction { condition_check: Some(check_to_rusoto(check)), ..none }
        }
        TransactWriteItem::Put(put) => RusotoAction { put: Some(put_to_rusoto(put)), ..none },
        TransactWriteItem::Delete(delete) => RusotoAction { delete: Some(delete_to_rusoto(delete)), ..none },
        TransactWriteItem::Update(update) => RusotoAction { update: Some(update_to_rusoto(update)), ..none },
    }
}

fn check_to_rusoto(check: ConditionCheck) -> RusotoCheck {
    let mut renderer = Renderer::new();
    let condition = renderer.condition(&check.condition);
    let RusotoPlaceholders { names, values } = renderer.into();
    RusotoCheck {
        table_name: check.table.to_string(),
        key: item::to_rusoto(check.key),
        condition_expression: condition,
        expression_attribute_names: names,
        expression_attribute_values: values,
        return_values_on_condition_check_failure: returns::on_failure(check.old_item_on_failure),
    }
}

fn put_to_rusoto(put: TransactPut) -> Put {
    let mut renderer = Renderer::new();
    let condition = put.condition.as_ref().map(|condition| renderer.condition(condition));
    let RusotoPlaceholders { names, values } = renderer.into();
    Put {
        table_name: put.table.to_string(),
        item: item::to_rusoto(put.item),
        condition_expression: condition,
        expression_attribute_names: names,
        expression_attribute_values: values,
        return_values_on_condition_check_failure: returns::on_failure(put.old_item_on_failure),
    }
}

fn delete_to_rusoto(delete: TransactDelete) -> Delete {
    let mut renderer = Renderer::new();
    let condition = delete.condition.as_ref().map(|condition| renderer.condition(condition));
    let RusotoPlaceholders { names, values } = renderer.into();
    Delete {
        table_name: delete.table.to_string(),
        key: item::to_rusoto(delete.key),
        condition_expression: condition,
        expression_attribute_names: names,
        expression_attribute_values: values,
        return_values_on_condition_check_failure: returns::on_failure(delete.old_item_on_failure),
    }
}

/// Converts an update. Unlike `UpdateItem`, the service requires an update expression here and rejects an empty one.
fn update_to_rusoto(update: TransactUpdate) -> Update {
    let mut renderer = Renderer::new();
    let expression = renderer.update(&update.update);
    let condition = update.condition.as_ref().map(|condition| renderer.condition(condition));
    let RusotoPlaceholders { names, values } = renderer.into();
    Update {
        table_name: update.table.to_string(),
        key: item::to_rusoto(update.key),
        update_expression: expression,
        condition_expression: condition,
        expression_attribute_names: names,
        expression_attribute_values: values,
        return_values_on_condition_check_failure: returns::on_failure(update.old_item_on_failure),
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::expression::{Condition, Path, Update as CoreUpdate, UpdateOperand};
    use djamodb_core::plan::OldItemOnFailure;
    use djamodb_core::value::Item;

    use super::*;

    #[test]
    fn each_action_sets_one_field() {
        let key = || Item::new().with("id", "a");
        let exists = || Condition::AttributeExists(Path::new("id"));
        let update = CoreUpdate::new().set(Path::new("kind"), UpdateOperand::value("rain"));
        let check = ConditionCheck {
            old_item_on_failure: OldItemOnFailure::AllOld,
            ..ConditionCheck::new("t", key(), exists())
        };
        let actions = [
            check.into(),
            TransactPut::new("t", key()).when(exists()).into(),
            TransactDelete::new("t", key()).into(),
            TransactUpdate::new("t", key(), update).when(exists()).into(),
        ]
        .map(to_rusoto);
        let kinds = actions.each_ref().map(|action| {
            [action.condition_check.is_some(), action.put.is_some(), action.delete.is_some(), action.update.is_some()]
        });
        assert_eq!(kinds, std::array::from_fn(|action| std::array::from_fn(|kind| kind == action)));

        let [check, put, delete, update] = actions;
        let check = check.condition_check.unwrap();
        assert_eq!(check.condition_expression, "attribute_exists(#0)");
        assert_eq!(check.return_values_on_condition_check_failure.as_deref(), Some("ALL_OLD"));
        let put = put.put.unwrap();
        assert_eq!(put.condition_expression.as_deref(), Some("attribute_exists(#0)"));
        assert_eq!(put.return_values_on_condition_check_failure, None);
        let delete = delete.delete.unwrap();
        assert_eq!((delete.condition_expression, delete.expression_attribute_names), (None, None));
        let update = update.update.unwrap();
        assert_eq!(update.update_expression, "SET #0 = :0");
        assert_eq!(update.condition_expression.as_deref(), Some("attribute_exists(#1)"));
        assert_eq!(update.expression_attribute_names.map(|names| names.len()), Some(2));
    }
}
