//! Settings that take precedence over the SDK's own sources.

use std::time::Duration;

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;

use super::endpoint::Endpoint;
use super::headers::ExtraHeaders;

/// Settings of an [`AwsSdkConfig`](crate::config::AwsSdkConfig) that replace those loaded by the SDK.
#[derive(Debug)]
pub(super) struct ConfigOverrides {
    pub(super) endpoint: Option<Endpoint>,
    pub(super) connect_timeout: Duration,
    pub(super) read_timeout: Duration,
    pub(super) attempts_max: Option<u32>,
    pub(super) backoff_base: Option<Duration>,
    pub(super) headers: ExtraHeaders,
}

impl ConfigOverrides {
    pub(super) fn retry_config(&self, loaded: Option<&RetryConfig>) -> RetryConfig {
        let mut retries = loaded.cloned().unwrap_or_else(RetryConfig::standard);
        if let Some(attempts_max) = self.attempts_max {
            retries = retries.with_max_attempts(attempts_max.max(1));
        }
        if let Some(backoff_base) = self.backoff_base {
            retries = retries.with_initial_backoff(backoff_base);
        }
        retries
    }

    pub(super) fn timeout_config(&self, loaded: Option<&TimeoutConfig>) -> TimeoutConfig {
        let timeouts = loaded.map(TimeoutConfig::to_builder).unwrap_or_default();
        timeouts.connect_timeout(self.connect_timeout).read_timeout(self.read_timeout).build()
    }
}
