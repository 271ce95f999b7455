//! The core of djamodb: models, querysets, the planner and the plans that drivers execute.
//!
//! Core has no runtime, no network, no clock and no source of randomness. It expresses each request to DynamoDB as a
//! [`QueryPlan`](plan::QueryPlan), which is plain data, and a [`Driver`](driver::Driver) executes it. Programs normally use the
//! crate `djamodb`, which re-exports this one together with the derives and the drivers. Authors of drivers need only this crate.
//!
//! # From a queryset to a request
//!
//! 1. A type that implements [`Model`](model::Model) declares a table: its key, its indexes and one typed
//!    [`Attribute`](model::Attribute) for each field.
//! 2. A [`QuerySet`](queryset::QuerySet) collects lookups, an order and a limit. Like a queryset of Django it sends nothing by
//!    itself.
//! 3. A terminal method such as `all`, `count` or `last` takes a [`Database`](database::Database). The [`planner`] turns the
//!    queryset into a read plan: the requests, the conditions that are evaluated on the client, and the limit.
//!    A read that needs a scan is an error unless the queryset allows it. `explain` returns the same plan for people.
//! 4. State machines in [`run`] split the read plan into pages and batches, and decide which request follows.
//! 5. The driver of the database executes each request. [`layer`] contains drivers that wrap a driver: retries, faults, the ledger,
//!    rate limits.
//!
//! ```
//! # use djamodb_example_models::{Weather, weather_database};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let db = weather_database().await?;
//! use djamodb::prelude::*;
//!
//! let seattle = Weather::objects().set_hash_key("Seattle"); // sends no request
//! let rain = seattle.filter(Weather::KIND.eq("rain")).all(&db).await?; // sends a Query
//! assert_eq!(rain.len(), 2);
//! # Ok(())
//! # }
//! ```
//!
//! # Plans
//!
//! A program that needs an operation without a model builds the plan itself. Conditions, updates and projections are trees; a driver
//! that sends text renders them.
//!
//! ```
//! use djamodb_core::expression::{Condition, Path};
//! use djamodb_core::plan::{PutItem, QueryPlan};
//! use djamodb_core::value::Item;
//!
//! let item = Item::new().with("location", "Seattle").with("day", 4);
//! let put = PutItem { condition: Some(Condition::AttributeNotExists(Path::new("day"))), ..PutItem::new("weather", item) };
//! let plan = QueryPlan::from(put);
//! assert_eq!(plan.operation(), "PutItem");
//! ```
//!
//! # Modules
//!
//! Each module uses only the modules below it:
//!
//! | module | contents |
//! |---|---|
//! | [`queryset`] | querysets and managers, named as in Django |
//! | [`database`] | a driver and the settings that its tables share; methods on models; tables |
//! | [`error`] | errors of those two |
//! | [`run`] | state machines without I/O: paging, batches, waiting, change feeds |
//! | [`planner`] | read plans of querysets; `explain` |
//! | [`model`] | the `Model` trait, typed attributes, codecs, lookups, the registry |
//! | [`layer`] | drivers that wrap a driver: retries, faults, the ledger |
//! | [`driver`] | the trait of drivers and its contract |
//! | [`plan`] | one struct per operation of DynamoDB, and its output |
//! | [`schema`] | tables, keys, indexes, settings |
//! | [`expression`] | trees of conditions, key conditions, updates and projections; their text and evaluation |
//! | [`value`] | attribute values, numbers, items, DynamoDB JSON |
//! | [`service`] | limits of DynamoDB and the arithmetic of capacity units |
//!
//! # Features
//!
//! | feature | default | effect |
//! |---|---|---|
//! | `decimal` | off | attributes of the type `Decimal`, of the crate `rust_decimal` |
//! | `bigdecimal` | off | attributes of the type `BigDecimal`, of the crate `bigdecimal` |
//! | `jiff` | off | attributes of the types `Timestamp`, `civil::Date`, `civil::Time` and `SignedDuration`, of the crate `jiff` |
//! | `time` | off | attributes of the types `OffsetDateTime`, `UtcDateTime`, `Date`, `Time` and `Duration`, of the crate `time` |
//! | `ulid` | off | attributes of the type `Ulid`, of the crate `ulid`, and its generator |
//! | `serde` | off | `Serialize` and `Deserialize` of plans, outputs, schemas, expressions, descriptions of plans, ledgers and stream positions; items, values and page tokens have them always |
//! | `signed-tokens` | off | signatures on the page tokens of `QuerySet::cursor`: `Database::with_cursor_secret` |
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod database;
pub mod driver;
pub mod error;
pub mod expression;
pub mod layer;
pub mod model;
pub mod plan;
pub mod planner;
pub mod queryset;
pub mod run;
pub mod schema;
pub mod service;
pub mod value;
