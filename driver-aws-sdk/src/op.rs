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
use crate::request::Call;

/// Sends the request of `plan` and returns its outcome.
pub(crate) async fn execute(clients: &Clients, plan: QueryPlan) -> Result<Outcome, Failure> {
    let call = &Call::new(clients, &plan);
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
        QueryPlan::TransactGetItems(get) => transact_get_items::execute(call, get).await,
        QueryPlan::TransactWriteItems(write) => transact_write_items::execute(call, write).await,
        QueryPlan::CreateTable(create) => create_table::execute(call, create).await,
        QueryPlan::UpdateTable(update) => update_table::execute(call, update).await,
        QueryPlan::DescribeTable(describe) => describe_table::execute(call, describe).await,
        QueryPlan::DeleteTable(delete) => delete_table::execute(call, delete).await,
        QueryPlan::ListTables(list) => list_tables::execute(call, list).await,
        QueryPlan::UpdateTimeToLive(update) => update_time_to_live::execute(call, update).await,
        QueryPlan::DescribeTimeToLive(describe) => describe_time_to_live::execute(call, describe).await,
        QueryPlan::UpdateContinuousBackups(update) => update_continuous_backups::execute(call, update).await,
        QueryPlan::DescribeContinuousBackups(describe) => describe_continuous_backups::execute(call, describe).await,
        QueryPlan::TagResource(tag) => tag_resource::execute(call, tag).await,
        QueryPlan::UntagResource(untag) => untag_resource::execute(call, untag).await,
        QueryPlan::ListTagsOfResource(list) => list_tags_of_resource::execute(call, list).await,
        QueryPlan::GetResourcePolicy(get) => get_resource_policy::execute(call, get).await,
        QueryPlan::PutResourcePolicy(put) => put_resource_policy::execute(call, put).await,
        QueryPlan::DeleteResourcePolicy(delete) => delete_resource_policy::execute(call, delete).await,
        QueryPlan::DescribeLimits(describe) => describe_limits::execute(call, describe).await,
        QueryPlan::DescribeEndpoints(describe) => describe_endpoints::execute(call, describe).await,
        #[cfg(feature = "streams")]
        QueryPlan::ListStreams(list) => list_streams::execute(&call.with_client(clients.streams()?), list).await,
        #[cfg(feature = "streams")]
        QueryPlan::DescribeStream(describe) => {
            describe_stream::execute(&call.with_client(clients.streams()?), describe).await
        }
        #[cfg(feature = "streams")]
        QueryPlan::GetShardIterator(get) => {
            get_shard_iterator::execute(&call.with_client(clients.streams()?), get).await
        }
        #[cfg(feature = "streams")]
        QueryPlan::GetRecords(get) => get_records::execute(&call.with_client(clients.streams()?), get).await,
        #[cfg(not(feature = "streams"))]
        QueryPlan::ListStreams(_)
        | QueryPlan::DescribeStream(_)
        | QueryPlan::GetShardIterator(_)
        | QueryPlan::GetRecords(_) => Err(Failure::streams_client_missing()),
        other => Err(Failure::unsupported(other.operation())),
    }
}
