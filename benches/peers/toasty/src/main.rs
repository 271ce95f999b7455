//! toasty's driver for DynamoDB as a client of the comparison: `djamodb-bench-toasty URL`, where a stub server answers.
//!
//! The program carries out the tasks on its standard input, as `djamodb_bench_common::remote` describes.

mod model;

use std::env;
use std::error::Error;
use std::time::Duration;

use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::{Client, Config};
use djamodb_bench_common::remote;
use model::{Reading, Toasty};
use toasty::Db;
use toasty_driver_dynamodb::DynamoDb;
use tokio::runtime::Builder;

fn main() -> Result<(), Box<dyn Error>> {
    let endpoint = env::args().nth(1).ok_or("usage: djamodb-bench-toasty URL")?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let driver = DynamoDb::new("dynamodb://stub".to_owned(), client(endpoint));
    let db = runtime.block_on(Db::builder().models(toasty::models!(Reading)).build(driver))?;
    Ok(remote::serve(&mut Toasty::new(runtime, db))?)
}

/// Returns a client with the limits of time of `AwsSdkDriver::connect`.
fn client(endpoint: String) -> Client {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(3))
        .read_timeout(Duration::from_secs(10))
        .operation_attempt_timeout(Duration::from_secs(20))
        .operation_timeout(Duration::from_secs(60));
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "a secret", None, None, "bench"))
        .endpoint_url(endpoint)
        .timeout_config(timeouts.build());
    Client::from_conf(config.build())
}
