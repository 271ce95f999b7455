//! The trials that all drivers over HTTP share.

use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver};
use djamodb_stub_server::trials::{self, Limits};
use libtest_mimic::Trial;

use crate::stub;

/// Returns the trials under the name of this module.
pub(crate) fn trials() -> Vec<Trial> {
    let named = |(name, trial): trials::Trial| {
        Trial::test(format!("faulty_server::{name}"), || {
            trial();
            Ok(())
        })
    };
    trials::all(connect).into_iter().map(named).collect()
}

/// Connects a driver with limits.
async fn connect(endpoint: String, limits: Limits) -> AwsSdkDriver {
    let config = AwsSdkConfig {
        attempts_max: Some(limits.attempts_max),
        connect_timeout: limits.timeouts.connect,
        read_timeout: limits.timeouts.read,
        attempt_timeout: limits.timeouts.attempt,
        operation_timeout: limits.timeouts.operation,
        response_bytes_max: limits.response_bytes_max,
        ..AwsSdkConfig::default()
    };
    stub::connect(config, endpoint).await
}
