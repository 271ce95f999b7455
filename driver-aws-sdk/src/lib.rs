//! A djamodb driver that executes plans on DynamoDB with the AWS SDK for Rust. The facade uses it for `dynamodb://` URLs.
//!
//! [`AwsSdkDriver`] sends each plan as one request of [`aws_sdk_dynamodb`] and converts the response to djamodb's types.
//! Credentials, signing, retries and connections are handled by the SDK.
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
//! An endpoint on a loopback address needs no other setting:
//! `AwsSdkConfig { endpoint: Some("http://localhost:8000".into()), .. }` (see [`AwsSdkConfig::endpoint`]).
//!
//! # Streams
//!
//! [DynamoDB Streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html) is a separate service
//! with a separate SDK crate. It is supported by the feature `streams`, which is off by default:
//!
//! ```toml
//! djamodb-driver-aws-sdk = { version = "0.1", features = ["streams"] }
//! ```
//!
//! With the feature, [`AwsSdkDriver::connect`] and [`AwsSdkDriver::from_sdk_config`] create a client for each of the two
//! services from the same configuration. A configured endpoint applies to both, which is right for DynamoDB Local. Endpoints
//! from the environment are separate: `AWS_ENDPOINT_URL_DYNAMODB` for tables and `AWS_ENDPOINT_URL_DYNAMODB_STREAMS` for
//! streams. Use `AwsSdkDriver::with_streams_client` to set the client for streams after [`AwsSdkDriver::from_client`], or
//! when streams have a different endpoint than tables.
//!
//! Without the feature, or without a client for streams, `ListStreams`, `DescribeStream`, `GetShardIterator` and `GetRecords`
//! fail with [`DriverErrorKind::Unsupported`](djamodb_core::driver::DriverErrorKind::Unsupported).
//!
//! # Features
//!
//! | feature | default | effect |
//! |---|---|---|
//! | `streams` | off | executes the operations of DynamoDB Streams |
//!
//! # Modules
//!
//! | module | contents |
//! |---|---|
//! | `driver`, `clock`, `name` | the driver handle, its clock and its name |
//! | `config`, `connect`, `clients` | the configuration, and the SDK clients created from it |
//! | `op` | one file for each operation: plan to request, response to output |
//! | `request` | sending a request and recording its attempts |
//! | `convert` | conversions between djamodb's types and the SDK's |
//! | `error` | classification of SDK and service errors |

#![cfg_attr(docsrs, feature(doc_cfg))]

mod clients;
mod clock;
mod config;
mod connect;
mod convert;
mod driver;
mod error;
mod name;
mod op;
mod request;

pub use config::{AwsSdkConfig, Credentials};
pub use connect::ConnectError;
pub use driver::AwsSdkDriver;

#[cfg(feature = "streams")]
pub use aws_sdk_dynamodbstreams;
pub use {aws_config, aws_sdk_dynamodb};
