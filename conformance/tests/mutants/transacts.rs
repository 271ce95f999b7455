//! Mutants that get transactions wrong.

use djamodb_core::driver::{BoxFuture, CancellationReason, Driver, DriverError, DriverErrorKind, DriverExt};
use djamodb_core::plan::{GetItem, QueryPlan, TransactGetItemsOutput, TransactWriteItems};
use djamodb_driver_memory::MemoryDriver;

use crate::Answer;

type Doing = BoxFuture<'static, Answer>;
type Reasons = Vec<Option<CancellationReason>>;

/// Cancels, and makes those writes all the same that nothing speaks against.
pub(crate) fn what_it_can(driver: MemoryDriver, plan: QueryPlan) -> Doing {
    Box::pin(async move {
        let answer = driver.execute(plan.clone()).await;
        if let (QueryPlan::TransactWriteItems(write), Err(error)) = (plan, &answer) {
            for (action, reason) in write.transact_items.into_iter().zip(error.cancellation_reasons()) {
                if reason.is_none() {
                    driver.run(TransactWriteItems::new([action])).await?;
                }
            }
        }
        answer
    })
}

/// Changes the reasons of a cancellation.
fn with_reasons(driver: MemoryDriver, plan: QueryPlan, change: fn(&mut Reasons)) -> Doing {
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

pub(crate) fn reasons_reversed(driver: MemoryDriver, plan: QueryPlan) -> Doing {
    with_reasons(driver, plan, |reasons| reasons.reverse())
}

pub(crate) fn first_reason(driver: MemoryDriver, plan: QueryPlan) -> Doing {
    with_reasons(driver, plan, |reasons| {
        let first = reasons.iter().position(Option::is_some).unwrap_or_default();
        reasons.iter_mut().skip(first + 1).for_each(|reason| *reason = None);
    })
}

pub(crate) fn without_old_items(driver: MemoryDriver, plan: QueryPlan) -> Doing {
    with_reasons(driver, plan, |reasons| reasons.iter_mut().flatten().for_each(|reason| reason.item = None))
}

/// Reads item by item, with a pause between them: not at one moment.
pub(crate) fn one_by_one(driver: MemoryDriver, plan: QueryPlan) -> Doing {
    Box::pin(async move {
        // What is wrong is refused as a whole.
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
