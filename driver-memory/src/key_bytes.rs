//! Keys as bytes that sort as the keys do, so that comparing bytes is the only comparison there is.
//!
//! | bytes | what they hold |
//! |---|---|
//! | 8 | a hash of the hash attributes, which spreads partitions evenly over shards and scan segments |
//! | then | each hash attribute, then each range attribute |
//!
//! Each attribute delimits itself, so that no key is the beginning of another and what follows an attribute never
//! decides before it does. A number is [`Number::to_ordered_bytes`]; text and binary data are their own bytes, each
//! zero byte followed by [`ZERO_FOLLOWER`], and [`END`] last. The key of an index entry is the key in the index
//! followed by the key in the table: unique, and among equal index keys in an order that is arbitrary, but always the
//! same.
//!
//! [`Number::to_ordered_bytes`]: djamodb_core::value::Number::to_ordered_bytes

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;

use djamodb_core::schema::{KeySchema, ScalarType};
use djamodb_core::value::{AttributeValue, Item};

/// What ends text and binary data. Less than a zero byte inside and what follows it, so that the shorter sorts first.
const END: [u8; 2] = [0, 0];
/// What follows a zero byte inside text and binary data.
const ZERO_FOLLOWER: u8 = 0xFF;
/// How many bytes the hash at the start takes.
const HASH_BYTES: usize = size_of::<u64>();
/// Room for most keys, so that building one allocates once.
const KEY_BYTES_USUAL: usize = 96;

/// The key of `item` under `schema`; `None` when the item lacks one of the attributes, or has it empty or in another type.
pub(crate) fn encode(schema: &KeySchema, item: &Item) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(KEY_BYTES_USUAL);
    let value = |name: &str| item.get(name).filter(|value| !is_empty(value));
    push_hash(&mut out, schema.hash.iter().map(|attribute| Some((attribute.scalar, value(&attribute.name)?))))?;
    for attribute in &schema.range {
        push(&mut out, attribute.scalar, value(&attribute.name)?)?;
    }
    Some(out)
}

/// No key holds an empty text or empty binary data.
fn is_empty(value: &AttributeValue) -> bool {
    match value {
        AttributeValue::S(text) => text.is_empty(),
        AttributeValue::B(bytes) => bytes.is_empty(),
        _ => false,
    }
}

/// What all keys of one partition begin with.
pub(crate) fn push_hash<'a>(
    out: &mut Vec<u8>,
    attributes: impl IntoIterator<Item = Option<(ScalarType, &'a AttributeValue)>>,
) -> Option<()> {
    let start = out.len();
    out.extend([0; HASH_BYTES]);
    for attribute in attributes {
        let (scalar, value) = attribute?;
        push(out, scalar, value)?;
    }
    let (place, attributes) = out.get_mut(start..)?.split_first_chunk_mut::<HASH_BYTES>()?;
    *place = hash(attributes).to_be_bytes();
    Some(())
}

/// One attribute.
pub(crate) fn push(out: &mut Vec<u8>, scalar: ScalarType, value: &AttributeValue) -> Option<()> {
    if let (ScalarType::N, AttributeValue::N(number)) = (scalar, value) {
        number.to_ordered_bytes(out);
    } else {
        push_beginning(out, scalar, value)?;
        out.extend(END);
    }
    Some(())
}

/// What every text or binary datum that begins with `value` begins with.
pub(crate) fn push_beginning(out: &mut Vec<u8>, scalar: ScalarType, value: &AttributeValue) -> Option<()> {
    let bytes = match (scalar, value) {
        (ScalarType::S, AttributeValue::S(text)) => text.as_bytes(),
        (ScalarType::B, AttributeValue::B(bytes)) => bytes,
        _ => return None,
    };
    // Zero bytes are rare, and to look for one first is faster than to look at every byte.
    if !bytes.contains(&0) {
        out.extend_from_slice(bytes);
        return Some(());
    }
    for byte in bytes {
        out.push(*byte);
        if *byte == 0 {
            out.push(ZERO_FOLLOWER);
        }
    }
    Some(())
}

