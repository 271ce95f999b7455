//! Why a case failed.

use std::error::Error;
use std::fmt;
use std::panic::Location;

use crate::CaseResult;

/// The most characters of a message: a case may compare items of 400 KB.
const MESSAGE_MAX: usize = 2000;

/// Why a case failed, and where. Any error becomes one through `?`.
///
/// It is no [`Error`] itself, so that every error can become one.
#[derive(Clone, PartialEq, Eq)]
pub struct Failure {
    message: String,
    at: &'static Location<'static>,
}

impl Failure {
    /// A failure at the place of the caller.
    #[track_caller]
    pub fn new(message: impl fmt::Display) -> Self {
        Self::at(Location::caller(), message)
    }

    /// A failure at another place.
    pub fn at(at: &'static Location<'static>, message: impl fmt::Display) -> Self {
        let mut message = message.to_string();
        if let Some((end, _)) = message.char_indices().nth(MESSAGE_MAX) {
            message.truncate(end);
            message.push('…');
        }
        Self { message, at }
    }

    /// What went wrong.
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

/// Fails unless `condition` is true; `what` says what should hold.
///
/// ```
/// use djamodb_conformance::holds;
///
/// assert!(holds("one comes before two", 1 < 2).is_ok());
/// assert!(holds("two comes before one", 2 < 1).unwrap_err().message().contains("two comes before one"));
/// ```
#[track_caller]
pub fn holds(what: impl fmt::Display, condition: bool) -> CaseResult {
    if condition { Ok(()) } else { Err(Failure::new(format_args!("this does not hold: {what}"))) }
}

/// Fails unless both are equal; `what` says what they are.
///
/// ```
/// use djamodb_conformance::same;
///
/// assert!(same("the sum", 1 + 1, 2).is_ok());
/// assert!(same("the sum", 1 + 1, 3).unwrap_err().message().contains("the sum"));
/// ```
#[track_caller]
pub fn same<A, E>(what: impl fmt::Display, actual: A, expected: E) -> CaseResult
where
    A: PartialEq<E> + fmt::Debug,
    E: fmt::Debug,
{
    if actual == expected {
        return Ok(());
    }
    // Each shortened for itself, so that both are seen.
    let shown = |value: &dyn fmt::Debug| {
        let mut text = format!("{value:?}");
        if let Some((end, _)) = text.char_indices().nth(MESSAGE_MAX / 3) {
            text.truncate(end);
            text.push('…');
        }
        text
    };
    Err(Failure::new(format_args!("{what}\n  is       {}\n  not      {}", shown(&actual), shown(&expected))))
}
