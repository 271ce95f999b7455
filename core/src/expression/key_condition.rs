//! Key conditions: which part of a partition a `Query` reads.

use serde::{Deserialize, Serialize};

use crate::value::{AttributeValue, Name};

/// Which part of a partition a `Query` reads: every hash attribute by equality, then range attributes from the left, the
/// last of them by any range condition.
///
/// See [key condition expressions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html).
///
/// ```
/// use djamodb_core::expression::{KeyCondition, RangeCondition};
///
/// let condition = KeyCondition::hash("location", "Seattle").range("date", RangeCondition::BeginsWith("2014".into()));
/// assert_eq!(condition.to_string(), r#"location = "Seattle" AND begins_with(date, "2014")"#);
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct KeyCondition {
    /// The hash attributes and their values.
    pub hash: Vec<(Name, AttributeValue)>,
    /// The range attributes, from the left; all but the last are [`RangeCondition::Eq`].
    pub range: Vec<(Name, RangeCondition)>,
}

/// What a range attribute must be.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum RangeCondition {
    /// `=`
    Eq(AttributeValue),
    /// `<`
    Lt(AttributeValue),
    /// `<=`
    Le(AttributeValue),
    /// `>`
    Gt(AttributeValue),
    /// `>=`
    Ge(AttributeValue),
    /// `BETWEEN … AND …`, both ends included.
    Between(AttributeValue, AttributeValue),
    /// `begins_with`: texts and binary data.
    BeginsWith(AttributeValue),
}

impl KeyCondition {
    /// One hash attribute.
    pub fn hash(name: impl Into<Name>, value: impl Into<AttributeValue>) -> Self {
        Self { hash: vec![(name.into(), value.into())], range: Vec::new() }
    }

    /// And one range attribute more.
    #[must_use]
    pub fn range(mut self, name: impl Into<Name>, condition: RangeCondition) -> Self {
        self.range.push((name.into(), condition));
        self
    }
}
