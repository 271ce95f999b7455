//! Rules that several operations share.

pub(crate) mod batch;
pub(crate) mod condition;
pub(crate) mod expression;
pub(crate) mod expression_size;
pub(crate) mod expressions;
pub(crate) mod index_key;
pub(crate) mod key;
pub(crate) mod key_condition;
pub(crate) mod local_entries;
pub(crate) mod path;
pub(crate) mod policy;
pub(crate) mod projection;
pub(crate) mod read;
pub(crate) mod schema;
pub(crate) mod start_key;
pub(crate) mod stream;
pub(crate) mod tag;
pub(crate) mod throughput;
pub(crate) mod update;
pub(crate) mod update_size;
pub(crate) mod value;
