//! The maps of placeholders: their keys, and those that no expression uses.

use super::defined;
use crate::expression::{ParseError, Parser, PlaceholderMap, Placeholders};
use crate::value::AttributeValue;

fn with_name(key: &str, name: &str) -> Placeholders {
    Placeholders { names: [(key.to_owned(), name.into())].into(), ..Placeholders::default() }
}

fn with_value(key: &str) -> Placeholders {
    Placeholders { values: [(key.to_owned(), AttributeValue::n(1))].into(), ..Placeholders::default() }
}

fn refused(placeholders: &Placeholders) -> String {
    Parser::new(placeholders).map_or_else(|error| error.to_string(), |_| "accepted".into())
}

#[test]
fn keys_are_a_sign_with_letters_digits_and_underscores() {
    for key in ["x", "#", "##", "#a-b", "#é", "#a b", ":x", "#a.b", "#a#b", "a#"] {
        assert_eq!(
            refused(&with_name(key, "x")),
            format!("ExpressionAttributeNames contains invalid key: Syntax error; key: \"{key}\"")
        );
    }
    for key in ["x", ":", ":a-b", ":é", "#x", ":a:b"] {
        assert_eq!(
            refused(&with_value(key)),
            format!("ExpressionAttributeValues contains invalid key: Syntax error; key: \"{key}\"")
        );
    }
    for word in ["_", "1", "a_1", "name"] {
        assert_eq!(refused(&with_name(&format!("#{word}"), "x")), "accepted");
        assert_eq!(refused(&with_value(&format!(":{word}"))), "accepted");
    }
}

#[test]
fn keys_have_1_to_255_characters() {
    let empty = "contains invalid key: The expression attribute map contains an empty key;";
    assert_eq!(refused(&with_name("", "x")), format!("ExpressionAttributeNames {empty}"));
    assert_eq!(refused(&with_value("")), format!("ExpressionAttributeValues {empty}"));
    let name = |length: usize| with_name(&format!("#{}", "a".repeat(length - 1)), "x");
    assert_eq!(refused(&name(255)), "accepted");
    assert_eq!(
        refused(&name(256)),
        "ExpressionAttributeNames contains invalid key: The expression attribute map contains a key that is too long; size of \
         key: 256"
    );
    assert_eq!(refused(&with_value(&format!(":{}", "a".repeat(254)))), "accepted");
    let too_long = with_value(&format!(":{}", "a".repeat(255)));
    let expected = ParseError::KeyTooLong { map: PlaceholderMap::Values, size: 256 };
    assert_eq!(Parser::new(&too_long).unwrap_err(), expected);
}

#[test]
fn names_are_those_of_attributes() {
    assert_eq!(
        refused(&with_name("#a", "")),
        "ExpressionAttributeNames contains invalid value: Empty attribute name for key #a"
    );
    assert_eq!(refused(&with_name("#a", &"x".repeat(65_535))), "accepted");
    assert_eq!(
        refused(&with_name("#a", &"x".repeat(65_536))),
        "ExpressionAttributeNames contains invalid value: Attribute name is too large, must be less than 65536 bytes for key #a"
    );
}

#[test]
fn unused_placeholders_are_refused_after_all_expressions() {
    let mut placeholders = with_name("#x", "x");
    placeholders.values = defined().values;
    placeholders.values.retain(|key, _| [":n", ":m", ":s"].contains(&key.as_str()));
    let unused = |use_all: &dyn Fn(&mut Parser<'_>)| {
        let mut parser = Parser::new(&placeholders).unwrap();
        use_all(&mut parser);
        parser.finish().map_or_else(|error| error.to_string(), |()| "accepted".into())
    };
    assert_eq!(
        unused(&|parser| drop(parser.filter("a = :s").unwrap())),
        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}"
    );
    assert_eq!(
        unused(&|parser| drop(parser.projection("#x").unwrap())),
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:m, :n, :s}"
    );
    assert_eq!(
        unused(&|parser| {
            parser.key_condition("a = :s").unwrap();
            parser.filter("#x = :n").unwrap();
            parser.update("SET a = :m").unwrap();
        }),
        "accepted"
    );
}
