//! DynamoDB over the AWS SDK for Rust: the driver behind `dynamodb://`.
//!
//! [`AwsSdkDriver`] sends each plan as one request of [`aws_sdk_dynamodb`] and turns the answer back. It holds no logic of
//! its own: credentials, signing, retries and connections are the SDK's.
//!
//! ```no_run
//! use djamodb_core::driver::DriverExt;
//! use djamodb_core::expression::{KeyCondition, RangeCondition};
//! use djamodb_core::plan::{PutItem, Query};
//! use djamodb_core::value::Item;
//! use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let driver = AwsSdkDriver::connect(AwsSdkConfig { region: Some("us-east-1".into()), ..Default::default() }).await?;
//!
//! let reading = Item::new().with("location", "Seattle").with("date", "2015-01-01");
//! driver.run(PutItem::new("weather", reading.clone())).await?;
//!
//! let in_2015 = KeyCondition::hash("location", "Seattle").range("date", RangeCondition::BeginsWith("2015".into()));
//! let page = driver.run(Query::new("weather", in_2015)).await?;
//! assert_eq!(page.items, [reading]);
//! # Ok(())
//! # }
//! ```
//!
//! # DynamoDB Local
//!
//! An endpoint on this machine needs nothing else: `AwsSdkConfig { endpoint: Some("http://localhost:8000".into()), .. }`
//! (see [`AwsSdkConfig::endpoint`]).
//!
//! # Streams
//!
//! AWS has the streams of tables as a service of its own, and the SDK has it as a crate of its own. So it is a feature of this
//! crate, off unless asked for:
//!
//! ```toml
//! djamodb-driver-aws-sdk = { version = "0.1", features = ["streams"] }
//! ```
//!
//! With it, [`AwsSdkDriver::connect`] and [`AwsSdkDriver::from_sdk_config`] make two clients of the same configuration, so that
//! an endpoint that is given is that of both, as it is with DynamoDB Local. What they find for themselves is for each what
//! AWS calls it: the endpoint `AWS_ENDPOINT_URL_DYNAMODB`, and for streams `AWS_ENDPOINT_URL_DYNAMODB_STREAMS`. A driver
//! of [`AwsSdkDriver::from_client`], or one whose streams are elsewhere than its tables, is given its client for streams by
//! `AwsSdkDriver::with_streams_client`.
//!
//! Without it, or without that client, `ListStreams`, `DescribeStream`, `GetShardIterator` and `GetRecords` are refused.
//!
//! # How it is built
//!
//! | module | what lives there |
//! |---|---|
//! | `driver`, `clock` | the handle, and the time it lives by |
//! | `config`, `connect`, `clients` | how to reach DynamoDB, and the SDK's clients made of it |
//! | `op` | one request for each operation, one file each |
//! | `request` | sending one of them, and what is known of how that went |
//! | `convert` | values, keys and tables from djamodb's types to the SDK's and back |
//! | `error` | which kind of failure each of the SDK's and of the service's errors is |

mod clients;
mod clock;
mod config;
mod connect;
mod convert;
mod driver;
mod error;
mod op;
mod request;

pub use config::{AwsSdkConfig, Credentials};
pub use connect::ConnectError;
pub use driver::AwsSdkDriver;

#[cfg(feature = "streams")]
pub use aws_sdk_dynamodbstreams;
pub use {aws_config, aws_sdk_dynamodb};
