//! The data of DynamoDB: attribute values, numbers and items, and their JSON form.
//!
//! | type | what it holds |
//! |---|---|
//! | [`AttributeValue`] | one value of DynamoDB's ten types |
//! | [`Number`] | an exact decimal of up to 38 significant digits |
//! | [`Map`] | attribute values by name: the inside of an `M` |
//! | [`Item`] | a whole item, or a key: cheap to clone, changed by copy-on-write |
//! | [`Name`] | the name of a table, index or attribute: cheap to clone |
//!
//! `serde` writes and reads DynamoDB JSON: `{"temp_max": {"N": "12.8"}}`.

mod attribute_value;
mod item;
mod json;
mod map;
mod name;
mod number;
#[cfg(test)]
pub(crate) mod properties;
pub mod size;

pub use attribute_value::{AttributeValue, ValueType};
pub use item::Item;
pub(crate) use item::describe_key;
pub use map::Map;
pub use name::Name;
pub use number::{Number, NumberError};
