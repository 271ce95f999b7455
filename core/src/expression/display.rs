//! Expressions for people: names and values instead of placeholders.

use std::fmt;

use super::render::{ExpressionWriter, WriteTerm};
use super::{Condition, KeyCondition, ProjectionExpression, Update};
use crate::value::{AttributeValue, Name, Number, SHOWN_LEVELS_MAX};

/// Maximum number of characters of a string, and of elements of a set, list or map, that are displayed.
const DISPLAYED_MAX: usize = 64;

/// Writes names and values literally.
struct LiteralTerms;

impl WriteTerm for LiteralTerms {
    fn name(&mut self, name: &Name, out: &mut dyn fmt::Write) -> fmt::Result {
        out.write_str(name)
    }

    fn value(&mut self, value: &AttributeValue, out: &mut dyn fmt::Write) -> fmt::Result {
        match value {
            AttributeValue::N(Number::UNKNOWN_TIME) => out.write_str(":now"),
            value => write_value(value, SHOWN_LEVELS_MAX, out),
        }
    }
}

fn write_value(value: &AttributeValue, levels: usize, out: &mut dyn fmt::Write) -> fmt::Result {
    let levels_left = levels.saturating_sub(1);
    match value {
        AttributeValue::S(text) => write_string(text, out),
        AttributeValue::N(number) => write!(out, "{number}"),
        AttributeValue::B(bytes) => {
            out.write_str("0x")?;
            for byte in bytes.iter().take(DISPLAYED_MAX / 2) {
                write!(out, "{byte:02x}")?;
            }
            if bytes.len() > DISPLAYED_MAX / 2 { out.write_str("…") } else { Ok(()) }
        }
        AttributeValue::Bool(value) => write!(out, "{value}"),
        AttributeValue::Null => out.write_str("null"),
        AttributeValue::M(map) if levels == 0 && !map.is_empty() => out.write_str("{…}"),
        AttributeValue::L(values) if levels == 0 && !values.is_empty() => out.write_str("[…]"),
        AttributeValue::M(map) => write_all("{", "}", map.iter(), out, |(name, value), out| {
            write_string(name, out)?;
            out.write_str(": ")?;
            write_value(value, levels_left, out)
        }),
        AttributeValue::L(values) => {
            write_all("[", "]", values, out, |value, out| write_value(value, levels_left, out))
        }
        AttributeValue::Ss(texts) => write_all("{", "}", texts, out, |text, out| write_string(text, out)),
        AttributeValue::Ns(numbers) => write_all("{", "}", numbers, out, |number, out| write!(out, "{number}")),
        AttributeValue::Bs(values) => {
            write_all("{", "}", values, out, |bytes, out| write_value(&AttributeValue::b(bytes.clone()), levels, out))
        }
    }
}

fn write_string(text: &str, out: &mut dyn fmt::Write) -> fmt::Result {
    match text.char_indices().nth(DISPLAYED_MAX) {
        None => write!(out, "{text:?}"),
        Some((end, _)) => write!(out, "{:?}…", &text[..end]),
    }
}

fn write_all<T>(
    open: &str,
    close: &str,
    parts: impl IntoIterator<Item = T>,
    out: &mut dyn fmt::Write,
    mut write: impl FnMut(T, &mut dyn fmt::Write) -> fmt::Result,
) -> fmt::Result {
    out.write_str(open)?;
    for (at, part) in parts.into_iter().enumerate() {
        if at == DISPLAYED_MAX {
            out.write_str(", …")?;
            break;
        }
        if at > 0 {
            out.write_str(", ")?;
        }
        write(part, out)?;
    }
    out.write_str(close)
}

/// Displays strings in quotes and binary data in hexadecimal. Long values, and values of more than 32 levels, are shortened.
impl fmt::Display for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_value(self, SHOWN_LEVELS_MAX, f)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ExpressionWriter { out: f, terms: &mut LiteralTerms }.condition(self)
    }
}

impl fmt::Display for KeyCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ExpressionWriter { out: f, terms: &mut LiteralTerms }.key_condition(self)
    }
}

impl fmt::Display for Update {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ExpressionWriter { out: f, terms: &mut LiteralTerms }.update(self)
    }
}

impl fmt::Display for ProjectionExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ExpressionWriter { out: f, terms: &mut LiteralTerms }.projection(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_displayed_with_their_type_and_shortened() {
        for (value, text) in [
            (AttributeValue::s("a\"b"), r#""a\"b""#),
            (AttributeValue::b(&[0, 255][..]), "0x00ff"),
            (AttributeValue::l([AttributeValue::n(1), AttributeValue::null()]), "[1, null]"),
            (AttributeValue::m([("k", AttributeValue::bool(true))]), r#"{"k": true}"#),
            (AttributeValue::ns([2, 1]), "{1, 2}"),
        ] {
            assert_eq!(value.to_string(), text);
        }
        assert_eq!(AttributeValue::s("é".repeat(100)).to_string(), format!("\"{}\"…", "é".repeat(64)));
    }
}
