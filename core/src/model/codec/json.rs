//! Arbitrary JSON, stored as text in the form of Python's `json.dumps`: `{"a": [1, 2]}`.
//!
//! Without its feature `arbitrary_precision`, `serde_json` holds numbers as 64-bit integers and floats. A stored number that it
//! would round is refused with its path, since the next `save` would write the rounded one. So is an object with two entries of one
//! name, of which it would keep the last.

mod exact;
mod tokens;

pub(in crate::model) use tokens::{Token, visit_tokens};

use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::Formatter;

use super::string::text;
use crate::model::{AttributeType, CodecError, Structure, TypeInfo, codegen::no_text_form};
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
            // DynamoDB would compare the texts, see `Comparable`.
            parse: |_| no_text_form(EXPECTED),
            comparable: false,
            ordered: false,
            starts_with: false,
            structure: Structure::Scalar,
        }
    }
}

fn parse(text: &str) -> Result<Value, CodecError> {
    match serde_json::from_str(text) {
        Ok(value) => {
            exact::check(text, &value)?;
            Ok(value)
        }
        Err(error) => {
            Err(exact::number_out_of_range(text).unwrap_or_else(|| CodecError::invalid(text, EXPECTED, error)))
        }
    }
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
        let text = AttributeValue::s(format!("{}1e400", "[".repeat(100_000)));
        assert!(
            Value::decode(&text).unwrap_err().to_string().contains("recursion limit"),
            "the parser bounds the depth"
        );
    }

    #[test]
    fn a_json_number_that_a_float_cannot_hold_is_refused_with_its_path() {
        for (text, path, number) in [
            (r#"{"a": [1, {"b": 12345678901234567890123}]}"#, "a[1].b", "12345678901234567890123"),
            ("[0.1, 0.12345678901234567890123]", "[1]", "0.12345678901234567890123"),
            ("1e-400", "", "1e-400"),
            (r#"{"a": {"b": 1e400}}"#, "a.b", "1e400"),
            (r#"{"a": -18446744073709551617}"#, "a", "-18446744073709551617"),
        ] {
            let stored = AttributeValue::s(text);
            match Value::decode(&stored) {
                // Another crate of the program has enabled `arbitrary_precision`.
                Ok(value) => {
                    let written = value.encode().unwrap();
                    assert_eq!(written.as_s().map(|text| text.replace("e+", "e")).as_deref(), Some(text));
                }
                Err(error) => {
                    assert_eq!(error.path(), path);
                    assert!(error.to_string().contains(number), "{error}");
                }
            }
        }
    }

    #[test]
    fn every_other_json_number_is_written_as_the_same_number() {
        for (text, written) in [
            ("9007199254740993", "9007199254740993"),
            ("18446744073709551615", "18446744073709551615"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("1.7976931348623157e308", "1.7976931348623157e308"),
            ("5e-324", "5e-324"),
            ("0.30000000000000004", "0.30000000000000004"),
            ("2.2250738585072014e-308", "2.2250738585072014e-308"),
        ] {
            let value = Value::decode(&AttributeValue::s(text)).unwrap();
            let number = value.encode().unwrap();
            assert_eq!(number.as_s().unwrap().replace("e+", "e"), written);
        }
    }

    #[test]
    fn an_object_with_two_entries_of_one_name_is_refused_with_the_path() {
        let error = Value::decode(&AttributeValue::s(r#"{"a": [{"b": 1, "c": {}, "\u0062": 2}]}"#)).unwrap_err();
        assert_eq!((error.path(), error.kind()), ("a[0].b", &crate::model::CodecErrorKind::JsonNameTwice));
        assert!(Value::decode(&AttributeValue::s(r#"{"a": {"b": 1}, "b": {"b": {"b": 1}}}"#)).is_ok());
    }

    #[test]
    fn reports_the_position_of_invalid_json() {
        let error = Value::decode(&AttributeValue::s("{oops")).unwrap_err().to_string();
        assert!(error.contains("line 1 column 2"), "{error}");
    }
}
