//! Clients of the AWS SDK for Rust that a driver answers inside the process.
//!
//! Code that uses `aws_sdk_dynamodb::Client` is tested on the memory driver without a port, a process or a change but that of the
//! client's construction:
//!
//! ```
//! use aws_sdk_dynamodb::types::{AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType};
//! use djamodb_aws_sdk_connector::sdk_client;
//! use djamodb_driver_memory::MemoryDriver;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let client = sdk_client(MemoryDriver::new());
//! let definition = AttributeDefinition::builder().attribute_name("id").attribute_type(ScalarAttributeType::S).build()?;
//! let key = KeySchemaElement::builder().attribute_name("id").key_type(KeyType::Hash).build()?;
//! client
//!     .create_table()
//!     .table_name("users")
//!     .attribute_definitions(definition)
//!     .key_schema(key)
//!     .billing_mode(BillingMode::PayPerRequest)
//!     .send()
//!     .await?;
//! client.put_item().table_name("users").item("id", AttributeValue::S("ada".into())).send().await?;
//! let page = client.scan().table_name("users").send().await?;
//! assert_eq!(page.count(), 1);
//! # Ok(())
//! # }
//! ```
//!
//! The SDK serialises each request and reads each response as it does on AWS: the driver receives the plan that the JSON text stands for.
//! Retries and time limits are the SDK's own.
//!
//! | feature | content |
//! |---|---|
//! | `streams` | `sdk_streams_client`, for DynamoDB Streams |

#![cfg_attr(docsrs, feature(doc_cfg))]

mod connector;

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::config::{BehaviorVersion, Region};
use djamodb_core::driver::Driver;
use djamodb_wire::ProtocolOptions;

pub use connector::DriverHttpClient;

/// URL of the clients, whose host is never looked up.
const ENDPOINT: &str = "http://djamodb.invalid";

/// Returns a client for DynamoDB that a driver answers.
///
/// See the [documentation of the crate](crate) for an example.
pub fn sdk_client(driver: impl Driver) -> aws_sdk_dynamodb::Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(ProtocolOptions::default().region))
        .credentials_provider(credentials())
        .endpoint_url(ENDPOINT)
        .http_client(DriverHttpClient::new(driver))
        .build();
    aws_sdk_dynamodb::Client::from_conf(config)
}

/// Returns a client for DynamoDB Streams that a driver answers.
///
/// ```
/// use djamodb_aws_sdk_connector::sdk_streams_client;
/// use djamodb_driver_memory::MemoryDriver;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = sdk_streams_client(MemoryDriver::new());
/// assert!(client.list_streams().send().await?.streams().is_empty());
/// # Ok(())
/// # }
/// ```
#[cfg(feature = "streams")]
pub fn sdk_streams_client(driver: impl Driver) -> aws_sdk_dynamodbstreams::Client {
    let config = aws_sdk_dynamodbstreams::Config::builder()
        .behavior_version(aws_sdk_dynamodbstreams::config::BehaviorVersion::latest())
        .region(aws_sdk_dynamodbstreams::config::Region::new(ProtocolOptions::default().region))
        .credentials_provider(credentials())
        .endpoint_url(ENDPOINT)
        .http_client(DriverHttpClient::new(driver))
        .build();
    aws_sdk_dynamodbstreams::Client::from_conf(config)
}

/// Returns credentials with which requests are signed, although no signature is checked.
fn credentials() -> Credentials {
    Credentials::new("djamodb", "djamodb", None, None, "djamodb")
}
