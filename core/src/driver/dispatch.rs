//! The only way from a plan to a driver.

use tracing::Instrument as _;

use super::request_span::RequestSpan;
use super::{Driver, DriverError};
use crate::plan::{Outcome, QueryPlan};

/// Executes one plan in a [request span](RequestSpan), after checking that the driver supports it.
///
/// Plans that the driver does not support, and [`QueryPlan::Empty`], send no request and have no span.
pub(crate) async fn dispatch<D: Driver + ?Sized>(driver: &D, plan: QueryPlan) -> Result<Outcome, DriverError> {
    driver.capability().check(&plan)?;
    if plan == QueryPlan::Empty {
        return driver.execute(plan).await;
    }
    let request = RequestSpan::open(driver, &plan);
    let result = driver.execute(plan).instrument(request.span().clone()).await;
    request.close(driver, &result);
    result
}
