//! Errors of encoding and decoding attribute values.

use std::fmt;

use crate::schema::ScalarType;
use crate::service::limits::{ATTRIBUTE_NAME_BYTES_MAX, ITEM_BYTES_MAX, ITEM_LEVELS_MAX};
use crate::value::{Name, Number, NumberError, ValueType};

/// A value that could not be encoded as an attribute value, or an attribute value that could not be decoded, with its path in
/// the item.
///
/// The path is built from the inside out: the codec that fails returns an error without a path, and each enclosing codec adds
/// its attribute, entry or index with [`at`](Self::at) and [`at_index`](Self::at_index).
///
/// ```
/// use djamodb_core::model::CodecError;
///
/// let error = CodecError::invalid("12.x", "a version", "expected two numbers").at_index(2).at("versions");
/// assert_eq!(error.path(), "versions[2]");
/// assert_eq!(error.to_string(), "attribute `versions[2]`: \"12.x\" is not a version: expected two numbers");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CodecError(Box<Inner>);

#[derive(Clone, PartialEq, Eq, Debug)]
struct Inner {
    kind: CodecErrorKind,
    path: String,
}

/// Reason of a [`CodecError`].
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodecErrorKind {
    /// The item lacks an attribute that the model requires.
    #[error(
        "the attribute is missing; make the field an Option, give it #[model(default)], or #[model(rename = \"…\")] if the table has \
         it under another name"
    )]
    Missing,
    /// An entry of the field with the option `rest` has the name of an attribute that another field declares.
    #[error("the attribute is declared by another field; set that field, and remove the entry from the rest")]
    DeclaredInRest,
    /// The item has no value at a path inside one of its attributes.
    #[error("the item has no value at this path; if that is expected, read it as an Option with optional()")]
    NoValueAtPath,
    /// The attribute value is of another type.
    #[error("expected {expected}, found a value of type {found}")]
    WrongType {
        /// Name of the field's type, with its article.
        expected: &'static str,
        /// Type of the attribute value.
        found: ValueType,
    },
    /// The number is outside DynamoDB's range or precision.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// The number does not fit the field's type.
    #[error("the number {number} does not fit {expected}")]
    OutOfRange {
        /// The number.
        number: String,
        /// Name of the field's type, with its article.
        expected: &'static str,
    },
    /// The text is not a valid encoding of the field's type.
    #[error("{text:?} is not {expected}: {reason}")]
    Invalid {
        /// The text, truncated to 64 characters.
        text: String,
        /// Name of the field's type, with its article.
        expected: &'static str,
        /// Reason why the text is rejected.
        reason: String,
    },
    /// The value cannot be stored exactly where it must be: in a key, an element of a set or the operand of a lookup, where two values
    /// must not become one, or in an attribute whose form refuses what it cannot hold.
    #[error("{value} cannot be stored exactly: {advice}")]
    Inexact {
        /// The value.
        value: String,
        /// Reason why it must be exact, and change that makes it so.
        advice: &'static str,
    },
    /// The number denotes a point in time outside the range of the field's type.
    #[error("{number} is not {expected}: {reason}")]
    TimeOutOfRange {
        /// The number.
        number: Number,
        /// Name of the field's type, with its article.
        expected: &'static str,
        /// Reason why the number is rejected.
        reason: &'static str,
    },
    /// The key is stored in another form than the one that its value is encoded as. Saving the decoded value would create a second
    /// item, and deleting it would delete nothing.
    #[error(
        "the key is stored as {stored}, but {reason}, so the item could be neither saved nor deleted; write the item again \
         under the encoded key, or declare the field with a type that keeps the stored form, such as String or Number"
    )]
    KeyNotCanonical {
        /// The stored key.
        stored: String,
        /// Difference from the encoded key, or the reason why the value cannot be encoded.
        reason: String,
    },
    /// A number in JSON text is not held exactly by `serde_json::Value`, and would be rounded when the item is saved.
    #[error(
        "the number {number} would be rounded to {rounded}; declare the field as a String, or enable the feature \
         `arbitrary_precision` of serde_json"
    )]
    JsonNumberRounded {
        /// The stored number, truncated to 64 characters.
        number: String,
        /// The number that `serde_json::Value` holds instead.
        rounded: String,
    },
    /// An object in JSON text has two entries of this name, one of which would be lost when the item is saved.
    #[error("the object has two entries of this name, and one of them would be lost; declare the field as a String")]
    JsonNameTwice,
    /// Two elements of a stored set decode to one value, so that one of them would be lost when the item is saved.
    #[error(
        "the elements {first} and {second} of the set decode to the same value, and one of them would be lost when the item \
         is saved; declare the elements with a type that keeps the stored form, such as String or Number"
    )]
    ElementsCollide {
        /// The first element as it is stored.
        first: String,
        /// The other element as it is stored.
        second: String,
    },
    /// The set is empty. DynamoDB stores no empty sets, and inside a list or a map it cannot be left out.
    #[error(
        "the set is empty, and DynamoDB stores no empty sets; leave the element or entry out, make it an Option, whose None is \
         stored as NULL, or use a list"
    )]
    EmptySet,
    /// The item lacks a key attribute of its table.
    #[error("the key attribute is missing, and every item has the whole key of its table")]
    KeyMissing,
    /// A key attribute of the table or of an index is of another type than the key.
    #[error(
        "the value is of type {found}, and {} is of type {expected}; correct the codec of the field",
        key_of(index.as_ref())
    )]
    KeyOfWrongType {
        /// Name of the index; `None` for the table.
        index: Option<Name>,
        /// Type of the key attribute.
        expected: ScalarType,
        /// Type of the value.
        found: ValueType,
    },
    /// The value of a key attribute of the table or of an index is an empty text or empty binary data.
    #[error("the value is empty, and {} cannot be; {}", key_of(index.as_ref()), instead_of_empty_key(index.as_ref()))]
    KeyEmpty {
        /// Name of the index; `None` for the table.
        index: Option<Name>,
    },
    /// The values of the hash attributes or of the range attributes of a key are too long.
    #[error(
        "the value is too long: {} takes {bytes} bytes, and at most {bytes_max} are allowed; store a shorter one, for \
         example a hash of it",
        key_of(index.as_ref())
    )]
    KeyTooLong {
        /// Name of the index; `None` for the table.
        index: Option<Name>,
        /// Size of the values in bytes.
        bytes: usize,
        /// Maximum size in bytes.
        bytes_max: usize,
    },
    /// The text of a unique value is too long for the key of its guard item.
    #[error(
        "the value is unique, and too long for that: the key of its guard item takes {bytes} bytes, and at most {bytes_max} are allowed; \
         make a hash of it unique instead"
    )]
    UniqueTooLong {
        /// Size of the hash key of the guard item in bytes.
        bytes: usize,
        /// Maximum size in bytes.
        bytes_max: usize,
    },
    /// The item is too large. The path is that of its largest attribute.
    #[error(
        "the item takes {bytes} bytes, names included, and an item has at most {ITEM_BYTES_MAX}; shorten this attribute, which \
         is its largest, or store it elsewhere"
    )]
    ItemTooLarge {
        /// Size of the item in bytes.
        bytes: usize,
    },
    /// An attribute or an entry of a map has an empty name.
    #[error("the name of an attribute or of an entry of a map is empty; give it a name")]
    NameEmpty,
    /// The name of an attribute or of an entry of a map is too long.
    #[error("the name takes {bytes} bytes, and at most {ATTRIBUTE_NAME_BYTES_MAX} are allowed; use a shorter one")]
    NameTooLong {
        /// Size of the name in bytes.
        bytes: usize,
    },
    /// The lists and maps of the value nest in more levels than an item has.
    #[error("the value nests in more levels than the {ITEM_LEVELS_MAX} of an item; store it flat")]
    TooDeep,
    /// A map has two entries of this name, one of which would be lost.
    #[error("the map has two entries of this name, and one of them would be lost")]
    NameTwice,
    /// The list has another length than the array or the tuple.
    #[error("the list has {found} elements, and the array or the tuple has {expected}")]
    WrongLength {
        /// The length of the array or the tuple.
        expected: usize,
        /// The length of the list.
        found: usize,
    },
    /// A part of a [`JoinedKey`](super::JoinedKey) contains the separator, or forms one together with the separator that follows.
    #[error(
        "the part {part:?} of the key contains the separator `{separator}`, or ends with a part of it, so that the key would be split \
         into other parts; choose a separator that occurs in no part"
    )]
    AmbiguousPart {
        /// The part.
        part: String,
        /// The separator.
        separator: &'static str,
    },
    /// The map that a variant of an enum is stored as, from its name to its content, has no or several entries.
    #[error("expected {expected}, stored as a map of one entry, found a map of {found} entries")]
    VariantEntries {
        /// Name of the field's type.
        expected: &'static str,
        /// Number of entries.
        found: usize,
    },
    /// The map that a variant of an enum is stored as lacks the name of the variant.
    #[error("the entry with the name of the variant is missing, and {expected} cannot be read without it")]
    TagMissing {
        /// Name of the field's type.
        expected: &'static str,
    },
    /// The content of a variant has an entry of its own where the name of the variant is stored.
    #[error(
        "the content of the variant `{variant}` has an entry where the name of the variant is stored; rename one of them"
    )]
    TagInContent {
        /// Name of the variant.
        variant: &'static str,
    },
    /// A fallback variant holds the stored value of another variant, as which it would be read.
    #[error(
        "the variant `{fallback}` holds the value of the variant stored as `{name}`, as which it would be read; use that variant"
    )]
    KnownInFallback {
        /// The fallback variant.
        fallback: &'static str,
        /// Stored name of the other variant.
        name: String,
    },
    /// The item is of another model, which shares the table.
    #[error(
        "the item is of another model, {found}, and not a {model}; read it as that model, or filter by the discriminator"
    )]
    OtherModel {
        /// The stored discriminator.
        found: String,
        /// Name of the model.
        model: &'static str,
    },
    /// The item is of none of the models of a collection.
    #[error("the item is of none of the models {models}")]
    NoMember {
        /// Names of the models, separated by commas.
        models: String,
    },
    /// The item lacks the discriminator of its model.
    #[error("the item lacks the discriminator of {model}; write {value:?} to this attribute in each item of the model")]
    DiscriminatorMissing {
        /// Name of the model.
        model: &'static str,
        /// Value of the attribute in the items of the model.
        value: &'static str,
    },
    /// The error of a type's `Serialize` or `Deserialize`.
    #[error("{message}")]
    Serde {
        /// The message.
        message: String,
    },
    /// The field's type has no text form, so lookups given as text cannot compare with it.
    #[error("{expected} cannot be given as text")]
    NoTextForm {
        /// Name of the field's type, with its article.
        expected: &'static str,
    },
}

