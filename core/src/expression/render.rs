//! Expressions as text: with placeholders for drivers, with literal names and values for people.
//!
//! [`ExpressionWriter`] contains the grammar of both. They differ only in how [`WriteTerm`] writes names and values.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use super::{
    Condition, KeyCondition, Operand, Path, PathStep, ProjectionExpression, RangeCondition, SetValue, Update,
    UpdateOperand,
};
use crate::value::{AttributeValue, Name};

/// A renderer of the expressions of one request, which share their placeholders.
///
/// Names become `#0`, `#1`, … and values `:0`, `:1`, … in the order in which they first appear. A name or value that occurs several
/// times has one placeholder. Reserved words cannot clash, because no name is rendered literally.
///
/// ```
/// use djamodb_core::expression::{Comparator, Condition, KeyCondition, Path, Renderer};
/// use djamodb_core::value::{AttributeValue, Name};
///
/// let mut renderer = Renderer::new();
/// let key = renderer.key_condition(&KeyCondition::hash("location", "Seattle"));
/// let filter = renderer.condition(&Condition::compare(Path::new("location"), Comparator::Ne, "Seattle"));
/// let placeholders = renderer.finish();
/// assert_eq!((key.as_str(), filter.as_str()), ("#0 = :0", "#0 <> :0"));
/// assert_eq!(placeholders.names["#0"], Name::from("location"));
/// assert_eq!(placeholders.values[":0"], AttributeValue::s("Seattle"));
/// ```
#[derive(Debug, Default)]
pub struct Renderer {
    names: HashMap<Name, usize>,
    values: HashMap<AttributeValue, usize>,
}

/// The names and values behind the placeholders of a request: `ExpressionAttributeNames` and `ExpressionAttributeValues`.
///
/// The service refuses a request with an empty one; leave it out instead.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Placeholders {
    /// Names by placeholder, such as `#0`.
    pub names: BTreeMap<String, Name>,
    /// Values by placeholder, such as `:0`.
    pub values: BTreeMap<String, AttributeValue>,
}

impl Renderer {
    /// Creates a renderer for one request.
    pub fn new() -> Self {
        Self::default()
    }

    /// Renders a condition expression or filter expression.
    pub fn condition(&mut self, condition: &Condition) -> String {
        self.write(|writer| writer.condition(condition))
    }

    /// Renders a key condition expression.
    pub fn key_condition(&mut self, condition: &KeyCondition) -> String {
        self.write(|writer| writer.key_condition(condition))
    }

    /// Renders an update expression.
    pub fn update(&mut self, update: &Update) -> String {
        self.write(|writer| writer.update(update))
    }

    /// Renders a projection expression.
    pub fn projection(&mut self, projection: &ProjectionExpression) -> String {
        self.write(|writer| writer.projection(projection))
    }

    /// Returns the names and values behind the placeholders of all rendered expressions.
    pub fn finish(self) -> Placeholders {
        Placeholders {
            names: self.names.into_iter().map(|(name, at)| (format!("#{at}"), name)).collect(),
            values: self.values.into_iter().map(|(value, at)| (format!(":{at}"), value)).collect(),
        }
    }

    fn write(&mut self, write: impl FnOnce(&mut ExpressionWriter<'_, Self>) -> fmt::Result) -> String {
        let mut out = String::new();
        // Writing to a `String` cannot fail.
        let _ = write(&mut ExpressionWriter { out: &mut out, terms: self });
        out
    }
}

/// A writer of the names and values of an expression.
pub(super) trait WriteTerm {
    fn name(&mut self, name: &Name, out: &mut dyn fmt::Write) -> fmt::Result;
    fn value(&mut self, value: &AttributeValue, out: &mut dyn fmt::Write) -> fmt::Result;
}

impl WriteTerm for Renderer {
    fn name(&mut self, name: &Name, out: &mut dyn fmt::Write) -> fmt::Result {
        let next = self.names.len();
        let at = match self.names.get(name) {
            Some(at) => *at,
            None => *self.names.entry(name.clone()).or_insert(next),
        };
        write!(out, "#{at}")
    }

