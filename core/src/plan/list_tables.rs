//! [ListTables](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html).

use serde::{Deserialize, Serialize};

use crate::service::limits;
use crate::value::Name;

/// Lists the names of tables, up to 100 a request, in order.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct ListTables {
    /// Where to go on: the `last_evaluated_table_name` of an earlier answer.
    pub exclusive_start_table_name: Option<Name>,
    /// How many names: 1 to 100; 100 when absent.
    pub limit: Option<u32>,
}

/// What [`ListTables`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct ListTablesOutput {
    /// The names.
    pub table_names: Vec<Name>,
    /// Where to go on; when absent, there is nothing more.
    pub last_evaluated_table_name: Option<Name>,
}

impl ListTables {
    /// The most names that one request gives.
    pub const LIMIT_MAX: u32 = limits::LIST_TABLES_MAX;
}
