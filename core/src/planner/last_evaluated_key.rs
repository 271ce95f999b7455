//! Page tokens.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::value::Item;

/// A page token: the key of the last item of a page, in the table and in the index that was read.
///
/// It serialises as DynamoDB JSON, like the tokens of PynamoDB and pydjamodb: `{"location": {"S": "Seattle"}, …}`. The text
/// contains the key values. Use a [cursor](crate::queryset::QuerySet::cursor) where they must not be visible, or must not be changed.
///
/// See [pagination](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html).
///
/// ```
/// use djamodb_core::planner::LastEvaluatedKey;
///
/// let token: LastEvaluatedKey = r#"{"location":{"S":"Seattle"}}"#.parse().unwrap();
/// assert_eq!(token.to_string(), r#"{"location":{"S":"Seattle"}}"#);
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LastEvaluatedKey(Item);

impl LastEvaluatedKey {
    /// Returns the key attributes.
    pub fn as_item(&self) -> &Item {
        &self.0
    }

    /// Returns the key attributes.
    pub fn into_item(self) -> Item {
        self.0
    }
}

impl From<Item> for LastEvaluatedKey {
    fn from(key: Item) -> Self {
        Self(key)
    }
}

impl Serialize for LastEvaluatedKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for LastEvaluatedKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Item::deserialize(deserializer).map(Self)
    }
}

/// Writes DynamoDB JSON on one line. An item that is too deep for JSON, which no key is, is written as by `Debug`.
impl std::fmt::Display for LastEvaluatedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match serde_json::to_string(&self.0) {
            Ok(json) => f.write_str(&json),
            Err(_) => write!(f, "{:?}", self.0),
        }
    }
}

impl std::str::FromStr for LastEvaluatedKey {
    type Err = serde_json::Error;

    fn from_str(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }
}
