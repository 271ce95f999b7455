//! Streams: the changes of a table's items in order, kept for 24 hours.
//!
//! A stream has one open shard at a time. The shard is closed after four hours and followed by another, so that readers
//! encounter closed shards as on AWS.

mod actor;
mod iterator;
mod log;
mod registry;
mod shard;

pub(crate) use actor::Actor;
pub(crate) use iterator::ShardIterator;
pub(crate) use log::StreamLog;
pub(crate) use registry::StreamRegistry;
