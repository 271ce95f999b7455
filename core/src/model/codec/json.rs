//! Free JSON, kept as text in the form of Python's `json.dumps`: `{"a": [1, 2]}`.

use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::Formatter;

use super::scalar::text;
use crate::model::{AttributeType, CodecError, Inside, TypeInfo};
use crate::value::{AttributeValue, ValueType};

const EXPECTED: &str = "JSON";

impl AttributeType for Value {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        dumps(self).map(AttributeValue::S)
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        parse(text(value, EXPECTED)?)
    }

    fn type_info() -> TypeInfo {
        TypeInfo {
            name: EXPECTED,
            value_type: ValueType::S,
            parse: |text| parse(text)?.encode(),
            ordered: false,
            starts_with: false,
            inside: Inside::Nothing,
        }
    }
}

fn parse(text: &str) -> Result<Value, CodecError> {
    serde_json::from_str(text).map_err(|error| CodecError::invalid(text, EXPECTED, error))
}

fn dumps(value: &Value) -> Result<String, CodecError> {
    let mut out = Vec::new();
    let invalid = |error: &dyn std::fmt::Display| CodecError::invalid("", EXPECTED, error);
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, Python)).map_err(|error| invalid(&error))?;
    String::from_utf8(out).map_err(|error| invalid(&error))
}

/// Blanks after commas and colons, and every character beyond ASCII escaped.
struct Python;

impl Formatter for Python {
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        for character in fragment.chars() {
            if character.is_ascii() {
                writer.write_all(&[character as u8])?;
            } else {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_pythons() {
        let value = serde_json::json!({"a": [1, 2.5, null], "é": "😀\n\"", "z": {}});
        assert_eq!(
            value.encode(),
            Ok(AttributeValue::s(r#"{"a": [1, 2.5, null], "z": {}, "\u00e9": "\ud83d\ude00\n\""}"#))
        );
        assert_eq!(Value::decode(&value.encode().unwrap()), Ok(value));
    }

    #[test]
    fn what_is_no_json_says_where() {
        let error = Value::decode(&AttributeValue::s("{oops")).unwrap_err().to_string();
        assert!(error.contains("line 1 column 2"), "{error}");
    }
}
