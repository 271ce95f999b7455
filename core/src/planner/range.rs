//! Range spans: the key conditions of the lookups on a range attribute.

use std::cmp::Ordering;

use super::fold::keep_common;
use crate::expression::{Comparator, Condition, Path, RangeCondition, order};
use crate::model::{Lookup, LookupOperator};
use crate::schema::{KeyAttribute, ScalarType};
use crate::service::limits::RANGE_KEY_BYTES_MAX;
use crate::value::{AttributeValue, Item, size::value_bytes};

/// A contiguous interval of range keys.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct RangeSpan {
    /// The key condition that selects the interval; all range keys if `None`.
    pub(super) condition: Option<RangeCondition>,
    /// The conditions on the range key that `condition` does not express.
    pub(super) residual: Vec<Condition>,
}

/// Returns the spans that lookups on one range attribute select, in ascending order. Returns none if no range key satisfies all
/// lookups.
pub(super) fn range_spans<'a, L: Iterator<Item = &'a Lookup>>(
    attribute: &KeyAttribute,
    lookups: impl Fn() -> L,
) -> Vec<RangeSpan> {
    Bounds::merge(attribute, lookups).map_or_else(Vec::new, Bounds::into_spans)
}

/// Returns `true` if an item can have this value as its range key.
fn can_be_key(value: &AttributeValue, scalar: ScalarType) -> bool {
    value.value_type() == scalar.value_type() && (1..=RANGE_KEY_BYTES_MAX).contains(&value_bytes(value))
}

struct Bound {
    value: AttributeValue,
    inclusive: bool,
}

struct Bounds {
    path: Path,
    points: Option<Vec<AttributeValue>>,
    low: Option<Bound>,
    high: Option<Bound>,
    prefix: Option<AttributeValue>,
    excluded: Vec<AttributeValue>,
    residual: Vec<Condition>,
}

impl Bounds {
    /// Merges the lookups. Returns `None` if no value satisfies all of them.
    fn merge<'a, L: Iterator<Item = &'a Lookup>>(attribute: &KeyAttribute, lookups: impl Fn() -> L) -> Option<Self> {
        let mut bounds = Self {
            path: Path::new(&attribute.name),
            points: None,
            low: None,
            high: None,
            prefix: None,
            excluded: Vec::new(),
            residual: Vec::new(),
        };
        for lookup in lookups() {
            bounds.add(lookup, attribute.scalar)?;
        }
        if let Some(points) = bounds.points.take() {
            // The values are known, so every other lookup can be evaluated here.
            let name = &attribute.name;
            let is_other = |lookup: &&Lookup| !matches!(lookup.operator, LookupOperator::Eq(_) | LookupOperator::In(_));
            let others: Vec<Condition> = lookups().filter(is_other).map(Lookup::condition).collect();
            let holds = |value: &AttributeValue| {
                let item = Item::new().with(name, value.clone());
                can_be_key(value, attribute.scalar) && others.iter().all(|condition| condition.holds_for(&item))
            };
            let mut points: Vec<_> = points.into_iter().filter(holds).collect();
            points.sort_by(|left, right| order(left, right).unwrap_or(Ordering::Equal));
            points.dedup();
            bounds.points = Some(points);
            return Some(bounds);
        }
        bounds.reconcile()?;
        Some(bounds)
    }

    fn add(&mut self, lookup: &Lookup, scalar: ScalarType) -> Option<()> {
        match &lookup.operator {
            LookupOperator::Eq(value) => self.keep_points(std::slice::from_ref(value)),
            LookupOperator::In(values) => self.keep_points(values),
            LookupOperator::Gt(value) => self.add_low(lookup, value, false, scalar)?,
            LookupOperator::Gte(value) => self.add_low(lookup, value, true, scalar)?,
            LookupOperator::Lt(value) => self.add_high(lookup, value, false, scalar)?,
            LookupOperator::Lte(value) => self.add_high(lookup, value, true, scalar)?,
            LookupOperator::Between(low, high) => {
                self.add_low(lookup, low, true, scalar)?;
                self.add_high(lookup, high, true, scalar)?;
            }
            LookupOperator::StartsWith(prefix) => self.add_prefix(prefix, scalar)?,
            LookupOperator::Ne(value) => {
                if can_be_key(value, scalar) {
                    self.excluded.push(value.clone());
                }
            }
            // Each range key has the type of the key attribute.
            LookupOperator::Type(value_type) => return (*value_type == scalar.value_type()).then_some(()),
            LookupOperator::Exists
            | LookupOperator::NotExists
            | LookupOperator::Contains(_)
            | LookupOperator::Size(_)
            | LookupOperator::Field(..) => {
                self.residual.push(lookup.condition());
            }
        }
        Some(())
    }

