//! Keys encoded as bytes whose order is the order of the keys.
//!
//! | bytes | contents |
//! |---|---|
//! | 0 to 7 | a hash of the hash attributes, which spreads partitions evenly over shards and scan segments |
//! | from 8 on | each hash attribute, then each range attribute |
//!
//! Each encoded attribute marks its own end. No key is a prefix of another, and an attribute is only compared if the
//! attributes before it are equal. A number is encoded by [`Number::to_ordered_bytes`]. Text and binary values are their
//! own bytes, with [`ZERO_FOLLOWER`] after each zero byte and [`END`] at the end. The key of an index entry is the key in
//! the index followed by the key in the table, which makes it unique and gives entries of equal index keys a stable order.
//!
//! [`Number::to_ordered_bytes`]: djamodb_core::value::Number::to_ordered_bytes

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;

use djamodb_core::schema::{KeySchema, ScalarType};
use djamodb_core::value::{AttributeValue, Item};

/// End of text and binary values. It sorts before an encoded zero byte, so that a prefix sorts before longer values.
const END: [u8; 2] = [0, 0];
/// Byte that follows each zero byte of a text or binary value.
const ZERO_FOLLOWER: u8 = 0xFF;
/// Length of the hash at the start of a key.
const HASH_BYTES: usize = size_of::<u64>();
/// Initial capacity, sufficient for most keys, so that encoding one allocates once.
const KEY_BYTES_USUAL: usize = 96;

/// Returns the key of `item` under `schema`, or `None` if a key attribute is missing, empty or of another type.
pub(crate) fn encode(schema: &KeySchema, item: &Item) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(KEY_BYTES_USUAL);
    let value = |name: &str| item.get(name).filter(|value| !is_empty(value));
    push_hash(&mut out, schema.hash.iter().map(|attribute| Some((attribute.scalar, value(&attribute.name)?))))?;
    for attribute in &schema.range {
        push(&mut out, attribute.scalar, value(&attribute.name)?)?;
    }
    Some(out)
}

/// Returns `true` for empty text and binary values, which no key can contain.
fn is_empty(value: &AttributeValue) -> bool {
    match value {
        AttributeValue::S(text) => text.is_empty(),
        AttributeValue::B(bytes) => bytes.is_empty(),
        _ => false,
    }
}

/// Appends the hash and the hash attributes, with which all keys of a partition begin.
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
    let (hash_bytes, attributes) = out.get_mut(start..)?.split_first_chunk_mut::<HASH_BYTES>()?;
    *hash_bytes = hash(attributes).to_be_bytes();
    Some(())
}

/// Appends one attribute. Returns `None` if its value is not of the type `scalar`.
pub(crate) fn push(out: &mut Vec<u8>, scalar: ScalarType, value: &AttributeValue) -> Option<()> {
    if let (ScalarType::N, AttributeValue::N(number)) = (scalar, value) {
        number.to_ordered_bytes(out);
    } else {
        push_prefix(out, scalar, value)?;
        out.extend(END);
    }
    Some(())
}

