//! The data of DynamoDB: attribute values, numbers and items.
//!
//! | type | contents |
//! |---|---|
//! | [`AttributeValue`] | a value of one of DynamoDB's ten types |
//! | [`Number`] | an exact decimal of up to 38 significant digits |
//! | [`Map`], [`List`] | attribute values by name, as in an `M`; in order, as in an `L` |
//! | [`Item`] | an item or a key: cheap to clone, changed by copy-on-write |
//! | [`Name`] | the name of a table, index or attribute: cheap to clone |
//!
//! The types implement serde's traits as DynamoDB JSON: `{"temp_max": {"N": "12.8"}}`. Module [`size`] computes the sizes that
//! the service's limits and capacity units are based on.

mod attribute_value;
mod entries;
mod error_debug;
mod item;
mod json;
mod json_items;
mod known_names;
mod list;
mod map;
mod name;
mod nested;
mod number;
#[cfg(test)]
pub(crate) mod properties;
pub mod size;
#[cfg(test)]
pub(crate) mod small_stack;

pub use attribute_value::{AttributeValue, ValueType};
#[doc(hidden)]
pub use entries::{Entries, EntryCursor, EntryValue};
pub use item::Item;
pub(crate) use item::describe_key;
pub use json_items::shared_items;
#[doc(hidden)]
pub use known_names::KnownNames;
pub use list::List;
pub use map::Map;
pub use name::Name;
pub(crate) use nested::SHOWN_LEVELS_MAX;
pub use number::{Number, NumberError};
