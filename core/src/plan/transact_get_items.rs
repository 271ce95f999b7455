//! [TransactGetItems](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html): up to 100
//! items as they were at one moment.

use serde::{Deserialize, Serialize};

use super::ReturnConsumedCapacity;
use crate::expression::Projection;
use crate::service::limits;
use crate::value::{Item, Name};

/// Reads up to 100 items, 4 MB, of one or more tables as they were at one moment. Costs twice what consistent reads cost.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TransactGetItems {
    /// What is read, in the order in which it is given back.
    pub transact_items: Vec<TransactGet>,
    /// How much the answer tells of what the request cost.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// One item of a transaction that reads.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TransactGet {
    /// The table.
    pub table: Name,
    /// The table's key attributes, all of them and no others.
    pub key: Item,
    /// Which parts to give back; all when absent.
    pub projection: Option<Projection>,
}

/// What [`TransactGetItems`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct TransactGetItemsOutput {
    /// The items in the order that was asked for; nothing where there is none.
    pub responses: Vec<Option<Item>>,
}

impl TransactGetItems {
    /// The most items that one request takes.
    pub const ITEMS_MAX: usize = limits::TRANSACTION_ITEMS_MAX;

    /// Reads these items.
    pub fn new(transact_items: impl IntoIterator<Item = TransactGet>) -> Self {
        Self {
            transact_items: transact_items.into_iter().collect(),
            return_consumed_capacity: ReturnConsumedCapacity::default(),
        }
    }

    pub(super) fn only_table(&self) -> Option<&Name> {
        super::only(self.transact_items.iter().map(|get| &get.table))
    }
}

impl TransactGet {
    /// Reads a whole item.
    pub fn new(table: impl Into<Name>, key: Item) -> Self {
        Self { table: table.into(), key, projection: None }
    }
}
