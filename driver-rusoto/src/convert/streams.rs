//! Conversions of the types of DynamoDB Streams, which has its own rusoto crate with its own type for attribute values.

pub(crate) mod description;
pub(crate) mod record;
mod value;
