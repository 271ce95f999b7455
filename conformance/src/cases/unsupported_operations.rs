//! Operations of DynamoDB that no driver has.

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
        ensure_eq("the plan's name", plan.operation(), unsupported.operation())?;
        let error = cx.capability().check(&plan).err();
        let error = error.ok_or_else(|| Failure::new(format_args!("{unsupported} is not refused")))?;
        refused(*unsupported, &error)?;
    }
    Ok(())
}

/// Fails if the driver executes an unsupported operation, or does not name it.
async fn the_driver_rejects_each_operation_by_name(cx: Context) -> CaseResult {
    for unsupported in Unsupported::ALL {
        match cx.driver().execute((*unsupported).into()).await {
            Ok(outcome) => return Err(Failure::new(format_args!("{unsupported} is answered by {outcome:?}"))),
            Err(error) => refused(*unsupported, &error)?,
        }
    }
    Ok(())
}

fn refused(unsupported: Unsupported, error: &djamodb_core::driver::DriverError) -> CaseResult {
    ensure_eq("the kind", error.kind(), &DriverErrorKind::Unsupported)?;
    ensure_eq("the operation", error.operation(), unsupported.operation())?;
    ensure(format!("{} names it", error.message()), error.message().contains(unsupported.operation()))?;
    ensure("no retry helps", !error.retryable())
}
