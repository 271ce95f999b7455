//! [CreateTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html).

use serde::{Deserialize, Serialize};

use super::TableDescription;
use crate::schema::TableSchema;

/// Creates a table with its indexes. The table can be used once its status is `ACTIVE`.
///
/// Time to live and point-in-time recovery are no part of this request: they are set once the table is active, which
/// [`run::TableCreation`](crate::run::TableCreation) does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CreateTable {
    /// The table.
    pub schema: TableSchema,
}

/// What [`CreateTable`] gives.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CreateTableOutput {
    /// The table as it is now.
    pub table: TableDescription,
}

impl CreateTable {
    /// Creates a table.
    pub fn new(schema: TableSchema) -> Self {
        Self { schema }
    }
}
