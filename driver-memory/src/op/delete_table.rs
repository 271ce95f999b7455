//! `DeleteTable`: a table with all that is in it.

use djamodb_core::plan::{DeleteTable, DeleteTableOutput, TableStatus};

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::validate;

pub(super) fn execute(catalogue: &Catalogue, delete: &DeleteTable) -> Result<DeleteTableOutput, Error> {
    validate::delete_table::request(delete)?;
    let table = catalogue.remove(&delete.table).map_err(|error| error.naming(&delete.table))?;
    Ok(DeleteTableOutput { table: table.describe(TableStatus::Deleting) })
}
