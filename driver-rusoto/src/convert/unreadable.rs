//! Answers that cannot be used.

use djamodb_core::value::NumberError;

/// What about an answer cannot be used.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("the service answered a number that is none of DynamoDB's: {0}")]
    Number(#[from] NumberError),
    #[error("the service answered a value of a type that is not known here; a newer djamodb may know it")]
    ValueType,
    #[error("the service answered a value of several types at once")]
    ValueTypes,
    #[error("the service answered the {what} `{value}`, which is not known here; a newer djamodb may know it")]
    Unknown { what: &'static str, value: String },
    #[error("the service's answer lacks the {0}")]
    Missing(&'static str),
    #[error("the service answered a key with the attribute `{0}` and no type for it")]
    Undefined(String),
}

impl Unreadable {
    /// One of a list of words that is not on the list.
    pub(crate) fn unknown(what: &'static str, value: impl AsRef<str>) -> Self {
        Self::Unknown { what, value: value.as_ref().to_owned() }
    }
}
