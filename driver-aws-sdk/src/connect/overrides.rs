//! Settings that take precedence over the SDK's own sources.

use std::time::Duration;

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::{TimeoutConfig, TimeoutConfigBuilder};
use djamodb_core::driver::Timeouts;

use super::endpoint::Endpoint;
use super::headers::ExtraHeaders;

/// Settings of an [`AwsSdkConfig`](crate::config::AwsSdkConfig) that replace those loaded by the SDK.
#[derive(Debug)]
pub(super) struct ConfigOverrides {
    pub(super) endpoint: Option<Endpoint>,
    pub(super) timeouts: Timeouts,
    pub(super) attempts_max: Option<u32>,
    pub(super) backoff_base: Option<Duration>,
    pub(super) headers: ExtraHeaders,
}

impl ConfigOverrides {
    pub(super) fn retry_config(&self, loaded: Option<&RetryConfig>) -> RetryConfig {
        let mut retries = loaded.cloned().unwrap_or_else(RetryConfig::standard);
        if let Some(attempts_max) = self.attempts_max {
            retries = retries.with_max_attempts(attempts_max);
        }
        if let Some(backoff_base) = self.backoff_base {
            retries = retries.with_initial_backoff(backoff_base);
        }
        retries
    }

    pub(super) fn timeout_config(&self, loaded: Option<&TimeoutConfig>) -> TimeoutConfig {
        let loaded = loaded.map(TimeoutConfig::to_builder).unwrap_or_default();
        to_sdk(&self.timeouts).take_unset_from(loaded).build()
    }
}

/// Returns `loaded` with this driver's defaults for the time limits that it neither sets nor disables.
pub(super) fn with_default_timeouts(loaded: Option<&TimeoutConfig>) -> TimeoutConfig {
    let of_loaded = |timeout: fn(&TimeoutConfig) -> Option<Duration>| loaded.and_then(timeout);
    let timeouts = Timeouts {
        connect: of_loaded(TimeoutConfig::connect_timeout),
        read: of_loaded(TimeoutConfig::read_timeout),
        attempt: of_loaded(TimeoutConfig::operation_attempt_timeout),
        operation: of_loaded(TimeoutConfig::operation_timeout),
    };
    loaded.map(TimeoutConfig::to_builder).unwrap_or_default().take_unset_from(to_sdk(&timeouts)).build()
}

fn to_sdk(timeouts: &Timeouts) -> TimeoutConfigBuilder {
    TimeoutConfig::builder()
        .connect_timeout(timeouts.connect())
        .read_timeout(timeouts.read())
        .operation_attempt_timeout(timeouts.attempt())
        .operation_timeout(timeouts.operation())
}
