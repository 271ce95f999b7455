//! The pure core of djamodb: models, querysets, the planner, and the plans that drivers execute.
//!
//! Core uses no network, runtime, clock or source of randomness. It expresses each request as a
//! [`QueryPlan`](plan::QueryPlan), and a [`Driver`](driver::Driver) executes it. Most programs use the crate `djamodb`, which
//! re-exports this one together with the drivers. Authors of drivers need only this crate.
//!
//! Each module uses only the modules below it:
//!
//! | module | contents |
//! |---|---|
//! | [`queryset`] | querysets and managers, named as in Django |
//! | [`database`] | a driver and the settings that its tables share; methods on models; tables |
//! | [`error`] | errors of those two |
//! | [`run`] | state machines without I/O: paging, batches, waiting, change feeds |
//! | [`planner`] | read plans made from requests; `explain` |
//! | [`model`] | the `Model` trait, typed attributes, codecs, lookups, the registry |
//! | [`layer`] | drivers that wrap a driver: retries, faults, the ledger |
//! | [`driver`] | the trait of drivers and its contract |
//! | [`plan`] | one struct per operation of DynamoDB, and its output |
//! | [`schema`] | tables, keys, indexes, settings |
//! | [`expression`] | trees of conditions, key conditions, updates and projections; their text and evaluation |
//! | [`value`] | attribute values, numbers, items, DynamoDB JSON |
//! | [`service`] | limits of DynamoDB and the arithmetic of capacity units |

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
