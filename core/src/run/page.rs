//! What reading hands on.

use crate::planner::LastEvaluatedKey;
use crate::value::Item;

/// Results, and where to go on. Every page but the last holds at least one result.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Page {
    /// The items, when items or keys were wanted.
    pub items: Vec<Item>,
    /// How many results there are; the number of items where there are items.
    pub count: u64,
    /// Where to go on; nothing when there is nothing more.
    pub last_evaluated_key: Option<LastEvaluatedKey>,
}
