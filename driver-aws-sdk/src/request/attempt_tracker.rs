//! The record of the attempts of one request.

use std::error::Error;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use aws_sdk_dynamodb::config::interceptors::{
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef, InterceptorContext,
};
use aws_sdk_dynamodb::config::retry::{ClassifyRetry, RetryAction};
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use djamodb_core::driver::Applied;
use hyper_util::client::legacy::Error as HyperError;

use crate::error::chain;

/// An interceptor and retry classifier that records the attempts of one request.
///
/// The SDK's error describes only the last attempt, which does not decide whether a write was applied: an earlier attempt may
/// have reached the service and lost its response before a later one was rejected.
#[derive(Clone, Debug, Default)]
pub(crate) struct AttemptTracker(Arc<State>);

// The attempts of a request are sequential, so relaxed memory ordering is enough.
#[derive(Debug, Default)]
struct State {
    attempts: AtomicU32,
    /// `true` while an attempt is being transmitted.
    in_flight: AtomicBool,
    /// Number of attempts that ended without a response that says whether the request was applied.
    lost_attempts: AtomicU32,
    endpoint: OnceLock<String>,
}

impl AttemptTracker {
    /// Returns the number of attempts that were transmitted.
    pub(crate) fn attempts(&self) -> u32 {
        self.0.attempts.load(Ordering::Relaxed)
    }

    /// Returns the number of attempts that ended without a response that says whether the request was applied.
    pub(crate) fn lost_attempts(&self) -> u32 {
        self.0.lost_attempts.load(Ordering::Relaxed)
    }

    /// Returns whether a request that failed may have been applied.
    pub(crate) fn applied(&self) -> Applied {
        let may_be_applied = self.0.in_flight.load(Ordering::Relaxed) || self.lost_attempts() > 0;
        if may_be_applied { Applied::Unknown } else { Applied::No }
    }

    /// Returns the URL of the first attempt, or `None` if no attempt was transmitted.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.0.endpoint.get().map(String::as_str)
    }

    fn begin_attempt(&self, endpoint: &str) {
        self.0.attempts.fetch_add(1, Ordering::Relaxed);
        self.0.in_flight.store(true, Ordering::Relaxed);
        self.0.endpoint.get_or_init(|| endpoint.to_owned());
    }

    fn end_attempt(&self, is_outcome_known: bool) {
        // An attempt can also end before it is transmitted, for example while it is signed. Its outcome is always known.
        if self.0.in_flight.swap(false, Ordering::Relaxed) && !is_outcome_known {
            self.0.lost_attempts.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Intercept for AttemptTracker {
    fn name(&self) -> &'static str {
        "djamodb attempt tracker"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.begin_attempt(context.request().uri());
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.end_attempt(match context.output_or_error() {
            Some(Ok(_)) => true,
            Some(Err(error)) => match error.as_connector_error() {
                Some(error) => is_connect_error(error),
                // A client error means that the request was not applied. After a server error, or a response that cannot be
                // parsed, it may have been.
                None => context.response().is_some_and(|response| response.status().is_client_error()),
            },
            None => false,
        });
        Ok(())
    }
}

/// Forbids retries once an attempt may have been applied. Used for requests that are not idempotent.
impl ClassifyRetry for AttemptTracker {
    fn name(&self) -> &'static str {
        "djamodb attempt tracker"
    }

    fn classify_retry(&self, _context: &InterceptorContext) -> RetryAction {
        match self.applied() {
            Applied::Unknown => RetryAction::RetryForbidden,
            Applied::No => RetryAction::NoActionIndicated,
        }
    }
}

/// Returns `true` if no connection could be opened, so that nothing was sent. Errors of HTTP clients that are not based on
/// `hyper_util` return `false`.
fn is_connect_error(error: &(dyn Error + 'static)) -> bool {
    chain(error).filter_map(|error| error.downcast_ref::<HyperError>()).any(HyperError::is_connect)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_lost_response_makes_the_outcome_unknown() {
        let tracker = AttemptTracker::default();
        tracker.end_attempt(false);
        assert_eq!((tracker.attempts(), tracker.applied()), (0, Applied::No));
        tracker.begin_attempt("http://a/");
        assert_eq!((tracker.attempts(), tracker.applied()), (1, Applied::Unknown));
        tracker.end_attempt(true);
        assert_eq!(tracker.applied(), Applied::No);

        tracker.begin_attempt("http://a/");
        tracker.end_attempt(false);
        tracker.begin_attempt("http://a/");
        tracker.end_attempt(true);
        assert_eq!((tracker.attempts(), tracker.lost_attempts(), tracker.applied()), (3, 1, Applied::Unknown));
        assert_eq!(tracker.endpoint(), Some("http://a/"));
    }
}
