//! The [TransactGetItems](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html)
//! operation: reads up to 100 items in one transaction.

use super::ReturnConsumedCapacity;
use crate::expression::ProjectionExpression;
use crate::service::limits;
use crate::value::{Item, Name};

/// A request that reads up to 100 items, 4 MB in total, of one or more tables in one transaction, as of one point in time.
///
/// It consumes twice the units of strongly consistent reads.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TransactGetItems {
    /// Reads, in the order in which the items are returned.
    pub transact_items: Vec<TransactGet>,
    /// Detail of the consumed capacity that the response reports.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// One read of a [`TransactGetItems`] transaction.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TransactGet {
    /// The table.
    pub table: Name,
    /// Key of the item: all key attributes of the table and no others.
    pub key: Item,
    /// Parts of the item that are returned; all attributes if `None`.
    pub projection: Option<ProjectionExpression>,
}

/// The output of [`TransactGetItems`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TransactGetItemsOutput {
    /// Items in the order of the request; `None` for a key without an item, and for an item of which the projection selects
    /// nothing.
    pub responses: Vec<Option<Item>>,
}

impl TransactGetItems {
    /// Maximum number of items in one request.
    pub const ITEMS_MAX: usize = limits::TRANSACTION_ITEMS_MAX;

    /// Creates a request that makes these reads.
    pub fn new(transact_items: impl IntoIterator<Item = TransactGet>) -> Self {
        Self {
            transact_items: transact_items.into_iter().collect(),
            return_consumed_capacity: ReturnConsumedCapacity::default(),
        }
    }

    pub(super) fn single_table(&self) -> Option<&Name> {
        super::single(self.transact_items.iter().map(|get| &get.table))
    }
}

impl TransactGet {
    /// Creates a read of the whole item stored at `key`.
    pub fn new(table: impl Into<Name>, key: Item) -> Self {
        Self { table: table.into(), key, projection: None }
    }
}
