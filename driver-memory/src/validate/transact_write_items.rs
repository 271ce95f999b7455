//! Validation of `TransactWriteItems`.

use djamodb_core::expression::ExpressionKind;
use djamodb_core::plan::{TransactWriteItem, TransactWriteItems};
use djamodb_core::schema::TableSchema;
use djamodb_core::service::limits::TRANSACTION_BYTES_MAX;
use djamodb_core::value::Item;

use super::constraints::Constraints;
use super::rule::expression::Expression;
use super::rule::{self, condition, expressions, index_key, key, local_entries, value};
use crate::error::ValidationError;

pub(crate) fn request(plan: &TransactWriteItems) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    constraints.transact_items(plan.transact_items.len());
    for (at, action) in plan.transact_items.iter().enumerate() {
        constraints.table(action.table(), || format!("transactItems.{}.member.{}.tableName", at + 1, kind(action)));
    }
    if let Some(token) = &plan.client_request_token {
        constraints.length(token, 1..=TransactWriteItems::TOKEN_MAX, || "clientRequestToken".into());
    }
    constraints.check()?;
    let mut bytes = 0;
    for item in &plan.transact_items {
        bytes += action(item)?;
    }
    if bytes > TRANSACTION_BYTES_MAX { Err(ValidationError::TransactionTooLarge(bytes)) } else { Ok(()) }
}

/// Returns the member of a `TransactWriteItem` that holds the action.
const fn kind(action: &TransactWriteItem) -> &'static str {
    match action {
        TransactWriteItem::ConditionCheck(_) => "conditionCheck",
        TransactWriteItem::Put(_) => "put",
        TransactWriteItem::Delete(_) => "delete",
        TransactWriteItem::Update(_) => "update",
    }
}

/// Validates one action by itself and returns the size of the item that it puts, in bytes.
fn action(action: &TransactWriteItem) -> Result<usize, ValidationError> {
    let update = match action {
        TransactWriteItem::Update(update) if update.update.is_empty() => {
            return Err(ValidationError::EmptyExpression(ExpressionKind::Update));
        }
        TransactWriteItem::Update(update) => Some(&update.update),
        TransactWriteItem::ConditionCheck(_) | TransactWriteItem::Put(_) | TransactWriteItem::Delete(_) => None,
    };
    expressions::check([update.map(Expression::Update), action.condition().map(Expression::Condition)])
        .map_err(ValidationError::with_size_of_condition)?;
    match action {
        TransactWriteItem::Put(put) => {
            value::item(&put.item)?;
            value::item_size(&put.item)
        }
        TransactWriteItem::ConditionCheck(_) | TransactWriteItem::Update(_) | TransactWriteItem::Delete(_) => Ok(0),
    }
}

pub(crate) fn against(action: &TransactWriteItem, schema: &TableSchema) -> Result<(), ValidationError> {
    match action {
        TransactWriteItem::Put(put) => {
            key::put(&schema.key, &put.item)?;
            index_key::put(schema, &put.item)?;
            local_entries::put(schema, &put.item)?;
        }
        TransactWriteItem::Update(update) => {
            key::exact(&schema.key, &update.key)?;
            rule::update::against(schema, &update.update)?;
        }
        TransactWriteItem::ConditionCheck(_) | TransactWriteItem::Delete(_) => {
            key::exact(&schema.key, subject(action))?;
        }
    }
    condition::against(schema, action.condition())
}

/// Returns the item of a put, or the key of any other action.
pub(crate) const fn subject(action: &TransactWriteItem) -> &Item {
    match action {
        TransactWriteItem::ConditionCheck(check) => &check.key,
        TransactWriteItem::Put(put) => &put.item,
        TransactWriteItem::Delete(delete) => &delete.key,
        TransactWriteItem::Update(update) => &update.key,
    }
}
