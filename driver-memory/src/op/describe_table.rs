//! `DescribeTable`: the schema, state and current size of a table.

use djamodb_core::plan::{DescribeTable, DescribeTableOutput};

use crate::emulator::Emulator;
use crate::error::Error;
use crate::response::Response;
use crate::validate::constraints;

pub(super) fn execute(emulator: &Emulator, describe: &DescribeTable) -> Result<Response<DescribeTableOutput>, Error> {
    constraints::table(&describe.table)?;
    let table = emulator.named_table(&describe.table)?;
    let layout = table.layout.read();
    Ok(Response::without_capacity(DescribeTableOutput { table: table.describe(&layout) }))
}
