//! Random values, from few, so that they meet again.

use arbitrary::{Result, Unstructured};
use djamodb_core::value::{AttributeValue, Item};

/// Levels of a nested value that may be deeper than an item can be.
const DEEP_LEVELS: usize = 2_000;

/// Returns a value of any type, valid or not.
pub(crate) fn value(input: &mut Unstructured<'_>) -> Result<AttributeValue> {
    Ok(match input.int_in_range(0..=11)? {
        0 | 1 => AttributeValue::s(text(input)?),
        2 | 3 => number(input)?,
        4 => {
            let length = input.int_in_range(0..=3)?;
            AttributeValue::b(input.bytes(length)?.to_vec())
        }
        5 => AttributeValue::Bool(input.arbitrary()?),
        6 => AttributeValue::Null,
        7 => AttributeValue::ss(some(input, &["a", "b", "c"])?),
        8 => AttributeValue::ns(some(input, &[1, 2, 3])?),
        9 => AttributeValue::l((0..input.int_in_range(0..=3)?).map(|_| leaf(input)).collect::<Result<Vec<_>>>()?),
        10 => AttributeValue::m([("a", leaf(input)?), ("b", leaf(input)?)]),
        _ => {
            let levels = input.int_in_range(0..=DEEP_LEVELS)?;
            (0..levels).fold(leaf(input)?, |inner, _| AttributeValue::l([inner]))
        }
    })
}

fn leaf(input: &mut Unstructured<'_>) -> Result<AttributeValue> {
    if input.arbitrary()? { number(input) } else { Ok(AttributeValue::s(text(input)?)) }
}

fn number(input: &mut Unstructured<'_>) -> Result<AttributeValue> {
    let text = *input.choose(&["0", "1", "2", "-1", "10", "2.5", "9.9e125", "-1e-130", "12345678901234567890"])?;
    Ok(text.parse().map_or(AttributeValue::Null, AttributeValue::N))
}

fn text(input: &mut Unstructured<'_>) -> Result<String> {
    Ok(match input.int_in_range(0..=9)? {
        0 => String::new(),
        1 => "x".repeat(input.int_in_range(0..=500_000)?),
        _ => (*input.choose(&["a", "b", "ab", "ü", "\u{10ffff}", "1"])?).to_owned(),
    })
}

fn some<T: Copy>(input: &mut Unstructured<'_>, all: &[T]) -> Result<Vec<T>> {
    let mut some = Vec::new();
    for one in all {
        if input.arbitrary()? {
            some.push(*one);
        }
    }
    Ok(some)
}

/// Returns the name of an attribute, now and then one that no item can have.
pub(crate) fn attribute(input: &mut Unstructured<'_>) -> Result<String> {
    Ok((*input.choose(&["h", "r", "a", "b", "c", "expires", "", "h"])?).to_owned())
}

/// Returns a key of the tables, mostly a valid one.
pub(crate) fn key(input: &mut Unstructured<'_>) -> Result<Item> {
    if input.ratio(1, 20)? {
        return Ok(Item::new().with(attribute(input)?, value(input)?));
    }
    let hash = *input.choose(&["a", "b"])?;
    Ok(Item::new().with("h", hash).with("r", input.int_in_range(0..=4)?))
}

/// Returns an item of the tables, mostly a valid one.
pub(crate) fn item(input: &mut Unstructured<'_>) -> Result<Item> {
    let mut item = key(input)?;
    for _ in 0..input.int_in_range(0..=3)? {
        item = item.with(attribute(input)?, value(input)?);
    }
    if input.arbitrary()? {
        item = item.with("a", input.int_in_range(0..=3)?);
    }
    Ok(item)
}
