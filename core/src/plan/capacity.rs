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

/// Evaluates one expression for the operations that read items, one for those that write items, and one for those that
/// consume no units. An operation that is added to [`QueryPlan`] does not compile before it is listed here.
macro_rules! by_unit_kind {
    ($plan:expr, read($read:pat) => $if_read:expr, write($write:pat) => $if_write:expr, none => $if_none:expr $(,)?) => {
        match $plan {
            QueryPlan::GetItem($read) => $if_read,
            QueryPlan::BatchGetItem($read) => $if_read,
            QueryPlan::Query($read) => $if_read,
            QueryPlan::Scan($read) => $if_read,
            QueryPlan::TransactGetItems($read) => $if_read,
            QueryPlan::PutItem($write) => $if_write,
            QueryPlan::UpdateItem($write) => $if_write,
            QueryPlan::DeleteItem($write) => $if_write,
            QueryPlan::BatchWriteItem($write) => $if_write,
            QueryPlan::TransactWriteItems($write) => $if_write,
            QueryPlan::Empty
            | QueryPlan::Unsupported(_)
            | QueryPlan::CreateTable(_)
            | QueryPlan::UpdateTable(_)
            | QueryPlan::DescribeTable(_)
            | QueryPlan::DeleteTable(_)
            | QueryPlan::ListTables(_)
            | QueryPlan::UpdateTimeToLive(_)
            | QueryPlan::DescribeTimeToLive(_)
            | QueryPlan::UpdateContinuousBackups(_)
            | QueryPlan::DescribeContinuousBackups(_)
            | QueryPlan::TagResource(_)
            | QueryPlan::UntagResource(_)
            | QueryPlan::ListTagsOfResource(_)
            | QueryPlan::DescribeLimits(_)
            | QueryPlan::DescribeEndpoints(_)
            | QueryPlan::ListStreams(_)
            | QueryPlan::DescribeStream(_)
            | QueryPlan::GetShardIterator(_)
            | QueryPlan::GetRecords(_) => $if_none,
        }
    };
}

impl QueryPlan {
    /// Returns the kind of units that the operation consumes, or `None` if it consumes none.
    pub const fn unit_kind(&self) -> Option<UnitKind> {
        by_unit_kind!(self, read(_) => Some(UnitKind::Read), write(_) => Some(UnitKind::Write), none => None)
    }

    /// Returns how much of its consumed capacity the request asks the service to report. Operations that consume no units
    /// return [`ReturnConsumedCapacity::None`].
    pub const fn return_consumed_capacity(&self) -> ReturnConsumedCapacity {
        by_unit_kind!(
            self,
            read(read) => read.return_consumed_capacity,
            write(write) => write.return_consumed_capacity,
            none => ReturnConsumedCapacity::None,
        )
    }

    /// Sets how much of its consumed capacity the request asks the service to report. Operations that consume no units do not
    /// change.
    #[must_use]
    pub fn with_return_consumed_capacity(mut self, returned: ReturnConsumedCapacity) -> Self {
        by_unit_kind!(
            &mut self,
            read(read) => read.return_consumed_capacity = returned,
            write(write) => write.return_consumed_capacity = returned,
            none => {},
        );
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
