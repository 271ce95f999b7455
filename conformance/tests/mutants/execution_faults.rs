//! Faults that replace the execution of a plan, most of them with several requests.

use djamodb_core::driver::DriverError;
use djamodb_core::driver::{BoxFuture, Driver, DriverErrorKind, DriverExt};
use djamodb_core::plan::{
    BatchGetItemOutput, BatchWriteItemOutput, DeleteItem, DeleteTable, DescribeTable, GetItem, GetItemOutput, Output,
    PutItem, Query, QueryOutput, QueryPlan, Scan, ScanOutput, WriteRequest,
};
use djamodb_core::schema::KeySchema;
use djamodb_core::value::size::item_bytes;
use djamodb_core::value::{Item, Name};
use djamodb_driver_memory::MemoryDriver;

use crate::DriverResult;

type ExecuteFuture = BoxFuture<'static, DriverResult>;

/// Returns the key of a table and the key of its index, or the table's key twice if `index` is `None`.
async fn table_and_index_keys(
    driver: &MemoryDriver,
    table: &Name,
    index: Option<&Name>,
) -> Result<(KeySchema, KeySchema), DriverError> {
    let schema = driver.run(DescribeTable::new(table)).await?.table.schema;
    let globals = schema.global_indexes.iter().map(|index| (&index.name, &index.key));
    let mut indexes = globals.chain(schema.local_indexes.iter().map(|index| (&index.name, &index.key)));
    let found = indexes.find(|(name, _)| Some(*name) == index).map(|(_, key)| key.clone());
    Ok((schema.key.clone(), found.unwrap_or(schema.key)))
}

pub(crate) fn return_empty_for_a_missing_table(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        let empty: Option<Output> = match &plan {
            QueryPlan::GetItem(_) => Some(GetItemOutput::default().into()),
            QueryPlan::Query(_) => Some(QueryOutput::default().into()),
            QueryPlan::Scan(_) => Some(ScanOutput::default().into()),
            QueryPlan::BatchGetItem(_) => Some(BatchGetItemOutput::default().into()),
            _ => None,
        };
        match (driver.execute(plan).await, empty) {
            (Err(error), Some(empty)) if error.is_resource_not_found() => Ok(empty.into()),
            (result, _) => result,
        }
    })
}

pub(crate) fn include_the_start_key(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        let mut outcome = driver.execute(plan.clone()).await?;
        if let (QueryPlan::Query(Query { table, exclusive_start_key: Some(start), .. }), Output::Query(output)) =
            (&plan, &mut outcome.output)
        {
            let (key, _) = table_and_index_keys(&driver, table, None).await?;
            let item = driver.run(GetItem::new(table, start.pick(key.names()))).await?.item;
            output.items.splice(0..0, item);
        }
        Ok(outcome)
    })
}

/// Reads item by item until the filter has kept as many items as the limit.
pub(crate) fn apply_limit_after_filter(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        let QueryPlan::Query(Query { limit: Some(limit @ 1..), filter: Some(_), .. }) = &plan else {
            return driver.execute(plan).await;
        };
        let limit = u64::from(*limit);
        let QueryPlan::Query(mut query) = plan else { unreachable!("the plan matched a query above") };
        let mut whole = QueryOutput::default();
        query.limit = Some(1);
        while whole.count < limit {
            let page = driver.run(query.clone()).await?;
            whole.count += page.count;
            whole.scanned_count += page.scanned_count;
            whole.items.extend(page.items);
            whole.last_evaluated_key.clone_from(&page.last_evaluated_key);
            query.exclusive_start_key = page.last_evaluated_key;
            if query.exclusive_start_key.is_none() {
                break;
            }
        }
        Ok(whole.into())
    })
}

pub(crate) fn drop_old_item(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        let (operation, table) = (plan.operation(), plan.table().cloned());
        driver.execute(plan).await.map_err(|error| {
            if !error.is_conditional_check_failed() {
                return error;
            }
            let kind = DriverErrorKind::ConditionalCheckFailed { item: None };
            DriverError::new(kind, operation, error.message()).on_table(table.as_ref())
        })
    })
}

