//! Failures of cases, and the assertions that return them.

use std::error::Error;
use std::fmt;
use std::panic::Location;

use crate::CaseResult;

/// Maximum length of a message in characters. Cases compare items of up to 400 KB, which no terminal should print.
const MESSAGE_CHARS_MAX: usize = 2000;

/// The reason why a case failed, with the source location of the assertion.
///
/// Any error converts into a failure through `?`. For that reason this type does not implement [`Error`] itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Failure {
    message: String,
    at: &'static Location<'static>,
}

impl Failure {
    /// Creates a failure at the location of the caller.
    #[track_caller]
    pub fn new(message: impl fmt::Display) -> Self {
        Self::at(Location::caller(), message)
    }

    /// Creates a failure at the location `at`. Messages longer than 2,000 characters are truncated.
    pub fn at(at: &'static Location<'static>, message: impl fmt::Display) -> Self {
        let mut message = message.to_string();
        truncate(&mut message, MESSAGE_CHARS_MAX);
        Self { message, at }
    }

    /// Returns the message without the location.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl<E: Error> From<E> for Failure {
    #[track_caller]
    fn from(error: E) -> Self {
        Self::new(format_args!("unexpected error: {error}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  at {}:{}", self.message, self.at.file(), self.at.line())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Returns a failure unless `condition` is true. `expectation` is the sentence that must hold.
///
/// ```
/// use djamodb_conformance::ensure;
///
/// assert!(ensure("1 is less than 2", 1 < 2).is_ok());
/// assert_eq!(ensure("2 is less than 1", 2 < 1).unwrap_err().message(), "expected: 2 is less than 1");
/// ```
///
/// # Errors
///
/// Returns a [`Failure`] at the location of the caller if `condition` is false.
#[track_caller]
pub fn ensure(expectation: impl fmt::Display, condition: bool) -> CaseResult {
    if condition { Ok(()) } else { Err(Failure::new(format_args!("expected: {expectation}"))) }
}

/// Returns a failure unless `actual` equals `expected`. `subject` names the compared value.
///
/// ```
/// use djamodb_conformance::ensure_eq;
///
/// assert!(ensure_eq("sum", 1 + 1, 2).is_ok());
/// assert!(ensure_eq("sum", 1 + 1, 3).unwrap_err().message().contains("expected  3"));
/// ```
///
/// # Errors
///
/// Returns a [`Failure`] at the location of the caller if the values differ.
#[track_caller]
pub fn ensure_eq<A, E>(subject: impl fmt::Display, actual: A, expected: E) -> CaseResult
where
    A: PartialEq<E> + fmt::Debug,
    E: fmt::Debug,
{
    if actual == expected {
        return Ok(());
    }
    // Each value is truncated separately, so that a long one does not hide the other.
    let shown = |value: &dyn fmt::Debug| {
        let mut text = format!("{value:?}");
        truncate(&mut text, MESSAGE_CHARS_MAX / 3);
        text
    };
    Err(Failure::new(format_args!("{subject}\n  expected  {}\n  received  {}", shown(&expected), shown(&actual))))
}

fn truncate(text: &mut String, chars_max: usize) {
    if let Some((end, _)) = text.char_indices().nth(chars_max) {
        text.truncate(end);
        text.push('…');
    }
}
