//! [`DescribeTable`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html):
//! returns the schema, the status and the size of a table.

use djamodb_core::plan::{DescribeTable, DescribeTableOutput, Outcome};

use crate::convert::table;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, describe: DescribeTable) -> Result<Outcome, Failure> {
    let request = call.client.describe_table().table_name(describe.table.as_str());

    let (response, metadata) = call.send(|| request.send()).await?;
    let output = DescribeTableOutput { table: table::from_sdk(response.table)? };
    Ok(Outcome { output: output.into(), metadata })
}
