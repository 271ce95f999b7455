//! Updates: operands that the clauses take, not too many operators, nothing that is part of the key.

use djamodb_core::expression::{ExpressionSize, SetValue, Update, UpdateOperand};
use djamodb_core::schema::TableSchema;

use super::{path, text, value};
use crate::error::{Invalid, Kind};

/// Refuses an update that is invalid on every table.
pub(crate) fn request(update: &Update) -> Result<(), Invalid> {
    update.targets().try_for_each(path::names)?;
    update.set.iter().try_for_each(|(_, value)| set_value(value))?;
    update.add.iter().chain(&update.delete).try_for_each(|(_, value)| value::literal(value))?;
    text::within(Kind::Update, ExpressionSize::of_update(update), |renderer| renderer.update(update))?;
    Ok(update.validate()?)
}

/// Refuses an update that is invalid on items of the table.
pub(crate) fn against(schema: &TableSchema, update: &Update) -> Result<(), Invalid> {
    match update.targets().find(|path| schema.key.contains(&path.name)) {
        Some(path) => Err(Invalid::KeyUpdate(path.name.clone())),
        None => path::outside_keys(schema, update.targets()),
    }
}

fn set_value(value: &SetValue) -> Result<(), Invalid> {
    match value {
        SetValue::Operand(one) => operand(one),
        SetValue::Plus(left, right) | SetValue::Minus(left, right) => {
            operand(left)?;
            operand(right)
        }
    }
}

fn operand(one: &UpdateOperand) -> Result<(), Invalid> {
    match one {
        UpdateOperand::Path(path) => path::names(path),
        UpdateOperand::Value(value) => value::literal(value),
        UpdateOperand::IfNotExists(path, otherwise) => {
            path::names(path)?;
            operand(otherwise)
        }
        UpdateOperand::ListAppend(first, second) => {
            operand(first)?;
            operand(second)
        }
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::expression::Path;
    use djamodb_core::schema::{GlobalIndex, IndexProjection, KeyAttribute, KeySchema};

    use super::*;

    fn message(result: Result<(), Invalid>) -> String {
        result.map_or_else(|invalid| invalid.to_string(), |()| "accepted".into())
    }

    #[test]
    fn three_hundred_operators_are_the_most_and_assignments_are_none() {
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
    fn keys_are_not_updated_and_index_keys_have_no_inside() {
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
