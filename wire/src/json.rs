//! Members of requests, read as the service reads them.
//!
//! A value of another type is a `SerializationException`, whose message names the type in the service's program. A member that is `null`
//! is absent, and an unknown member is ignored.

mod base64_text;
mod collection;
mod container;
mod item;
mod scalar;
mod structure;

pub(crate) use collection::{List, Map};
pub(crate) use container::{Container, ContainerReader};
pub(crate) use item::{SentItem, SentValue};
pub(crate) use scalar::{Flag, Int, Long, Real, Text};
pub(crate) use structure::{Element, Structure, TypeName};
