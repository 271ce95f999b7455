//! Why settings cannot be used.

/// Why settings cannot be used. Never shows a secret.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// The URL has no scheme that is known.
    #[error("the database URL `{url}` begins with no known scheme; use `memory://`, `dynamodb://` or `rusoto://`")]
    Scheme {
        /// The URL, without what may be secret.
        url: String,
    },
    /// Part of the URL cannot be used.
    #[error("the database URL `{url}` cannot be used: {reason}")]
    Url {
        /// The URL, without what may be secret.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A setting's value cannot be used.
    #[error("the setting {name} cannot be used: {reason}")]
    Value {
        /// The setting.
        name: &'static str,
        /// What is wrong with it, and what it takes.
        reason: String,
    },
    /// Settings that need each other, or exclude each other.
    #[error("{0}")]
    Combination(&'static str),
}

impl SettingsError {
    pub(super) fn value(name: &'static str, reason: impl Into<String>) -> Self {
        Self::Value { name, reason: reason.into() }
    }
}
