//! The codecs of the usual types: what each is kept as.
//!
//! | Rust | DynamoDB |
//! |---|---|
//! | `String` | S |
//! | integers, `f32`, `f64`, [`Number`](crate::value::Number), `Decimal` (feature `decimal`) | N |
//! | `bool` | BOOL |
//! | `Bytes`, `Vec<u8>` | B |
//! | `DateTime<Utc>` | S, as `2015-01-02T03:04:05.000006+0000` |
//! | `Uuid` | S, with hyphens |
//! | `serde_json::Value` | S, as JSON |
//! | `Vec<T>` | L |
//! | `HashMap<String, T>`, `BTreeMap<String, T>` | M |
//! | `HashSet<T>`, `BTreeSet<T>` | SS, NS or BS; left out when empty |
//! | `Option<T>` | as `T`; left out when `None` |
//!
//! The forms are those of PynamoDB 6, so that both can share a table.

mod binary;
pub mod datetime;
#[cfg(feature = "decimal")]
mod decimal;
mod json;
mod list;
mod map;
mod number;
mod option;
mod scalar;
mod set;
mod uuid;

pub(super) use list::{decode_list, encode_list, list_info};
pub(super) use set::encode as encode_set;
