//! Waits that responses require before the next attempt.

use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::config::interceptors::InterceptorContext;
use aws_sdk_dynamodb::config::retry::{ClassifyRetry, RetryAction};
use aws_smithy_runtime_api::client::retries::classifiers::{RetryClassifierPriority, RetryReason};
use djamodb_core::driver::retry_after;

/// Longest required wait after which a request is sent again: the SDK waits at most 5 s longer than by its own backoff.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// Returns the wait that a response requires, or `None` if it requires none.
pub(crate) fn required_wait(response: &HttpResponse) -> Option<Duration> {
    retry_after(response.headers().get("retry-after")?, SystemTime::now().into()).filter(|wait| !wait.is_zero())
}

/// A retry classifier that delays the next attempt as the response requires, or forbids it if the wait would be too long. The SDK
/// reads only its own header, `x-amz-retry-after`.
#[derive(Debug)]
pub(super) struct WaitRetries;

impl ClassifyRetry for WaitRetries {
    fn name(&self) -> &'static str {
        "djamodb required waits"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }

    fn classify_retry(&self, _context: &InterceptorContext) -> RetryAction {
        RetryAction::NoActionIndicated
    }

    fn classify_retry_v2(&self, context: &InterceptorContext, previous: &RetryAction) -> RetryAction {
        let RetryAction::RetryIndicated(RetryReason::RetryableError { kind, .. }) = previous else {
            return RetryAction::NoActionIndicated;
        };
        match context.response().and_then(required_wait) {
            None => RetryAction::NoActionIndicated,
            Some(wait) if wait > WAIT_MAX => RetryAction::RetryForbidden,
            Some(wait) => RetryAction::retryable_error_with_explicit_delay(*kind, wait),
        }
    }
}
