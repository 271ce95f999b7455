//! `ListTables`: names in the order of their bytes.

use djamodb_core::plan::{ListTables, ListTablesOutput};

use super::Answer;
use crate::error::Error;
use crate::page_size::page_size;
use crate::service::Service;
use crate::validate;

pub(super) fn execute(service: &Service, list: &ListTables) -> Result<Answer<ListTablesOutput>, Error> {
    validate::list_tables::request(list)?;
    service.settle_all();
    let limit = page_size(list.limit, ListTables::LIMIT_MAX);
    let (table_names, goes_on) = service.tables.names(list.exclusive_start_table_name.as_ref(), limit);
    let last_evaluated_table_name = table_names.last().filter(|_| goes_on).cloned();
    Ok(Answer::new(ListTablesOutput { table_names, last_evaluated_table_name }, Vec::new()))
}
