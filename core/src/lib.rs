//! The pure core of djamodb: from models and querysets to query plans, and what the answers mean.
//!
//! Core touches no network, no runtime, no clock and no randomness. It says what is to be asked, as a
//! [`QueryPlan`](plan::QueryPlan), and a [`Driver`](driver::Driver) asks it. Most programs use the crate `djamodb`, which
//! re-exports this one together with the drivers; the author of a driver needs only this one.
//!
//! From top to bottom, each module using only those below it:
//!
//! | module | what it holds |
//! |---|---|
//! | [`queryset`] | what is asked of a model, in Django's words |
//! | [`database`] | a driver and what its tables have in common; methods of a model's values; tables |
//! | [`error`] | what can go wrong in those two |
//! | [`run`] | paging, chunking, asking again, waiting: state machines without I/O |
//! | [`planner`] | from what is asked to a plan; `explain` |
//! | [`model`] | the `Model` trait, typed attributes, codecs, lookups, the registry |
//! | [`driver`] | the trait of drivers and its contract |
//! | [`plan`] | one struct for each operation of DynamoDB, and its output |
//! | [`schema`] | tables, keys, indexes, settings |
//! | [`expression`] | conditions, key conditions, updates, projections: trees, their text and their meaning |
//! | [`value`] | attribute values, numbers, items, DynamoDB JSON |
//! | [`service`] | limits of DynamoDB and the arithmetic of capacity units |

pub mod database;
pub mod driver;
pub mod error;
pub mod expression;
pub mod model;
pub mod plan;
pub mod planner;
pub mod queryset;
pub mod run;
pub mod schema;
pub mod service;
pub mod value;
