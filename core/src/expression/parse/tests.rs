//! Tests of the parser. The messages were observed at DynamoDB Local 3.3.1.

mod conditions;
mod key_conditions;
mod placeholders;
mod projections;
mod random_texts;
mod round_trips;
mod syntax_errors;
mod updates;

use super::{ExpressionFault, ParseError, Parser};
use crate::expression::{Condition, ExpressionKind, Placeholders};
use crate::value::AttributeValue;

/// Returns the placeholders that the tests share. Their names are letters for the types of their values.
fn defined() -> Placeholders {
    let names = [("#a", "a"), ("#b", "b"), ("#dotted", "x.y"), ("#reserved", "name")];
    let values = [
        (":s", AttributeValue::s("x")),
        (":t", AttributeValue::s("y")),
        (":n", AttributeValue::n(1)),
        (":m", AttributeValue::n(2)),
        (":b", AttributeValue::b(&[0][..])),
        (":bool", AttributeValue::bool(true)),
        (":null", AttributeValue::null()),
        (":list", AttributeValue::l([])),
        (":map", AttributeValue::m::<&str>([])),
        (":ss", AttributeValue::ss(["a"])),
        (":type", AttributeValue::s("SS")),
    ];
    Placeholders {
        names: names.into_iter().map(|(placeholder, name)| (placeholder.into(), name.into())).collect(),
        values: values.into_iter().map(|(placeholder, value)| (placeholder.into(), value)).collect(),
    }
}

/// Parses a text of a kind and drops the result.
fn parse(kind: ExpressionKind, text: &str) -> Result<(), ParseError> {
    let placeholders = defined();
    let mut parser = Parser::new(&placeholders).unwrap();
    match kind {
        ExpressionKind::Condition => parser.condition(text).map(drop),
        ExpressionKind::Filter => parser.filter(text).map(drop),
        ExpressionKind::KeyCondition => parser.key_condition(text).map(drop),
        ExpressionKind::Projection => parser.projection(text).map(drop),
        ExpressionKind::Update => parser.update(text).map(drop),
    }
}

/// Returns the message of the error without the kind of the expression, or `accepted`.
fn message(kind: ExpressionKind, text: &str) -> String {
    match parse(kind, text) {
        Ok(()) => "accepted".into(),
        Err(error) => {
            let message = error.to_string();
            message.strip_prefix(&format!("Invalid {kind}: ")).map_or(message.clone(), str::to_owned)
        }
    }
}

fn filter(text: &str) -> Condition {
    Parser::new(&defined()).unwrap().filter(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Checks that each text is refused with the message after it.
fn expect_messages<'a>(kind: ExpressionKind, rows: impl IntoIterator<Item = (&'a str, &'a str)>) {
    for (text, expected) in rows {
        assert_eq!(message(kind, text), expected, "{text}");
    }
}

fn expect_accepted<'a>(kind: ExpressionKind, texts: impl IntoIterator<Item = &'a str>) {
    expect_messages(kind, texts.into_iter().map(|text| (text, "accepted")));
}

#[test]
fn the_kind_of_the_expression_is_in_the_message() {
    for (kind, name) in [
        (ExpressionKind::Condition, "ConditionExpression"),
        (ExpressionKind::Filter, "FilterExpression"),
        (ExpressionKind::KeyCondition, "KeyConditionExpression"),
        (ExpressionKind::Projection, "ProjectionExpression"),
        (ExpressionKind::Update, "UpdateExpression"),
    ] {
        let error = parse(kind, "").unwrap_err();
        assert_eq!(error, ParseError::Expression { kind, fault: ExpressionFault::Empty });
        assert_eq!(error.to_string(), format!("Invalid {name}: The expression can not be empty;"));
    }
}

#[test]
fn texts_are_limited_to_4_kilobytes() {
    let padded = |bytes: usize| format!("a = b{}", " ".repeat(bytes - 5));
    assert_eq!(message(ExpressionKind::Filter, &padded(4096)), "accepted");
    let too_long = "Expression size has exceeded the maximum allowed size; expression size: 4097";
    assert_eq!(message(ExpressionKind::Filter, &padded(4097)), too_long);
    assert_eq!(message(ExpressionKind::Filter, &format!("= {}", " ".repeat(4095))), too_long);
}
