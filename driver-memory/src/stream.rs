//! Streams: what was done to the items of a table, in order, for 24 hours.
//!
//! A stream has one open shard at a time. After four hours by the clock it is closed, and the next one follows it, so that
//! readers meet here what they meet in the service.

mod iterator;
mod log;
mod registry;
mod shard;

pub(crate) use iterator::ShardIterator;
pub(crate) use log::{By, StreamLog};
pub(crate) use registry::Streams;

use chrono::TimeDelta;

/// How long a record is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// How long a shard is open.
const OPEN: TimeDelta = TimeDelta::hours(4);
