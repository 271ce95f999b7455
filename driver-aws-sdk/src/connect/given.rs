//! What is given, where the SDK may have found something else.

use std::time::Duration;

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;

use super::endpoint::Endpoint;
use super::headers::ExtraHeaders;

/// What is given. It wins over what the SDK found.
#[derive(Debug)]
pub(super) struct Given {
    pub(super) endpoint: Option<Endpoint>,
    pub(super) connect_timeout: Option<Duration>,
    pub(super) read_timeout: Option<Duration>,
    pub(super) attempts_max: Option<u32>,
    pub(super) backoff_base: Option<Duration>,
    pub(super) headers: ExtraHeaders,
}

impl Given {
    pub(super) fn retries(&self, found: Option<&RetryConfig>) -> RetryConfig {
        let mut retries = found.cloned().unwrap_or_else(RetryConfig::standard);
        if let Some(attempts_max) = self.attempts_max {
            retries = retries.with_max_attempts(attempts_max.max(1));
        }
        if let Some(backoff_base) = self.backoff_base {
            retries = retries.with_initial_backoff(backoff_base);
        }
        retries
    }

    pub(super) fn timeouts(&self, found: Option<&TimeoutConfig>) -> TimeoutConfig {
        let mut timeouts = found.map(TimeoutConfig::to_builder).unwrap_or_default();
        if let Some(connect_timeout) = self.connect_timeout {
            timeouts = timeouts.connect_timeout(connect_timeout);
        }
        if let Some(read_timeout) = self.read_timeout {
            timeouts = timeouts.read_timeout(read_timeout);
        }
        timeouts.build()
    }
}
