//! Arbitrary JSON, stored as text in the form of Python's `json.dumps`: `{"a": [1, 2]}`.

use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::Formatter;

use super::string::text;
use crate::model::{AttributeType, CodecError, Structure, TypeInfo};
use crate::value::{AttributeValue, ValueType};

const EXPECTED: &str = "JSON";
/// Maximum number of arrays and objects inside each other, which `serde_json` reads.
const LEVELS_MAX: usize = 127;

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
            structure: Structure::Scalar,
        }
    }
}

fn parse(text: &str) -> Result<Value, CodecError> {
    serde_json::from_str(text).map_err(|error| CodecError::invalid(text, EXPECTED, error))
}

fn dumps(value: &Value) -> Result<String, CodecError> {
    let mut out = Vec::new();
    let invalid = |error: &dyn std::fmt::Display| CodecError::invalid("", EXPECTED, error);
    if has_more_levels(value, LEVELS_MAX) {
        return Err(invalid(&format_args!("it has more than {LEVELS_MAX} arrays and objects inside each other")));
    }
    value
        .serialize(&mut serde_json::Serializer::with_formatter(&mut out, PythonFormatter))
        .map_err(|error| invalid(&error))?;
    String::from_utf8(out).map_err(|error| invalid(&error))
}

/// Returns `true` if more arrays and objects than `levels` are inside each other.
fn has_more_levels(value: &Value, levels: usize) -> bool {
    let mut pending = vec![(value, 0)];
    while let Some((value, level)) = pending.pop() {
        match value {
            Value::Array(values) => pending.extend(values.iter().map(|value| (value, level + 1))),
            Value::Object(entries) => pending.extend(entries.values().map(|value| (value, level + 1))),
            _ => continue,
        }
        if level == levels {
            return true;
        }
    }
    false
}

/// Formatter that writes JSON as Python's `json.dumps` does: a space after each comma and colon, and non-ASCII characters
/// escaped.
struct PythonFormatter;

impl Formatter for PythonFormatter {
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
    fn uses_the_form_of_python() {
        let value = serde_json::json!({"a": [1, 2.5, null], "é": "😀\n\"", "z": {}});
        assert_eq!(
            value.encode(),
            Ok(AttributeValue::s(r#"{"a": [1, 2.5, null], "z": {}, "\u00e9": "\ud83d\ude00\n\""}"#))
        );
        assert_eq!(Value::decode(&value.encode().unwrap()), Ok(value));
    }

    #[test]
    fn json_that_is_too_deep_to_be_read_is_not_written() {
        let nested = |levels| (0..levels).fold(Value::Null, |value, _| Value::Array(vec![value]));
        let deepest = nested(LEVELS_MAX);
        assert_eq!(Value::decode(&deepest.encode().unwrap()), Ok(deepest));
        let error = nested(LEVELS_MAX + 1).encode().unwrap_err().to_string();
        assert!(error.contains("more than 127 arrays and objects"), "{error}");
        let text = AttributeValue::s("[".repeat(100_000));
        assert!(Value::decode(&text).unwrap_err().to_string().contains("recursion limit"), "text is bounded by the parser");
    }

    #[test]
    fn reports_the_position_of_invalid_json() {
        let error = Value::decode(&AttributeValue::s("{oops")).unwrap_err().to_string();
        assert!(error.contains("line 1 column 2"), "{error}");
    }
}
