//! Key conditions of queries.

use crate::value::{AttributeValue, Item, Name};

/// The key condition of a `Query`, which selects a partition and a range of it.
///
/// It has an equality for every hash attribute, then conditions on the range attributes from the left. Only the last of them can be
/// another condition than an equality. The service matches conditions to attributes by name, so an equality on a hash attribute can also
/// be among those on range attributes.
///
/// See [key condition expressions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html).
///
/// ```
/// use djamodb_core::expression::{KeyCondition, RangeCondition};
///
/// let condition = KeyCondition::hash("location", "Seattle").range("date", RangeCondition::BeginsWith("2014".into()));
/// assert_eq!(condition.to_string(), r#"location = "Seattle" AND begins_with(date, "2014")"#);
/// ```
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct KeyCondition {
    /// Hash attributes with their values.
    pub hash: Vec<(Name, AttributeValue)>,
    /// Range attributes from the left with their conditions; all but the last are [`RangeCondition::Eq`].
    pub range: Vec<(Name, RangeCondition)>,
}

/// A condition on a range attribute.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
    /// `begins_with`, for strings and binary values.
    BeginsWith(AttributeValue),
}

impl RangeCondition {
    /// Returns the one or two values that the condition compares with.
    ///
    /// ```
    /// use djamodb_core::expression::RangeCondition;
    ///
    /// assert_eq!(RangeCondition::Between("a".into(), "b".into()).values().count(), 2);
    /// ```
    pub fn values(&self) -> impl Iterator<Item = &AttributeValue> {
        let (one, two) = match self {
            Self::Eq(value)
            | Self::Lt(value)
            | Self::Le(value)
            | Self::Gt(value)
            | Self::Ge(value)
            | Self::BeginsWith(value) => (value, None),
            Self::Between(low, high) => (low, Some(high)),
        };
        std::iter::once(one).chain(two)
    }
}

impl KeyCondition {
    /// Creates a key condition for a whole partition with one hash attribute.
    pub fn hash(name: impl Into<Name>, value: impl Into<AttributeValue>) -> Self {
        Self { hash: vec![(name.into(), value.into())], range: Vec::new() }
    }

    /// Returns the key that the condition names, if all its conditions are equalities.
    pub(crate) fn named_key(&self) -> Option<Item> {
        let range = self.range.iter().map(|(name, condition)| match condition {
            RangeCondition::Eq(value) => Some((name.clone(), value.clone())),
            _ => None,
        });
        self.hash.iter().cloned().map(Some).chain(range).collect()
    }

    /// Adds a condition on the next range attribute.
    #[must_use]
    pub fn range(mut self, name: impl Into<Name>, condition: RangeCondition) -> Self {
        self.range.push((name.into(), condition));
        self
    }
}
