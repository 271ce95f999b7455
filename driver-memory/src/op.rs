//! The implementation of each operation, in a file of the same name as in `djamodb_core::plan`.

mod batch_get_item;
mod batch_write_item;
mod create_table;
mod delete_item;
mod delete_resource_policy;
mod delete_table;
mod describe_continuous_backups;
mod describe_endpoints;
mod describe_limits;
mod describe_stream;
mod describe_table;
mod describe_time_to_live;
mod get_item;
mod get_records;
mod get_resource_policy;
mod get_shard_iterator;
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

use crate::emulator::Emulator;
use crate::error::Error;

/// Executes a plan. An operation without an arm is refused as unsupported, since `QueryPlan` is non-exhaustive.
pub(crate) fn execute(emulator: &Emulator, plan: QueryPlan) -> Result<Outcome, Error> {
    Ok(match plan {
        QueryPlan::Empty => Output::Empty.into(),
        QueryPlan::GetItem(get) => get_item::execute(emulator, &get)?.into(),
        QueryPlan::BatchGetItem(batch) => batch_get_item::execute(emulator, &batch)?.into(),
        QueryPlan::Query(query) => query::execute(emulator, &query)?.into(),
        QueryPlan::Scan(scan) => scan::execute(emulator, &scan)?.into(),
        QueryPlan::PutItem(put) => put_item::execute(emulator, put)?.into(),
        QueryPlan::UpdateItem(update) => update_item::execute(emulator, &update)?.into(),
        QueryPlan::DeleteItem(delete) => delete_item::execute(emulator, &delete)?.into(),
        QueryPlan::BatchWriteItem(batch) => batch_write_item::execute(emulator, batch)?.into(),
        QueryPlan::TransactGetItems(get) => transact_get_items::execute(emulator, &get)?.into(),
        QueryPlan::TransactWriteItems(write) => transact_write_items::execute(emulator, write)?.into(),
        QueryPlan::CreateTable(create) => create_table::execute(emulator, &create)?.into(),
        QueryPlan::UpdateTable(update) => update_table::execute(emulator, &update)?.into(),
        QueryPlan::DescribeTable(describe) => describe_table::execute(emulator, &describe)?.into(),
        QueryPlan::DeleteTable(delete) => delete_table::execute(emulator, &delete)?.into(),
        QueryPlan::ListTables(list) => list_tables::execute(emulator, &list)?.into(),
        QueryPlan::UpdateTimeToLive(update) => update_time_to_live::execute(emulator, &update)?.into(),
        QueryPlan::DescribeTimeToLive(describe) => describe_time_to_live::execute(emulator, &describe)?.into(),
        QueryPlan::UpdateContinuousBackups(update) => update_continuous_backups::execute(emulator, &update)?.into(),
        QueryPlan::DescribeContinuousBackups(describe) => {
            describe_continuous_backups::execute(emulator, &describe)?.into()
        }
        QueryPlan::TagResource(tag) => tag_resource::execute(emulator, &tag)?.into(),
        QueryPlan::UntagResource(untag) => untag_resource::execute(emulator, &untag)?.into(),
        QueryPlan::ListTagsOfResource(list) => list_tags_of_resource::execute(emulator, &list)?.into(),
        QueryPlan::GetResourcePolicy(get) => get_resource_policy::execute(emulator, &get)?.into(),
        QueryPlan::PutResourcePolicy(put) => put_resource_policy::execute(emulator, &put)?.into(),
        QueryPlan::DeleteResourcePolicy(delete) => delete_resource_policy::execute(emulator, &delete)?.into(),
        QueryPlan::DescribeLimits(_) => describe_limits::execute().into(),
        QueryPlan::DescribeEndpoints(_) => describe_endpoints::execute().into(),
        QueryPlan::ListStreams(list) => list_streams::execute(emulator, &list)?.into(),
        QueryPlan::DescribeStream(describe) => describe_stream::execute(emulator, &describe)?.into(),
        QueryPlan::GetShardIterator(get) => get_shard_iterator::execute(emulator, &get)?.into(),
        QueryPlan::GetRecords(get) => get_records::execute(emulator, &get)?.into(),
        _ => return Err(Error::Unsupported),
    })
}
