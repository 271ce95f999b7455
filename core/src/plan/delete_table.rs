//! The [DeleteTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html)
//! operation: deletes a table.

use super::TableDescription;
use crate::value::Name;

/// A request that deletes a table with its items and indexes. The deletion is complete once `DescribeTable` no longer finds the
/// table.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DeleteTable {
    /// The table.
    pub table: Name,
}

/// The output of [`DeleteTable`].
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DeleteTableOutput {
    /// State of the table, usually `DELETING`.
    pub table: TableDescription,
}

impl DeleteTable {
    /// Creates a request that deletes `table`.
    pub fn new(table: impl Into<Name>) -> Self {
        Self { table: table.into() }
    }
}
