//! `ListTables`: the names of tables, in order.

use djamodb_core::plan::{ListTables, ListTablesOutput, Outcome};
use djamodb_core::value::Name;

use crate::convert::number;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, list: ListTables) -> Result<Outcome, Failure> {
    let request = call
        .client
        .list_tables()
        .set_exclusive_start_table_name(list.exclusive_start_table_name.as_ref().map(Name::to_string))
        .set_limit(list.limit.map(number::to_i32));

    let (answer, metadata) = call.send(|settings| request.customize().config_override(settings).send()).await?;
    let output = ListTablesOutput {
        table_names: answer.table_names.unwrap_or_default().into_iter().map(Name::from).collect(),
        last_evaluated_table_name: answer.last_evaluated_table_name.map(Name::from),
    };
    Ok(Outcome { output: output.into(), metadata })
}
