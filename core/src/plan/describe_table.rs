//! [DescribeTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html).

use serde::{Deserialize, Serialize};

use super::TableDescription;
use crate::value::Name;

/// Tells what a table is made of and which state it is in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DescribeTable {
    /// The table.
    pub table: Name,
}

/// What [`DescribeTable`] gives.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DescribeTableOutput {
    /// The table as it is now.
    pub table: TableDescription,
}

impl DescribeTable {
    /// Describes a table.
    pub fn new(table: impl Into<Name>) -> Self {
        Self { table: table.into() }
    }
}
