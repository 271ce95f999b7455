//! Random values, from few, so that they meet again.

use bytes::Bytes;
use djamodb_core::schema::ScalarType;
use djamodb_core::value::{AttributeValue, Item};
use fastrand::Rng;

/// The attributes that are no keys.
pub(crate) const ATTRIBUTES: [&str; 5] = ["a", "b", "c", "d", "list"];

/// Returns one of several values.
pub(crate) fn one_of<T: Copy>(random: &mut Rng, values: &[T]) -> T {
    values[random.usize(..values.len())]
}

/// Returns `true` once in `count` times.
pub(crate) fn once_in(random: &mut Rng, count: u32) -> bool {
    random.u32(..count) == 0
}

pub(crate) fn number(random: &mut Rng) -> AttributeValue {
    let text = one_of(random, &["0", "1", "2", "3", "-1", "2.5", "10", "1E+3", "0.001", "12345678901234567890"]);
    text.parse().map_or(AttributeValue::Null, AttributeValue::N)
}

pub(crate) fn text(random: &mut Rng) -> AttributeValue {
    AttributeValue::s(one_of(random, &["", "a", "ab", "abc", "b", "ü", "1", "Z"]))
}

pub(crate) fn binary(random: &mut Rng) -> AttributeValue {
    AttributeValue::b(Bytes::from_static(one_of(random, &[b"", b"a", b"ab", b"\xff", b"\x00\x01"])))
}

/// Returns a value of a key attribute. A few cannot be one.
pub(crate) fn key(random: &mut Rng, scalar: ScalarType) -> AttributeValue {
    if once_in(random, 60) {
        return value(random);
    }
    match scalar {
        ScalarType::S => AttributeValue::s(one_of(random, &["a", "ab", "abc", "b", "ü", "1"])),
        ScalarType::N => number(random),
        ScalarType::B => AttributeValue::b(Bytes::from_static(one_of(random, &[b"a", b"ab", b"\xff", b"\x00"]))),
    }
}

/// Returns a value of any type.
pub(crate) fn value(random: &mut Rng) -> AttributeValue {
    nested(random, 3)
}

fn nested(random: &mut Rng, levels: u32) -> AttributeValue {
    match random.u32(..if levels == 0 { 9 } else { 13 }) {
        0 | 1 => text(random),
        2 | 3 => number(random),
        4 => binary(random),
        5 => AttributeValue::Bool(random.bool()),
        6 => AttributeValue::Null,
        7 => AttributeValue::ss(some(random, &["a", "ab", "b"])),
        8 if random.bool() => AttributeValue::ns(some(random, &[1, 2, 3])),
        8 => AttributeValue::bs(some(random, &[b"a", b"b"]).into_iter().map(|bytes| Bytes::from_static(bytes))),
        9 | 10 => AttributeValue::l((0..random.usize(..4)).map(|_| nested(random, levels - 1)).collect::<Vec<_>>()),
        _ if once_in(random, 12) => AttributeValue::m(Vec::<(&str, AttributeValue)>::new()),
        _ => {
            let names: Vec<_> = some(random, &["a", "b", "x"]);
            AttributeValue::m(names.into_iter().map(|name| (name, nested(random, levels - 1))).collect::<Vec<_>>())
        }
    }
}

/// Returns some of the elements, rarely none.
fn some<T: Copy>(random: &mut Rng, all: &[T]) -> Vec<T> {
    let mut some: Vec<T> = all.iter().copied().filter(|_| random.bool()).collect();
    if some.is_empty() && !once_in(random, 30) {
        some.push(all[0]);
    }
    some
}

/// Adds attributes that are no keys.
pub(crate) fn with_attributes(random: &mut Rng, mut item: Item) -> Item {
    for name in ATTRIBUTES {
        if random.bool() {
            let value = if name == "list" && random.bool() {
                AttributeValue::l([number(random), text(random)])
            } else {
                value(random)
            };
            item = item.with(name, value);
        }
    }
    if once_in(random, 15) {
        // Far from a whole number of units, since the server counts a few bytes more for the entries of local indexes.
        let bytes = one_of(random, &[300, 3_300, 8_400, 99_500, 300_200, 300_200]);
        item = item.with("filler", "x".repeat(bytes));
    }
    item
}