    fn keep_points(&mut self, values: &[AttributeValue]) {
        match &mut self.points {
            None => self.points = Some(values.to_vec()),
            Some(points) => keep_common(points, values, |point| point),
        }
    }

    fn add_low(&mut self, lookup: &Lookup, value: &AttributeValue, inclusive: bool, scalar: ScalarType) -> Option<()> {
        match self.bound_use(lookup, value, scalar)? {
            BoundUse::KeyCondition => {
                let stricter = self.low.as_ref().is_none_or(|low| match order(value, &low.value) {
                    Some(Ordering::Greater) => true,
                    Some(Ordering::Equal) => !inclusive,
                    _ => false,
                });
                if stricter {
                    self.low = Some(Bound { value: value.clone(), inclusive });
                }
                Some(())
            }
            // Every range key is greater than an empty value.
            BoundUse::Empty | BoundUse::Residual => Some(()),
        }
    }

    fn add_high(&mut self, lookup: &Lookup, value: &AttributeValue, inclusive: bool, scalar: ScalarType) -> Option<()> {
        match self.bound_use(lookup, value, scalar)? {
            BoundUse::KeyCondition => {
                let stricter = self.high.as_ref().is_none_or(|high| match order(value, &high.value) {
                    Some(Ordering::Less) => true,
                    Some(Ordering::Equal) => !inclusive,
                    _ => false,
                });
                if stricter {
                    self.high = Some(Bound { value: value.clone(), inclusive });
                }
                Some(())
            }
            // No range key is less than an empty value.
            BoundUse::Empty => None,
            BoundUse::Residual => Some(()),
        }
    }

    fn add_prefix(&mut self, prefix: &AttributeValue, scalar: ScalarType) -> Option<()> {
        if prefix.value_type() != scalar.value_type() || value_bytes(prefix) > RANGE_KEY_BYTES_MAX {
            return None;
        }
        if value_bytes(prefix) == 0 {
            return Some(());
        }
        match &self.prefix {
            Some(present) if starts_with(present, prefix) => {}
            Some(present) if !starts_with(prefix, present) => return None,
            _ => self.prefix = Some(prefix.clone()),
        }
        Some(())
    }

    /// Returns how a value can serve as a bound. Returns `None` if it has another type than the range key: then the lookup is true
    /// for no item.
    fn bound_use(&mut self, lookup: &Lookup, value: &AttributeValue, scalar: ScalarType) -> Option<BoundUse> {
        if value.value_type() != scalar.value_type() {
            return None;
        }
        Some(match value_bytes(value) {
            0 => BoundUse::Empty,
            1..=RANGE_KEY_BYTES_MAX => BoundUse::KeyCondition,
            _ => {
                self.residual.push(lookup.condition());
                BoundUse::Residual
            }
        })
    }

    /// Removes bounds, prefixes and excluded values that others imply. Returns `None` if no value satisfies all of them.
    fn reconcile(&mut self) -> Option<()> {
        self.excluded.retain(|value| {
            for bound in [&mut self.low, &mut self.high].into_iter().flatten() {
                if bound.value == *value {
                    bound.inclusive = false;
                    return false;
                }
            }
            let above = self.low.as_ref().is_none_or(|low| holds(value, Comparator::Gt, &low.value));
            let below = self.high.as_ref().is_none_or(|high| holds(value, Comparator::Lt, &high.value));
            above && below
        });
        if let (Some(low), Some(high)) = (&self.low, &self.high) {
            match order(&low.value, &high.value) {
                Some(Ordering::Less) => {}
                Some(Ordering::Equal) if low.inclusive && high.inclusive => {}
                _ => return None,
            }
        }
        let Some(prefix) = &self.prefix else {
            return Some(());
        };
        // No value is less than its own prefix.
        if self.high.as_ref().is_some_and(|high| high.value == *prefix && !high.inclusive) {
            return None;
        }
        let has_prefix = |bound: &Option<Bound>| bound.as_ref().map(|bound| starts_with(&bound.value, prefix));
        match (has_prefix(&self.low), has_prefix(&self.high)) {
            // All values between two values with the same prefix have that prefix.
            (Some(true), Some(true)) => self.prefix = None,
            (low, high) => {
                if low == Some(false) {
                    if self.low.as_ref().is_some_and(|low| holds(&low.value, Comparator::Gt, prefix)) {
                        return None;
                    }
                    self.low = None;
                }
                if high == Some(false) {
                    if self.high.as_ref().is_some_and(|high| holds(&high.value, Comparator::Lt, prefix)) {
                        return None;
                    }
                    self.high = None;
                }
            }
        }
        Some(())
    }

