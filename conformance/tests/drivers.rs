//! The suite on the drivers that need a server. It runs on the DynamoDB Local at `DJAMODB_TEST_URL`, which `cargo xtask test`
//! starts. Without the variable, all cases are reported as ignored.

use std::process::ExitCode;
use std::time::Duration;

use djamodb_conformance::{Backend, Suite, Target, main_with};
use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver};
use djamodb_driver_rusoto::{RusotoConfig, RusotoDriver};

fn main() -> ExitCode {
    let url = std::env::var("DJAMODB_TEST_URL").ok().filter(|url| !url.is_empty());
    let unavailable = url.is_none().then(|| "DJAMODB_TEST_URL is not set".to_owned());
    // The variable holds a database URL, of which the drivers take the endpoint.
    let url = url.map(|url| url.replacen("dynamodb://", "http://", 1));
    let (aws_sdk_url, rusoto_url) = (url.clone(), url);

    let aws_sdk = Target::new("aws-sdk-on-dynamodb-local", Backend::DYNAMODB_LOCAL, move || {
        let config = AwsSdkConfig { endpoint: aws_sdk_url.clone(), ..AwsSdkConfig::default() };
        async move { AwsSdkDriver::connect(config).await.map_err(|error| error.to_string()) }
    });
    let rusoto = Target::new("rusoto-on-dynamodb-local", Backend::DYNAMODB_LOCAL, move || {
        let config = RusotoConfig { endpoint: rusoto_url.clone(), ..RusotoConfig::default() };
        async move { RusotoDriver::connect(config).await.map_err(|error| error.to_string()) }
    });
    // The server shares the machine with other tests, so that cases may take longer than the default limit.
    let configured = |target: Target| target.unavailable(unavailable.clone()).case_time_max(Duration::from_secs(120));
    main_with(Suite::new().target(configured(aws_sdk)).target(configured(rusoto)))
}
