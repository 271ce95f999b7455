//! Copying, comparing, hashing, dropping and formatting of values inside values.
//!
//! A program can build values of any depth. The functions keep the values that are still to be visited in a vector, so that no depth
//! exhausts the stack. They allocate nothing for values that hold scalars and sets only.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::{AttributeValue, List, Map};
use crate::service::limits::ITEM_LEVELS_MAX;

/// Number of lists and maps around a value that `Debug` and `Display` write.
pub(crate) const SHOWN_LEVELS_MAX: usize = ITEM_LEVELS_MAX;

/// Returns `true` if the value is a list or a map with values.
fn has_values(value: &AttributeValue) -> bool {
    match value {
        AttributeValue::L(list) => !list.is_empty(),
        AttributeValue::M(map) => !map.is_empty(),
        _ => false,
    }
}

/// Returns a copy of a value without values inside. For a list or map with values it returns NULL, which [`fill`] replaces.
pub(super) fn shallow(value: &AttributeValue) -> AttributeValue {
    if has_values(value) { AttributeValue::Null } else { value.clone() }
}

/// Copies the lists and maps among the first values to the place of the second.
pub(super) fn fill<'a, 'b>(pairs: impl Iterator<Item = (&'a AttributeValue, &'b mut AttributeValue)>) {
    let is_pending = |(from, _): &(&AttributeValue, &mut AttributeValue)| has_values(from);
    let mut pending: Vec<_> = pairs.filter(is_pending).collect();
    while let Some((from, to)) = pending.pop() {
        match from {
            AttributeValue::L(from) => {
                *to = AttributeValue::L(from.iter().map(shallow).collect());
                if let AttributeValue::L(to) = to {
                    pending.extend(from.iter().zip(to.iter_mut()).filter(is_pending));
                }
            }
            AttributeValue::M(from) => {
                *to = AttributeValue::M(from.map_values(shallow));
                if let AttributeValue::M(to) = to {
                    pending.extend(from.values().zip(to.values_mut()).filter(is_pending));
                }
            }
            scalar => *to = scalar.clone(),
        }
    }
}

/// Returns `true` if the values of each pair are equal.
pub(super) fn equal<'a>(mut pairs: impl Iterator<Item = (&'a AttributeValue, &'a AttributeValue)>) -> bool {
    let mut pending = Vec::new();
    if !pairs.all(|(left, right)| equal_outside(left, right, &mut pending)) {
        return false;
    }
    while let Some((left, right)) = pending.pop() {
        let equal = match (left, right) {
            (AttributeValue::L(left), AttributeValue::L(right)) => {
                left.iter().zip(right.iter()).all(|(left, right)| equal_outside(left, right, &mut pending))
            }
            (AttributeValue::M(left), AttributeValue::M(right)) => {
                left.values().zip(right.values()).all(|(left, right)| equal_outside(left, right, &mut pending))
            }
            _ => false,
        };
        if !equal {
            return false;
        }
    }
    true
}

/// Compares two values without the values inside them, which are still pending.
fn equal_outside<'a>(
    left: &'a AttributeValue,
    right: &'a AttributeValue,
    pending: &mut Vec<(&'a AttributeValue, &'a AttributeValue)>,
) -> bool {
    let equal = match (left, right) {
        (AttributeValue::L(left), AttributeValue::L(right)) => left.len() == right.len(),
        (AttributeValue::M(left), AttributeValue::M(right)) => left.has_names_of(right),
        (left, right) => return left == right,
    };
    if equal && has_values(left) {
        pending.push((left, right));
    }
    equal
}

/// Hashes the values, and those inside them.
pub(super) fn hash<'a, H: Hasher>(values: impl Iterator<Item = &'a AttributeValue>, state: &mut H) {
    let mut pending = Vec::new();
    values.for_each(|value| hash_outside(value, state, &mut pending));
    while let Some(value) = pending.pop() {
        match value {
            AttributeValue::L(list) => list.iter().for_each(|value| hash_outside(value, state, &mut pending)),
            AttributeValue::M(map) => map.values().for_each(|value| hash_outside(value, state, &mut pending)),
            _ => {}
        }
    }
}

