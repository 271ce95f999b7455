//! The interface that the clients of the SDK's crates have in common.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Builder;
use aws_sdk_dynamodb::config::retry::ClassifyRetry;

use super::attempt_tracker::AttemptTracker;

/// A client of one of the SDK's crates. Each crate has its own type for the configuration of a single request.
pub(crate) trait ServiceClient {
    /// Configuration of a single request.
    type ConfigOverride;

    /// Returns a configuration in which `tracker` observes the attempts.
    fn with_interceptor(tracker: AttemptTracker) -> Self::ConfigOverride;

    /// Returns `config` with one more rule about the failed attempts that are retried.
    fn with_retry_classifier(
        config: Self::ConfigOverride,
        classifier: impl ClassifyRetry + 'static,
    ) -> Self::ConfigOverride;
}

impl ServiceClient for Client {
    type ConfigOverride = Builder;

    fn with_interceptor(tracker: AttemptTracker) -> Builder {
        Builder::new().interceptor(tracker)
    }

    fn with_retry_classifier(config: Builder, classifier: impl ClassifyRetry + 'static) -> Builder {
        config.retry_classifier(classifier)
    }
}

#[cfg(feature = "streams")]
impl ServiceClient for aws_sdk_dynamodbstreams::Client {
    type ConfigOverride = aws_sdk_dynamodbstreams::config::Builder;

    fn with_interceptor(tracker: AttemptTracker) -> Self::ConfigOverride {
        Self::ConfigOverride::new().interceptor(tracker)
    }

    fn with_retry_classifier(
        config: Self::ConfigOverride,
        classifier: impl ClassifyRetry + 'static,
    ) -> Self::ConfigOverride {
        config.retry_classifier(classifier)
    }
}
