//! Ranges of encoded keys, made from key conditions, scan segments and start keys.

use djamodb_core::expression::RangeCondition;
use djamodb_core::plan::Segment;
use djamodb_core::schema::{KeyAttribute, KeySchema};
use djamodb_core::value::AttributeValue;

use crate::key_bytes::{prefix_successor, push, push_hash, push_prefix};

/// A half-open range of encoded keys.
///
/// No key is a prefix of another, so that half-open ranges can express every condition: "after this key" and "after all
/// keys with this prefix" are bounds of their own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct KeyRange {
    /// Inclusive lower bound.
    low: Vec<u8>,
    /// Exclusive upper bound, `None` for a range without end.
    high: Option<Vec<u8>>,
}

/// The slice of a partition that a key condition selects, with its values in the order of the key schema.
#[derive(Debug)]
pub(crate) struct PartitionSlice<'a> {
    /// Values of all hash attributes, and of the leading range attributes that have an equality condition.
    pub(crate) equal: Vec<&'a AttributeValue>,
    /// Condition on the range attribute after those.
    pub(crate) range: Option<&'a RangeCondition>,
}

impl KeyRange {
    /// Returns the range of all keys.
    pub(crate) const fn all() -> Self {
        Self { low: Vec::new(), high: None }
    }

    /// Returns the keys of a slice of a partition, or `None` if a value is not of the type that the schema requires.
    pub(crate) fn of_slice(schema: &KeySchema, slice: &PartitionSlice<'_>) -> Option<Self> {
        let (hash, range) = slice.equal.split_at_checked(schema.hash.len())?;
        let mut prefix = Vec::new();
        push_hash(
            &mut prefix,
            schema.hash.iter().zip(hash).map(|(attribute, value)| Some((attribute.scalar, *value))),
        )?;
        for (attribute, value) in schema.range.iter().zip(range) {
            push(&mut prefix, attribute.scalar, value)?;
        }
        match slice.range {
            None => Some(Self::with_prefix(prefix)),
            Some(condition) => Self::of_range(&prefix, schema.range.get(range.len())?, condition),
        }
    }

    fn of_range(prefix: &[u8], attribute: &KeyAttribute, condition: &RangeCondition) -> Option<Self> {
        let with = |value: &AttributeValue| {
            let mut key = prefix.to_vec();
            push(&mut key, attribute.scalar, value)?;
            Some(key)
        };
        let whole = || Self::with_prefix(prefix.to_vec());
        Some(match condition {
            RangeCondition::Eq(value) => Self::with_prefix(with(value)?),
            RangeCondition::Lt(value) => Self { high: Some(with(value)?), ..whole() },
            RangeCondition::Le(value) => Self { high: prefix_successor(with(value)?), ..whole() },
            RangeCondition::Gt(value) => Self { low: prefix_successor(with(value)?)?, ..whole() },
            RangeCondition::Ge(value) => Self { low: with(value)?, ..whole() },
            RangeCondition::Between(low, high) => Self { low: with(low)?, high: prefix_successor(with(high)?) },
            RangeCondition::BeginsWith(value) => {
                let mut prefix_bytes = prefix.to_vec();
                push_prefix(&mut prefix_bytes, attribute.scalar, value)?;
                Self::with_prefix(prefix_bytes)
            }
        })
    }

    fn with_prefix(prefix: Vec<u8>) -> Self {
        Self { high: prefix_successor(prefix.clone()), low: prefix }
    }

    /// Returns the keys of one scan segment. Segments are equal shares of the hash space.
    pub(crate) fn of_segment(segment: Segment) -> Self {
        // Lower bound of a segment: the eight bytes of its first hash, `None` after the last segment.
        let start_of = |index: u32| {
            let start = (u128::from(index) << 64) / u128::from(segment.total_segments.max(1));
            u64::try_from(start).ok().map(|hash| hash.to_be_bytes().to_vec())
        };
        Self { low: start_of(segment.segment).unwrap_or_default(), high: start_of(segment.segment.saturating_add(1)) }
    }

