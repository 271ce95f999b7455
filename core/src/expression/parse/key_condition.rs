//! Key conditions: conditions whose operands are the attributes of a key.

use crate::expression::Condition;

/// A key condition that is parsed, before its attributes are found in a key.
///
/// The text does not say which attributes are hash attributes. [`for_key`](Self::for_key) finds them by their names, for which the
/// table or index must be known.
#[derive(Clone, PartialEq, Debug)]
pub struct ParsedKeyCondition {
    condition: Condition,
}

/// Takes a condition as the key condition of a query, which may not be one.
impl From<Condition> for ParsedKeyCondition {
    fn from(condition: Condition) -> Self {
        Self { condition }
    }
}

impl ParsedKeyCondition {
    /// Returns the condition as it is in the text.
    ///
    /// ```
    /// use djamodb_core::expression::{Condition, Parser, Path, Placeholders};
    ///
    /// let placeholders = Placeholders::default();
    /// let parsed = Parser::new(&placeholders)?.key_condition("attribute_exists(city)")?;
    /// assert_eq!(*parsed.condition(), Condition::AttributeExists(Path::new("city")));
    /// # Ok::<(), djamodb_core::expression::ParseError>(())
    /// ```
    pub fn condition(&self) -> &Condition {
        &self.condition
    }
}
