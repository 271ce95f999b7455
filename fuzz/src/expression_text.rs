//! The text of expressions: an expression that is parsed is rendered and parsed again unchanged, and evaluated.

use std::fmt::Debug;

use djamodb_core::expression::{ExpressionSize, ParseError, Parser, Placeholders, Renderer};
use djamodb_core::schema::{KeyAttribute, KeySchema};
use djamodb_core::service::limits::EXPRESSION_BYTES_MAX;
use djamodb_core::value::{AttributeValue, Item};

/// Parses the input as each kind of expression. Bytes that are no UTF-8 are replaced.
///
/// # Panics
///
/// If an expression is parsed in another way after it is rendered, or if a text above the limit is accepted.
#[expect(clippy::redundant_closure_for_method_calls, reason = "a method is of one lifetime, a closure of any")]
pub fn run(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    let item = item();
    if let Some(condition) = parsed(text, |parser, text| parser.condition(text), Renderer::condition) {
        let holds = condition.holds_for(&item);
        assert_ne!(condition.negate().holds_for(&item), holds, "{text} and its negation");
    }
    if let Some(update) = parsed(text, |parser, text| parser.update(text), Renderer::update) {
        let size = ExpressionSize::of_update(&update);
        let rendered = Renderer::new().update(&update);
        assert!(rendered.len() <= size.text_bytes_max, "{rendered} is longer than its bound");
        // An update that cannot be applied is an error.
        let _ = update.apply(&item);
    }
    if let Some(projection) = parsed(text, |parser, text| parser.projection(text), Renderer::projection) {
        let selected = projection.apply(&item);
        assert!(selected.iter().all(|(name, _)| item.contains_key(name)), "{text} selects attributes of the item");
    }
    let given = placeholders();
    let mut parser = Parser::new(&given).expect("valid placeholders");
    if let Ok(condition) = parser.key_condition(text) {
        let key = KeySchema::hash_and_range(KeyAttribute::s("a"), KeyAttribute::n("b"));
        // A condition that is none of the key is an error.
        let _ = condition.for_key(&key);
    }
}

/// Parses a text, and asserts that the expression is the same once it is rendered and parsed again.
fn parsed<T: PartialEq + Debug>(
    text: &str,
    parse: impl Fn(&mut Parser<'_>, &str) -> Result<T, ParseError>,
    render: impl Fn(&mut Renderer, &T) -> String,
) -> Option<T> {
    let given = placeholders();
    let expression = parse(&mut Parser::new(&given).expect("valid placeholders"), text).ok()?;
    assert!(text.len() <= EXPRESSION_BYTES_MAX, "a text of {} bytes is accepted", text.len());
    let mut renderer = Renderer::new();
    let again = render(&mut renderer, &expression);
    let placeholders = renderer.finish();
    let mut parser = Parser::new(&placeholders).expect("rendered placeholders are valid");
    // A rendered text may be longer than the limit, since its parentheses and placeholders are its own.
    if again.len() <= EXPRESSION_BYTES_MAX {
        assert_eq!(parse(&mut parser, &again).as_ref(), Ok(&expression), "{text} is rendered as {again}");
        parser.finish().expect("a renderer defines no placeholder that it does not use");
    }
    Some(expression)
}

/// The placeholders of every text: two names, and values of all types.
fn placeholders() -> Placeholders {
    let mut placeholders = Placeholders::default();
    for (placeholder, name) in [("#a", "a"), ("#b", "b.c")] {
        placeholders.names.insert(placeholder.into(), name.into());
    }
    let values = [
        (":s", AttributeValue::s("text")),
        (":n", AttributeValue::n(1)),
        (":b", AttributeValue::b(vec![0, 255])),
        (":t", AttributeValue::Bool(true)),
        (":z", AttributeValue::Null),
        (":l", AttributeValue::l([1.into(), "x".into()])),
        (":m", AttributeValue::m([("k", AttributeValue::n(2))])),
        (":ss", AttributeValue::ss(["x", "y"])),
        (":ns", AttributeValue::ns([1, 2])),
    ];
    placeholders.values.extend(values.map(|(placeholder, value)| (placeholder.to_owned(), value)));
    placeholders
}

fn item() -> Item {
    let values = AttributeValue::m([("a", AttributeValue::n(1)), ("b", AttributeValue::l([1.into(), "x".into()]))]);
    Item::new()
        .with("a", "text")
        .with("b", 1)
        .with("c", AttributeValue::l([1.into(), values.clone()]))
        .with("m", values)
        .with("s", AttributeValue::ss(["x", "y"]))
        .with("n", AttributeValue::ns([1, 2]))
}
