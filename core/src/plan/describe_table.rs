//! The [DescribeTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html)
//! operation: returns the schema and status of a table.

use super::TableDescription;
use crate::value::Name;

/// A request for the schema and the status of a table.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DescribeTable {
    /// The table.
    pub table: Name,
}

/// The output of [`DescribeTable`].
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DescribeTableOutput {
    /// State of the table.
    pub table: TableDescription,
}

impl DescribeTable {
    /// Creates a request for the description of `table`.
    pub fn new(table: impl Into<Name>) -> Self {
        Self { table: table.into() }
    }
}
