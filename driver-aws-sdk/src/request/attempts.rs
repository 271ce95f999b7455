//! What became of each attempt at a request.

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

/// Watches the attempts at one request.
///
/// The SDK tells how the last one ended. That is not enough to know whether a write was made: the first attempt may have
/// reached the service and lost its answer, and the second be refused, for whatever reason.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attempts(Arc<State>);

// The attempts at a request follow one another, so that the order of memory accesses does not matter.
#[derive(Debug, Default)]
struct State {
    sent: AtomicU32,
    /// Whether an attempt is on its way.
    open: AtomicBool,
    /// Whether an attempt ended without a word on what became of it.
    lost: AtomicBool,
    endpoint: OnceLock<String>,
}

impl Attempts {
    /// How often the request was sent.
    pub(crate) fn count(&self) -> u32 {
        self.0.sent.load(Ordering::Relaxed)
    }

    /// Whether the request may have been carried out, given that it failed.
    pub(crate) fn applied(&self) -> Applied {
        let unknown = self.0.open.load(Ordering::Relaxed) || self.0.lost.load(Ordering::Relaxed);
        if unknown { Applied::Unknown } else { Applied::No }
    }

    /// Where the request was sent, if it was.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.0.endpoint.get().map(String::as_str)
    }

    fn begin(&self, endpoint: &str) {
        self.0.sent.fetch_add(1, Ordering::Relaxed);
        self.0.open.store(true, Ordering::Relaxed);
        self.0.endpoint.get_or_init(|| endpoint.to_owned());
    }

    fn end(&self, known: bool) {
        // An attempt can also end before it was sent, and then there is nothing to lose.
        if self.0.open.swap(false, Ordering::Relaxed) && !known {
            self.0.lost.store(true, Ordering::Relaxed);
        }
    }
}

impl Intercept for Attempts {
    fn name(&self) -> &'static str {
        "djamodb attempts"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.begin(context.request().uri());
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.end(match context.output_or_error() {
            Some(Ok(_)) => true,
            Some(Err(error)) => match error.as_connector_error() {
                Some(error) => never_sent(error),
                // A refusal says that nothing was done. A failure of the service, or an answer that cannot be read, does not.
                None => context.response().is_some_and(|response| response.status().is_client_error()),
            },
            None => false,
        });
        Ok(())
    }
}

/// For requests that must not be carried out twice: once an attempt is lost, there is no other.
impl ClassifyRetry for Attempts {
    fn name(&self) -> &'static str {
        "djamodb attempts"
    }

    fn classify_retry(&self, _context: &InterceptorContext) -> RetryAction {
        match self.applied() {
            Applied::Unknown => RetryAction::RetryForbidden,
            Applied::No => RetryAction::NoActionIndicated,
        }
    }
}

/// Whether there was no connection to send anything over. Of an HTTP client that is not the SDK's own this is not known.
fn never_sent(error: &(dyn Error + 'static)) -> bool {
    chain(error).filter_map(|error| error.downcast_ref::<HyperError>()).any(HyperError::is_connect)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_lost_attempt_is_enough_not_to_know() {
        let attempts = Attempts::default();
        attempts.end(false);
        assert_eq!((attempts.count(), attempts.applied()), (0, Applied::No));
        attempts.begin("http://a/");
        assert_eq!((attempts.count(), attempts.applied()), (1, Applied::Unknown));
        attempts.end(true);
        assert_eq!(attempts.applied(), Applied::No);

        attempts.begin("http://a/");
        attempts.end(false);
        attempts.begin("http://a/");
        attempts.end(true);
        assert_eq!((attempts.count(), attempts.applied()), (3, Applied::Unknown));
        assert_eq!(attempts.endpoint(), Some("http://a/"));
    }
}
