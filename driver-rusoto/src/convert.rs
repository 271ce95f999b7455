//! Values, keys and tables from djamodb's types to rusoto's and back.
//!
//! What goes out is moved, not copied, where it has no other owner. What comes in is checked: it is the answer of
//! whatever the endpoint is.

pub(crate) mod backups;
pub(crate) mod cancellation;
pub(crate) mod capacity;
pub(crate) mod expression;
pub(crate) mod index;
pub(crate) mod index_description;
pub(crate) mod item;
pub(crate) mod item_collection;
pub(crate) mod key;
pub(crate) mod number;
pub(crate) mod returns;
pub(crate) mod schema;
pub(crate) mod select;
#[cfg(feature = "streams")]
pub(crate) mod streams;
pub(crate) mod table;
pub(crate) mod time;
mod unreadable;
pub(crate) mod value;

pub(crate) use unreadable::Unreadable;
