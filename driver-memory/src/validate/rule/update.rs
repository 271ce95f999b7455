//! Rules for updates: operands of valid types, within the limits, no change to the key.

use djamodb_core::expression::{ExpressionKind, ExpressionSize, SetValue, Update, UpdateOperand};
use djamodb_core::schema::TableSchema;

use super::expression::Expression;
use super::expression_size;
use super::{path, value};
use crate::error::ValidationError;

/// Checks an update by itself.
pub(crate) fn request(update: &Update) -> Result<(), ValidationError> {
    update.targets().try_for_each(path::names)?;
    update.set.iter().try_for_each(|(_, value)| check_set_value(value))?;
    update.add.iter().chain(&update.delete).try_for_each(|(_, value)| value::literal(value))?;
    let size = ExpressionSize::of_update(update);
    expression_size::check(ExpressionKind::Update, size, [], Expression::Update(update))?;
    Ok(update.validate()?)
}

/// Checks an update against the schema of its table.
pub(crate) fn against(schema: &TableSchema, update: &Update) -> Result<(), ValidationError> {
    match schema.key.names().find(|name| update.targets().any(|path| path.name == **name)) {
        Some(name) => Err(ValidationError::KeyUpdate(name.clone())),
        None => path::outside_keys(schema, update.targets().chain(update.read_paths())),
    }
}

fn check_set_value(value: &SetValue) -> Result<(), ValidationError> {
    match value {
        SetValue::Operand(operand) => check_operand(operand),
        SetValue::Plus(left, right) | SetValue::Minus(left, right) => {
            check_operand(left)?;
            check_operand(right)
        }
    }
}

fn check_operand(operand: &UpdateOperand) -> Result<(), ValidationError> {
    operand.nodes().try_for_each(|operand| match operand {
        UpdateOperand::Path(path) | UpdateOperand::IfNotExists(path, _) => path::names(path),
        UpdateOperand::Value(value) => value::literal(value),
        UpdateOperand::ListAppend(_) => Ok(()),
    })
}

#[cfg(test)]
mod tests {
    use djamodb_core::expression::Path;
    use djamodb_core::schema::{GlobalIndex, IndexProjection, KeyAttribute, KeySchema};

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
        schema.global_indexes.push(GlobalIndex::new(
            "index",
            KeySchema::hash(KeyAttribute::s("g")),
            IndexProjection::All,
        ));
        let removing = |path: &str| message(against(&schema, &Update::new().remove(Path::parse(path).unwrap())));
        assert_eq!(removing("g"), "accepted");
        assert!(removing("id").ends_with("Cannot update attribute id. This attribute is part of the key"));
        assert!(removing("id.a").ends_with("Cannot update attribute id. This attribute is part of the key"));
        assert!(removing("g[0]").ends_with("are not allowed: IndexKey: g"));
    }
}
