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
    let delay = service.options.delete_table_delay;
    let mut layout = table.layout.write();
    // Of two who delete it at once, one finds it gone.
    if delay.is_zero() && matches!(layout.life, Life::Deleting { .. }) {
        return Err(Error::NamedTableNotFound(table.name.clone()));
    }
    layout.can_change()?;
    // Whether the table is `UPDATING` for its index or not.
    if layout.changes_an_index() {
        return Err(Error::in_use("Cannot delete table while indexes are being created, updated, or deleted."));
    }
    if matches!(layout.life, Life::Updating { .. }) {
        let name = &table.name;
        return Err(Error::in_use(format_args!("Table: {name} is in the process of being updated.")));
    }
    if layout.schema.deletion_protection {
        return Err(Invalid::DeletionProtected.into());
    }
    let now = service.now();
    layout.end_stream(now);
    layout.life = Life::deleting(now, delay);
    table.set_alarm(&layout);
    if delay.is_zero() {
        service.tables.remove(&table);
    }
    let table = TableDescription { status: TableStatus::Deleting, ..table.describe(&layout) };
    Ok(Answer::new(DeleteTableOutput { table }, Vec::new()))
}
