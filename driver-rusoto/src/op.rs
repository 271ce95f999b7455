//! One request for each operation, one file each, named as in `djamodb_core::plan`.

mod batch_get_item;
mod batch_write_item;
mod create_table;
mod delete_item;
mod delete_table;
mod describe_table;
mod get_item;
mod list_tables;
mod put_item;
mod query;
mod scan;
mod tag_resource;
mod update_continuous_backups;
mod update_item;
mod update_time_to_live;

use djamodb_core::plan::{Outcome, Output, QueryPlan};
use rusoto_dynamodb::DynamoDbClient;

use crate::error::Failure;

/// Carries out a plan.
pub(crate) async fn execute(client: &DynamoDbClient, plan: QueryPlan) -> Result<Outcome, Failure> {
    match plan {
        QueryPlan::Empty => Ok(Output::Empty.into()),
        QueryPlan::GetItem(get) => get_item::execute(client, get).await,
        QueryPlan::BatchGetItem(batch) => batch_get_item::execute(client, batch).await,
        QueryPlan::Query(query) => query::execute(client, query).await,
        QueryPlan::Scan(scan) => scan::execute(client, scan).await,
        QueryPlan::PutItem(put) => put_item::execute(client, put).await,
        QueryPlan::UpdateItem(update) => update_item::execute(client, update).await,
        QueryPlan::DeleteItem(delete) => delete_item::execute(client, delete).await,
        QueryPlan::BatchWriteItem(batch) => batch_write_item::execute(client, batch).await,
        QueryPlan::CreateTable(create) => create_table::execute(client, create).await,
        QueryPlan::DescribeTable(describe) => describe_table::execute(client, describe).await,
        QueryPlan::DeleteTable(delete) => delete_table::execute(client, delete).await,
        QueryPlan::ListTables(list) => list_tables::execute(client, list).await,
        QueryPlan::UpdateTimeToLive(update) => update_time_to_live::execute(client, update).await,
        QueryPlan::UpdateContinuousBackups(update) => update_continuous_backups::execute(client, update).await,
        QueryPlan::TagResource(tag) => tag_resource::execute(client, tag).await,
        other => Err(Failure::unsupported(other.operation())),
    }
}
