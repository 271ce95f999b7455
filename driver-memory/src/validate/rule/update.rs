//! Updates: operands that the clauses take, not too many operators, nothing that is part of the key.

use djamodb_core::expression::{Path, SetValue, Update, UpdateOperand};
use djamodb_core::schema::TableSchema;
use djamodb_core::value::AttributeValue;

use super::{condition::OPERATORS_MAX, path, text, value};
use crate::error::{Invalid, Kind};

/// An update by itself.
pub(crate) fn request(update: &Update) -> Result<(), Invalid> {
    let mut walk = Walk::default();
    update.targets().try_for_each(|path| walk.path(path))?;
    update.set.iter().try_for_each(|(_, value)| walk.set_value(value))?;
    if walk.operators > OPERATORS_MAX {
        return Err(Invalid::TooManyOperators(Kind::Update));
    }
    update.add.iter().chain(&update.delete).try_for_each(|(_, value)| walk.value(value))?;
    text::within(Kind::Update, walk.text_bytes, |renderer| renderer.update(update))?;
    Ok(update.validate()?)
}

/// An update of items of a table.
pub(crate) fn against(schema: &TableSchema, update: &Update) -> Result<(), Invalid> {
    match update.targets().find(|path| schema.key.contains(&path.name)) {
        Some(path) => Err(Invalid::KeyUpdate(path.name.clone())),
        None => path::outside_keys(schema, update.targets()),
    }
}

/// A walk over an update that counts its operators and functions and looks at its names and values.
#[derive(Default)]
struct Walk {
    operators: usize,
    /// At least as many bytes as its text has.
    text_bytes: usize,
}

impl Walk {
    fn set_value(&mut self, value: &SetValue) -> Result<(), Invalid> {
        match value {
            SetValue::Operand(operand) => self.operand(operand),
            SetValue::Plus(left, right) | SetValue::Minus(left, right) => self.operator(left, right),
        }
    }

    fn operand(&mut self, operand: &UpdateOperand) -> Result<(), Invalid> {
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

    fn operator(&mut self, left: &UpdateOperand, right: &UpdateOperand) -> Result<(), Invalid> {
        self.count();
        self.operand(left)?;
        self.operand(right)
    }

    fn path(&mut self, path: &Path) -> Result<(), Invalid> {
        self.text_bytes += text::path_bytes_max(path);
        path::names(path)
    }

    fn value(&mut self, value: &AttributeValue) -> Result<(), Invalid> {
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
        schema.global_indexes.push(GlobalIndex::new("index", KeySchema::hash(KeyAttribute::s("g")), Projection::All));
        let removing = |path: &str| message(against(&schema, &Update::new().remove(Path::parse(path).unwrap())));
        assert_eq!(removing("g"), "accepted");
        assert!(removing("id").ends_with("Cannot update attribute id. This attribute is part of the key"));
        assert!(removing("id.a").ends_with("Cannot update attribute id. This attribute is part of the key"));
        assert!(removing("g[0]").ends_with("are not allowed: IndexKey: g"));
    }
}
