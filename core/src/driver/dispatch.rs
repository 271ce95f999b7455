//! The one way of a plan to a driver: checked before, traced after.

use super::{Driver, DriverError};
use crate::plan::{Outcome, QueryPlan};
use crate::value::Name;

/// Executes one plan, if the driver can do what it asks, and traces what came of it: one event for each request, at the level
/// `debug`, with what it cost as far as the answer tells.
pub(crate) async fn dispatch<D: Driver + ?Sized>(driver: &D, plan: QueryPlan) -> Result<Outcome, DriverError> {
    driver.capability().check(&plan)?;
    let operation = plan.operation();
    let table = plan.table().cloned();
    let answer = driver.execute(plan).await;
    let driver = driver.name();
    let table = table.as_ref().map(Name::as_str);
    match &answer {
        Ok(Outcome { metadata, .. }) => {
            let told = !metadata.consumed_capacity.is_empty();
            let units = told.then(|| metadata.consumed_capacity.iter().map(|capacity| capacity.units).sum::<f64>());
            tracing::debug!(driver, operation, table, units, attempts = metadata.attempts, "executed");
        }
        Err(error) => tracing::debug!(driver, operation, table, %error, "failed"),
    }
    answer
}
