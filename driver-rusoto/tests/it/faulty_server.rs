//! The trials that all drivers over HTTP share.

use djamodb_core::driver::Driver;
use djamodb_core::layer::{Retry, RetryPolicy, TimeLimit};
use djamodb_driver_rusoto::RusotoConfig;
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

/// Connects a driver with limits, in the layers that the facade puts around it.
async fn connect(endpoint: String, limits: Limits) -> impl Driver {
    let config = RusotoConfig {
        connect_timeout: limits.timeouts.connect,
        read_timeout: limits.timeouts.read,
        attempt_timeout: limits.timeouts.attempt,
        response_bytes_max: limits.response_bytes_max,
        ..RusotoConfig::default()
    };
    let policy = RetryPolicy {
        attempts_max: limits.attempts_max,
        base: std::time::Duration::from_millis(1),
        ..RetryPolicy::default()
    };
    let driver = Retry::new(stub::connect(config, endpoint).await, policy).expect("the policy is valid");
    TimeLimit::new(driver, limits.timeouts.operation()).expect("the limit is valid")
}
