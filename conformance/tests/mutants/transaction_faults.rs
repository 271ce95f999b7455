//! Faults of transactions.

use djamodb_core::driver::{BoxFuture, CancellationReason, Driver, DriverError, DriverErrorKind, DriverExt};
use djamodb_core::plan::{GetItem, QueryPlan, TransactGetItemsOutput, TransactWriteItems};
use djamodb_driver_memory::MemoryDriver;

use crate::DriverResult;

type ExecuteFuture = BoxFuture<'static, DriverResult>;
type Reasons = Vec<Option<CancellationReason>>;

/// Makes the writes of a cancelled transaction that have no cancellation reason.
pub(crate) fn apply_actions_that_pass(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        let result = driver.execute(plan.clone()).await;
        if let (QueryPlan::TransactWriteItems(write), Err(error)) = (plan, &result) {
            for (action, reason) in write.transact_items.into_iter().zip(error.cancellation_reasons()) {
                if reason.is_none() {
                    driver.run(TransactWriteItems::new([action])).await?;
                }
            }
        }
        result
    })
}

/// Executes the plan and changes the reasons if the transaction is cancelled.
fn change_reasons(driver: MemoryDriver, plan: QueryPlan, change: fn(&mut Reasons)) -> ExecuteFuture {
    Box::pin(async move {
        let (operation, table) = (plan.operation(), plan.table().cloned());
        driver.execute(plan).await.map_err(|error| match error.kind() {
            DriverErrorKind::TransactionCanceled { reasons } => {
                let mut reasons = reasons.clone();
                change(&mut reasons);
                let kind = DriverErrorKind::TransactionCanceled { reasons };
                DriverError::new(kind, operation, error.message()).on_table(table.as_ref())
            }
            _ => error,
        })
    })
}

pub(crate) fn reverse_reasons(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    change_reasons(driver, plan, |reasons| reasons.reverse())
}

pub(crate) fn keep_first_reason_only(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    change_reasons(driver, plan, |reasons| {
        let first = reasons.iter().position(Option::is_some).unwrap_or_default();
        reasons.iter_mut().skip(first + 1).for_each(|reason| *reason = None);
    })
}

pub(crate) fn drop_old_items(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    change_reasons(driver, plan, |reasons| reasons.iter_mut().flatten().for_each(|reason| reason.item = None))
}

/// Reads item by item with pauses, so that the reads are not atomic.
pub(crate) fn read_one_by_one(driver: MemoryDriver, plan: QueryPlan) -> ExecuteFuture {
    Box::pin(async move {
        // Invalid transactions are still rejected as a whole.
        let mut outcome = driver.execute(plan.clone()).await?;
        if let QueryPlan::TransactGetItems(get) = plan
            && get.transact_items.len() < 100
        {
            let mut output = TransactGetItemsOutput::default();
            for get in get.transact_items {
                let read = GetItem { projection: get.projection, ..GetItem::new(get.table, get.key) };
                output.responses.push(driver.run(read).await?.item);
                driver.clock().sleep(std::time::Duration::from_millis(1)).await;
            }
            outcome.output = output.into();
        }
        Ok(outcome)
    })
}
