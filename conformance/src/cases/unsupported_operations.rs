//! Operations that no driver supports.

use djamodb_core::driver::DriverErrorKind;
use djamodb_core::plan::{QueryPlan, Unsupported};

use super::prelude::*;

case!(
    "unsupported/the_capability_check_rejects_each_operation_by_name",
    Theme::UnsupportedOperation,
    the_capability_check_rejects_each_operation_by_name
);
case!(
    "unsupported/the_driver_rejects_each_operation_by_name",
    Theme::UnsupportedOperation,
    the_driver_rejects_each_operation_by_name
);

/// Fails if the capability check accepts an unsupported operation, or does not name it.
async fn the_capability_check_rejects_each_operation_by_name(cx: Context) -> CaseResult {
    for unsupported in Unsupported::ALL {
        let plan = QueryPlan::from(*unsupported);
        ensure_eq("operation of the plan", plan.operation(), unsupported.operation())?;
        let error = cx.capability().check(&plan).err();
        let error = error.ok_or_else(|| {
            Failure::new(format_args!("expected {unsupported} to be rejected; the capability check accepts it"))
        })?;
        ensure_rejected_by_name(*unsupported, &error)?;
    }
    Ok(())
}

/// Fails if the driver executes an unsupported operation, or does not name it.
async fn the_driver_rejects_each_operation_by_name(cx: Context) -> CaseResult {
    for unsupported in Unsupported::ALL {
        match cx.driver().execute((*unsupported).into()).await {
            Ok(outcome) => {
                return Err(Failure::new(format_args!("expected {unsupported} to be rejected; received {outcome:?}")));
            }
            Err(error) => ensure_rejected_by_name(*unsupported, &error)?,
        }
    }
    Ok(())
}

fn ensure_rejected_by_name(unsupported: Unsupported, error: &djamodb_core::driver::DriverError) -> CaseResult {
    ensure_eq("error kind", error.kind(), &DriverErrorKind::Unsupported)?;
    ensure_eq("operation of the error", error.operation(), unsupported.operation())?;
    ensure(
        format!("the message `{}` names the operation", error.message()),
        error.message().contains(unsupported.operation()),
    )?;
    ensure("the error is not retryable", !error.retryable())
}
