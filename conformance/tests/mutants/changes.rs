//! Mutants that get the changes of tables wrong, and what is recorded of changes.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use djamodb_core::driver::{BoxFuture, Driver, DriverErrorKind, DriverExt};
use djamodb_core::plan::{
    DescribeTable, GetItem, GlobalIndexUpdate, ListTagsOfResource, Output, PutItem, QueryPlan, Scan, UntagResource,
    UpdateTable, UpdateTableOutput,
};
use djamodb_core::value::{Item, Name};
use djamodb_driver_memory::MemoryDriver;

use crate::Answer;

type Doing = BoxFuture<'static, Answer>;

/// What was there before an index was created, by table and index.
static BEFORE: Mutex<BTreeMap<(Name, Name), Vec<Item>>> = Mutex::new(BTreeMap::new());

/// A new index holds what is written from then on.
pub(crate) fn not_filled(driver: MemoryDriver, plan: QueryPlan) -> Doing {
    Box::pin(async move {
        if let QueryPlan::UpdateTable(UpdateTable { table, global_indexes, .. }) = &plan
            && let [GlobalIndexUpdate::Create(index)] = global_indexes.as_slice()
        {
            let items = driver.run(Scan::new(table)).await?.items;
            let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
            before.insert((table.clone(), index.name.clone()), items);
        }
        let mut outcome = driver.execute(plan.clone()).await?;
        let (source, items) = match (plan, &mut outcome.output) {
            (QueryPlan::Query(query), Output::Query(output)) => (query.index.zip(Some(query.table)), &mut output.items),
            (QueryPlan::Scan(scan), Output::Scan(output)) => (scan.index.zip(Some(scan.table)), &mut output.items),
            _ => return Ok(outcome),
        };
        if let Some((index, table)) = source
            && let Some(before) = BEFORE.lock().unwrap_or_else(PoisonError::into_inner).get(&(table, index))
        {
            items.retain(|item| !before.contains(item));
        }
        Ok(outcome)
    })
}

/// Says that an index was deleted, and leaves it.
pub(crate) fn kept_index(driver: MemoryDriver, plan: QueryPlan) -> Doing {
    Box::pin(async move {
        if let QueryPlan::UpdateTable(UpdateTable { table, global_indexes, .. }) = &plan
            && let [GlobalIndexUpdate::Delete(_)] = global_indexes.as_slice()
        {
            let table = driver.run(DescribeTable::new(table)).await?.table;
            return Ok(UpdateTableOutput { table }.into());
        }
        driver.execute(plan).await
    })
}

pub(crate) fn unprotected(driver: MemoryDriver, plan: QueryPlan) -> Doing {
    Box::pin(async move {
        let answer = driver.execute(plan.clone()).await;
        if let (QueryPlan::DeleteTable(delete), Err(error)) = (&plan, &answer)
            && *error.kind() == DriverErrorKind::Validation
        {
            driver.run(UpdateTable::new(&delete.table).deletion_protection(false)).await?;
            return driver.execute(plan).await;
        }
        answer
    })
}

pub(crate) fn all_labels(driver: MemoryDriver, mut plan: QueryPlan) -> Doing {
    Box::pin(async move {
        if let QueryPlan::UntagResource(UntagResource { resource_arn, tag_keys }) = &mut plan
            && let Ok(list) = driver.run(ListTagsOfResource::new(resource_arn.as_str())).await
            && !tag_keys.is_empty()
        {
            tag_keys.extend(list.tags.into_iter().map(|tag| tag.key));
        }
        driver.execute(plan).await
    })
}

/// Putting an item that is there already is a change.
pub(crate) fn recorded_twice(driver: MemoryDriver, plan: QueryPlan) -> Doing {
    Box::pin(async move {
        if let QueryPlan::PutItem(put) = &plan
            && put.condition.is_none()
        {
            let key = driver.run(DescribeTable::new(&put.table)).await?.table.schema.key;
            let there = driver.run(GetItem::new(&put.table, put.item.pick(key.names()))).await?.item;
            if there.as_ref() == Some(&put.item) {
                driver.run(PutItem::new(&put.table, put.item.clone().with("changed", true))).await?;
            }
        }
        driver.execute(plan).await
    })
}
