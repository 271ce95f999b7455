//! Page tokens.

use serde::{Deserialize, Serialize};

use crate::value::Item;

/// Where a page ended: the key of its last item, in the table and in the index that was read.
///
/// Serialises as DynamoDB JSON, as PynamoDB's and pydjamodb's tokens do: `{"location": {"S": "Seattle"}, …}`. It tells key
/// values to whoever sees it.
///
/// ```
/// use djamodb_core::planner::LastEvaluatedKey;
///
/// let token: LastEvaluatedKey = r#"{"location":{"S":"Seattle"}}"#.parse().unwrap();
/// assert_eq!(token.to_string(), r#"{"location":{"S":"Seattle"}}"#);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LastEvaluatedKey(Item);

impl LastEvaluatedKey {
    /// The key attributes.
    pub fn as_item(&self) -> &Item {
        &self.0
    }

    /// The key attributes.
    pub fn into_item(self) -> Item {
        self.0
    }
}

impl From<Item> for LastEvaluatedKey {
    fn from(key: Item) -> Self {
        Self(key)
    }
}

/// DynamoDB JSON on one line.
impl std::fmt::Display for LastEvaluatedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let json = serde_json::to_string(&self.0).map_err(|_| std::fmt::Error)?;
        f.write_str(&json)
    }
}

impl std::str::FromStr for LastEvaluatedKey {
    type Err = serde_json::Error;

    fn from_str(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }
}
