//! [`DeleteTable`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html): deletes a table with its items.

use djamodb_core::plan::{DeleteTable, DeleteTableOutput, Metadata, Outcome, QueryPlan};

use crate::error::RequestError;
use crate::response_error::ResponseError;
use crate::shape::metadata;
use crate::shape::table::{Table, TableDescriptionResponse};
use crate::shape::table_only::TableOnly;

pub(crate) fn request(delete: &DeleteTable) -> TableOnly {
    TableOnly::new(&delete.table)
}

pub(crate) fn plan(request: TableOnly) -> Result<QueryPlan, RequestError> {
    Ok(DeleteTable { table: request.table()? }.into())
}

pub(crate) fn response(output: &DeleteTableOutput, _: &Metadata) -> TableDescriptionResponse {
    TableDescriptionResponse { table_description: Table::new(&output.table) }
}

pub(crate) fn outcome(response: TableDescriptionResponse) -> Result<Outcome, ResponseError> {
    let output = DeleteTableOutput { table: response.table_description.description()? };
    Ok(Outcome { output: output.into(), metadata: metadata::of_table(None) })
}
