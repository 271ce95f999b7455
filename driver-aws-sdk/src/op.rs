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

use aws_sdk_dynamodb::Client;
use djamodb_core::plan::{Outcome, Output, QueryPlan};

use crate::error::Failure;
use crate::request::Call;

/// Carries out a plan.
pub(crate) async fn execute(client: &Client, plan: QueryPlan) -> Result<Outcome, Failure> {
    let call = &Call::of(client, &plan);
    match plan {
        QueryPlan::Empty => Ok(Output::Empty.into()),
        QueryPlan::GetItem(get) => get_item::execute(call, get).await,
        QueryPlan::BatchGetItem(batch) => batch_get_item::execute(call, batch).await,
        QueryPlan::Query(query) => query::execute(call, query).await,
        QueryPlan::Scan(scan) => scan::execute(call, scan).await,
        QueryPlan::PutItem(put) => put_item::execute(call, put).await,
        QueryPlan::UpdateItem(update) => update_item::execute(call, update).await,
        QueryPlan::DeleteItem(delete) => delete_item::execute(call, delete).await,
        QueryPlan::BatchWriteItem(batch) => batch_write_item::execute(call, batch).await,
        QueryPlan::CreateTable(create) => create_table::execute(call, create).await,
        QueryPlan::DescribeTable(describe) => describe_table::execute(call, describe).await,
        QueryPlan::DeleteTable(delete) => delete_table::execute(call, delete).await,
        QueryPlan::ListTables(list) => list_tables::execute(call, list).await,
        QueryPlan::UpdateTimeToLive(update) => update_time_to_live::execute(call, update).await,
        QueryPlan::UpdateContinuousBackups(update) => update_continuous_backups::execute(call, update).await,
        QueryPlan::TagResource(tag) => tag_resource::execute(call, tag).await,
        other => Err(Failure::unsupported(other.operation())),
    }
}
