//! Django-style models, managers and querysets for DynamoDB.
//!
//! A model is a struct with `#[derive(Model)]`. Its manager returns querysets, which are values: builder methods return a new
//! queryset, and terminal methods take a [`Database`] and send requests. `explain()` returns the plan of a queryset, with its
//! requests and their cost, before any request.
//!
//! ```
//! use djamodb::prelude::*;
//!
//! #[derive(Model, Clone, Debug, PartialEq)]
//! #[model(table = "weather")]
//! struct Weather {
//!     #[model(hash_key)]
//!     location: String,
//!     #[model(range_key)]
//!     day: u32,
//!     kind: Option<String>,
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let db = djamodb::connect("memory://").await?;
//! db.create_table::<Weather>().await?;
//! Weather { location: "Seattle".into(), day: 1, kind: Some("rain".into()) }.save(&db).await?;
//!
//! let rain = Weather::objects().set_hash_key("Seattle").filter(Weather::KIND.eq("rain"));
//! assert_eq!(rain.count(&db).await?, 1);
//! println!("{}", rain.explain()?);
//! # Ok(())
//! # }
//! ```
//!
//! # Modules
//!
//! - [`queryset`]: querysets, managers and their terminal methods.
//! - [`model`]: models, typed attributes, lookups, edits and codecs.
//! - [`database`]: a driver with table defaults; tables, methods of model values, change feeds.
//! - [`planner`]: plans of querysets and [`Explain`](planner::Explain).
//! - [`plan`], [`expression`], [`schema`], [`value`]: DynamoDB's operations as data.
//! - [`driver`]: the contract of drivers.
//! - [`settings`]: settings from a builder, the environment or a URL.
//!
//! # Cargo features
//!
//! | feature | default | effect |
//! |---|---|---|
//! | `memory` | on | `MemoryDriver`, the in-memory driver, for `memory://` |
//! | `clock` | on | `Utc::now()` |
//! | `aws-sdk` | off | `AwsSdkDriver`, over the AWS SDK for Rust, for `dynamodb://`: AWS, DynamoDB Local, ScyllaDB Alternator |
//! | `rusoto` | off | `RusotoDriver`, over rusoto 0.48, for `rusoto://`; rusoto is unmaintained |
//! | `aws-sdk-connector` | off | `sdk_client`: clients of the AWS SDK for Rust that a driver answers inside the process |
//! | `server` | off | `serve`: an HTTP server in front of a driver, for the SDKs of all languages |
//! | `streams` | off | DynamoDB Streams and change feeds on the two drivers for AWS; the in-memory driver always supports them |
//! | `decimal` | off | attributes of the type `Decimal`, of the crate `rust_decimal` |
//! | `bigdecimal` | off | attributes of the type `BigDecimal`, of the crate `bigdecimal` |
//! | `jiff` | off | attributes of the types `Timestamp`, `civil::Date`, `civil::Time` and `SignedDuration`, of the crate `jiff` |
//! | `time` | off | attributes of the types `OffsetDateTime`, `UtcDateTime`, `Date`, `Time` and `Duration`, of the crate `time` |
//! | `ulid` | off | attributes of the type `Ulid`, of the crate `ulid`, and `generate = ulid` |
//! | `uuid-v4` | off | `Uuid::new_v4()`; attributes of the type `Uuid` need no feature |
//! | `serde` | off | `Serialize` and `Deserialize` of plans, outputs, schemas, expressions, descriptions of plans, ledgers and stream positions; items, values and page tokens have them always |
//! | `signed-tokens` | off | signatures on the page tokens of `QuerySet::cursor` |
//! | `test` | off | `#[djamodb::test]`, which runs a test on a database of its own |
//!
//! # Crates of attribute types
//!
//! The crates [`bytes`], [`chrono`], [`serde_json`] and [`uuid`] are re-exported, since their types are attribute types, and so are
//! `rust_decimal`, `bigdecimal`, `jiff` and `time` with the feature of each. The [prelude] contains `Bytes`, `DateTime`, `Utc`, `Uuid`,
//! `Decimal` and `BigDecimal`.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "memory")]
mod adversarial;
mod connect;
#[doc(hidden)]
pub mod ledger_assertions;
#[doc(hidden)]
pub mod plan_assertions;
pub mod prelude;
pub mod settings;
#[cfg(feature = "test")]
pub mod test_support;

#[cfg(feature = "memory")]
pub use adversarial::adversarial;
pub use async_trait::async_trait;
#[cfg(feature = "bigdecimal")]
pub use bigdecimal;
pub use connect::{ConnectError, connect};
#[cfg(feature = "aws-sdk-connector")]
pub use djamodb_aws_sdk_connector::sdk_client;
#[cfg(all(feature = "aws-sdk-connector", feature = "streams"))]
pub use djamodb_aws_sdk_connector::sdk_streams_client;
pub use djamodb_core::database::{
    Batch, Call, Change, ChangeFeed, Database, ModelExt, TableDefaults, Tracked, Transaction,
};
pub use djamodb_core::error::{BatchIncomplete, Error, InvalidValue, ValidationFailed, WritesIncomplete};
pub use djamodb_core::layer::{Ledger, SignalError};
pub use djamodb_core::{
    database, driver, error, expression, layer, model, plan, planner, queryset, run, schema, service, value,
};
#[cfg(feature = "test")]
pub use djamodb_derive::test;
pub use djamodb_derive::{AttributeType, Collection, CustomQuerySet, Document, Model, Projection, Proxy};
#[cfg(feature = "aws-sdk")]
pub use djamodb_driver_aws_sdk::{self as aws_sdk, AwsSdkDriver};
#[cfg(feature = "memory")]
pub use djamodb_driver_memory::{Adversary, MemoryDriver, MemoryOptions, Snapshot, VirtualClock};
#[cfg(feature = "rusoto")]
pub use djamodb_driver_rusoto::{self as rusoto, RusotoDriver};
#[cfg(feature = "server")]
pub use djamodb_server::{self as server, serve};
#[cfg(feature = "jiff")]
pub use jiff;
#[cfg(feature = "decimal")]
pub use rust_decimal;
pub use settings::Settings;
#[cfg(feature = "time")]
pub use time;
#[cfg(feature = "ulid")]
pub use ulid;
pub use {bytes, chrono, serde_json, uuid};
