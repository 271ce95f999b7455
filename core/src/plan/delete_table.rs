//! [DeleteTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html).

use serde::{Deserialize, Serialize};

use super::TableDescription;
use crate::value::Name;

/// Deletes a table with its items and indexes. The table is gone once `DescribeTable` no longer finds it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DeleteTable {
    /// The table.
    pub table: Name,
}

/// What [`DeleteTable`] gives.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DeleteTableOutput {
    /// The table as it was.
    pub table: TableDescription,
}

impl DeleteTable {
    /// Deletes a table.
    pub fn new(table: impl Into<Name>) -> Self {
        Self { table: table.into() }
    }
}