/// The least bytes above all that begin with `prefix`; `None` when there are none.
pub(crate) fn after_all_that_begin_with(mut prefix: Vec<u8>) -> Option<Vec<u8>> {
    while let Some(last) = prefix.pop() {
        if let Some(next) = last.checked_add(1) {
            prefix.push(next);
            return Some(prefix);
        }
    }
    None
}

/// A hash that is the same in every process, with all bits as good as random.
fn hash(bytes: &[u8]) -> u64 {
    bytes.chunks(size_of::<u64>()).fold(0, |state, chunk| {
        // The end of a chunk that is not full stays zero. That is no ambiguity: attributes delimit themselves.
        let mut word = [0; size_of::<u64>()];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        mix(state ^ u64::from_le_bytes(word)).wrapping_add(1)
    })
}

/// Spreads each bit over all: the finaliser of splitmix64.
pub(crate) const fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

/// A key as a tree keeps it: short ones in place, where comparing them follows no pointer, long ones on the heap.
#[derive(Clone)]
pub(crate) struct KeyBytes(Repr);

/// With a tag and a length, 64 bytes: a cache line.
const IN_PLACE_MAX: usize = 62;

#[derive(Clone)]
enum Repr {
    InPlace { length: u8, bytes: [u8; IN_PLACE_MAX] },
    Heap(Box<[u8]>),
}

impl KeyBytes {
    pub(crate) fn as_slice(&self) -> &[u8] {
        match &self.0 {
            Repr::InPlace { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or(bytes),
            Repr::Heap(bytes) => bytes,
        }
    }
}

impl From<&[u8]> for KeyBytes {
    fn from(key: &[u8]) -> Self {
        let mut bytes = [0; IN_PLACE_MAX];
        match (u8::try_from(key.len()), bytes.get_mut(..key.len())) {
            (Ok(length), Some(place)) => {
                place.copy_from_slice(key);
                Self(Repr::InPlace { length, bytes })
            }
            _ => Self(Repr::Heap(key.into())),
        }
    }
}

/// What lets a tree be searched by plain bytes. Equality and order below are those of the bytes, as it demands.
impl Borrow<[u8]> for KeyBytes {
    fn borrow(&self) -> &[u8] {
        self.as_slice()
    }
}

impl PartialEq for KeyBytes {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl Eq for KeyBytes {}

impl PartialOrd for KeyBytes {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for KeyBytes {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_slice().cmp(other.as_slice())
    }
}

impl fmt::Debug for KeyBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().escape_ascii().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::expression::order;
    use djamodb_core::schema::KeyAttribute;
    use djamodb_core::value::Number;
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Reads back what [`push`] wrote, and gives what follows.
    fn read(scalar: ScalarType, bytes: &[u8]) -> Option<(AttributeValue, &[u8])> {
        if scalar == ScalarType::N {
            let (number, length) = Number::from_ordered_bytes(bytes)?;
            return Some((number.into(), bytes.get(length..)?));
        }
        let (mut out, mut rest) = (Vec::new(), bytes);
        loop {
            rest = match rest {
                [0, 0, rest @ ..] => {
                    return Some(match scalar {
                        ScalarType::S => (String::from_utf8(out).ok()?.into(), rest),
                        _ => (AttributeValue::b(out), rest),
                    });
                }
                [0, ZERO_FOLLOWER, rest @ ..] => {
                    out.push(0);
                    rest
                }
                [0, ..] | [] => return None,
                [byte, rest @ ..] => {
                    out.push(*byte);
                    rest
                }
            };
        }
    }

    fn written(scalar: ScalarType, value: &AttributeValue) -> Vec<u8> {
        let mut out = Vec::new();
        push(&mut out, scalar, value).unwrap();
        out
    }

    /// Bytes that are often the ones with a meaning of their own.
    fn byte() -> impl Strategy<Value = u8> {
        prop_oneof![Just(0), Just(1), Just(ZERO_FOLLOWER), any::<u8>()]
    }

    fn text() -> impl Strategy<Value = AttributeValue> {
        vec(prop_oneof![Just('\0'), Just('a'), Just('\u{FFFF}'), Just('\u{10000}'), any::<char>()], 0..6)
            .prop_map(|characters| String::from_iter(characters).into())
    }

