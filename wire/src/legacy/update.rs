//! `AttributeUpdates`: changes by attribute.

use djamodb_core::expression::{Path, Update, UpdateOperand};
use djamodb_core::value::{AttributeValue, ValueType};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::comparison::invalid;
use crate::error::RequestError;
use crate::json::{Element, Map, SentValue, Text, TypeName};
use crate::violations::Violations;

/// A change of an attribute as it is sent.
#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct AttributeUpdate {
    value: Option<SentValue>,
    action: Option<Text>,
}

impl TypeName for AttributeUpdate {
    const NAME: &'static str = "AttributeValueUpdate";
}

/// The value of `Action`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Action {
    Add,
    Delete,
    Put,
}

/// The changes of a request, by attribute.
pub(crate) type SentUpdates = Vec<(String, Option<SentValue>, Action)>;

/// Reads the actions of the changes.
pub(crate) fn updates(Map(sent): Map<Element<AttributeUpdate>>, violations: &mut Violations) -> SentUpdates {
    let actions = [("ADD", Action::Add), ("DELETE", Action::Delete), ("PUT", Action::Put)];
    let mut updates = Vec::with_capacity(sent.len());
    for (attribute, Element(update)) in sent {
        let path = format!("attributeUpdates.{attribute}.member.action");
        let action = violations.one_of(&path, update.action, &actions).unwrap_or(Action::Put);
        updates.push((attribute, update.value, action));
    }
    updates
}

/// Returns the update of `AttributeUpdates`.
pub(crate) fn update_of(updates: SentUpdates) -> Result<Update, RequestError> {
    let mut update = Update::new();
    for (attribute, value, action) in updates {
        let value = value.map(SentValue::checked).transpose().map_err(RequestError::Validation)?;
        update = with(update, Path::new(attribute), value, action)?;
    }
    Ok(update)
}

fn with(update: Update, path: Path, value: Option<AttributeValue>, action: Action) -> Result<Update, RequestError> {
    let Some(value) = value else {
        return match action {
            Action::Delete => Ok(update.remove(path)),
            Action::Put | Action::Add => {
                Err(invalid("Only DELETE action is allowed when no attribute value is specified"))
            }
        };
    };
    let value_type = value.value_type();
    let is_set = matches!(value_type, ValueType::Ss | ValueType::Ns | ValueType::Bs);
    match action {
        Action::Put => Ok(update.set(path, UpdateOperand::Value(value))),
        Action::Add if value_type == ValueType::L => {
            // A list is appended, also to an attribute that is missing.
            let empty = UpdateOperand::Value(AttributeValue::l(Vec::<AttributeValue>::new()));
            let present = UpdateOperand::if_not_exists(path.clone(), empty);
            Ok(update.set(path, UpdateOperand::list_append(present, UpdateOperand::Value(value))))
        }
        Action::Add if is_set || value_type == ValueType::N => Ok(update.add(path, value)),
        Action::Add => Err(invalid(format!("ADD action is not supported for the type {value_type}"))),
        Action::Delete if is_set => Ok(update.delete(path, value)),
        Action::Delete => Err(invalid(format!("DELETE action with value is not supported for the type {value_type}"))),
    }
}
