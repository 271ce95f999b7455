//! One module for each operation, named as in `djamodb_core::plan`. Each builds a request, sends it and converts the response.

mod batch_get_item;
mod batch_write_item;
mod create_table;
mod delete_item;
mod delete_resource_policy;
mod delete_table;
mod describe_continuous_backups;
mod describe_endpoints;
mod describe_limits;
#[cfg(feature = "streams")]
mod describe_stream;
mod describe_table;
mod describe_time_to_live;
mod get_item;
#[cfg(feature = "streams")]
mod get_records;
mod get_resource_policy;
#[cfg(feature = "streams")]
mod get_shard_iterator;
#[cfg(feature = "streams")]
mod list_streams;
mod list_tables;
mod list_tags_of_resource;
mod put_item;
mod put_resource_policy;
mod query;
mod scan;
mod tag_resource;
mod transact_get_items;
mod transact_write_items;
mod untag_resource;
mod update_continuous_backups;
mod update_item;
mod update_table;
mod update_time_to_live;

use djamodb_core::plan::{Outcome, Output, QueryPlan};

use crate::clients::Clients;
use crate::error::Failure;

/// Sends the request of `plan` and returns its outcome.
pub(crate) async fn execute(clients: &Clients, plan: QueryPlan) -> Result<Outcome, Failure> {
    let tables = &clients.tables;
    match plan {
        QueryPlan::Empty => Ok(Output::Empty.into()),
        QueryPlan::GetItem(get) => get_item::execute(tables, get).await,
        QueryPlan::BatchGetItem(batch) => batch_get_item::execute(tables, batch).await,
        QueryPlan::Query(query) => query::execute(tables, query).await,
        QueryPlan::Scan(scan) => scan::execute(tables, scan).await,
        QueryPlan::PutItem(put) => put_item::execute(tables, put).await,
        QueryPlan::UpdateItem(update) => update_item::execute(tables, update).await,
        QueryPlan::DeleteItem(delete) => delete_item::execute(tables, delete).await,
        QueryPlan::BatchWriteItem(batch) => batch_write_item::execute(tables, batch).await,
        QueryPlan::TransactGetItems(transaction) => transact_get_items::execute(tables, transaction).await,
        QueryPlan::TransactWriteItems(transaction) => transact_write_items::execute(tables, transaction).await,
        QueryPlan::CreateTable(create) => create_table::execute(tables, create).await,
        QueryPlan::UpdateTable(update) => update_table::execute(tables, update).await,
        QueryPlan::DescribeTable(describe) => describe_table::execute(tables, describe).await,
        QueryPlan::DeleteTable(delete) => delete_table::execute(tables, delete).await,
        QueryPlan::ListTables(list) => list_tables::execute(tables, list).await,
        QueryPlan::UpdateTimeToLive(update) => update_time_to_live::execute(tables, update).await,
        QueryPlan::DescribeTimeToLive(describe) => describe_time_to_live::execute(tables, describe).await,
        QueryPlan::UpdateContinuousBackups(update) => update_continuous_backups::execute(tables, update).await,
        QueryPlan::DescribeContinuousBackups(describe) => describe_continuous_backups::execute(tables, describe).await,
        QueryPlan::TagResource(tag) => tag_resource::execute(tables, tag).await,
        QueryPlan::UntagResource(untag) => untag_resource::execute(tables, untag).await,
        QueryPlan::ListTagsOfResource(list) => list_tags_of_resource::execute(tables, list).await,
        QueryPlan::GetResourcePolicy(_) => get_resource_policy::execute(),
        QueryPlan::PutResourcePolicy(_) => put_resource_policy::execute(),
        QueryPlan::DeleteResourcePolicy(_) => delete_resource_policy::execute(),
        QueryPlan::DescribeLimits(describe) => describe_limits::execute(tables, describe).await,
        QueryPlan::DescribeEndpoints(describe) => describe_endpoints::execute(tables, describe).await,
        #[cfg(feature = "streams")]
        QueryPlan::ListStreams(list) => list_streams::execute(clients.streams()?, list).await,
        #[cfg(feature = "streams")]
        QueryPlan::DescribeStream(describe) => describe_stream::execute(clients.streams()?, describe).await,
        #[cfg(feature = "streams")]
        QueryPlan::GetShardIterator(get) => get_shard_iterator::execute(clients.streams()?, get).await,
        #[cfg(feature = "streams")]
        QueryPlan::GetRecords(get) => get_records::execute(clients.streams()?, get).await,
        #[cfg(not(feature = "streams"))]
        QueryPlan::ListStreams(_)
        | QueryPlan::DescribeStream(_)
        | QueryPlan::GetShardIterator(_)
        | QueryPlan::GetRecords(_) => Err(Failure::streams_client_missing()),
        other => Err(Failure::unsupported(other.operation())),
    }
}