    fn into_spans(self) -> Vec<RangeSpan> {
        if let Some(points) = self.points {
            let point = |value| RangeSpan { condition: Some(RangeCondition::Eq(value)), residual: Vec::new() };
            return points.into_iter().map(point).collect();
        }
        // Without bounds, an excluded value splits the range in two. The service then reads only results, so that it can
        // apply a limit.
        if let ([excluded], None, None, None) = (self.excluded.as_slice(), &self.low, &self.high, &self.prefix) {
            let side = |condition| RangeSpan { condition: Some(condition), residual: self.residual.clone() };
            return vec![side(RangeCondition::Lt(excluded.clone())), side(RangeCondition::Gt(excluded.clone()))];
        }
        let mut residual = self.residual;
        let mut check = |comparator, value: &AttributeValue| {
            residual.push(Condition::compare(self.path.clone(), comparator, value.clone()));
        };
        for value in &self.excluded {
            check(Comparator::Ne, value);
        }
        let condition = if let Some(prefix) = self.prefix {
            if let Some(low) = &self.low {
                check(if low.inclusive { Comparator::Ge } else { Comparator::Gt }, &low.value);
            }
            if let Some(high) = &self.high {
                check(if high.inclusive { Comparator::Le } else { Comparator::Lt }, &high.value);
            }
            Some(RangeCondition::BeginsWith(prefix))
        } else {
            match (self.low, self.high) {
                (None, None) => None,
                (Some(Bound { value, inclusive: true }), None) => Some(RangeCondition::Ge(value)),
                (Some(Bound { value, inclusive: false }), None) => Some(RangeCondition::Gt(value)),
                (None, Some(Bound { value, inclusive: true })) => Some(RangeCondition::Le(value)),
                (None, Some(Bound { value, inclusive: false })) => Some(RangeCondition::Lt(value)),
                (Some(low), Some(high)) if low.value == high.value => Some(RangeCondition::Eq(low.value)),
                (Some(low), Some(high)) => {
                    // A key condition has two bounds only as BETWEEN, which includes both; the residual excludes them.
                    if !low.inclusive {
                        check(Comparator::Gt, &low.value);
                    }
                    if !high.inclusive {
                        check(Comparator::Lt, &high.value);
                    }
                    Some(RangeCondition::Between(low.value, high.value))
                }
            }
        };
        vec![RangeSpan { condition, residual }]
    }
}

/// The use of a value as a bound.
enum BoundUse {
    KeyCondition,
    /// The value is empty. The service rejects it, but it is less than every range key.
    Empty,
    /// The value is too long for a key, so that the lookup is evaluated on the client.
    Residual,
}

fn holds(left: &AttributeValue, comparator: Comparator, right: &AttributeValue) -> bool {
    crate::expression::compare(Some(left), comparator, Some(right))
}

