//! What requests cost.
//!
//! Follows [read and write operations](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html):
//! a read unit is a strongly consistent read of up to 4 KB, half a unit an eventually consistent one, two units one in a
//! transaction; a write unit is a write of up to 1 KB, two units one in a transaction.

use serde::{Deserialize, Serialize};

use super::QueryPlan;
use crate::value::Name;

/// How much an answer tells of what the request cost.
///
/// DynamoDB's own default is to tell nothing; here it is the total, which costs nothing to tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum ReturnConsumedCapacity {
    /// Nothing (`NONE`).
    None,
    /// The sum for each table (`TOTAL`).
    #[default]
    Total,
    /// The sum for each table, and what of it is the table's own and each index's (`INDEXES`).
    Indexes,
}

/// What the requests to one table cost.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ConsumedCapacity {
    /// The table.
    pub table: Name,
    /// All units together: the table's and its indexes'.
    pub units: f64,
    /// How many of them are read units, where the service tells: of transactions.
    pub read_units: Option<f64>,
    /// How many of them are write units, where the service tells: of transactions.
    pub write_units: Option<f64>,
    /// What the table itself was charged; told with [`ReturnConsumedCapacity::Indexes`].
    pub table_units: Option<f64>,
    /// What each local index was charged.
    pub local_indexes: Vec<IndexCapacity>,
    /// What each global index was charged.
    pub global_indexes: Vec<IndexCapacity>,
}

/// Which of the two an operation consumes: it either reads or writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum UnitKind {
    /// Read units.
    Read,
    /// Write units.
    Write,
}

/// What one index was charged.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct IndexCapacity {
    /// The index.
    pub index: Name,
    /// The units.
    pub units: f64,
}

impl ConsumedCapacity {
    /// A sum of which nothing more is told.
    pub fn total(table: impl Into<Name>, units: f64) -> Self {
        Self {
            table: table.into(),
            units,
            read_units: None,
            write_units: None,
            table_units: None,
            local_indexes: Vec::new(),
            global_indexes: Vec::new(),
        }
    }

    /// This as it is told to who asked for so much; nothing to who asked for nothing.
    ///
    /// ```
    /// use djamodb_core::plan::{ConsumedCapacity, ReturnConsumedCapacity};
    ///
    /// let told = ConsumedCapacity { table_units: Some(1.0), ..ConsumedCapacity::total("weather", 1.0) };
    /// let total = told.clone().reduced_to(ReturnConsumedCapacity::Total);
    /// assert_eq!(total, Some(ConsumedCapacity::total("weather", 1.0)));
    /// assert_eq!(told.reduced_to(ReturnConsumedCapacity::None), None);
    /// ```
    pub fn reduced_to(self, returned: ReturnConsumedCapacity) -> Option<Self> {
        match returned {
            ReturnConsumedCapacity::None => None,
            ReturnConsumedCapacity::Total => {
                Some(Self { table_units: None, local_indexes: Vec::new(), global_indexes: Vec::new(), ..self })
            }
            ReturnConsumedCapacity::Indexes => Some(self),
        }
    }
}

impl QueryPlan {
    /// Which units the operation consumes; nothing of operations that cost none.
    pub const fn unit_kind(&self) -> Option<UnitKind> {
        match self {
            Self::GetItem(_) | Self::BatchGetItem(_) | Self::Query(_) | Self::Scan(_) | Self::TransactGetItems(_) => {
                Some(UnitKind::Read)
            }
            Self::PutItem(_)
            | Self::UpdateItem(_)
            | Self::DeleteItem(_)
            | Self::BatchWriteItem(_)
            | Self::TransactWriteItems(_) => Some(UnitKind::Write),
            _ => None,
        }
    }

    /// How much the answer will tell of what the request cost; nothing of operations that cost nothing.
    pub fn return_consumed_capacity(&self) -> ReturnConsumedCapacity {
        match self {
            Self::GetItem(get) => get.return_consumed_capacity,
            Self::BatchGetItem(get) => get.return_consumed_capacity,
            Self::Query(query) => query.return_consumed_capacity,
            Self::Scan(scan) => scan.return_consumed_capacity,
            Self::PutItem(put) => put.return_consumed_capacity,
            Self::UpdateItem(update) => update.return_consumed_capacity,
            Self::DeleteItem(delete) => delete.return_consumed_capacity,
            Self::BatchWriteItem(write) => write.return_consumed_capacity,
            Self::TransactGetItems(get) => get.return_consumed_capacity,
            Self::TransactWriteItems(write) => write.return_consumed_capacity,
            _ => ReturnConsumedCapacity::None,
        }
    }

    /// Says how much the answer shall tell of what the request cost; operations that cost nothing do not change.
    #[must_use]
    pub fn with_return_consumed_capacity(mut self, returned: ReturnConsumedCapacity) -> Self {
        match &mut self {
            Self::GetItem(get) => get.return_consumed_capacity = returned,
            Self::BatchGetItem(get) => get.return_consumed_capacity = returned,
            Self::Query(query) => query.return_consumed_capacity = returned,
            Self::Scan(scan) => scan.return_consumed_capacity = returned,
            Self::PutItem(put) => put.return_consumed_capacity = returned,
            Self::UpdateItem(update) => update.return_consumed_capacity = returned,
            Self::DeleteItem(delete) => delete.return_consumed_capacity = returned,
            Self::BatchWriteItem(write) => write.return_consumed_capacity = returned,
            Self::TransactGetItems(get) => get.return_consumed_capacity = returned,
            Self::TransactWriteItems(write) => write.return_consumed_capacity = returned,
            _ => {}
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{GetItem, ListTables};
    use crate::value::Item;

    #[test]
    fn what_costs_nothing_tells_nothing() {
        let get = QueryPlan::from(GetItem::new("t", Item::new()));
        assert_eq!(get.return_consumed_capacity(), ReturnConsumedCapacity::Total);
        let get = get.with_return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        assert_eq!(get.return_consumed_capacity(), ReturnConsumedCapacity::Indexes);
        let list = QueryPlan::from(ListTables::default());
        assert_eq!(list.clone().with_return_consumed_capacity(ReturnConsumedCapacity::Indexes), list);
        assert_eq!(list.return_consumed_capacity(), ReturnConsumedCapacity::None);
        assert_eq!((get.unit_kind(), list.unit_kind()), (Some(UnitKind::Read), None));
    }
}
