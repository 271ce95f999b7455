//! The operations of clients.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::reading::Reading;
use crate::subject;

/// An operation of a client.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Operation {
    /// One page of 20 items.
    Query,
    /// One item by its key.
    Get,
    /// Replaces an item.
    Put,
    /// 100 items by their keys.
    BatchGet,
}

/// Items that a query reads.
pub const QUERY_ITEMS: usize = 20;
/// Items that a batch reads.
const BATCH_ITEMS: usize = 100;

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Query => write!(f, "query {QUERY_ITEMS}"),
            Self::Get => f.write_str("get"),
            Self::Put => f.write_str("put"),
            Self::BatchGet => write!(f, "batch get {BATCH_ITEMS}"),
        }
    }
}

impl subject::Operation for Operation {}

/// Returns readings in the order of their keys, since a batch has no order.
pub fn sorted(mut readings: Vec<Reading>) -> Json {
    readings.sort_by(|left, right| (&left.city, left.day).cmp(&(&right.city, right.day)));
    json!(readings)
}

/// Returns the numbers of the readings that a batch reads.
pub fn batch() -> impl Iterator<Item = usize> {
    0..BATCH_ITEMS
}