    fn value(&mut self, value: &AttributeValue, out: &mut dyn fmt::Write) -> fmt::Result {
        let next = self.values.len();
        let at = match self.values.get(value) {
            Some(at) => *at,
            None => *self.values.entry(value.clone()).or_insert(next),
        };
        write!(out, ":{at}")
    }
}

/// A part of an expression that is still to be written. The parts are in a vector, because an expression can be of any depth.
enum Piece<'a, E> {
    Whole(&'a E),
    Nested(&'a E),
    Text(&'static str),
}

/// A writer of expressions, which contains their grammar.
pub(super) struct ExpressionWriter<'a, T> {
    pub(super) out: &'a mut dyn fmt::Write,
    pub(super) terms: &'a mut T,
}

impl<T: WriteTerm> ExpressionWriter<'_, T> {
    pub(super) fn condition(&mut self, condition: &Condition) -> fmt::Result {
        let mut pending = vec![Piece::Whole(condition)];
        while let Some(piece) = pending.pop() {
            let (condition, is_nested) = match piece {
                Piece::Text(text) => {
                    self.out.write_str(text)?;
                    continue;
                }
                Piece::Whole(condition) => (condition, false),
                Piece::Nested(condition) => (condition, true),
            };
            let (conditions, separator) = match condition {
                Condition::And(conditions) => (conditions, " AND "),
                Condition::Or(conditions) => (conditions, " OR "),
                Condition::Not(condition) => {
                    self.out.write_str("NOT ")?;
                    pending.push(Piece::Nested(condition.as_ref()));
                    continue;
                }
                leaf => {
                    self.leaf(leaf)?;
                    continue;
                }
            };
            // A condition inside another one is in parentheses unless it is a single term.
            if is_nested && conditions.len() > 1 {
                self.out.write_str("(")?;
                pending.push(Piece::Text(")"));
            }
            for (at, condition) in conditions.iter().enumerate().rev() {
                pending.push(Piece::Nested(condition));
                if at > 0 {
                    pending.push(Piece::Text(separator));
                }
            }
        }
        Ok(())
    }

    /// Writes a condition without conditions inside it.
    fn leaf(&mut self, condition: &Condition) -> fmt::Result {
        match condition {
            Condition::Compare(left, comparator, right) => {
                self.operand(left)?;
                write!(self.out, " {} ", comparator.as_str())?;
                self.operand(right)
            }
            Condition::Between(operand, low, high) => {
                self.operand(operand)?;
                self.out.write_str(" BETWEEN ")?;
                self.operand(low)?;
                self.out.write_str(" AND ")?;
                self.operand(high)
            }
            Condition::In(operand, operands) => {
                self.operand(operand)?;
                self.out.write_str(" IN (")?;
                self.separated(", ", operands, Self::operand)?;
                self.out.write_str(")")
            }
            Condition::AttributeExists(path) => self.function("attribute_exists", |writer| writer.path(path)),
            Condition::AttributeNotExists(path) => self.function("attribute_not_exists", |writer| writer.path(path)),
            Condition::AttributeType(operand, value_type) => self.function("attribute_type", |writer| {
                writer.operand(operand)?;
                writer.out.write_str(", ")?;
                writer.value(&AttributeValue::s(value_type.as_str()))
            }),
            Condition::BeginsWith(operand, prefix) => self.function("begins_with", |writer| {
                writer.separated(", ", &[operand, prefix], |writer, operand| writer.operand(operand))
            }),
            Condition::Contains(operand, part) => self.function("contains", |writer| {
                writer.separated(", ", &[operand, part], |writer, operand| writer.operand(operand))
            }),
            Condition::And(_) | Condition::Or(_) | Condition::Not(_) => Ok(()),
        }
    }

    pub(super) fn key_condition(&mut self, condition: &KeyCondition) -> fmt::Result {
        self.separated(" AND ", &condition.hash, |writer, (name, value)| writer.comparison(name, "=", value))?;
        if !condition.hash.is_empty() && !condition.range.is_empty() {
            self.out.write_str(" AND ")?;
        }
        self.separated(" AND ", &condition.range, |writer, (name, range)| writer.range_condition(name, range))
    }

    pub(super) fn update(&mut self, update: &Update) -> fmt::Result {
        let mut before = "";
        let mut clause = |writer: &mut Self, keyword: &str, is_empty: bool| {
            if is_empty {
                return Ok(());
            }
            writer.out.write_str(std::mem::replace(&mut before, " "))?;
            writer.out.write_str(keyword)
        };
        clause(self, "SET ", update.set.is_empty())?;
        self.separated(", ", &update.set, |writer, (path, value)| {
            writer.path(path)?;
            writer.out.write_str(" = ")?;
            writer.set_value(value)
        })?;
        clause(self, "REMOVE ", update.remove.is_empty())?;
        self.separated(", ", &update.remove, Self::path)?;
        clause(self, "ADD ", update.add.is_empty())?;
        self.separated(", ", &update.add, Self::path_and_value)?;
        clause(self, "DELETE ", update.delete.is_empty())?;
        self.separated(", ", &update.delete, Self::path_and_value)
    }

    pub(super) fn projection(&mut self, projection: &ProjectionExpression) -> fmt::Result {
        self.separated(", ", &projection.paths, Self::path)
    }

    fn range_condition(&mut self, name: &Name, condition: &RangeCondition) -> fmt::Result {
        match condition {
            RangeCondition::Eq(value) => self.comparison(name, "=", value),
            RangeCondition::Lt(value) => self.comparison(name, "<", value),
            RangeCondition::Le(value) => self.comparison(name, "<=", value),
            RangeCondition::Gt(value) => self.comparison(name, ">", value),
            RangeCondition::Ge(value) => self.comparison(name, ">=", value),
            RangeCondition::Between(low, high) => {
                self.comparison(name, "BETWEEN", low)?;
                self.out.write_str(" AND ")?;
                self.value(high)
            }
            RangeCondition::BeginsWith(prefix) => {
                self.out.write_str("begins_with(")?;
                self.name(name)?;
                self.out.write_str(", ")?;
                self.value(prefix)?;
                self.out.write_str(")")
            }
        }
    }

    fn comparison(&mut self, name: &Name, operator: &str, value: &AttributeValue) -> fmt::Result {
        self.name(name)?;
        write!(self.out, " {operator} ")?;
        self.value(value)
    }

    fn function(&mut self, function: &str, operands: impl FnOnce(&mut Self) -> fmt::Result) -> fmt::Result {
        write!(self.out, "{function}(")?;
        operands(self)?;
        self.out.write_str(")")
    }

    fn operand(&mut self, operand: &Operand) -> fmt::Result {
        match operand {
            Operand::Path(path) => self.path(path),
            Operand::Value(value) => self.value(value),
            Operand::Size(path) => self.function("size", |writer| writer.path(path)),
            Operand::SizeOf(value) => self.function("size", |writer| writer.value(value)),
        }
    }

    fn set_value(&mut self, value: &SetValue) -> fmt::Result {
        let (left, sign, right) = match value {
            SetValue::Operand(operand) => return self.update_operand(operand),
            SetValue::Plus(left, right) => (left, " + ", right),
            SetValue::Minus(left, right) => (left, " - ", right),
        };
        self.update_operand(left)?;
        self.out.write_str(sign)?;
        self.update_operand(right)
    }

    fn update_operand(&mut self, operand: &UpdateOperand) -> fmt::Result {
        let mut pending = vec![Piece::Whole(operand)];
        while let Some(piece) = pending.pop() {
            match piece {
                Piece::Text(text) => self.out.write_str(text)?,
                Piece::Whole(operand) | Piece::Nested(operand) => match operand {
                    UpdateOperand::Path(path) => self.path(path)?,
                    UpdateOperand::Value(value) => self.value(value)?,
                    UpdateOperand::IfNotExists(path, otherwise) => {
                        self.out.write_str("if_not_exists(")?;
                        self.path(path)?;
                        self.out.write_str(", ")?;
                        pending.extend([Piece::Text(")"), Piece::Nested(otherwise.as_ref())]);
                    }
                    UpdateOperand::ListAppend(lists) => {
                        self.out.write_str("list_append(")?;
                        let [first, second] = &**lists;
                        pending.extend([
                            Piece::Text(")"),
                            Piece::Nested(second),
                            Piece::Text(", "),
                            Piece::Nested(first),
                        ]);
                    }
                },
            }
        }
        Ok(())
    }

    fn path_and_value(&mut self, (path, value): &(Path, AttributeValue)) -> fmt::Result {
        self.path(path)?;
        self.out.write_str(" ")?;
        self.value(value)
    }

    fn path(&mut self, path: &Path) -> fmt::Result {
        self.name(&path.name)?;
        for step in path.steps.iter() {
            match step {
                PathStep::Key(name) => {
                    self.out.write_str(".")?;
                    self.name(name)?;
                }
                PathStep::Index(index) => write!(self.out, "[{index}]")?,
            }
        }
        Ok(())
    }

    fn name(&mut self, name: &Name) -> fmt::Result {
        self.terms.name(name, self.out)
    }

    fn value(&mut self, value: &AttributeValue) -> fmt::Result {
        self.terms.value(value, self.out)
    }

    fn separated<P>(
        &mut self,
        separator: &str,
        parts: &[P],
        mut write: impl FnMut(&mut Self, &P) -> fmt::Result,
    ) -> fmt::Result {
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                self.out.write_str(separator)?;
            }
            write(self, part)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Comparator;
    use crate::value::ValueType;

    fn condition(condition: &Condition) -> String {
        Renderer::new().condition(condition)
    }

    #[test]
    fn every_condition_renders_as_documented() {
        let a = || Path::new("a");
        for (tree, text) in [
            (Condition::compare(a().key("b").index(3), Comparator::Le, 1), "#0.#1[3] <= :0"),
            (Condition::Between(a().into(), 1.into(), 2.into()), "#0 BETWEEN :0 AND :1"),
            (Condition::In(a().into(), vec![1.into(), 2.into(), 1.into()]), "#0 IN (:0, :1, :0)"),
            (Condition::AttributeExists(a()), "attribute_exists(#0)"),
            (Condition::AttributeNotExists(a()), "attribute_not_exists(#0)"),
            (Condition::AttributeType(a().into(), ValueType::Ss), "attribute_type(#0, :0)"),
            (Condition::BeginsWith(a().into(), "x".into()), "begins_with(#0, :0)"),
            (Condition::Contains(a().into(), Path::new("b").into()), "contains(#0, #1)"),
            (Condition::Contains("x".into(), a().into()), "contains(:0, #0)"),
            (Condition::compare(Operand::SizeOf("x".into()), Comparator::Lt, a()), "size(:0) < #0"),
            (Condition::compare(Operand::Size(a()), Comparator::Ne, 1), "size(#0) <> :0"),
        ] {
            assert_eq!(condition(&tree), text);
        }
    }

    #[test]
    fn parentheses_preserve_the_tree() {
        let [a, b, c] = ["a", "b", "c"].map(|name| Condition::AttributeExists(Path::new(name)));
        let either = Condition::Or(vec![a.clone(), b.clone()]);
        assert_eq!(
            condition(&Condition::And(vec![either.clone(), c.clone()])),
            "(attribute_exists(#0) OR attribute_exists(#1)) AND attribute_exists(#2)"
        );
        assert_eq!(condition(&either.negate()), "NOT (attribute_exists(#0) OR attribute_exists(#1))");
        assert_eq!(
            condition(&Condition::And(vec![Condition::And(vec![a, b]), c])),
            "(attribute_exists(#0) AND attribute_exists(#1)) AND attribute_exists(#2)"
        );
    }

    #[test]
    fn clauses_of_an_update_are_rendered_in_a_fixed_order() {
        let update = Update::new()
            .delete(Path::new("d"), AttributeValue::ss(["x"]))
            .remove(Path::new("r").index(0))
            .remove(Path::new("q"))
            .add(Path::new("n"), 1)
            .set(Path::new("s"), SetValue::Plus(Path::new("s").into(), UpdateOperand::value(1)))
            .set(Path::new("t"), UpdateOperand::if_not_exists(Path::new("t"), AttributeValue::l([])))
            .set(Path::new("u"), UpdateOperand::list_append(Path::new("u"), AttributeValue::l([])));
        let mut renderer = Renderer::new();
        assert_eq!(
            renderer.update(&update),
            "SET #0 = #0 + :0, #1 = if_not_exists(#1, :1), #2 = list_append(#2, :1) \
             REMOVE #3[0], #4 ADD #5 :0 DELETE #6 :2"
        );
        let placeholders = renderer.finish();
        assert_eq!(placeholders.names.len(), 7);
        assert_eq!(placeholders.values[":1"], AttributeValue::l([]));
    }

    #[test]
    fn expressions_of_one_request_share_placeholders() {
        let mut renderer = Renderer::new();
        let key = KeyCondition::hash("h", "x").range("r", RangeCondition::Between("a".into(), "x".into()));
        assert_eq!(renderer.key_condition(&key), "#0 = :0 AND #1 BETWEEN :1 AND :0");
        assert_eq!(
            renderer.projection(&ProjectionExpression::new([Path::new("r"), Path::new("z").index(1)])),
            "#1, #2[1]"
        );
        let placeholders = renderer.finish();
        assert_eq!(placeholders.names.values().map(Name::as_str).collect::<Vec<_>>(), ["h", "r", "z"]);
        assert_eq!(placeholders.values.len(), 2);
    }
}
