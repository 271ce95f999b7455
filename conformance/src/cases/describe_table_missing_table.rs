//! `DescribeTable`: what is not there. What is there is described in the cases of `CreateTable`.

use super::prelude::*;

case!("describe_table/a_missing_table_is_said", Theme::MissingTable, missing_table);

/// A table that is not there would be described as something.
async fn missing_table(cx: Context) -> CaseResult {
    let table = cx.table_name("missing");
    let error = cx.expect_resource_not_found(DescribeTable::new(&table)).await?;
    cx.expect_message_or_deviation(
        "missing-table-message",
        &error,
        &format!("Requested resource not found: Table: {table} not found"),
    )
}
