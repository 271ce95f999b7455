//! Rules for updates: operands of valid types, within the limits, no change to the key.

use djamodb_core::expression::{Path, SetValue, Update, UpdateOperand};
use djamodb_core::schema::TableSchema;
use djamodb_core::value::AttributeValue;

use super::{condition::OPERATORS_MAX, path, text, value};
use crate::error::{ExpressionKind, ValidationError};

/// Checks an update by itself.
pub(crate) fn request(update: &Update) -> Result<(), ValidationError> {
    let mut walk = Walk::default();
    update.targets().try_for_each(|path| walk.path(path))?;
    update.set.iter().try_for_each(|(_, value)| walk.set_value(value))?;
    if walk.operators > OPERATORS_MAX {
        return Err(ValidationError::TooManyOperators(ExpressionKind::Update));
    }
    update.add.iter().chain(&update.delete).try_for_each(|(_, value)| walk.value(value))?;
    text::within(ExpressionKind::Update, walk.text_bytes, |renderer| renderer.update(update))?;
    Ok(update.validate()?)
}

/// Checks an update against the schema of its table.
pub(crate) fn against(schema: &TableSchema, update: &Update) -> Result<(), ValidationError> {
    match update.targets().find(|path| schema.key.contains(&path.name)) {
        Some(path) => Err(ValidationError::KeyUpdate(path.name.clone())),
        None => path::outside_keys(schema, update.targets()),
    }
}

/// A traversal of an update that counts operators and functions and checks names and values.
#[derive(Default)]
struct Walk {
    operators: usize,
    /// Upper bound on the length of the update's text in bytes.
    text_bytes: usize,
}

impl Walk {
    fn set_value(&mut self, value: &SetValue) -> Result<(), ValidationError> {
        match value {
            SetValue::Operand(operand) => self.operand(operand),
            SetValue::Plus(left, right) | SetValue::Minus(left, right) => self.operator(left, right),
        }
    }

    fn operand(&mut self, operand: &UpdateOperand) -> Result<(), ValidationError> {
        match operand {
            UpdateOperand::Path(path) => self.path(path),
            UpdateOperand::Value(value) => self.value(value),
            UpdateOperand::IfNotExists(path, otherwise) => {
                self.path(path)?;
                self.count();
                self.operand(otherwise)
            }
            UpdateOperand::ListAppend(first, second) => self.operator(first, second),
        }
    }

    fn operator(&mut self, left: &UpdateOperand, right: &UpdateOperand) -> Result<(), ValidationError> {
        self.count();
        self.operand(left)?;
        self.operand(right)
    }

    fn path(&mut self, path: &Path) -> Result<(), ValidationError> {
        self.text_bytes += text::path_bytes_max(path);
        path::names(path)
    }

    fn value(&mut self, value: &AttributeValue) -> Result<(), ValidationError> {
        self.text_bytes += text::PLACEHOLDER_BYTES_MAX;
        value::literal(value)
    }

    fn count(&mut self) {
        self.operators += 1;
        self.text_bytes += text::OPERATOR_BYTES_MAX;
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::schema::{GlobalIndex, KeyAttribute, KeySchema, Projection};

    use super::*;

    fn message(result: Result<(), ValidationError>) -> String {
        result.map_or_else(|invalid| invalid.to_string(), |()| "accepted".into())
    }

    #[test]
    fn operators_are_limited_to_300_and_assignments_do_not_count() {
        let sums = |count: usize| {
            (0..count).fold(Update::new(), |update, at| {
                let one = || UpdateOperand::value(1);
                update.set(Path::new(format!("a{at}")), SetValue::Plus(one(), one()))
            })
        };
        assert_eq!(message(request(&sums(240))), "accepted");
        assert!(message(request(&sums(300))).starts_with("Invalid UpdateExpression: Expression size has exceeded"));
        assert!(message(request(&sums(301))).starts_with("Invalid UpdateExpression: The expression contains too many"));
        let plain =
            (0..301).fold(Update::new(), |update, at| update.set(Path::new(format!("a{at}")), UpdateOperand::value(1)));
        assert_eq!(message(request(&plain)), "accepted");
    }

    #[test]
    fn rejects_updates_of_keys_and_paths_into_index_keys() {
        let mut schema = TableSchema::new("table", KeySchema::hash(KeyAttribute::s("id")));
        schema.global_indexes.push(GlobalIndex::new("index", KeySchema::hash(KeyAttribute::s("g")), Projection::All));
        let removing = |path: &str| message(against(&schema, &Update::new().remove(Path::parse(path).unwrap())));
        assert_eq!(removing("g"), "accepted");
        assert!(removing("id").ends_with("Cannot update attribute id. This attribute is part of the key"));
        assert!(removing("id.a").ends_with("Cannot update attribute id. This attribute is part of the key"));
        assert!(removing("g[0]").ends_with("are not allowed: IndexKey: g"));
    }
}
