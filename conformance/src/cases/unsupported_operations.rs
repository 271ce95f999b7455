//! Operations of DynamoDB that no driver has.

use djamodb_core::driver::DriverErrorKind;
use djamodb_core::plan::{QueryPlan, Unsupported};

use super::prelude::*;

case!("unsupported/each_operation_is_refused_by_its_name", Theme::UnsupportedOperation, by_name);
case!("unsupported/a_driver_that_is_asked_itself_refuses_too", Theme::UnsupportedOperation, past_the_check);

/// A request that nobody carries out would look like a success, or like a mistake in the request.
async fn by_name(cx: Context) -> CaseResult {
    for unsupported in Unsupported::ALL {
        let plan = QueryPlan::from(*unsupported);
        ensure_eq("the plan's name", plan.operation(), unsupported.operation())?;
        let error = cx.capability().check(&plan).err();
        let error = error.ok_or_else(|| Failure::new(format_args!("{unsupported} is not refused")))?;
        refused(*unsupported, &error)?;
    }
    Ok(())
}

/// The same would happen to whoever asks the driver without asking what it can do.
async fn past_the_check(cx: Context) -> CaseResult {
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
