//! An in-memory DynamoDB: the driver behind `memory://`, for tests that take microseconds.
//!
//! [`MemoryDriver`] keeps tables, their secondary indexes and all of DynamoDB's rules about them in this process. It
//! answers what the service answers, errors and their texts included, so that code tested on it meets no surprise on
//! the real one.
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
//! # How it is built
//!
//! | module | what lives there |
//! |---|---|
//! | `driver`, `options`, `clock` | the handle, how it behaves, and the time it lives by |
//! | `op` | what each operation does, one file each |
//! | `validate` | what each operation refuses, one file each, in the order in which the service looks |
//! | `error` | every message the service has for that |
//! | `service`, `catalogue` | what all operations work on; tables by name |
//! | `table`, `layout`, `index` | a table: its rows, what it is made of, its indexes |
//! | `life`, `alarm`, `expiry` | what happens by itself, by the clock: states that end, items that expire |
//! | `open`, `write`, `guard` | a table while a request uses it, and the one way in which a row changes |
//! | `transaction`, `token` | several rows at one moment; requests that come again |
//! | `stream` | what was done to items, in order |
//! | `capacity`, `collection` | what requests cost, and how large item collections are |
//! | `shard`, `tree`, `row` | rows in the order of their keys, split by hash so that writers seldom meet |
//! | `key_bytes`, `key_range` | keys as bytes that sort as the keys do, and conditions as ranges of such bytes |
//! | `source`, `page` | what a query or scan reads, and where a page of it ends |
//! | `check` | whether every index, and what expires when, agrees with its table |
#![cfg_attr(docsrs, feature(doc_cfg))]

mod alarm;
mod capacity;
mod catalogue;
mod check;
mod clock;
mod collection;
mod driver;
mod error;
mod expiry;
mod guard;
mod index;
mod key_bytes;
mod key_range;
mod layout;
mod life;
mod op;
mod open;
mod options;
mod page;
mod page_size;
mod row;
mod schema;
mod service;
mod shard;
mod source;
mod stream;
mod table;
mod token;
mod transaction;
mod tree;
mod validate;
mod write;

#[doc = include_str!("../EMULATED.md")]
pub mod emulated {}

pub use clock::VirtualClock;
pub use driver::MemoryDriver;
pub use options::MemoryOptions;
