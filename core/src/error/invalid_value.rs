//! The error of a value that DynamoDB cannot store.

use std::fmt;

use crate::model::CodecError;
use crate::value::{Item, describe_key};

/// A value of a model that DynamoDB cannot store. It was found before the first request, so nothing was written.
#[derive(Clone, PartialEq)]
pub struct InvalidValue {
    /// The model.
    pub model: &'static str,
    /// Name of the method: `save`, `create`, `bulk_create`, …
    pub operation: &'static str,
    /// Position of the value among those that were given, from 0. `None` if the method writes one value.
    pub position: Option<usize>,
    /// Key of the value's item. `None` if the key cannot be encoded.
    pub key: Option<Item>,
    /// Path of the attribute, and the reason.
    pub error: CodecError,
}

crate::debug_by_message!(struct InvalidValue { model, operation, position, key, error });

impl std::error::Error for InvalidValue {}

/// Maximum number of characters of a key in a message.
const KEY_SHOWN_MAX: usize = 256;

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} cannot write the value", self.operation, self.model)?;
        if let Some(position) = self.position {
            write!(f, " at index {position}")?;
        }
        if let Some(key) = &self.key {
            let key = describe_key(key);
            match key.char_indices().nth(KEY_SHOWN_MAX) {
                None => write!(f, " with the key {key}")?,
                Some((end, _)) => write!(f, " with the key {}…", &key[..end])?,
            }
        }
        write!(f, ": {}; nothing was sent", self.error)
    }
}
