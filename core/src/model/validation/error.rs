//! The errors that validators return.

use std::borrow::Cow;
use std::fmt;

use super::ValidationErrors;

/// The error of a validator: a message, and the path of the value that it is about. Django's `ValidationError`.
///
/// A validator returns it, or a text, which is the message:
///
/// ```
/// use djamodb::model::ValidationError;
///
/// fn even(number: &u32) -> Result<(), ValidationError> {
///     if number % 2 == 0 { Ok(()) } else { Err(ValidationError::new("must be even").with_code("odd")) }
/// }
///
/// let error = even(&3).unwrap_err();
/// assert_eq!((error.path(), error.message(), error.code()), ("", "must be even", Some("odd")));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ValidationError {
    path: String,
    message: String,
    code: Option<Cow<'static, str>>,
}

crate::debug_by_message!(struct ValidationError { path, message, code });

impl ValidationError {
    /// Creates an error about the validated value.
    pub fn new(message: impl Into<String>) -> Self {
        Self { path: String::new(), message: message.into(), code: None }
    }

    /// Sets a code, by which programs recognise the error.
    #[must_use]
    pub fn with_code(self, code: impl Into<Cow<'static, str>>) -> Self {
        Self { code: Some(code.into()), ..self }
    }

    /// Prepends the attribute or map entry `name` to the path.
    #[must_use]
    pub fn at(mut self, name: &str) -> Self {
        let separator = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{name}{separator}{}", self.path);
        self
    }

    /// Prepends the list element `index`, counted from 0, to the path.
    #[must_use]
    pub fn at_index(self, index: usize) -> Self {
        self.at(&format!("[{index}]"))
    }

    /// Returns the document path of the value, such as `stations[2].city`, or an empty text if the error is about the whole value.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the message, without the path.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the code, if the validator set one.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }
}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for ValidationError {}

/// Types that a validator returns as its error: a text, a [`ValidationError`], or [`ValidationErrors`] of the validated value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the error of a validator",
    label = "expected text, `ValidationError` or `ValidationErrors`",
    note = "a validator is `fn(&T) -> Result<(), &'static str>`, or returns `String`, `ValidationError` or `ValidationErrors<T>` as its \
            error; the text of another error is `error.to_string()`"
)]
pub trait ValidatorError {
    /// Returns the errors. Their paths begin at the validated value.
    fn into_errors(self) -> Vec<ValidationError>;
}

impl<M: ?Sized> ValidatorError for ValidationErrors<M> {
    fn into_errors(self) -> Vec<ValidationError> {
        self.into_vec()
    }
}

impl ValidatorError for ValidationError {
    fn into_errors(self) -> Vec<ValidationError> {
        vec![self]
    }
}

macro_rules! texts {
    ($($text:ty),+ $(,)?) => {$(
        impl From<$text> for ValidationError {
            fn from(message: $text) -> Self {
                Self::new(message)
            }
        }

        impl ValidatorError for $text {
            fn into_errors(self) -> Vec<ValidationError> {
                vec![self.into()]
            }
        }
    )+};
}

texts!(&str, String, Cow<'_, str>);
