//! `ListTables`: names in byte order.

use djamodb_core::plan::{ListTables, ListTablesOutput};

use crate::emulator::Emulator;
use crate::error::Error;
use crate::page_size::page_size;
use crate::response::Response;
use crate::validate;

pub(super) fn execute(emulator: &Emulator, list: &ListTables) -> Result<Response<ListTablesOutput>, Error> {
    validate::list_tables::request(list)?;
    emulator.apply_all_due_transitions();
    let limit = page_size(list.limit, ListTables::LIMIT_MAX);
    let (table_names, has_more) = emulator.tables.names(list.exclusive_start_table_name.as_ref(), limit);
    let last_evaluated_table_name = table_names.last().filter(|_| has_more).cloned();
    Ok(Response::without_capacity(ListTablesOutput { table_names, last_evaluated_table_name }))
}
