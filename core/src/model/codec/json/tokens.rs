//! The numbers and the names in a JSON text, each with its place.
//!
//! `serde_json` converts numbers while it parses. Their text, which alone is exact, is read here.

use serde_json::Value;

use crate::model::CodecError;

/// A token of a JSON text.
pub(in crate::model) enum Token<'a> {
    /// Name of an object's entry, with its quotes and escapes.
    Name(&'a str),
    /// A number as it is written.
    Number(&'a str),
}

/// The objects and arrays around a token, outermost first.
pub(in crate::model) struct Place<'a> {
    containers: Vec<Container<'a>>,
    opened: usize,
}

struct Container<'a> {
    /// Number of containers that were opened before.
    id: usize,
    position: Position<'a>,
}

enum Position<'a> {
    Entry {
        /// Name of the current entry, with its quotes.
        name: &'a str,
        is_name_next: bool,
    },
    Element(usize),
}

impl<'a> Place<'a> {
    /// Returns the number of objects and arrays around the token.
    pub(in crate::model) const fn depth(&self) -> usize {
        self.containers.len()
    }

    /// Returns a number that distinguishes the innermost object or array from all others of the text.
    pub(super) fn container(&self) -> usize {
        self.containers.last().map_or(0, |container| container.id)
    }

    /// Returns the error with the path of the token.
    pub(super) fn locate(&self, error: CodecError) -> CodecError {
        self.containers.iter().rev().fold(error, |error, container| match container.position {
            Position::Entry { name, .. } => error.at(&unquoted(name)),
            Position::Element(index) => error.at_index(index),
        })
    }

    fn open(&mut self, position: Position<'a>) {
        self.containers.push(Container { id: self.opened, position });
        self.opened += 1;
    }

    /// Takes a string, and returns `true` if it is the name of an entry.
    fn take_string(&mut self, string: &'a str) -> bool {
        match self.containers.last_mut() {
            Some(Container { position: Position::Entry { name, is_name_next }, .. }) if *is_name_next => {
                (*name, *is_name_next) = (string, false);
                true
            }
            _ => false,
        }
    }

    fn take_comma(&mut self) {
        match self.containers.last_mut().map(|container| &mut container.position) {
            Some(Position::Entry { is_name_next, .. }) => *is_name_next = true,
            Some(Position::Element(index)) => *index += 1,
            None => {}
        }
    }
}

/// Calls `visit` with each name and each number of a JSON text, in their order.
///
/// Of a text that is not JSON, it visits what looks like names and numbers.
///
/// # Errors
///
/// Returns the first error of `visit`.
pub(in crate::model) fn visit_tokens<'a, E>(
    text: &'a str,
    mut visit: impl FnMut(&Place<'a>, Token<'a>) -> Result<(), E>,
) -> Result<(), E> {
    let mut place = Place { containers: Vec::new(), opened: 0 };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'{' => place.open(Position::Entry { name: "", is_name_next: true }),
            b'[' => place.open(Position::Element(0)),
            b'}' | b']' => {
                place.containers.pop();
            }
            b',' => place.take_comma(),
            b'"' => {
                at = string_end(bytes, at);
                let string = &text[start..at];
                if place.take_string(string) {
                    visit(&place, Token::Name(string))?;
                }
            }
            b'-' | b'0'..=b'9' => {
                let rest = bytes[at..].iter();
                at += rest.take_while(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')).count();
                visit(&place, Token::Number(&text[start..at]))?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Returns the position after the closing quote of the string that begins before `at`.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Returns the name without quotes and escapes.
pub(super) fn unquoted(name: &str) -> String {
    serde_json::from_str(name).unwrap_or_else(|_| name.to_owned())
}

/// Returns the number of entries of all objects in a value.
pub(super) fn count_entries(value: &Value) -> usize {
    match value {
        Value::Array(values) => values.iter().map(count_entries).sum(),
        Value::Object(entries) => entries.len() + entries.values().map(count_entries).sum::<usize>(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let _ = visit_tokens(text, |place, token| {
            if let Token::Number(number) = token {
                let path = place.locate(CodecError::invalid("", "", ""));
                found.push(format!("{} {number}", path.path()));
            }
            Ok::<_, std::convert::Infallible>(())
        });
        found
    }

    #[test]
    fn every_number_has_its_path_and_its_text() {
        assert_eq!(numbers("-1.50E+3"), [" -1.50E+3"]);
        assert_eq!(
            numbers(r#"{"a": [1, {"b\"c": 2.0}, "3", true], "d": {"e": [[4], [5, 6]]}, "f": 7}"#),
            ["a[0] 1", "a[1].b\"c 2.0", "d.e[0][0] 4", "d.e[1][0] 5", "d.e[1][1] 6", "f 7"]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_visited_without_a_panic(text in r#"[{}\[\],:"\\é0-9eE.+-]{0,24}"#) {
            numbers(&text);
        }
    }
}
