//! Faults of table changes and of the records in streams.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use djamodb_core::driver::{BoxFuture, Driver, DriverErrorKind, DriverExt};
use djamodb_core::plan::{
    DescribeTable, GetItem, GlobalIndexUpdate, ListTagsOfResource, Output, PutItem, QueryPlan, Scan, UntagResource,
    UpdateTable, UpdateTableOutput,
};
use djamodb_core::schema::TableClass;
use djamodb_core::value::{Item, Name};
use djamodb_driver_memory::MemoryDriver;

use crate::DriverResult;

type ExecuteFuture = BoxFuture<'static, DriverResult>;

/// Items that existed before an index was created, by table and index.
static ITEMS_BEFORE_INDEX: Mutex<BTreeMap<(Name, Name), Vec<Item>>> = Mutex::new(BTreeMap::new());

/// Hides the items from a new index that were written before its creation.
pub(crate) fn leave_new_index_empty(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        if let QueryPlan::UpdateTable(UpdateTable { table, global_indexes, .. }) = &plan
            && let [GlobalIndexUpdate::Create(index)] = global_indexes.as_slice()
        {
            let items = driver.run(Scan::new(table)).await?.items;
            let mut before = ITEMS_BEFORE_INDEX.lock().unwrap_or_else(PoisonError::into_inner);
            before.insert((table.clone(), index.name.clone()), items);
        }
        let mut outcome = driver.execute(plan.clone()).await?;
        let (source, items) = match (plan, &mut outcome.output) {
            (QueryPlan::Query(query), Output::Query(output)) => (query.index.zip(Some(query.table)), &mut output.items),
            (QueryPlan::Scan(scan), Output::Scan(output)) => (scan.index.zip(Some(scan.table)), &mut output.items),
            _ => return Ok(outcome),
        };
        if let Some((index, table)) = source
            && let Some(before) = ITEMS_BEFORE_INDEX.lock().unwrap_or_else(PoisonError::into_inner).get(&(table, index))
        {
            items.retain(|item| !before.contains(item));
        }
        Ok(outcome)
    })
}

/// Reports success for the deletion of an index without deleting it.
pub(crate) fn keep_deleted_index(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
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

/// Creates tables of the default class, and keeps it when it is changed.
pub(crate) fn ignore_table_classes(driver: MemoryDriver, mut plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        match &mut plan {
            QueryPlan::CreateTable(create) => create.schema.table_class = TableClass::Standard,
            QueryPlan::UpdateTable(UpdateTable { table, table_class: Some(_), .. }) => {
                let table = driver.run(DescribeTable::new(&*table)).await?.table;
                return Ok(UpdateTableOutput { table }.into());
            }
            _ => {}
        }
        driver.execute(plan).await
    })
}

pub(crate) fn ignore_deletion_protection(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        let result = driver.execute(plan.clone()).await;
        if let (QueryPlan::DeleteTable(delete), Err(error)) = (&plan, &result)
            && *error.kind() == DriverErrorKind::Validation
        {
            driver.run(UpdateTable::new(&delete.table).deletion_protection(false)).await?;
            return driver.execute(plan).await;
        }
        result
    })
}

pub(crate) fn remove_all_tags(driver: MemoryDriver, mut plan: QueryPlan) -> ExecuteFuture {
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

/// Records a change when a put does not change the item.
pub(crate) fn record_unchanged_items(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        if let QueryPlan::PutItem(put) = &plan
            && put.condition.is_none()
        {
            let key = driver.run(DescribeTable::new(&put.table)).await?.table.schema.key;
            let existing = driver.run(GetItem::new(&put.table, put.item.pick(key.names()))).await?.item;
            if existing.as_ref() == Some(&put.item) {
                driver.run(PutItem::new(&put.table, put.item.clone().with("changed", true))).await?;
            }
        }
        driver.execute(plan).await
    })
}