crate::debug_by_message!(enum CodecErrorKind {
    DeclaredInRest,
    Missing,
    NoValueAtPath,
    WrongType { expected, found },
    Number(error),
    OutOfRange { number, expected },
    Invalid { text, expected, reason },
    Inexact { value, advice },
    TimeOutOfRange { number, expected, reason },
    KeyNotCanonical { stored, reason },
    JsonNumberRounded { number, rounded },
    JsonNameTwice,
    ElementsCollide { first, second },
    EmptySet,
    KeyMissing,
    KeyOfWrongType { index, expected, found },
    KeyEmpty { index },
    KeyTooLong { index, bytes, bytes_max },
    UniqueTooLong { bytes, bytes_max },
    ItemTooLarge { bytes },
    NameEmpty,
    NameTooLong { bytes },
    TooDeep,
    NameTwice,
    WrongLength { expected, found },
    AmbiguousPart { part, separator },
    VariantEntries { expected, found },
    TagMissing { expected },
    TagInContent { variant },
    KnownInFallback { fallback, name },
    OtherModel { found, model },
    NoMember { models },
    DiscriminatorMissing { model, value },
    Serde { message },
    NoTextForm { expected },
});

fn key_of(index: Option<&Name>) -> String {
    match index {
        None => "the key of the table".to_owned(),
        Some(index) => format!("the key of the index `{index}`"),
    }
}

