//! The empty plan, which needs no request.

use djamodb_core::plan::{Output, QueryPlan};

use super::prelude::*;

case!("empty/executes_without_a_request", Theme::QuerySet, executes_without_a_request);

/// Fails if the empty plan fails, or returns an output of another operation.
async fn executes_without_a_request(cx: Context) -> CaseResult {
    let outcome = cx.driver().execute(QueryPlan::Empty).await?;
    ensure_eq("output", outcome.output, Output::Empty)
}