fn hash_outside<'a, H: Hasher>(value: &'a AttributeValue, state: &mut H, pending: &mut Vec<&'a AttributeValue>) {
    match value {
        AttributeValue::L(list) => {
            value.value_type().hash(state);
            list.len().hash(state);
        }
        AttributeValue::M(map) => {
            value.value_type().hash(state);
            hash_names(map, state);
        }
        scalar => scalar.hash(state),
    }
    if has_values(value) {
        pending.push(value);
    }
}

pub(super) fn hash_names<H: Hasher>(map: &Map, state: &mut H) {
    map.len().hash(state);
    map.iter().for_each(|(name, _)| name.hash(state));
}

/// Drops the values among these that hold lists or maps with values, and leaves NULL in their place. What remains is dropped with a
/// stack of constant depth.
pub(super) fn take_deep<'a>(values: impl Iterator<Item = &'a mut AttributeValue>) {
    let mut pending = Vec::new();
    values.for_each(|value| take_if_deep(value, &mut pending));
    while let Some(mut value) = pending.pop() {
        match &mut value {
            AttributeValue::L(list) => list.iter_mut().for_each(|value| take_if_deep(value, &mut pending)),
            AttributeValue::M(map) => map.values_mut().for_each(|value| take_if_deep(value, &mut pending)),
            _ => {}
        }
    }
}

fn take_if_deep(value: &mut AttributeValue, pending: &mut Vec<AttributeValue>) {
    let is_deep = match value {
        AttributeValue::L(list) => list.iter().any(has_values),
        AttributeValue::M(map) => map.values().any(has_values),
        _ => false,
    };
    if is_deep {
        pending.push(std::mem::replace(value, AttributeValue::Null));
    }
}

/// Returns a value and all values inside it, each with the number of lists and maps around it.
pub(super) fn with_levels(value: &AttributeValue) -> impl Iterator<Item = (&AttributeValue, usize)> {
    let mut pending = Vec::new();
    let mut next = Some((value, 0));
    std::iter::from_fn(move || {
        let (value, level) = next.take().or_else(|| pending.pop())?;
        match value {
            AttributeValue::L(list) => pending.extend(list.iter().map(|value| (value, level + 1))),
            AttributeValue::M(map) => pending.extend(map.values().map(|value| (value, level + 1))),
            _ => {}
        }
        Some((value, level))
    })
}

/// A value as `Debug` writes it, with a bound on the levels.
pub(super) struct Shown<'a> {
    value: &'a AttributeValue,
    levels_left: usize,
}

/// A list as `Debug` writes it, with a bound on the levels.
pub(super) struct ShownList<'a> {
    list: &'a List,
    levels_left: usize,
}

/// A map as `Debug` writes it, with a bound on the levels.
pub(super) struct ShownMap<'a> {
    map: &'a Map,
    levels_left: usize,
}

impl<'a> Shown<'a> {
    pub(super) const fn new(value: &'a AttributeValue) -> Self {
        Self { value, levels_left: SHOWN_LEVELS_MAX }
    }
}

impl<'a> ShownList<'a> {
    pub(super) const fn new(list: &'a List) -> Self {
        Self { list, levels_left: SHOWN_LEVELS_MAX }
    }
}

impl<'a> ShownMap<'a> {
    pub(super) const fn new(map: &'a Map) -> Self {
        Self { map, levels_left: SHOWN_LEVELS_MAX }
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let levels_left = self.levels_left.saturating_sub(1);
        match self.value {
            AttributeValue::S(text) => f.debug_tuple("S").field(text).finish(),
            AttributeValue::N(number) => write!(f, "N({number})"),
            AttributeValue::B(bytes) => f.debug_tuple("B").field(bytes).finish(),
            AttributeValue::Bool(value) => write!(f, "BOOL({value})"),
            AttributeValue::Null => f.write_str("NULL"),
            value if self.levels_left == 0 && has_values(value) => write!(f, "{}(…)", value.value_type()),
            AttributeValue::M(map) => f.debug_tuple("M").field(&ShownMap { map, levels_left }).finish(),
            AttributeValue::L(list) => f.debug_tuple("L").field(&ShownList { list, levels_left }).finish(),
            AttributeValue::Ss(texts) => f.debug_tuple("SS").field(texts).finish(),
            AttributeValue::Ns(numbers) => f.debug_tuple("NS").field(numbers).finish(),
            AttributeValue::Bs(values) => f.debug_tuple("BS").field(values).finish(),
        }
    }
}

