//! Writes whose response was lost.

use aws_sdk_dynamodb::config::interceptors::InterceptorContext;
use aws_sdk_dynamodb::config::retry::{ClassifyRetry, RetryAction};
use djamodb_core::driver::Applied;

use super::current::CurrentRequest;

/// A retry classifier that forbids to send a request again that is not idempotent, once an attempt may have been applied.
#[derive(Debug)]
pub(super) struct LostWrites;

impl ClassifyRetry for LostWrites {
    fn name(&self) -> &'static str {
        "djamodb lost writes"
    }

    fn classify_retry(&self, _context: &InterceptorContext) -> RetryAction {
        let is_lost =
            |current: &CurrentRequest| !current.is_idempotent && current.attempts.applied() == Applied::Unknown;
        match CurrentRequest::with(is_lost) {
            Some(true) => RetryAction::RetryForbidden,
            Some(false) | None => RetryAction::NoActionIndicated,
        }
    }
}
