//! What each operation does, one file each, named as in `djamodb_core::plan`.

mod batch_get_item;
mod batch_write_item;
mod create_table;
mod delete_item;
mod delete_table;
mod describe_continuous_backups;
mod describe_endpoints;
mod describe_limits;
mod describe_stream;
mod describe_table;
mod describe_time_to_live;
mod get_item;
mod get_records;
mod get_shard_iterator;
mod list_streams;
mod list_tables;
mod list_tags_of_resource;
mod put_item;
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

use djamodb_core::plan::{ConsumedCapacity, Metadata, Outcome, Output, QueryPlan};

use crate::error::Error;
use crate::service::Service;

/// What an operation answers, and what it consumed as far as it was asked to tell.
pub(crate) struct Answer<T> {
    output: T,
    consumed_capacity: Vec<ConsumedCapacity>,
}

impl<T> Answer<T> {
    pub(crate) const fn new(output: T, consumed_capacity: Vec<ConsumedCapacity>) -> Self {
        Self { output, consumed_capacity }
    }
}

impl<T: Into<Output>> From<Answer<T>> for Outcome {
    fn from(Answer { output, consumed_capacity }: Answer<T>) -> Self {
        Self { output: output.into(), metadata: Metadata { consumed_capacity, ..Metadata::default() } }
    }
}

/// Carries out a plan.
pub(crate) fn execute(service: &Service, plan: &QueryPlan) -> Result<Outcome, Error> {
    Ok(match plan {
        QueryPlan::Empty => Output::Empty.into(),
        QueryPlan::GetItem(get) => get_item::execute(service, get)?.into(),
        QueryPlan::BatchGetItem(batch) => batch_get_item::execute(service, batch)?.into(),
        QueryPlan::Query(query) => query::execute(service, query)?.into(),
        QueryPlan::Scan(scan) => scan::execute(service, scan)?.into(),
        QueryPlan::PutItem(put) => put_item::execute(service, put)?.into(),
        QueryPlan::UpdateItem(update) => update_item::execute(service, update)?.into(),
        QueryPlan::DeleteItem(delete) => delete_item::execute(service, delete)?.into(),
        QueryPlan::BatchWriteItem(batch) => batch_write_item::execute(service, batch)?.into(),
        QueryPlan::TransactGetItems(get) => transact_get_items::execute(service, get)?.into(),
        QueryPlan::TransactWriteItems(write) => transact_write_items::execute(service, write)?.into(),
        QueryPlan::CreateTable(create) => create_table::execute(service, create)?.into(),
        QueryPlan::UpdateTable(update) => update_table::execute(service, update)?.into(),
        QueryPlan::DescribeTable(describe) => describe_table::execute(service, describe)?.into(),
        QueryPlan::DeleteTable(delete) => delete_table::execute(service, delete)?.into(),
        QueryPlan::ListTables(list) => list_tables::execute(service, list)?.into(),
        QueryPlan::UpdateTimeToLive(update) => update_time_to_live::execute(service, update)?.into(),
        QueryPlan::DescribeTimeToLive(describe) => describe_time_to_live::execute(service, describe)?.into(),
        QueryPlan::UpdateContinuousBackups(update) => update_continuous_backups::execute(service, update)?.into(),
        QueryPlan::DescribeContinuousBackups(describe) => {
            describe_continuous_backups::execute(service, describe)?.into()
        }
        QueryPlan::TagResource(tag) => tag_resource::execute(service, tag)?.into(),
        QueryPlan::UntagResource(untag) => untag_resource::execute(service, untag)?.into(),
        QueryPlan::ListTagsOfResource(list) => list_tags_of_resource::execute(service, list)?.into(),
        QueryPlan::DescribeLimits(_) => describe_limits::execute().into(),
        QueryPlan::DescribeEndpoints(_) => describe_endpoints::execute().into(),
        QueryPlan::ListStreams(list) => list_streams::execute(service, list)?.into(),
        QueryPlan::DescribeStream(describe) => describe_stream::execute(service, describe)?.into(),
        QueryPlan::GetShardIterator(get) => get_shard_iterator::execute(service, get)?.into(),
        QueryPlan::GetRecords(get) => get_records::execute(service, get)?.into(),
        _ => return Err(Error::Unsupported),
    })
}
