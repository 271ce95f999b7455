#![doc = include_str!("../README.md")]
//!
//! # How it is built
//!
//! | module | what lives there |
//! |---|---|
//! | `driver`, `clock` | the handle, and the time it lives by |
//! | `config`, `connect`, `clients` | how to reach DynamoDB, and rusoto's clients made of it |
//! | `op` | one request for each operation, one file each |
//! | `request` | sending one of them, and what is known of how that went |
//! | `convert` | values, keys and tables from djamodb's types to rusoto's and back |
//! | `error` | which kind of failure each of rusoto's and of the service's errors is |

mod clients;
mod clock;
mod config;
mod connect;
mod convert;
mod driver;
mod error;
mod op;
mod request;

pub use config::{Credentials, RusotoConfig};
pub use connect::ConnectError;
pub use driver::RusotoDriver;

#[cfg(feature = "streams")]
pub use rusoto_dynamodbstreams;
pub use {rusoto_core, rusoto_dynamodb};
