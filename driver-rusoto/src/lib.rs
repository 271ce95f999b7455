#![doc = include_str!("../README.md")]
//!
//! # Modules
//!
//! | module | contents |
//! |---|---|
//! | `driver`, `clock`, `name` | the driver handle, its clock and its name |
//! | `config`, `connect`, `clients` | the configuration, and the rusoto clients created from it |
//! | `op` | one file for each operation: plan to request, response to output |
//! | `request` | sending a request and recording details that rusoto drops |
//! | `convert` | conversions between djamodb's types and rusoto's |
//! | `error` | classification of rusoto and service errors |
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

pub use config::{Credentials, RusotoConfig};
pub use connect::ConnectError;
pub use driver::RusotoDriver;

#[cfg(feature = "streams")]
pub use rusoto_dynamodbstreams;
pub use {rusoto_core, rusoto_dynamodb};
