//! The interface that the clients of the SDK's crates have in common.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Builder;

use super::attempt_tracker::AttemptTracker;

/// A client of one of the SDK's crates. Each crate has its own type for the configuration of a single request.
pub(crate) trait ServiceClient {
    /// Configuration of a single request.
    type ConfigOverride;

    /// Returns a configuration in which `tracker` observes the attempts.
    fn with_interceptor(tracker: AttemptTracker) -> Self::ConfigOverride;

    /// Returns `config` with `tracker` deciding which failed attempts are retried.
    fn with_retry_classifier(config: Self::ConfigOverride, tracker: AttemptTracker) -> Self::ConfigOverride;
}

impl ServiceClient for Client {
    type ConfigOverride = Builder;

    fn with_interceptor(tracker: AttemptTracker) -> Builder {
        Builder::new().interceptor(tracker)
    }

    fn with_retry_classifier(config: Builder, tracker: AttemptTracker) -> Builder {
        config.retry_classifier(tracker)
    }
}

#[cfg(feature = "streams")]
impl ServiceClient for aws_sdk_dynamodbstreams::Client {
    type ConfigOverride = aws_sdk_dynamodbstreams::config::Builder;

    fn with_interceptor(tracker: AttemptTracker) -> Self::ConfigOverride {
        Self::ConfigOverride::new().interceptor(tracker)
    }

    fn with_retry_classifier(config: Self::ConfigOverride, tracker: AttemptTracker) -> Self::ConfigOverride {
        config.retry_classifier(tracker)
    }
}
