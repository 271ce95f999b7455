//! The suite on the drivers that need a server: on DynamoDB Local, which `DYNAMODB_LOCAL_URL` names. `cargo xtask test` starts
//! one; without it, the cases are ignored and say so.

use std::process::ExitCode;
use std::time::Duration;

use djamodb_conformance::{Backend, Suite, Target, main_with};
use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver};
use djamodb_driver_rusoto::{RusotoConfig, RusotoDriver};

fn main() -> ExitCode {
    let url = std::env::var("DYNAMODB_LOCAL_URL").ok().filter(|url| !url.is_empty());
    let missing = url.is_none().then(|| "DYNAMODB_LOCAL_URL names no server".to_owned());
    let (aws_sdk_url, rusoto_url) = (url.clone(), url);

    let aws_sdk = Target::new("aws-sdk-on-dynamodb-local", Backend::DYNAMODB_LOCAL, move || {
        let config = AwsSdkConfig { endpoint: aws_sdk_url.clone(), ..AwsSdkConfig::default() };
        async move { AwsSdkDriver::connect(config).await.map_err(|error| error.to_string()) }
    });
    let rusoto = Target::new("rusoto-on-dynamodb-local", Backend::DYNAMODB_LOCAL, move || {
        let config = RusotoConfig { endpoint: rusoto_url.clone(), ..RusotoConfig::default() };
        async move { RusotoDriver::connect(config).await.map_err(|error| error.to_string()) }
    });
    // The server is one process on a machine that runs other tests beside it.
    let patient = |target: Target| target.unavailable(missing.clone()).case_time_max(Duration::from_mins(2));
    main_with(Suite::new().target(patient(aws_sdk)).target(patient(rusoto)))
}
