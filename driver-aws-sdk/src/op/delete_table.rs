//! [`DeleteTable`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html):
//! deletes a table with its items and indexes.

use djamodb_core::plan::{DeleteTable, DeleteTableOutput, Outcome};

use crate::convert::table;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, delete: DeleteTable) -> Result<Outcome, Failure> {
    let request = call.client.delete_table().table_name(delete.table.as_str());

    let (response, metadata) = call.send(|| request.send()).await?;
    let output = DeleteTableOutput { table: table::from_sdk(response.table_description)? };
    Ok(Outcome { output: output.into(), metadata })
}