pub(crate) fn drop_half_of_a_batch(driver: MemoryDriver, mut plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        if let QueryPlan::BatchWriteItem(batch) = &mut plan {
            for writes in &mut batch.requests {
                writes.writes.truncate(writes.writes.len().div_ceil(2));
            }
        }
        driver.execute(plan).await
    })
}

/// Makes the writes of a batch one after the other, up to the first that is rejected.
pub(crate) fn write_batch_until_first_error(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        let QueryPlan::BatchWriteItem(batch) = plan else {
            return driver.execute(plan).await;
        };
        for writes in batch.requests {
            for write in writes.writes {
                match write {
                    WriteRequest::Put(item) => {
                        driver.run(PutItem::new(&writes.table, item)).await?;
                    }
                    WriteRequest::Delete(key) => {
                        driver.run(DeleteItem::new(&writes.table, key)).await?;
                    }
                }
            }
        }
        Ok(BatchWriteItemOutput::default().into())
    })
}

/// Adds the items that have the index's hash key but not its range key to the results of an index query.
pub(crate) fn index_items_without_range_key(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        let mut outcome = driver.execute(plan.clone()).await?;
        if let (QueryPlan::Query(Query { table, index: Some(index), key_condition, .. }), Output::Query(output)) =
            (&plan, &mut outcome.output)
        {
            let (_, key) = table_and_index_keys(&driver, table, Some(index)).await?;
            let lacks = |item: &Item| key.range.iter().any(|attribute| !item.contains_key(&attribute.name));
            let items = driver.run(Scan::new(table)).await?.items;
            let lacking = items.into_iter().filter(|item| lacks(item) && key_condition.holds_for(item));
            output.items.extend(lacking);
        }
        Ok(outcome)
    })
}

/// Replaces the items of an index query by the whole items of the table.
pub(crate) fn return_whole_items_from_indexes(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        let mut outcome = driver.execute(plan.clone()).await?;
        if let (QueryPlan::Query(Query { table, index: Some(_), select: None, .. }), Output::Query(output)) =
            (&plan, &mut outcome.output)
        {
            let (key, _) = table_and_index_keys(&driver, table, None).await?;
            for item in &mut output.items {
                if let Some(whole) = driver.run(GetItem::new(table, item.pick(key.names()))).await?.item {
                    *item = whole;
                }
            }
        }
        Ok(outcome)
    })
}

/// Accepts a key with further attributes.
pub(crate) fn ignore_extra_key_attributes(driver: MemoryDriver, mut plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        if let QueryPlan::GetItem(get) = &mut plan {
            let (key, _) = table_and_index_keys(&driver, &get.table, None).await?;
            get.key = get.key.pick(key.names());
        }
        driver.execute(plan).await
    })
}

pub(crate) fn limit_items_to_256_kb(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        match &plan {
            QueryPlan::PutItem(put) if item_bytes(&put.item) > 256 * 1024 => {
                let message = "Item size has exceeded the maximum allowed size";
                Err(DriverError::validation(plan.operation(), message).on_table(plan.table()))
            }
            _ => driver.execute(plan).await,
        }
    })
}

pub(crate) fn replace_existing_table(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        match driver.execute(plan.clone()).await {
            Err(error) if error.is_resource_in_use() => {
                if let Some(table) = plan.table() {
                    driver.run(DeleteTable::new(table)).await?;
                }
                driver.execute(plan).await
            }
            result => result,
        }
    })
}

/// Keeps the attributes of the existing item that a put does not name.
pub(crate) fn merge_put_with_existing_item(driver: MemoryDriver, mut plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        if let QueryPlan::PutItem(put) = &mut plan {
            let (key, _) = table_and_index_keys(&driver, &put.table, None).await?;
            let get = GetItem::new(&put.table, put.item.pick(key.names()));
            if let Ok(GetItemOutput { item: Some(mut old) }) = driver.run(get).await {
                for (name, value) in put.item.iter() {
                    old.insert(name, value.clone());
                }
                put.item = old;
            }
        }
        driver.execute(plan).await
    })
}

pub(crate) fn succeed_for_unsupported_operations(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        match plan {
            QueryPlan::Unsupported(_) => Ok(Output::Empty.into()),
            plan => driver.execute(plan).await,
        }
    })
}