const fn instead_of_empty_key(index: Option<&Name>) -> &'static str {
    match index {
        None => "give it a value",
        Some(_) => "make the field an Option, whose None leaves the item out of the index",
    }
}

impl CodecError {
    /// Returns an error without a path.
    pub fn new(kind: impl Into<CodecErrorKind>) -> Self {
        Self(Box::new(Inner { kind: kind.into(), path: String::new() }))
    }

    /// Returns the error of a text that is not a valid encoding of `expected`, such as `a date`. Text beyond 64 characters is
    /// cut off.
    pub fn invalid(text: &str, expected: &'static str, reason: impl fmt::Display) -> Self {
        const SHOWN_MAX: usize = 64;
        let text = match text.char_indices().nth(SHOWN_MAX) {
            None => text.to_owned(),
            Some((end, _)) => format!("{}…", &text[..end]),
        };
        Self::new(CodecErrorKind::Invalid { text, expected, reason: reason.to_string() })
    }

    /// Returns the error of an attribute value of type `found` where `expected`, such as `a date`, is required.
    pub fn wrong_type(expected: &'static str, found: ValueType) -> Self {
        Self::new(CodecErrorKind::WrongType { expected, found })
    }

    /// Prepends the attribute or map entry `name` to the path.
    #[must_use]
    pub fn at(mut self, name: &str) -> Self {
        let separator = if self.0.path.is_empty() || self.0.path.starts_with('[') { "" } else { "." };
        self.0.path = format!("{name}{separator}{}", self.0.path);
        self
    }

    /// Prepends the list element `index`, counted from 0, to the path.
    #[must_use]
    pub fn at_index(self, index: usize) -> Self {
        self.at(&format!("[{index}]"))
    }

    /// Returns the reason.
    pub fn kind(&self) -> &CodecErrorKind {
        &self.0.kind
    }

    /// Returns the document path of the value, such as `stations[2].city`, or an empty text if no codec added one.
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

impl From<NumberError> for CodecError {
    fn from(error: NumberError) -> Self {
        Self::new(error)
    }
}

/// Conversions of small integers into [`Number`](crate::value::Number) cannot fail; with this, generic code uses the same `?`
/// for them and for conversions that can.
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

impl fmt::Debug for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { f.debug_tuple("CodecError").field(&self.0).finish() } else { fmt::Display::fmt(self, f) }
    }
}

impl std::error::Error for CodecError {}
