//! `ListTables`: names in the order of their bytes.

use djamodb_core::plan::{ListTables, ListTablesOutput};

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::validate;

pub(super) fn execute(catalogue: &Catalogue, list: &ListTables) -> Result<ListTablesOutput, Error> {
    validate::list_tables::request(list)?;
    let limit = usize::try_from(list.limit.unwrap_or(ListTables::LIMIT_MAX)).unwrap_or(usize::MAX);
    let (table_names, goes_on) = catalogue.names(list.exclusive_start_table_name.as_ref(), limit);
    let last_evaluated_table_name = table_names.last().filter(|_| goes_on).cloned();
    Ok(ListTablesOutput { table_names, last_evaluated_table_name })
}
