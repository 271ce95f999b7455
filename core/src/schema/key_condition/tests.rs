use proptest::prelude::*;

use super::*;
use crate::expression::{Parser, Placeholders, Renderer};

/// Returns the placeholders that the tests share. Their names are letters for the types of their values.
fn defined() -> Placeholders {
    let values = [
        (":s", AttributeValue::s("x")),
        (":t", AttributeValue::s("y")),
        (":n", AttributeValue::n(1)),
        (":b", AttributeValue::b(&[0][..])),
        (":bool", AttributeValue::bool(true)),
        (":type", AttributeValue::s("SS")),
    ];
    let values = values.into_iter().map(|(placeholder, value)| (placeholder.into(), value)).collect();
    Placeholders { values, ..Placeholders::default() }
}

fn key() -> KeySchema {
    KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::s("r"))
}

/// Parses a text and finds its attributes in a key.
fn for_key(key: &KeySchema, text: &str) -> Result<KeyCondition, String> {
    let placeholders = defined();
    let mut parser = Parser::new(&placeholders).unwrap();
    let parsed = parser.key_condition(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    parsed.for_key(key).map_err(|error| error.to_string())
}

#[test]
fn conditions_are_found_by_the_names_of_the_key_in_any_order() {
    let partition = || KeyCondition::hash("id", "x");
    let range = |condition| partition().range("r", condition);
    let (x, y) = (|| "x".into(), || "y".into());
    for (text, expected) in [
        ("id = :s", partition()),
        ("(id) = (:s)", partition()),
        (":s = id", partition()),
        ("r = :s AND id = :s", range(RangeCondition::Eq(x()))),
        ("(id = :s AND r < :s)", range(RangeCondition::Lt(x()))),
        ("(id = :s) AND (r <= :s)", range(RangeCondition::Le(x()))),
        ("id = :s AND :s <= r", range(RangeCondition::Ge(x()))),
        ("id = :s AND :s < r", range(RangeCondition::Gt(x()))),
        ("id = :s AND (r) BETWEEN :s AND :t", range(RangeCondition::Between(x(), y()))),
        ("begins_with(r, :s) AND id = :s", range(RangeCondition::BeginsWith(x()))),
    ] {
        assert_eq!(for_key(&key(), text), Ok(expected), "{text}");
    }
}

#[test]
fn a_key_of_several_attributes_is_given_from_the_left() {
    let key = KeySchema {
        hash: vec![KeyAttribute::s("g"), KeyAttribute::n("h")],
        range: vec![KeyAttribute::s("r"), KeyAttribute::s("q")],
    };
    let expected = KeyCondition {
        hash: vec![("g".into(), "x".into()), ("h".into(), 1.into())],
        range: vec![("r".into(), RangeCondition::Eq("x".into())), ("q".into(), RangeCondition::Gt("y".into()))],
    };
    assert_eq!(for_key(&key, "q > :t AND r = :s AND h = :n AND g = :s"), Ok(expected));
    for (text, message) in [
        ("g = :s AND r = :s", "Query condition missed key schema element: h"),
        ("g = :s AND h = :n AND q = :s", "Query condition missed key schema element: r"),
        ("g = :s AND h = :n AND r > :s AND q = :s", "Query key condition not supported"),
        ("g = :s AND h = :n AND r = :s AND q = :s AND z = :s", "Query key condition not supported"),
    ] {
        assert_eq!(for_key(&key, text), Err(message.into()), "{text}");
    }
}

#[test]
fn conditions_that_select_no_range_of_a_partition_are_refused() {
    let not_supported = "Query key condition not supported";
    let wrong_type = "One or more parameter values were invalid: Condition parameter type does not match schema type";
    let twice = "KeyConditionExpressions must only contain one condition per key";
    let too_many = "Conditions can be of length 1 or 2 only";
    for (text, message) in [
        ("r = :s", "Query condition missed key schema element: id"),
        ("a = :s AND b = :s", "Query condition missed key schema element: id"),
        ("id = :s AND a = :s", "Query condition missed key schema element: r"),
        ("id > :s", not_supported),
        ("id > :s AND a = :s", not_supported),
        ("begins_with(id, :s) AND r = :s", not_supported),
        ("id BETWEEN :s AND :t", not_supported),
        ("id = :n", wrong_type),
        ("id > :n", wrong_type),
        ("id = :s AND r = :bool", wrong_type),
        ("id = :s AND begins_with(r, :b)", wrong_type),
        ("r = :n", "Query condition missed key schema element: id"),
        ("id = :s AND id = :s", twice),
        ("id = :s AND r > :s AND r < :t", twice),
        ("id = :s AND id = :s AND r = size(a)", twice),
        ("id = :s AND r = :s AND a = :t", too_many),
        ("(id = :s AND a = :s) AND (b = :s AND c = :s)", too_many),
    ] {
        assert_eq!(for_key(&key(), text), Err(message.into()), "{text}");
    }
}

#[test]
fn operators_and_operands_that_keys_lack_are_refused() {
    let operator = |operator| format!("Invalid operator used in KeyConditionExpression: {operator}");
    for (text, name) in [
        ("id = :s OR r = :s", "OR"),
        ("id = :s AND (r = :s OR r = :t)", "OR"),
        ("id = a OR id = :s", "OR"),
        ("NOT contains(id, :s)", "NOT"),
        ("id = :s AND r IN (:s)", "IN"),
        ("id <> a", "<>"),
        ("size(a) <> :s", "<>"),
        ("contains(id, :s) AND id = :s", "contains"),
        ("attribute_exists(id)", "attribute_exists"),
        ("attribute_not_exists(id)", "attribute_not_exists"),
        ("attribute_type(id, :type)", "attribute_type"),
    ] {
        assert_eq!(for_key(&key(), text), Err(operator(name)), "{text}");
    }
    let invalid = |reason| format!("Invalid condition in KeyConditionExpression: {reason}");
    for (text, reason) in [
        ("id = r", "Multiple attribute names used in one condition"),
        ("id BETWEEN r AND a", "Multiple attribute names used in one condition"),
        ("begins_with(id, r)", "Multiple attribute names used in one condition"),
        (":s = :t AND id = :s", "No key attribute specified"),
        (":s BETWEEN id AND r", "BETWEEN operator must have the key attribute as its first operand"),
        ("begins_with(:s, id)", "begins_with operator must have the key attribute as its first operand"),
    ] {
        assert_eq!(for_key(&key(), text), Err(invalid(reason)), "{text}");
    }
    let nested = "KeyConditionExpressions cannot contain nested operations";
    let inside = "KeyConditionExpressions cannot have conditions on nested attributes";
    let scalars = |name| {
        format!(
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: {name}"
        )
    };
    let (id, r) = (scalars("id"), scalars("r"));
    for (text, message) in [
        ("size(id) = :n", nested),
        ("id = size(:s)", nested),
        ("id = :s AND r BETWEEN size(a) AND :t", nested),
        ("size(a) BETWEEN :s AND :t", nested),
        ("id = :s AND a.b = :s", inside),
        ("a.b = size(c)", inside),
        (":s = a[0]", inside),
        ("begins_with(a.b, c)", inside),
        ("id.a = :s", id.as_str()),
        ("id = a AND r[0] = :s", r.as_str()),
        ("id.a = :s OR id = :s", id.as_str()),
        ("id IN (id.b)", id.as_str()),
        ("r[0] = :s AND id.a = :s", id.as_str()),
    ] {
        assert_eq!(for_key(&key(), text), Err(message.to_owned()), "{text}");
    }
}

/// Generates texts, which are values of a key.
fn text() -> impl Strategy<Value = AttributeValue> {
    ".{0,4}".prop_map(AttributeValue::s)
}

fn range_condition() -> impl Strategy<Value = RangeCondition> {
    prop_oneof![
        text().prop_map(RangeCondition::Eq),
        text().prop_map(RangeCondition::Lt),
        text().prop_map(RangeCondition::Le),
        text().prop_map(RangeCondition::Gt),
        text().prop_map(RangeCondition::Ge),
        (".{0,4}", ".{0,4}")
            .prop_map(|(low, rest)| RangeCondition::Between(low.clone().into(), format!("{low}{rest}").into())),
        text().prop_map(RangeCondition::BeginsWith),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rendered_key_condition_is_parsed_to_the_same_key_condition(value in text(), range in range_condition()) {
        let condition = KeyCondition::hash("hash key", value).range("range.key", range);
        let mut renderer = Renderer::new();
        let text = renderer.key_condition(&condition);
        let placeholders = renderer.finish();
        let mut parser = Parser::new(&placeholders).unwrap();
        let parsed = parser.key_condition(&text).unwrap();
        prop_assert_eq!(parser.finish(), Ok(()));
        let key = KeySchema::hash_and_range(KeyAttribute::s("hash key"), KeyAttribute::s("range.key"));
        prop_assert_eq!(parsed.for_key(&key), Ok(condition));
    }
}
