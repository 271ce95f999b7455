//! The [CreateTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html)
//! operation: creates a table with its indexes.

use super::TableDescription;
use crate::schema::TableSchema;

/// A request that creates a table with its indexes. The table accepts reads and writes once its status is `ACTIVE`.
///
/// The request ignores the time to live and the point-in-time recovery of the schema, which other operations set on an active
/// table. [`Database::create_table`](crate::database::Database::create_table) sends all of them in order.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CreateTable {
    /// Description of the table to create.
    pub schema: TableSchema,
}

/// The output of [`CreateTable`].
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CreateTableOutput {
    /// State of the new table, usually `CREATING`.
    pub table: TableDescription,
}

impl CreateTable {
    /// Creates a request for a table with this schema.
    pub fn new(schema: TableSchema) -> Self {
        Self { schema }
    }
}
