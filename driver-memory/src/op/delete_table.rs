//! `DeleteTable`: a table with all of its items.

use djamodb_core::plan::{DeleteTable, DeleteTableOutput, TableDescription, TableStatus};

use crate::emulator::Emulator;
use crate::error::{Error, ValidationError};
use crate::lifecycle::Lifecycle;
use crate::response::Response;
use crate::validate::constraints;

pub(super) fn execute(emulator: &Emulator, delete: &DeleteTable) -> Result<Response<DeleteTableOutput>, Error> {
    constraints::table(&delete.table)?;
    let table = emulator.named_table(&delete.table)?;
    let delay = emulator.options.delete_table_delay;
    let mut layout = table.layout.write();
    // A concurrent request deleted the table between the lookup and the lock.
    if delay.is_zero() && matches!(layout.lifecycle, Lifecycle::Deleting { .. }) {
        return Err(Error::NamedTableNotFound(table.name.clone()));
    }
    layout.check_changeable()?;
    // An index in transition is reported first, whether or not the table is `UPDATING` for it.
    if layout.has_index_in_transition() {
        return Err(Error::in_use("Cannot delete table while indexes are being created, updated, or deleted."));
    }
    if matches!(layout.lifecycle, Lifecycle::Updating { .. }) {
        let name = &table.name;
        return Err(Error::in_use(format_args!("Table: {name} is in the process of being updated.")));
    }
    if layout.schema.deletion_protection {
        return Err(ValidationError::DeletionProtected.into());
    }
    let now = emulator.now();
    let description = table.describe(&layout);
    layout.disable_stream(now);
    layout.lifecycle = Lifecycle::deleting(now, delay);
    table.schedule_transitions(&layout);
    if delay.is_zero() {
        emulator.tables.remove(&table);
    }
    let table = TableDescription { status: TableStatus::Deleting, ..description };
    Ok(Response::without_capacity(DeleteTableOutput { table }))
}
