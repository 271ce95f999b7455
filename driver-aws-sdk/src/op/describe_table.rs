//! `DescribeTable`: what a table is made of, and its state.

use djamodb_core::plan::{DescribeTable, DescribeTableOutput, Outcome};

use crate::convert::table;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, describe: DescribeTable) -> Result<Outcome, Failure> {
    let request = call.client.describe_table().table_name(describe.table.as_str());

    let (answer, metadata) = call.send(|settings| request.customize().config_override(settings).send()).await?;
    let output = DescribeTableOutput { table: table::from_sdk(answer.table)? };
    Ok(Outcome { output: output.into(), metadata })
}