    fn number() -> impl Strategy<Value = AttributeValue> {
        (-1000..1000_i128, -3..3).prop_map(|(digits, exponent)| Number::from_parts(digits, exponent).unwrap().into())
    }

    /// Two values of one type.
    fn pair() -> impl Strategy<Value = (ScalarType, AttributeValue, AttributeValue)> {
        let binary = || vec(byte(), 0..6).prop_map(AttributeValue::b);
        prop_oneof![
            (Just(ScalarType::S), text(), text()),
            (Just(ScalarType::N), number(), number()),
            (Just(ScalarType::B), binary(), binary()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn two_values_with_one_encoding_would_be_one_key((scalar, value, _) in pair(), following in vec(byte(), 0..4)) {
            let bytes = [written(scalar, &value), following.clone()].concat();
            prop_assert_eq!(read(scalar, &bytes), Some((value, following.as_slice())));
        }

        #[test]
        fn bytes_in_another_order_than_values_would_misplace_rows(
            (scalar, left, right) in pair(),
            (after_left, after_right) in (vec(byte(), 0..4), vec(byte(), 0..4)),
        ) {
            let ordering = order(&left, &right).unwrap();
            let (left, right) = (written(scalar, &left), written(scalar, &right));
            prop_assert_eq!(left.cmp(&right), ordering);
            if ordering.is_ne() {
                // Whatever follows does not matter, or a second attribute would decide before the first.
                prop_assert_eq!([left, after_left].concat().cmp(&[right, after_right].concat()), ordering);
            }
        }

        #[test]
        fn a_beginning_that_others_share_would_widen_begins_with((scalar, prefix, whole) in pair()) {
            prop_assume!(scalar != ScalarType::N);
            let mut beginning = Vec::new();
            push_beginning(&mut beginning, scalar, &prefix).unwrap();
            let raw = |value: &AttributeValue| match value {
                AttributeValue::S(text) => text.clone().into_bytes(),
                AttributeValue::B(bytes) => bytes.to_vec(),
                _ => Vec::new(),
            };
            prop_assert_eq!(written(scalar, &whole).starts_with(&beginning), raw(&whole).starts_with(&raw(&prefix)));
            let after = after_all_that_begin_with(beginning.clone());
            prop_assert!(after.is_none_or(|after| beginning < after && !after.starts_with(&beginning)));
        }

        #[test]
        fn a_key_that_is_kept_otherwise_would_not_be_found(
            key in vec(any::<u8>(), 0..130),
            other in vec(any::<u8>(), 0..130),
        ) {
            let (kept, kept_other) = (KeyBytes::from(key.as_slice()), KeyBytes::from(other.as_slice()));
            prop_assert_eq!(kept.as_slice(), key.as_slice());
            prop_assert_eq!(kept.cmp(&kept_other), key.cmp(&other));
        }
    }

    #[test]
    fn hashes_that_change_or_crowd_would_move_rows_or_fill_one_shard() {
        let schema = KeySchema::hash(KeyAttribute::n("id"));
        let mut counts = [0; 16];
        for id in 0..1600 {
            let key = encode(&schema, &Item::new().with("id", id)).unwrap();
            counts[usize::from(key[0] >> 4)] += 1;
        }
        assert!(counts.iter().all(|count| (60..150).contains(count)), "{counts:?}");
        let key = encode(&schema, &Item::new().with("id", 1)).unwrap();
        assert_eq!(key, [59, 206, 137, 199, 185, 155, 132, 25, 3, 130, 11, 0]);
    }

    #[test]
    fn an_item_without_the_key_has_no_encoding() {
        let schema = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::b("at"));
        let item = Item::new().with("id", "a").with("at", AttributeValue::b(&b"b"[..]));
        let key = encode(&schema, &item).unwrap();
        assert!(key.ends_with(b"a\0\0b\0\0"), "{key:?}");
        assert_eq!(encode(&schema, &item.clone().with("id", 1)), None);
        assert_eq!(encode(&schema, &item.pick(&["id".into()])), None);
    }

    #[test]
    fn nothing_lies_above_bytes_that_are_all_255() {
        assert_eq!(after_all_that_begin_with(vec![1, 255, 255]), Some(vec![2]));
        assert_eq!(after_all_that_begin_with(vec![255, 255]), None);
    }
}
