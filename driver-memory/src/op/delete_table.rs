//! `DeleteTable`: a table with all that is in it.

use djamodb_core::plan::{DeleteTable, DeleteTableOutput, TableDescription, TableStatus};

use super::Answer;
use crate::error::{Error, Invalid};
use crate::life::Life;
use crate::service::Service;
use crate::validate;

pub(super) fn execute(service: &Service, delete: &DeleteTable) -> Result<Answer<DeleteTableOutput>, Error> {
    validate::delete_table::request(delete)?;
    let table = service.named_table(&delete.table)?;
    let mut layout = table.layout.write();
    match layout.life {
        Life::Creating { .. } => return Err(Error::in_use(format_args!("Table is being created: {}", table.name))),
        Life::Deleting { .. } => return Err(Error::in_use(format_args!("Table is being deleted: {}", table.name))),
        Life::Updating { .. } => {
            let name = &table.name;
            return Err(Error::in_use(format_args!("Table: {name} is in the process of being updated.")));
        }
        Life::Active => {}
    }
    if layout.changing_index().is_some() {
        return Err(Error::in_use("Cannot delete table while indexes are being created, updated, or deleted."));
    }
    if layout.schema.deletion_protection {
        return Err(Invalid::DeletionProtected.into());
    }
    let now = service.now();
    let delay = service.options.delete_table_delay;
    layout.end_stream(now);
    layout.life = Life::deleting(now, delay);
    table.set_alarm(&layout);
    // Two who delete it at once: one of them finds it gone.
    if delay.is_zero() && !service.tables.remove(&table) {
        return Err(Error::NamedTableNotFound(delete.table.clone()));
    }
    let table = TableDescription { status: TableStatus::Deleting, ..table.describe(&layout) };
    Ok(Answer::new(DeleteTableOutput { table }, Vec::new()))
}
