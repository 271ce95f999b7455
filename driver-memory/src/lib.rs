//! The driver for `memory://`: an emulation of DynamoDB in the client's process, for tests.
//!
//! [`MemoryDriver`] holds tables and secondary indexes in memory and applies DynamoDB's rules to them. Its responses,
//! including errors and their messages, are those of the service, so that tests against it predict the behaviour on AWS.
//! [`emulated`] lists the supported operations and the differences.
//!
//! ```
//! use djamodb_core::driver::DriverExt;
//! use djamodb_core::expression::{KeyCondition, RangeCondition};
//! use djamodb_core::plan::{CreateTable, PutItem, Query};
//! use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
//! use djamodb_core::value::Item;
//! use djamodb_driver_memory::MemoryDriver;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), djamodb_core::driver::DriverError> {
//! let driver = MemoryDriver::new();
//! let key = KeySchema::hash_and_range(KeyAttribute::s("location"), KeyAttribute::s("date"));
//! driver.run(CreateTable::new(TableSchema::new("weather", key))).await?;
//!
//! for date in ["2014-12-31", "2015-01-01"] {
//!     driver.run(PutItem::new("weather", Item::new().with("location", "Seattle").with("date", date))).await?;
//! }
//!
//! let in_2015 = KeyCondition::hash("location", "Seattle").range("date", RangeCondition::BeginsWith("2015".into()));
//! let page = driver.run(Query::new("weather", in_2015)).await?;
//! assert_eq!(page.items, [Item::new().with("location", "Seattle").with("date", "2015-01-01")]);
//! # Ok(())
//! # }
//! ```
//!
//! # Modules
//!
//! | module | contents |
//! |---|---|
//! | `driver`, `options`, `clock` | the driver, its options and clocks |
//! | `adversary`, `troubled`, `replicas` | the adversarial mode: its draws, the execution in it, and the states that stale reads see |
//! | `op`, `response` | the implementation of each operation, one file each, and its response |
//! | `validate` | the validation of each operation's request, in the service's order |
//! | `error` | errors and the service's messages |
//! | `emulator`, `table_registry` | the state that all operations share; tables by name |
//! | `snapshot` | the state at one moment, from which other drivers start |
//! | `table`, `layout`, `index`, `index_schema` | a table with its rows, settings and indexes |
//! | `lifecycle`, `next_deadline`, `expiry_schedule` | due transitions: lifecycle states that end, items that expire |
//! | `open_table`, `write`, `write_condition`, `item_change` | a table locked for a request, and the writing of a row |
//! | `transaction`, `client_token` | atomic access to several rows; idempotency tokens |
//! | `stream` | streams of changes |
//! | `capacity`, `item_collection` | consumed capacity and the sizes of item collections |
//! | `sharded_tree`, `tree`, `row` | rows in key order, in shards with a lock each |
//! | `key_bytes`, `key_range` | keys encoded as ordered bytes, and ranges of them |
//! | `table_or_index`, `page`, `page_size` | pages of queries, scans and listings |
//! | `consistency` | a check that indexes and expiry schedules agree with their tables |
#![cfg_attr(docsrs, feature(doc_cfg))]

mod adversary;
mod arns;
mod capacity;
mod client_token;
mod clock;
mod consistency;
mod driver;
mod emulator;
mod encryption_key;
mod error;
mod expiry_schedule;
mod gradual;
mod index;
mod index_schema;
mod item_change;
mod item_collection;
mod key_bytes;
mod key_range;
mod layout;
mod lifecycle;
mod next_deadline;
mod op;
mod open_table;
mod options;
mod page;
mod page_size;
mod replicas;
mod resource_policy;
mod response;
mod row;
mod sharded_tree;
mod snapshot;
mod stream;
mod table;
mod table_or_index;
mod table_registry;
mod transaction;
mod tree;
mod troubled;
mod validate;
mod warm_units;
mod write;
mod write_condition;

#[doc = include_str!("../EMULATED.md")]
pub mod emulated {}

pub use adversary::Adversary;
pub use clock::VirtualClock;
pub use driver::MemoryDriver;
pub use options::MemoryOptions;
pub use snapshot::Snapshot;
