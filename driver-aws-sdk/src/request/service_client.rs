//! The interface that the clients of the SDK's crates have in common.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Builder;
use aws_sdk_dynamodb::config::retry::ClassifyRetry;

use super::attempt_tracker::AttemptTracker;
use super::response_check::ResponseCheck;

/// A client of one of the SDK's crates. Each crate has its own type for the configuration of a single request.
pub(crate) trait ServiceClient {
    /// Configuration of a single request.
    type ConfigOverride;

    /// Returns a configuration in which `tracker` observes the attempts, and `check` their responses.
    fn with_interceptors(tracker: AttemptTracker, check: ResponseCheck) -> Self::ConfigOverride;

    /// Returns `config` with one more rule about the failed attempts that are retried.
    fn with_retry_classifier(
        config: Self::ConfigOverride,
        classifier: impl ClassifyRetry + 'static,
    ) -> Self::ConfigOverride;
}

impl ServiceClient for Client {
    type ConfigOverride = Builder;

    fn with_interceptors(tracker: AttemptTracker, check: ResponseCheck) -> Builder {
        Builder::new().interceptor(tracker).interceptor(check)
    }

    fn with_retry_classifier(config: Builder, classifier: impl ClassifyRetry + 'static) -> Builder {
        config.retry_classifier(classifier)
    }
}

#[cfg(feature = "streams")]
impl ServiceClient for aws_sdk_dynamodbstreams::Client {
    type ConfigOverride = aws_sdk_dynamodbstreams::config::Builder;

    fn with_interceptors(tracker: AttemptTracker, check: ResponseCheck) -> Self::ConfigOverride {
        Self::ConfigOverride::new().interceptor(tracker).interceptor(check)
    }

    fn with_retry_classifier(
        config: Self::ConfigOverride,
        classifier: impl ClassifyRetry + 'static,
    ) -> Self::ConfigOverride {
        config.retry_classifier(classifier)
    }
}
