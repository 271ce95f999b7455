//! `DescribeTable`: what a table is made of, and how much is in it, counted now.

use djamodb_core::plan::{DescribeTable, DescribeTableOutput, TableStatus};

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::validate;

pub(super) fn execute(catalogue: &Catalogue, describe: &DescribeTable) -> Result<DescribeTableOutput, Error> {
    validate::describe_table::request(describe)?;
    let table = catalogue.table(&describe.table).map_err(|error| error.naming(&describe.table))?;
    Ok(DescribeTableOutput { table: table.describe(TableStatus::Active) })
}
