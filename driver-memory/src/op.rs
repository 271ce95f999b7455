//! What each operation does, one file each, named as in `djamodb_core::plan`.

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

use djamodb_core::driver::Clock;
use djamodb_core::plan::{Output, QueryPlan};

use crate::catalogue::Catalogue;
use crate::error::Error;

/// Carries out a plan.
pub(crate) fn execute(catalogue: &Catalogue, clock: &dyn Clock, plan: &QueryPlan) -> Result<Output, Error> {
    Ok(match plan {
        QueryPlan::Empty => Output::Empty,
        QueryPlan::GetItem(get) => get_item::execute(catalogue, get)?.into(),
        QueryPlan::BatchGetItem(batch) => batch_get_item::execute(catalogue, batch)?.into(),
        QueryPlan::Query(query) => query::execute(catalogue, query)?.into(),
        QueryPlan::Scan(scan) => scan::execute(catalogue, scan)?.into(),
        QueryPlan::PutItem(put) => put_item::execute(catalogue, put)?.into(),
        QueryPlan::UpdateItem(update) => update_item::execute(catalogue, update)?.into(),
        QueryPlan::DeleteItem(delete) => delete_item::execute(catalogue, delete)?.into(),
        QueryPlan::BatchWriteItem(batch) => batch_write_item::execute(catalogue, batch)?.into(),
        QueryPlan::CreateTable(create) => create_table::execute(catalogue, clock, create)?.into(),
        QueryPlan::DescribeTable(describe) => describe_table::execute(catalogue, describe)?.into(),
        QueryPlan::DeleteTable(delete) => delete_table::execute(catalogue, delete)?.into(),
        QueryPlan::ListTables(list) => list_tables::execute(catalogue, list)?.into(),
        QueryPlan::UpdateTimeToLive(update) => update_time_to_live::execute(catalogue, update)?.into(),
        QueryPlan::UpdateContinuousBackups(update) => update_continuous_backups::execute(catalogue, update)?.into(),
        QueryPlan::TagResource(tag) => tag_resource::execute(catalogue, tag)?.into(),
        _ => return Err(Error::Unsupported),
    })
}