    /// Returns the rest of this range after `key`, in ascending or descending order.
    pub(crate) fn resume_after(self, mut key: Vec<u8>, forward: bool) -> Self {
        if forward {
            // No key is between a key and that key with a zero byte appended.
            key.push(0);
            Self { low: key.max(self.low), high: self.high }
        } else {
            let high = match self.high {
                Some(high) => high.min(key),
                None => key,
            };
            Self { low: self.low, high: Some(high) }
        }
    }

    pub(crate) fn contains(&self, key: &[u8]) -> bool {
        self.low.as_slice() <= key && self.high.as_deref().is_none_or(|high| key < high)
    }

    /// Returns the inclusive lower bound.
    pub(crate) fn low(&self) -> &[u8] {
        &self.low
    }

    /// Returns the exclusive upper bound, or `None` if the range has no end.
    pub(crate) fn high(&self) -> Option<&[u8]> {
        self.high.as_deref()
    }

    /// Returns `true` if no key can be in this range.
    pub(crate) fn is_empty(&self) -> bool {
        self.high.as_ref().is_some_and(|high| *high <= self.low)
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::value::Item;
    use proptest::prelude::*;

    use super::*;
    use crate::key_bytes::encode;

    fn schema() -> KeySchema {
        KeySchema::hash_and_range(KeyAttribute::n("id"), KeyAttribute::s("at"))
    }

    fn key(id: i32, at: &str) -> Vec<u8> {
        encode(&schema(), &Item::new().with("id", id).with("at", at)).unwrap()
    }

    fn text() -> impl Strategy<Value = String> {
        "[ab\0]{1,3}"
    }

    fn condition() -> impl Strategy<Value = RangeCondition> {
        (0..7, text(), text()).prop_map(|(which, one, two)| {
            let (low, high) = if one <= two { (one.clone(), two) } else { (two, one.clone()) };
            let one = AttributeValue::from(one);
            match which {
                0 => RangeCondition::Eq(one),
                1 => RangeCondition::Lt(one),
                2 => RangeCondition::Le(one),
                3 => RangeCondition::Gt(one),
                4 => RangeCondition::Ge(one),
                5 => RangeCondition::Between(low.into(), high.into()),
                _ => RangeCondition::BeginsWith(one),
            }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_range_contains_exactly_the_keys_that_match_its_condition(
            condition in condition(),
            (id, at) in (0..2, text()),
        ) {
            let zero = AttributeValue::from(0);
            let slice = PartitionSlice { equal: vec![&zero], range: Some(&condition) };
            let range = KeyRange::of_slice(&schema(), &slice).unwrap();
            let holds = id == 0 && condition.holds_for(&at.as_str().into());
            prop_assert_eq!(range.contains(&key(id, &at)), holds);
        }

        #[test]
        fn resuming_after_a_key_neither_repeats_nor_skips_a_row(start in text(), at in text(), forward: bool) {
            let zero = AttributeValue::from(0);
            let slice = PartitionSlice { equal: vec![&zero], range: None };
            let whole = KeyRange::of_slice(&schema(), &slice).unwrap();
            let rest = whole.resume_after(key(0, &start), forward);
            prop_assert_eq!(rest.contains(&key(0, &at)), if forward { at > start } else { at < start });
        }

        #[test]
        fn every_key_is_in_exactly_one_segment(
            id in any::<i32>(),
            total_segments in 1..40_u32,
        ) {
            let key = key(id, "a");
            let segments = (0..total_segments).map(|segment| Segment { segment, total_segments });
            prop_assert_eq!(segments.filter(|segment| KeyRange::of_segment(*segment).contains(&key)).count(), 1);
        }
    }

    #[test]
    fn a_range_resumed_from_both_ends_is_empty() {
        let key = key(0, "a");
        assert!(KeyRange::all().resume_after(key.clone(), true).resume_after(key.clone(), false).is_empty());
        assert!(!KeyRange::all().is_empty());
        assert!(!KeyRange::all().resume_after(key, true).is_empty());
    }
}
