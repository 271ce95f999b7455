//! The plan that asks nothing.

use djamodb_core::plan::{Output, QueryPlan};

use super::prelude::*;

case!("empty/is_answered_without_asking", Theme::QuerySet, empty);

/// What is known to be empty would be asked, or be an error.
async fn empty(cx: Context) -> CaseResult {
    let outcome = cx.driver().execute(QueryPlan::Empty).await?;
    ensure_eq("the output", outcome.output, Output::Empty)
}