impl fmt::Debug for ShownList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let levels_left = self.levels_left;
        f.debug_list().entries(self.list.iter().map(|value| Shown { value, levels_left })).finish()
    }
}

impl fmt::Debug for ShownMap<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let levels_left = self.levels_left;
        f.debug_map().entries(self.map.iter().map(|(name, value)| (name, Shown { value, levels_left }))).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::{BuildHasher, RandomState};

    use super::*;
    use crate::value::small_stack::on_small_stack;
    use crate::value::{Item, size};

    const LEVELS: usize = 100_000;

    /// Returns a value of lists and maps in turn, with scalars beside them.
    fn deep(levels: usize) -> AttributeValue {
        (0..levels).fold(AttributeValue::n(1), |value, level| match level % 2 {
            0 => AttributeValue::l([AttributeValue::s("beside"), value, AttributeValue::Null]),
            _ => AttributeValue::m([("a", AttributeValue::Null), ("value", value)]),
        })
    }

    #[test]
    fn values_of_any_depth_are_copied_compared_hashed_and_dropped() {
        on_small_stack(|| {
            let value = deep(LEVELS);
            let copy = value.clone();
            assert!(copy == value);
            assert!(copy != deep(LEVELS - 2));
            let hasher = RandomState::new();
            assert_eq!(hasher.hash_one(&copy), hasher.hash_one(&value));
            assert_ne!(hasher.hash_one(deep(LEVELS - 2)), hasher.hash_one(&value));
            drop(copy);
            let item = Item::new().with("deep", value);
            let mut changed = item.clone();
            changed.insert("other", AttributeValue::Null);
            assert!(changed.remove("deep").is_some_and(|value| value == *item.get("deep").unwrap()));
        });
    }

    #[test]
    fn values_of_any_depth_are_measured_and_formatted() {
        on_small_stack(|| {
            let value = deep(LEVELS);
            assert_eq!(size::depth(&value), LEVELS);
            let (list, map) = (3 + 3 + "beside".len() + 1, 3 + (1 + 1 + 1) + (1 + "value".len()));
            assert_eq!(size::value_bytes(&value), (list + map) * LEVELS / 2 + 2);
            for text in [value.to_string(), format!("{value:?}"), format!("{value:#?}")] {
                assert!(text.contains('…') && text.len() < 100_000, "{} bytes", text.len());
            }
            let error = serde_json::to_string(&value).unwrap_err().to_string();
            assert!(error.contains("more than 32 levels"), "{error}");
        });
    }

    #[test]
    fn json_has_as_many_levels_as_an_item() {
        on_small_stack(|| {
            let json = |levels| format!("{}{}{}", r#"{"L":["#.repeat(levels), r#"{"N":"1"}"#, "]}".repeat(levels));
            let deepest: AttributeValue = serde_json::from_str(&json(ITEM_LEVELS_MAX)).unwrap();
            assert_eq!(serde_json::to_string(&deepest).unwrap(), json(ITEM_LEVELS_MAX));
            for levels in [ITEM_LEVELS_MAX + 1, LEVELS] {
                let error = serde_json::from_str::<AttributeValue>(&json(levels)).unwrap_err().to_string();
                assert!(error.contains("more than 32 levels"), "{error}");
            }
            let too_deep = AttributeValue::l([deepest]);
            assert!(serde_json::to_string(&Item::new().with("a", too_deep)).is_err());
        });
    }

    #[test]
    fn copies_differ_from_the_original_after_a_change() {
        let original = deep(5);
        let mut copy = original.clone();
        let AttributeValue::L(list) = &mut copy else { panic!("the outermost value is a list") };
        list[0] = AttributeValue::s("changed");
        assert_ne!(copy, original);
        assert_eq!(HashSet::from([copy, original.clone(), original]).len(), 2);
    }

    proptest::proptest! {
        #[test]
        fn equal_values_have_equal_hashes_and_copies(
            value in crate::value::properties::value(),
            other in crate::value::properties::value(),
        ) {
            let hasher = RandomState::new();
            proptest::prop_assert_eq!(&value.clone(), &value);
            proptest::prop_assert_eq!(format!("{value:?}") == format!("{other:?}"), value == other);
            proptest::prop_assert_eq!(hasher.hash_one(&value) == hasher.hash_one(&other), value == other);
        }
    }
}
