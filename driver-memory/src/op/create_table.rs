//! `CreateTable`: a table, to be used at once.

use std::sync::Arc;

use djamodb_core::driver::Clock;
use djamodb_core::plan::{CreateTable, CreateTableOutput, TableStatus};

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::table::Table;
use crate::validate;

pub(super) fn execute(
    catalogue: &Catalogue,
    clock: &dyn Clock,
    create: &CreateTable,
) -> Result<CreateTableOutput, Error> {
    validate::create_table::request(&create.schema)?;

    let table = Arc::new(Table::new(create.schema.clone(), clock.now()));
    let description = table.describe(TableStatus::Active);
    catalogue.add(table)?;
    Ok(CreateTableOutput { table: description })
}
