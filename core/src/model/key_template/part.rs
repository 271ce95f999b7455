//! Parts of composed keys, and their texts.

use std::fmt;

use crate::model::key_text::canonical_number;
use crate::model::{CodecError, KeyType};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, Name};

/// A field whose text is a part of a composed key.
#[derive(Clone, Debug)]
pub struct TemplatePart {
    attribute: Name,
    form: PartForm,
    scalar: ScalarType,
    /// Number of bytes of each text, if all have as many.
    bytes: Option<usize>,
    /// Checks that a stored value is one of the field.
    check: fn(&AttributeValue) -> Result<(), CodecError>,
}

/// Form of the text of a part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PartForm {
    /// The text of the value.
    Plain,
    /// A whole number with this number of digits, filled up with zeros from the left: `{number:08}`.
    Padded(usize),
    /// The text of the value, in which the first character of the literal text that follows, and `%`, are written as `%` and the hexadecimal
    /// digits of their bytes: `{name:escaped}`.
    Escaped,
}

impl TemplatePart {
    // Hidden because generated code builds templates.
    #[doc(hidden)]
    pub fn new<T: KeyType>(attribute: Name, form: PartForm) -> Self {
        let bytes = match form {
            PartForm::Plain => T::TEXT_BYTES,
            PartForm::Padded(digits) => Some(digits),
            PartForm::Escaped => None,
        };
        Self { attribute, form, scalar: T::SCALAR, bytes, check: |value| T::decode_exact(value).map(drop) }
    }

    /// Returns the attribute of the field.
    pub fn attribute(&self) -> &Name {
        &self.attribute
    }

    /// Returns the number of bytes of each text, or `None` if it depends on the value.
    pub(super) fn bytes(&self) -> Option<usize> {
        self.bytes
    }

    /// Returns `true` if the texts have the order of the values.
    pub(crate) fn is_ordered(&self) -> bool {
        match self.form {
            PartForm::Plain => self.scalar == ScalarType::S,
            PartForm::Padded(_) => true,
            PartForm::Escaped => false,
        }
    }

    /// Returns the text of a value. `separator` is the literal text that follows.
    pub(super) fn encode(&self, value: &AttributeValue, separator: Option<&str>) -> Result<String, CodecError> {
        match (self.form, value) {
            (PartForm::Plain, AttributeValue::S(text)) => Ok(text.clone()),
            (PartForm::Plain, AttributeValue::N(number)) => Ok(number.to_string()),
            (PartForm::Escaped, AttributeValue::S(text)) => Ok(escaped(text, separator)),
            (PartForm::Padded(digits), AttributeValue::N(number)) => {
                let text = number.to_string();
                if text.len() > digits || !text.bytes().all(|byte| byte.is_ascii_digit()) {
                    let reason = format!("the key has {digits} digits for it, which are filled up with zeros");
                    return Err(CodecError::invalid(&text, "a whole number of this width", reason));
                }
                Ok(format!("{text:0>digits$}"))
            }
            (_, value) => Err(CodecError::wrong_type("text or a number, as a part of a key", value.value_type())),
        }
    }

    /// Returns the text of the beginning of a value, or `None` if it has none.
    pub(super) fn encode_start(&self, start: &str, separator: Option<&str>) -> Option<String> {
        match self.form {
            PartForm::Plain => Some(start.to_owned()),
            PartForm::Escaped => Some(escaped(start, separator)),
            PartForm::Padded(_) => None,
        }
    }

    /// Returns the value with this text.
    pub(super) fn decode(&self, text: &str, separator: Option<&str>) -> Result<AttributeValue, CodecError> {
        let not_canonical = || CodecError::invalid(text, "a part of a key", "its value has another text");
        let value = match (self.form, self.scalar) {
            (PartForm::Plain, ScalarType::N) => AttributeValue::N(canonical_number(text)?),
            (PartForm::Padded(_), _) => {
                let digits = text.trim_start_matches('0');
                AttributeValue::N(canonical_number(if digits.is_empty() { "0" } else { digits })?)
            }
            (PartForm::Plain, _) => AttributeValue::s(text),
            (PartForm::Escaped, _) => AttributeValue::S(unescaped(text).ok_or_else(not_canonical)?),
        };
        if self.encode(&value, separator)? != text {
            return Err(not_canonical());
        }
        (self.check)(&value)?;
        Ok(value)
    }
}

/// Compares without the function, whose address means nothing.
impl PartialEq for TemplatePart {
    fn eq(&self, other: &Self) -> bool {
        (&self.attribute, self.form, self.scalar, self.bytes)
            == (&other.attribute, other.form, other.scalar, other.bytes)
    }
}

impl fmt::Display for TemplatePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let attribute = &self.attribute;
        match self.form {
            PartForm::Plain => write!(f, "{{{attribute}}}"),
            PartForm::Padded(digits) => write!(f, "{{{attribute}:0{digits}}}"),
            PartForm::Escaped => write!(f, "{{{attribute}:escaped}}"),
        }
    }
}

const HEX_DIGITS: [u8; 16] = *b"0123456789ABCDEF";

/// Replaces `%` and the first character of the separator.
fn escaped(text: &str, separator: Option<&str>) -> String {
    let first = separator.and_then(|separator| separator.chars().next());
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '%' || Some(character) == first {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                escaped.push('%');
                escaped.extend([byte >> 4, byte & 15].map(|digit| char::from(HEX_DIGITS[usize::from(digit)])));
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// Returns the text that is escaped as this one, or `None` if there is none.
fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let (digits, after) = after.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}
