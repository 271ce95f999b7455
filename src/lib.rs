#![doc = include_str!("../README.md")]

mod connect;
#[doc(hidden)]
pub mod ledger_assertions;
#[doc(hidden)]
pub mod plan_assertions;
pub mod prelude;
pub mod settings;
#[cfg(feature = "test")]
pub mod test_support;

pub use connect::{ConnectError, connect};
pub use djamodb_core::database::{Call, Change, ChangeFeed, Database, ModelExt, TableDefaults};
pub use djamodb_core::driver::Ledger;
pub use djamodb_core::error::{Error, WritesIncomplete};
pub use djamodb_core::{
    database, driver, error, expression, model, plan, planner, queryset, run, schema, service, value,
};
#[cfg(feature = "test")]
pub use djamodb_derive::test;
pub use djamodb_derive::{AttributeType, Document, Model, Projection};
#[cfg(feature = "aws-sdk")]
pub use djamodb_driver_aws_sdk as aws_sdk;
#[cfg(feature = "memory")]
pub use djamodb_driver_memory::{MemoryDriver, MemoryOptions, VirtualClock};
#[cfg(feature = "rusoto")]
pub use djamodb_driver_rusoto as rusoto;
pub use settings::Settings;