/// Appends the bytes with which every text or binary value that starts with `value` starts.
pub(crate) fn push_prefix(out: &mut Vec<u8>, scalar: ScalarType, value: &AttributeValue) -> Option<()> {
    let bytes = match (scalar, value) {
        (ScalarType::S, AttributeValue::S(text)) => text.as_bytes(),
        (ScalarType::B, AttributeValue::B(bytes)) => bytes,
        _ => return None,
    };
    // Zero bytes are rare. Searching for one first is faster than copying byte by byte.
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

/// Returns the lowest bytes above every byte string that starts with `prefix`, or `None` if there are none.
pub(crate) fn prefix_successor(mut prefix: Vec<u8>) -> Option<Vec<u8>> {
    while let Some(last) = prefix.pop() {
        if let Some(next) = last.checked_add(1) {
            prefix.push(next);
            return Some(prefix);
        }
    }
    None
}

/// Returns the hash of the hash attributes with which an encoded key begins.
pub(crate) fn hash_of(key: &[u8]) -> u64 {
    key.first_chunk::<HASH_BYTES>().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// Returns a hash with well mixed bits that is the same in every process.
fn hash(bytes: &[u8]) -> u64 {
    bytes.chunks(size_of::<u64>()).fold(0, |state, chunk| {
        // A short chunk is padded with zeros. Attributes mark their own end, so that this is not ambiguous.
        let mut word = [0; size_of::<u64>()];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        mix(state ^ u64::from_le_bytes(word)).wrapping_add(1)
    })
}

/// Mixes the bits of a word: the finaliser of SplitMix64.
const fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

/// A key in a tree. Short keys are stored inline, so that comparing them follows no pointer, long keys on the heap.
#[derive(Clone)]
pub(crate) struct KeyBytes(Repr);

/// Length up to which keys are inline. Together with tag and length, an inline key fills a cache line of 64 bytes.
const INLINE_BYTES_MAX: usize = 62;

#[derive(Clone)]
enum Repr {
    Inline { length: u8, bytes: [u8; INLINE_BYTES_MAX] },
    Heap(Box<[u8]>),
}

impl KeyBytes {
    pub(crate) fn as_slice(&self) -> &[u8] {
        match &self.0 {
            Repr::Inline { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or(bytes),
            Repr::Heap(bytes) => bytes,
        }
    }
}

impl From<&[u8]> for KeyBytes {
    fn from(key: &[u8]) -> Self {
        let mut bytes = [0; INLINE_BYTES_MAX];
        match (u8::try_from(key.len()), bytes.get_mut(..key.len())) {
            (Ok(length), Some(inline)) => {
                inline.copy_from_slice(key);
                Self(Repr::Inline { length, bytes })
            }
            _ => Self(Repr::Heap(key.into())),
        }
    }
}

/// Allows searching a tree by bytes. Equality and order of `KeyBytes` are those of the bytes, as `Borrow` requires.
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

    /// Decodes what [`push`] encoded and returns the value with the bytes that follow it.
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

    fn encoded(scalar: ScalarType, value: &AttributeValue) -> Vec<u8> {
        let mut out = Vec::new();
        push(&mut out, scalar, value).unwrap();
        out
    }

    /// Generates bytes that are often special in the encoding.
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

    /// Generates two values of one type.
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
        fn an_encoded_value_decodes_to_itself((scalar, value, _) in pair(), following in vec(byte(), 0..4)) {
            let bytes = [encoded(scalar, &value), following.clone()].concat();
            prop_assert_eq!(read(scalar, &bytes), Some((value, following.as_slice())));
        }

        #[test]
        fn encoded_values_are_in_the_order_of_the_values(
            (scalar, left, right) in pair(),
            (after_left, after_right) in (vec(byte(), 0..4), vec(byte(), 0..4)),
        ) {
            let ordering = order(&left, &right).unwrap();
            let (left, right) = (encoded(scalar, &left), encoded(scalar, &right));
            prop_assert_eq!(left.cmp(&right), ordering);
            if ordering.is_ne() {
                // Following bytes must not affect the order: the first attribute decides before the second.
                prop_assert_eq!([left, after_left].concat().cmp(&[right, after_right].concat()), ordering);
            }
        }

        #[test]
        fn an_encoded_prefix_is_a_prefix_of_exactly_the_values_that_start_with_it((scalar, prefix, whole) in pair()) {
            prop_assume!(scalar != ScalarType::N);
            let mut beginning = Vec::new();
            push_prefix(&mut beginning, scalar, &prefix).unwrap();
            let raw = |value: &AttributeValue| match value {
                AttributeValue::S(text) => text.clone().into_bytes(),
                AttributeValue::B(bytes) => bytes.to_vec(),
                _ => Vec::new(),
            };
            prop_assert_eq!(encoded(scalar, &whole).starts_with(&beginning), raw(&whole).starts_with(&raw(&prefix)));
            let after = prefix_successor(beginning.clone());
            prop_assert!(after.is_none_or(|after| beginning < after && !after.starts_with(&beginning)));
        }

        #[test]
        fn key_bytes_compare_as_the_bytes_they_hold(
            key in vec(any::<u8>(), 0..130),
            other in vec(any::<u8>(), 0..130),
        ) {
            let (kept, kept_other) = (KeyBytes::from(key.as_slice()), KeyBytes::from(other.as_slice()));
            prop_assert_eq!(kept.as_slice(), key.as_slice());
            prop_assert_eq!(kept.cmp(&kept_other), key.cmp(&other));
        }
    }

    #[test]
    fn hashes_are_stable_and_spread_evenly() {
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
    fn an_item_without_a_key_attribute_has_no_key() {
        let schema = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::b("at"));
        let item = Item::new().with("id", "a").with("at", AttributeValue::b(&b"b"[..]));
        let key = encode(&schema, &item).unwrap();
        assert!(key.ends_with(b"a\0\0b\0\0"), "{key:?}");
        assert_eq!(encode(&schema, &item.clone().with("id", 1)), None);
        assert_eq!(encode(&schema, &item.pick(&["id".into()])), None);
    }

    #[test]
    fn a_prefix_of_255s_has_no_successor() {
        assert_eq!(prefix_successor(vec![1, 255, 255]), Some(vec![2]));
        assert_eq!(prefix_successor(vec![255, 255]), None);
    }
}
