//! Why a Rust value and an attribute value do not fit.

use std::fmt;

use crate::value::{NumberError, ValueType};

/// Why a Rust value could not become an attribute value, or the other way round, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodecError(Box<Inner>);

#[derive(Clone, PartialEq, Eq, Debug)]
struct Inner {
    kind: CodecErrorKind,
    /// From the outside in, as a document path.
    path: String,
}

/// What does not fit.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CodecErrorKind {
    /// The item lacks an attribute that the model requires.
    #[error("the attribute is missing; make the field an Option, or give it #[model(default)]")]
    Missing,
    /// The item has nothing at a place inside one of its attributes.
    #[error(
        "this item has nothing there; where that is as it should be, ask for it with optional(), which gives an Option"
    )]
    NothingThere,
    /// The attribute is of another type.
    #[error("expected {expected}, found a value of type {found}")]
    WrongType {
        /// What the field takes.
        expected: &'static str,
        /// What the attribute is.
        found: ValueType,
    },
    /// A number that DynamoDB cannot hold.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// A number that the field's type cannot hold.
    #[error("the number {number} does not fit {expected}")]
    OutOfRange {
        /// The number.
        number: String,
        /// The field's type.
        expected: &'static str,
    },
    /// A text that means nothing to the field's type.
    #[error("{text:?} is not {expected}: {reason}")]
    Invalid {
        /// The text, shortened.
        text: String,
        /// What the field takes.
        expected: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The type has no form as text, so that no lookup can be made from text.
    #[error("{expected} cannot be given as text")]
    NoTextForm {
        /// What the field takes.
        expected: &'static str,
    },
}

impl CodecError {
    /// An error at a place that callers will name, with [`at`](Self::at).
    pub fn new(kind: impl Into<CodecErrorKind>) -> Self {
        Self(Box::new(Inner { kind: kind.into(), path: String::new() }))
    }

    /// A text that means nothing to a type.
    pub fn invalid(text: &str, expected: &'static str, reason: impl fmt::Display) -> Self {
        const SHOWN_MAX: usize = 64;
        let text = match text.char_indices().nth(SHOWN_MAX) {
            None => text.to_owned(),
            Some((end, _)) => format!("{}…", &text[..end]),
        };
        Self::new(CodecErrorKind::Invalid { text, expected, reason: reason.to_string() })
    }

    /// An attribute of another type.
    pub fn wrong_type(expected: &'static str, found: ValueType) -> Self {
        Self::new(CodecErrorKind::WrongType { expected, found })
    }

    /// The same error, one level further out: in the attribute or entry `name`.
    #[must_use]
    pub fn at(mut self, name: &str) -> Self {
        let separator = if self.0.path.is_empty() || self.0.path.starts_with('[') { "" } else { "." };
        self.0.path = format!("{name}{separator}{}", self.0.path);
        self
    }

    /// The same error, one level further out: in the element `index`.
    #[must_use]
    pub fn at_index(self, index: usize) -> Self {
        self.at(&format!("[{index}]"))
    }

    /// What does not fit.
    pub fn kind(&self) -> &CodecErrorKind {
        &self.0.kind
    }

    /// Where: an attribute, or a place inside one; empty when the value stands for itself.
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

impl From<NumberError> for CodecError {
    fn from(error: NumberError) -> Self {
        Self::new(error)
    }
}

/// Small integers always become numbers; this lets one `?` serve them and the large ones.
impl From<std::convert::Infallible> for CodecError {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl fmt::Display for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path().is_empty() {
            write!(f, "attribute `{}`: ", self.path())?;
        }
        self.kind().fmt(f)
    }
}

impl std::error::Error for CodecError {}
