//! [`ListTables`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html):
//! lists the names of tables, sorted.

use djamodb_core::plan::{ListTables, ListTablesOutput, Outcome};
use djamodb_core::value::Name;

use crate::convert::{InvalidResponse, number};
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, list: ListTables) -> Result<Outcome, Failure> {
    let request = call
        .client
        .list_tables()
        .set_exclusive_start_table_name(list.exclusive_start_table_name.as_ref().map(Name::to_string))
        .set_limit(list.limit.map(number::to_i32));

    let (response, metadata) = call.send(|| request.send()).await?;
    let names = response.table_names.ok_or(InvalidResponse::Missing("names of the tables"))?;
    let output = ListTablesOutput {
        table_names: names.into_iter().map(Name::from).collect(),
        last_evaluated_table_name: response.last_evaluated_table_name.map(Name::from),
    };
    Ok(Outcome { output: output.into(), metadata })
}
