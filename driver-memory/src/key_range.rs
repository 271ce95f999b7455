//! Conditions on keys as ranges of key bytes.

use djamodb_core::expression::RangeCondition;
use djamodb_core::plan::Segment;
use djamodb_core::schema::{KeyAttribute, KeySchema};
use djamodb_core::value::AttributeValue;

use crate::key_bytes::{after_all_that_begin_with, push, push_beginning, push_hash};

/// A range of keys, from the least that is in it to the least above it that is not.
///
/// A half-open range is all it takes: no key is the beginning of another, so that "after this key" and "after all keys
/// that begin so" are bytes of their own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct KeyRange {
    low: Vec<u8>,
    /// Without one, the range has no end.
    high: Option<Vec<u8>>,
}

/// The part of a partition that a key condition names, its values put in the order of the key schema.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    /// The attributes that are given by equality: all hash attributes, and range attributes from the left.
    pub(crate) equal: Vec<&'a AttributeValue>,
    /// The condition on the range attribute after those.
    pub(crate) last: Option<&'a RangeCondition>,
}

impl KeyRange {
    /// Every key.
    pub(crate) const fn all() -> Self {
        Self { low: Vec::new(), high: None }
    }

    /// The keys of a part of a partition; `None` when a value has not the type that the schema demands.
    pub(crate) fn of_part(schema: &KeySchema, part: &Part<'_>) -> Option<Self> {
        let (hash, range) = part.equal.split_at_checked(schema.hash.len())?;
        let mut prefix = Vec::new();
        push_hash(
            &mut prefix,
            schema.hash.iter().zip(hash).map(|(attribute, value)| Some((attribute.scalar, *value))),
        )?;
        for (attribute, value) in schema.range.iter().zip(range) {
            push(&mut prefix, attribute.scalar, value)?;
        }
        match part.last {
            None => Some(Self::beginning_with(prefix)),
            Some(condition) => Self::of_range(&prefix, schema.range.get(range.len())?, condition),
        }
    }

    fn of_range(prefix: &[u8], attribute: &KeyAttribute, condition: &RangeCondition) -> Option<Self> {
        let with = |value: &AttributeValue| {
            let mut key = prefix.to_vec();
            push(&mut key, attribute.scalar, value)?;
            Some(key)
        };
        let whole = || Self::beginning_with(prefix.to_vec());
        Some(match condition {
            RangeCondition::Eq(value) => Self::beginning_with(with(value)?),
            RangeCondition::Lt(value) => Self { high: Some(with(value)?), ..whole() },
            RangeCondition::Le(value) => Self { high: after_all_that_begin_with(with(value)?), ..whole() },
            RangeCondition::Gt(value) => Self { low: after_all_that_begin_with(with(value)?)?, ..whole() },
            RangeCondition::Ge(value) => Self { low: with(value)?, ..whole() },
            RangeCondition::Between(low, high) => {
                Self { low: with(low)?, high: after_all_that_begin_with(with(high)?) }
            }
            RangeCondition::BeginsWith(value) => {
                let mut beginning = prefix.to_vec();
                push_beginning(&mut beginning, attribute.scalar, value)?;
                Self::beginning_with(beginning)
            }
        })
    }

    fn beginning_with(prefix: Vec<u8>) -> Self {
        Self { high: after_all_that_begin_with(prefix.clone()), low: prefix }
    }

    /// The keys of one segment: an equal share of all hashes.
    pub(crate) fn of_segment(segment: Segment) -> Self {
        // The first hash of a segment, as the first eight bytes of its first key; none after the last segment.
        let start_of = |index: u32| {
            let start = (u128::from(index) << 64) / u128::from(segment.total_segments.max(1));
            u64::try_from(start).ok().map(|hash| hash.to_be_bytes().to_vec())
        };
        Self { low: start_of(segment.segment).unwrap_or_default(), high: start_of(segment.segment.saturating_add(1)) }
    }

    /// What is left of this range when reading goes on after `key`, upwards or downwards.
    pub(crate) fn after(self, mut key: Vec<u8>, forward: bool) -> Self {
        if forward {
            // Nothing lies between a key and the same key with a zero byte more.
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

    /// The least key that can be in this range.
    pub(crate) fn low(&self) -> &[u8] {
        &self.low
    }

    /// The least key above this range, if it has an end.
    pub(crate) fn high(&self) -> Option<&[u8]> {
        self.high.as_deref()
    }

    /// Whether there can be nothing in this range.
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
        fn a_range_that_is_not_its_condition_would_read_too_much_or_too_little(
            condition in condition(),
            (id, at) in (0..2, text()),
        ) {
            let zero = AttributeValue::from(0);
            let part = Part { equal: vec![&zero], last: Some(&condition) };
            let range = KeyRange::of_part(&schema(), &part).unwrap();
            let holds = id == 0 && condition.holds_for(&at.as_str().into());
            prop_assert_eq!(range.contains(&key(id, &at)), holds);
        }

        #[test]
        fn going_on_would_repeat_or_skip_a_row(start in text(), at in text(), forward: bool) {
            let zero = AttributeValue::from(0);
            let part = Part { equal: vec![&zero], last: None };
            let whole = KeyRange::of_part(&schema(), &part).unwrap();
            let rest = whole.after(key(0, &start), forward);
            prop_assert_eq!(rest.contains(&key(0, &at)), if forward { at > start } else { at < start });
        }

        #[test]
        fn segments_that_overlap_or_leave_gaps_would_repeat_or_skip_rows(
            id in any::<i32>(),
            total_segments in 1..40_u32,
        ) {
            let key = key(id, "a");
            let segments = (0..total_segments).map(|segment| Segment { segment, total_segments });
            prop_assert_eq!(segments.filter(|segment| KeyRange::of_segment(*segment).contains(&key)).count(), 1);
        }
    }

    #[test]
    fn a_range_without_keys_is_known_to_be_empty() {
        let key = key(0, "a");
        assert!(KeyRange::all().after(key.clone(), true).after(key.clone(), false).is_empty());
        assert!(!KeyRange::all().is_empty());
        assert!(!KeyRange::all().after(key, true).is_empty());
    }
}
