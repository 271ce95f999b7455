//! `DescribeTable` of a missing table. Descriptions of existing tables are in the cases of `CreateTable`.

use super::prelude::*;

case!("describe_table/reports_a_missing_table", Theme::MissingTable, reports_a_missing_table);

/// Fails if a missing table has a description.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let table = cx.table_name("missing");
    let error = cx.expect_resource_not_found(DescribeTable::new(&table)).await?;
    cx.expect_message_or_deviation(
        "missing-table-message",
        &error,
        &format!("Requested resource not found: Table: {table} not found"),
    )
}
