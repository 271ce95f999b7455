//! Implementations of [`AttributeType`](super::AttributeType) for common types, whose documentation lists them.
//!
//! The encodings are those of PynamoDB 6, so that programs in both languages can share a table.

mod any;
mod array;
#[cfg(feature = "bigdecimal")]
mod bigdecimal;
mod binary;
mod boolean;
pub mod datetime;
#[cfg(feature = "decimal")]
mod decimal;
mod duration;
pub(super) mod epoch;
mod ip_address;
#[cfg(feature = "jiff")]
mod jiff;
mod json;
mod levels;
mod list;
mod map;
mod naive_date;
mod naive_time;
mod number;
mod option;
mod pointer;
mod set;
mod string;
#[cfg(feature = "time")]
mod time;
mod tuple;
mod twin;
#[cfg(feature = "ulid")]
mod ulid;
mod uuid;

pub(super) use json::{Token, visit_tokens};
pub use levels::Level;
pub(super) use list::{decode_list, decode_list_owned, encode_list, list_info};
pub(super) use set::encode as encode_set;
pub use tuple::elements;
