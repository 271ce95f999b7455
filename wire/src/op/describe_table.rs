//! [`DescribeTable`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html): returns the description of a
//! table.

use djamodb_core::plan::{DescribeTable, DescribeTableOutput, Metadata, Outcome, QueryPlan};

use crate::error::RequestError;
use crate::response_error::ResponseError;
use crate::shape::metadata;
use crate::shape::table::{Table, TableResponse};
use crate::shape::table_only::TableOnly;

pub(crate) fn request(describe: &DescribeTable) -> TableOnly {
    TableOnly::new(&describe.table)
}

pub(crate) fn plan(request: TableOnly) -> Result<QueryPlan, RequestError> {
    Ok(DescribeTable { table: request.table()? }.into())
}

pub(crate) fn response(output: &DescribeTableOutput, _: &Metadata) -> TableResponse {
    TableResponse { table: Table::new(&output.table) }
}

pub(crate) fn outcome(response: TableResponse) -> Result<Outcome, ResponseError> {
    let output = DescribeTableOutput { table: response.table.description()? };
    Ok(Outcome { output: output.into(), metadata: metadata::of_table(None) })
}
