//! The [ListTables](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html)
//! operation: lists the names of the tables.

use crate::service::limits;
use crate::value::Name;

/// A request for up to 100 names of tables, in order.
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ListTables {
    /// `last_evaluated_table_name` of the previous page, after which this page begins.
    pub exclusive_start_table_name: Option<Name>,
    /// Maximum number of names, from 1 to 100; 100 if `None`.
    pub limit: Option<u32>,
}

/// The output of [`ListTables`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ListTablesOutput {
    /// Names of this page.
    pub table_names: Vec<Name>,
    /// Position that continues the listing; `None` on the last page.
    pub last_evaluated_table_name: Option<Name>,
}

impl ListTables {
    /// Maximum number of names in one page.
    pub const LIMIT_MAX: u32 = limits::LIST_TABLES_MAX;
}
