//! What `TransactWriteItems` refuses, whatever the items are.

use djamodb_core::plan::{TransactWriteItem, TransactWriteItems};
use djamodb_core::schema::TableSchema;
use djamodb_core::service::limits::TRANSACTION_BYTES_MAX;
use djamodb_core::value::Item;

use super::rule::{condition, index_key, key, name, update, value};
use crate::error::{Invalid, Kind};

pub(crate) fn request(plan: &TransactWriteItems) -> Result<(), Invalid> {
    match plan.transact_items.len() {
        0 => return Err(Invalid::NoTransactItems),
        1..=TransactWriteItems::ITEMS_MAX => {}
        _ => return Err(Invalid::TooManyTransactItems),
    }
    token(plan.client_request_token.as_deref())?;
    let mut bytes = 0;
    for item in &plan.transact_items {
        bytes += action(item)?;
    }
    if bytes > TRANSACTION_BYTES_MAX { Err(Invalid::TransactionTooLarge(bytes)) } else { Ok(()) }
}

fn token(token: Option<&str>) -> Result<(), Invalid> {
    let too = |value: &str, bound| Err(Invalid::Token { value: value.to_owned(), bound });
    match token {
        Some("") => too("", "greater than or equal to 1"),
        Some(token) if token.chars().count() > TransactWriteItems::TOKEN_MAX => too(token, "less than or equal to 36"),
        _ => Ok(()),
    }
}

/// Looks at one action by itself, and gives how much it puts.
fn action(action: &TransactWriteItem) -> Result<usize, Invalid> {
    name::table(action.table())?;
    condition::request(Kind::Condition, action.condition())?;
    match action {
        TransactWriteItem::Put(put) => {
            value::item(&put.item)?;
            value::item_size(&put.item)
        }
        TransactWriteItem::Update(of_item) => update::request(&of_item.update).map(|()| 0),
        TransactWriteItem::ConditionCheck(_) | TransactWriteItem::Delete(_) => Ok(0),
    }
}

pub(crate) fn against(action: &TransactWriteItem, schema: &TableSchema) -> Result<(), Invalid> {
    condition::against(schema, action.condition())?;
    match action {
        TransactWriteItem::Put(put) => {
            key::put(&schema.key, &put.item)?;
            index_key::put(schema, &put.item)
        }
        TransactWriteItem::Update(of_item) => {
            update::against(schema, &of_item.update)?;
            key::exact(&schema.key, &of_item.key)
        }
        TransactWriteItem::ConditionCheck(_) | TransactWriteItem::Delete(_) => key::exact(&schema.key, subject(action)),
    }
}

/// The item of a put, the key of everything else.
pub(crate) const fn subject(action: &TransactWriteItem) -> &Item {
    match action {
        TransactWriteItem::ConditionCheck(check) => &check.key,
        TransactWriteItem::Put(put) => &put.item,
        TransactWriteItem::Delete(delete) => &delete.key,
        TransactWriteItem::Update(update) => &update.key,
    }
}
