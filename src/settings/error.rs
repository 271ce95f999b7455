//! The error of invalid settings.

use djamodb_core::driver::OutOfRange;

/// A reason why settings are invalid. The message never contains a secret.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// The URL does not begin with a supported scheme.
    #[error(
        "the database URL `{url}` has no supported scheme; {}",
        nearest.as_ref().map_or_else(
            || "begin it with `memory://`, `dynamodb://` or `rusoto://`".to_owned(),
            |nearest| format!("did you mean `{nearest}`?")
        )
    )]
    Scheme {
        /// Scheme, host and port of the URL.
        url: String,
        /// Most similar URL that is valid, if there is one.
        nearest: Option<String>,
    },
    /// No setting names a database.
    #[error(
        "no database is named; set DJAMODB_URL (or call `SettingsBuilder::url`), for example to `dynamodb://us-east-1`, \
         `dynamodb://localhost:8000`, or `memory://` for a database in memory"
    )]
    UrlMissing,
    /// A part of the URL after the scheme is invalid.
    #[error("invalid database URL `{url}`: {reason}")]
    Url {
        /// Scheme, host and port of the URL.
        url: String,
        /// Description of the invalid part and of what is allowed.
        reason: String,
    },
    /// An environment variable begins with `DJAMODB_` but names no setting.
    #[error(
        "unknown environment variable `{name}`; {}",
        nearest.map_or("see the documentation of `djamodb::settings`".to_owned(), |nearest| format!("did you mean `{nearest}`?"))
    )]
    UnknownVariable {
        /// Name of the variable.
        name: String,
        /// Most similar name of a setting, if there is one.
        nearest: Option<&'static str>,
    },
    /// The value of a setting is invalid.
    #[error("invalid value of the setting {name}: {reason}")]
    Value {
        /// Name of the setting or of its environment variable.
        name: &'static str,
        /// Description of what is expected.
        reason: String,
    },
    /// A setting is outside of its range.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
    /// Settings require or exclude each other.
    #[error("{0}")]
    Combination(&'static str),
}

djamodb_core::debug_by_message!(enum SettingsError {
    Scheme { url, nearest },
    UrlMissing,
    Url { url, reason },
    UnknownVariable { name, nearest },
    Value { name, reason },
    OutOfRange(error),
    Combination(message),
});

impl SettingsError {
    pub(super) fn value(name: &'static str, reason: impl Into<String>) -> Self {
        Self::Value { name, reason: reason.into() }
    }
}
