//! Faults of table changes and of the records in streams.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use djamodb_core::driver::{BoxFuture, Driver, DriverErrorKind, DriverExt};
use djamodb_core::plan::{
    DescribeTable, ExpectedPolicy, GetItem, GlobalIndexUpdate, ListTagsOfResource, Output, PutItem, QueryPlan, Scan,
    UnitsUpdate, UntagResource, UpdateTable, UpdateTableOutput,
};
use djamodb_core::schema::{Encryption, OnDemandMaximum, TableClass, WarmThroughput};
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

/// Creates tables with an AWS owned key, and keeps it when it is changed.
pub(crate) fn ignore_encryption(driver: MemoryDriver, mut plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        match &mut plan {
            QueryPlan::CreateTable(create) => create.schema.encryption = Encryption::AwsOwned,
            QueryPlan::UpdateTable(UpdateTable { table, encryption: Some(Encryption::AwsManaged), .. }) => {
                let table = driver.run(DescribeTable::new(&*table)).await?.table;
                return Ok(UpdateTableOutput { table }.into());
            }
            _ => {}
        }
        driver.execute(plan).await
    })
}

/// Replaces both on-demand maximums when one is changed.
pub(crate) fn replace_on_demand_maximums(driver: MemoryDriver, mut plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        if let QueryPlan::UpdateTable(update) = &mut plan
            && !update.on_demand_maximum.is_unchanged()
        {
            let replace = |units: &mut UnitsUpdate| {
                if *units == UnitsUpdate::Unchanged {
                    *units = UnitsUpdate::Remove;
                }
            };
            replace(&mut update.on_demand_maximum.read_units);
            replace(&mut update.on_demand_maximum.write_units);
        }
        driver.execute(plan).await
    })
}

/// Creates tables and indexes without on-demand maximums.
pub(crate) fn create_without_on_demand_maximums(driver: MemoryDriver, mut plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        if let QueryPlan::CreateTable(create) = &mut plan {
            create.schema.on_demand_maximum = OnDemandMaximum::NONE;
            create.schema.global_indexes.iter_mut().for_each(|index| index.on_demand_maximum = OnDemandMaximum::NONE);
        }
        driver.execute(plan).await
    })
}

/// Reports success for a change of the warm throughput without making it.
pub(crate) fn keep_warm_throughput(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        if let QueryPlan::UpdateTable(UpdateTable { table, warm_throughput, .. }) = &plan
            && *warm_throughput != WarmThroughput::UNSPECIFIED
        {
            let table = driver.run(DescribeTable::new(table)).await?.table;
            return Ok(UpdateTableOutput { table }.into());
        }
        driver.execute(plan).await
    })
}

/// Replaces and removes policies of any revision.
pub(crate) fn ignore_expected_policies(driver: MemoryDriver, mut plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        match &mut plan {
            QueryPlan::PutResourcePolicy(put) => put.expected = ExpectedPolicy::Any,
            QueryPlan::DeleteResourcePolicy(delete) => delete.expected_revision_id = None,
            _ => {}
        }
        driver.execute(plan).await
    })
}

/// Loses the policy of a new table.
pub(crate) fn create_without_policy(driver: MemoryDriver, mut plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        if let QueryPlan::CreateTable(create) = &mut plan {
            create.schema.resource_policy = None;
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
