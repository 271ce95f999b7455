//! Responses that cannot be converted to djamodb's types.

use djamodb_core::value::NumberError;

/// The reason why a response cannot be converted.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub(crate) enum InvalidResponse {
    #[error("the response contains an invalid number: {0}")]
    Number(#[from] NumberError),
    #[error("the response contains an attribute value of an unknown type; a newer version of djamodb may support it")]
    UnknownValueType,
    #[error("the response contains the unknown {what} `{value}`; a newer version of djamodb may support it")]
    Unknown { what: &'static str, value: String },
    #[error("the response lacks the {0}")]
    Missing(&'static str),
    #[error("the response names the table `{0}`, which was not requested")]
    ForeignTable(String),
    #[error("the response counts {count} items but holds {returned}")]
    MiscountedItems { count: u64, returned: usize },
    #[error("the response contains a key with the attribute `{0}` but does not define its type")]
    UntypedKeyAttribute(String),
}

impl InvalidResponse {
    /// Creates the error of an enumeration, described by `what`, that has the unknown `value`.
    pub(crate) fn unknown(what: &'static str, value: impl AsRef<str>) -> Self {
        Self::Unknown { what, value: value.as_ref().to_owned() }
    }
}