fn starts_with(value: &AttributeValue, prefix: &AttributeValue) -> bool {
    RangeCondition::BeginsWith(prefix.clone()).holds_for(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(operators: impl IntoIterator<Item = LookupOperator>) -> Vec<(String, Vec<String>)> {
        let lookups: Vec<_> = operators.into_iter().map(|operator| Lookup { path: Path::new("r"), operator }).collect();
        range_spans(&KeyAttribute::s("r"), || lookups.iter())
            .into_iter()
            .map(|span| {
                let condition = span.condition.map_or_else(String::new, |condition| {
                    crate::expression::KeyCondition {
                        hash: vec![("h".into(), 1.into())],
                        range: vec![("r".into(), condition)],
                    }
                    .to_string()
                    .trim_start_matches("h = 1 AND ")
                    .to_owned()
                });
                (condition, span.residual.iter().map(ToString::to_string).collect())
            })
            .collect()
    }

    fn one(condition: &str, residual: &[&str]) -> Vec<(String, Vec<String>)> {
        vec![(condition.to_owned(), residual.iter().map(ToString::to_string).collect())]
    }

    #[test]
    fn merges_bounds_into_one_condition() {
        use LookupOperator::{Between, Gt, Gte, Lt, Lte};
        assert_eq!(planned([]), one("", &[]));
        assert_eq!(planned([Gte("a".into()), Lte("c".into())]), one(r#"r BETWEEN "a" AND "c""#, &[]));
        assert_eq!(planned([Gt("a".into()), Gte("a".into()), Gt("b".into())]), one(r#"r > "b""#, &[]));
        assert_eq!(
            planned([Gt("a".into()), Lt("c".into())]),
            one(r#"r BETWEEN "a" AND "c""#, &[r#"r > "a""#, r#"r < "c""#])
        );
        assert_eq!(planned([Between("a".into(), "c".into()), Gte("c".into())]), one(r#"r = "c""#, &[]));
        assert_eq!(planned([Lt("a".into()), Gt("a".into())]), []);
        assert_eq!(planned([Between("a".into(), "b".into()), Gt("b".into())]), []);
    }

    #[test]
    fn decides_and_sorts_listed_values() {
        use LookupOperator::{Eq, In, Lt, Ne};
        let all = || In(vec!["b".into(), "a".into(), "b".into(), "c".into(), "".into()]);
        let equal = |text: &str| (format!("r = {text:?}"), vec![]);
        assert_eq!(planned([all()]), [equal("a"), equal("b"), equal("c")]);
        assert_eq!(planned([all(), Lt("c".into()), Ne("a".into())]), [equal("b")]);
        assert_eq!(planned([all(), Eq("z".into())]), []);
    }

    #[test]
    fn excludes_a_value_by_two_spans_or_by_the_residual() {
        use LookupOperator::{Gte, Ne, StartsWith};
        assert_eq!(planned([Ne("m".into())]), [(r#"r < "m""#.into(), vec![]), (r#"r > "m""#.into(), vec![])]);
        assert_eq!(planned([Gte("a".into()), Ne("m".into())]), one(r#"r >= "a""#, &[r#"r <> "m""#]));
        assert_eq!(planned([Gte("a".into()), Ne("a".into())]), one(r#"r > "a""#, &[]));
        assert_eq!(planned([Gte("n".into()), Ne("m".into())]), one(r#"r >= "n""#, &[]));
        assert_eq!(
            planned([StartsWith("m".into()), Ne("mm".into())]),
            one(r#"begins_with(r, "m")"#, &[r#"r <> "mm""#])
        );
    }

    #[test]
    fn prefers_bounds_with_the_prefix_to_the_prefix() {
        use LookupOperator::{Gte, Lt, Lte, StartsWith};
        assert_eq!(planned([StartsWith("a".into()), StartsWith("ab".into())]), one(r#"begins_with(r, "ab")"#, &[]));
        assert_eq!(planned([StartsWith("a".into()), StartsWith("b".into())]), []);
        assert_eq!(
            planned([StartsWith("b".into()), Gte("a".into()), Lt("z".into())]),
            one(r#"begins_with(r, "b")"#, &[])
        );
        assert_eq!(
            planned([StartsWith("b".into()), Gte("bb".into()), Lte("bz".into())]),
            one(r#"r BETWEEN "bb" AND "bz""#, &[])
        );
        assert_eq!(
            planned([StartsWith("b".into()), Gte("bb".into())]),
            one(r#"begins_with(r, "b")"#, &[r#"r >= "bb""#])
        );
        assert_eq!(planned([StartsWith("b".into()), Gte("c".into())]), []);
        assert_eq!(planned([StartsWith("b".into()), Lt("b".into())]), []);
    }

    #[test]
    fn folds_values_that_no_range_key_can_have() {
        use LookupOperator::{Eq, Gt, Gte, Lt, Lte, StartsWith};
        let long = || AttributeValue::s("x".repeat(1025));
        assert_eq!(planned([Eq("".into())]), []);
        assert_eq!(planned([Eq(long())]), []);
        assert_eq!(planned([Eq(1.into())]), []);
        assert_eq!(planned([Gt(1.into())]), []);
        assert_eq!(planned([Lt("".into())]), []);
        assert_eq!(planned([Lte("".into())]), []);
        assert_eq!(planned([Gte("".into()), StartsWith("".into())]), one("", &[]));
        assert_eq!(planned([StartsWith(long())]), []);
        let [(condition, residual)] = planned([Gt(long())]).try_into().unwrap();
        assert!(condition.is_empty() && residual.len() == 1, "a bound that is too long is checked on the client");
    }
}
