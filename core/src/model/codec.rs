//! Implementations of [`AttributeType`](super::AttributeType) for common types, whose documentation lists them.
//!
//! The encodings are those of PynamoDB 6, so that programs in both languages can share a table.

mod binary;
mod boolean;
pub mod datetime;
#[cfg(feature = "decimal")]
mod decimal;
mod json;
mod levels;
mod list;
mod map;
mod number;
mod option;
mod set;
mod string;
mod uuid;

pub(super) use json::{Token, visit_tokens};
pub(super) use list::{decode_list, encode_list, list_info};
pub(super) use set::encode as encode_set;
