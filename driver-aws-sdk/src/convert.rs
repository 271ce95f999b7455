//! Conversions between djamodb's types and the SDK's.
//!
//! Conversions to the SDK move data where they can. Conversions from the SDK validate the data, because the endpoint may be any
//! server that speaks DynamoDB's API.

pub(crate) mod backups;
pub(crate) mod cancellation;
pub(crate) mod capacity;
pub(crate) mod encryption;
pub(crate) mod expression;
pub(crate) mod index;
pub(crate) mod index_description;
mod invalid_response;
pub(crate) mod item;
pub(crate) mod item_collection;
pub(crate) mod key;
pub(crate) mod number;
pub(crate) mod page;
pub(crate) mod returns;
pub(crate) mod schema;
pub(crate) mod select;
mod status;
#[cfg(feature = "streams")]
pub(crate) mod streams;
pub(crate) mod table;
pub(crate) mod tables;
pub(crate) mod throughput;
pub(crate) mod time;
pub(crate) mod value;

pub(crate) use invalid_response::InvalidResponse;
