//! `DescribeTable`: what a table is made of, and how much is in it, counted now.

use djamodb_core::plan::{DescribeTable, DescribeTableOutput};

use super::Answer;
use crate::error::Error;
use crate::service::Service;
use crate::validate;

pub(super) fn execute(service: &Service, describe: &DescribeTable) -> Result<Answer<DescribeTableOutput>, Error> {
    validate::describe_table::request(describe)?;
    let table = service.named_table(&describe.table)?;
    let layout = table.layout.read();
    Ok(Answer::new(DescribeTableOutput { table: table.describe(&layout) }, Vec::new()))
}
