//! Consumed capacity of requests, as the service reports it.
//!
//! Follows [read and write operations](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
//! [`CapacityUnits`](crate::service::CapacityUnits) holds the arithmetic.

use super::QueryPlan;
use crate::value::Name;

/// The detail of the consumed capacity that a response reports.
///
/// The default is [`Total`](Self::Total), unlike `NONE` in DynamoDB's API, because the report consumes no capacity itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ReturnConsumedCapacity {
    /// No report (`NONE`).
    None,
    /// Units of each table together with its indexes (`TOTAL`).
    #[default]
    Total,
    /// Units of each table together with its indexes, and separately of the table and of each index (`INDEXES`).
    Indexes,
}

/// The capacity that a request consumed in one table and its indexes.
///
/// See [ConsumedCapacity](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConsumedCapacity.html).
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ConsumedCapacity {
    /// The table.
    pub table: Name,
    /// Units of the table and its indexes together.
    pub units: f64,
    /// Read units among them, which the service reports for transactions only.
    pub read_units: Option<f64>,
    /// Write units among them, which the service reports for transactions only.
    pub write_units: Option<f64>,
    /// Units of the table itself, reported for [`ReturnConsumedCapacity::Indexes`].
    pub table_units: Option<f64>,
    /// Units of each local index, reported for [`ReturnConsumedCapacity::Indexes`].
    pub local_indexes: Vec<IndexCapacity>,
    /// Units of each global index, reported for [`ReturnConsumedCapacity::Indexes`].
    pub global_indexes: Vec<IndexCapacity>,
}

/// The kind of units that an operation consumes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum UnitKind {
    /// Read units.
    Read,
    /// Write units.
    Write,
}

/// The capacity that a request consumed in one index.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct IndexCapacity {
    /// Name of the index.
    pub index: Name,
    /// Units of the index.
    pub units: f64,
}

impl ConsumedCapacity {
    /// Creates a report of the total units alone.
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

    /// Returns the report reduced to the detail of `returned`, or `None` for [`ReturnConsumedCapacity::None`].
    ///
    /// ```
    /// use djamodb_core::plan::{ConsumedCapacity, ReturnConsumedCapacity};
    ///
    /// let detailed = ConsumedCapacity { table_units: Some(1.0), ..ConsumedCapacity::total("weather", 1.0) };
    /// let total = detailed.clone().reduced_to(ReturnConsumedCapacity::Total);
    /// assert_eq!(total, Some(ConsumedCapacity::total("weather", 1.0)));
    /// assert_eq!(detailed.reduced_to(ReturnConsumedCapacity::None), None);
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
            | QueryPlan::GetResourcePolicy(_)
            | QueryPlan::PutResourcePolicy(_)
            | QueryPlan::DeleteResourcePolicy(_)
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

    /// Returns the detail of the consumed capacity that the response reports. Operations that consume no units
    /// return [`ReturnConsumedCapacity::None`].
    pub const fn return_consumed_capacity(&self) -> ReturnConsumedCapacity {
        by_unit_kind!(
            self,
            read(read) => read.return_consumed_capacity,
            write(write) => write.return_consumed_capacity,
            none => ReturnConsumedCapacity::None,
        )
    }

    /// Sets the detail of the consumed capacity that the response reports. Operations that consume no units do not
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
    fn operations_without_units_report_no_capacity() {
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
