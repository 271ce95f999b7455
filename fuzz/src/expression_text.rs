//! The text of expressions: an expression that is parsed is rendered and parsed again unchanged, and evaluated.

use djamodb_core::expression::{Parser, Placeholders, Renderer};
use djamodb_core::schema::{KeyAttribute, KeySchema};
use djamodb_core::service::limits::EXPRESSION_BYTES_MAX;
use djamodb_core::value::{AttributeValue, Item};

/// Parses the input as each kind of expression. Bytes that are no UTF-8 are replaced.
///
/// # Panics
///
/// If an expression is parsed in another way after it is rendered, or if a text above the limit is accepted.
pub fn run(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    let given = placeholders();
    let item = item();
    let parsed = |parser: &Parser<'_>| {
        assert!(text.len() <= EXPRESSION_BYTES_MAX, "a text of {} bytes is accepted: {parser:?}", text.len());
    };
    let parser = || Parser::new(&given).expect("valid placeholders");

    let mut first = parser();
    if let Ok(condition) = first.condition(text) {
        parsed(&first);
        let mut renderer = Renderer::new();
        let text_again = renderer.condition(&condition);
        let placeholders = renderer.finish();
        let mut second = Parser::new(&placeholders).expect("rendered placeholders are valid");
        // A rendered text may be longer than the limit, since its parentheses and placeholders are its own.
        if text_again.len() <= EXPRESSION_BYTES_MAX {
            assert_eq!(second.condition(&text_again).as_ref(), Ok(&condition), "{text} is rendered as {text_again}");
            second.finish().expect("a renderer defines no placeholder that it does not use");
        }
        let holds = condition.holds_for(&item);
        assert_ne!(condition.negate().holds_for(&item), holds, "{text} and its negation");
    }
    let mut first = parser();
    if let Ok(update) = first.update(text) {
        parsed(&first);
        let mut renderer = Renderer::new();
        let text_again = renderer.update(&update);
        let placeholders = renderer.finish();
        let mut second = Parser::new(&placeholders).expect("rendered placeholders are valid");
        if text_again.len() <= EXPRESSION_BYTES_MAX {
            assert_eq!(second.update(&text_again).as_ref(), Ok(&update), "{text} is rendered as {text_again}");
        }
        // An update that cannot be applied is an error.
        let _ = update.apply(&item);
    }
    let mut first = parser();
    if let Ok(projection) = first.projection(text) {
        parsed(&first);
        let mut renderer = Renderer::new();
        let text_again = renderer.projection(&projection);
        let placeholders = renderer.finish();
        let mut second = Parser::new(&placeholders).expect("rendered placeholders are valid");
        if text_again.len() <= EXPRESSION_BYTES_MAX {
            assert_eq!(second.projection(&text_again).as_ref(), Ok(&projection), "{text} is rendered as {text_again}");
        }
        let selected = projection.apply(&item);
        assert!(selected.iter().all(|(name, _)| item.contains_key(name)), "{text} selects attributes of the item");
    }
    let mut first = parser();
    if let Ok(condition) = first.key_condition(text) {
        parsed(&first);
        let key = KeySchema::hash_and_range(KeyAttribute::s("a"), KeyAttribute::n("b"));
        // A condition that is none of the key is an error.
        let _ = condition.for_key(&key);
    }
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
