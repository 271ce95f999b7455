//! Evaluation of conditions.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::{Comparator, Condition, KeyCondition, Operand, RangeCondition, compare, order};
use crate::service::limits::{IN_OPERANDS_MAX, ITEM_LEVELS_MAX};
use crate::value::{AttributeValue, Item, Number, ValueType};

/// The reason for which a condition is refused independently of any item. The messages are those of the service where it has one.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluateError {
    /// A literal operand has a type that the operator does not accept.
    #[error(
        "Incorrect operand type for operator or function; operator or function: {operator}, operand type: {operand}"
    )]
    OperandType {
        /// Operator or function.
        operator: &'static str,
        /// Type of the operand.
        operand: ValueType,
    },
    /// The lower bound of a `BETWEEN` is greater than its upper bound.
    #[error(
        "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; \
         lower bound operand: AttributeValue: {{{low}}}, upper bound operand: AttributeValue: {{{high}}}"
    )]
    ReversedBounds {
        /// Lower bound.
        low: String,
        /// Upper bound.
        high: String,
    },
    /// The bounds of a `BETWEEN` have different types.
    #[error(
        "The BETWEEN operator requires same data type for lower and upper bounds; \
         lower bound operand: AttributeValue: {{{low}}}, upper bound operand: AttributeValue: {{{high}}}"
    )]
    MixedBounds {
        /// Lower bound.
        low: String,
        /// Upper bound.
        high: String,
    },
    /// A path is compared with itself.
    #[error(
        "The first operand must be distinct from the remaining operands for this operator or function; \
         operator: {operator}, first operand: [{path}]"
    )]
    SameOperands {
        /// Operator or function.
        operator: &'static str,
        /// Path of both operands, as the service lists its elements.
        path: String,
    },
    /// A path has more than [`ITEM_LEVELS_MAX`] levels.
    #[error("The document path has too many nesting levels; nesting levels: {levels}")]
    PathTooDeep {
        /// Number of levels of the path.
        levels: usize,
    },
    /// An `IN` has no operand, or more than [`IN_OPERANDS_MAX`].
    #[error(
        "IN takes 1 to {IN_OPERANDS_MAX} operands, but {count} are given; split the list into several IN conditions joined by OR"
    )]
    OperandCount {
        /// Number of operands.
        count: usize,
    },
}

crate::debug_by_message!(enum EvaluateError {
    OperandType { operator, operand },
    ReversedBounds { low, high },
    MixedBounds { low, high },
    SameOperands { operator, path },
    PathTooDeep { levels },
    OperandCount { count },
});

impl Condition {
    /// Returns `true` if `item` satisfies the condition.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`validate`](Self::validate). They depend on the condition only, never on the item.
    pub fn matches(&self, item: &Item) -> Result<bool, EvaluateError> {
        self.validate()?;
        Ok(self.holds_for(item))
    }

    /// Returns `true` if `item` satisfies the condition, which must have passed [`validate`](Self::validate).
    pub fn holds_for(&self, item: &Item) -> bool {
        // Most conditions are one comparison, or several that are joined once. They need no vector.
        match self {
            Self::And(conditions) => conditions.iter().all(|condition| condition.holds_inside(item)),
            Self::Or(conditions) => conditions.iter().any(|condition| condition.holds_inside(item)),
            condition => condition.holds_inside(item),
        }
    }

    /// Evaluates a condition of any depth. The conditions around the current one are in a vector, not on the stack.
    fn holds_inside(&self, item: &Item) -> bool {
        let mut around: Vec<Around<'_>> = Vec::new();
        let mut condition = self;
        loop {
            let mut holds = match condition {
                Self::And(conditions) => {
                    around.push(Around::And(conditions.iter()));
                    true
                }
                Self::Or(conditions) => {
                    around.push(Around::Or(conditions.iter()));
                    false
                }
                Self::Not(negated) => {
                    around.push(Around::Not);
                    condition = negated;
                    continue;
                }
                leaf => leaf.leaf_holds_for(item),
            };
            condition = loop {
                let next = match around.last_mut() {
                    None => return holds,
                    Some(Around::And(rest)) => {
                        if holds {
                            rest.next()
                        } else {
                            None
                        }
                    }
                    Some(Around::Or(rest)) => {
                        if holds {
                            None
                        } else {
                            rest.next()
                        }
                    }
                    Some(Around::Not) => {
                        holds = !holds;
                        None
                    }
                };
                match next {
                    Some(next) => break next,
                    None => around.pop(),
                };
            };
        }
    }

    fn leaf_holds_for(&self, item: &Item) -> bool {
        match self {
            Self::Compare(left, comparator, right) => {
                compare(left.value_in(item).as_deref(), *comparator, right.value_in(item).as_deref())
            }
            Self::Between(operand, low, high) => {
                let value = operand.value_in(item);
                compare(value.as_deref(), Comparator::Ge, low.value_in(item).as_deref())
                    && compare(value.as_deref(), Comparator::Le, high.value_in(item).as_deref())
            }
            Self::In(operand, operands) => {
                let value = operand.value_in(item);
                operands.iter().any(|other| compare(value.as_deref(), Comparator::Eq, other.value_in(item).as_deref()))
            }
            Self::AttributeExists(path) => path.get(item).is_some(),
            Self::AttributeNotExists(path) => path.get(item).is_none(),
            Self::AttributeType(operand, value_type) => {
                operand.value_in(item).is_some_and(|value| value.value_type() == *value_type)
            }
            Self::BeginsWith(operand, prefix) => both_satisfy(operand, prefix, item, begins_with),
            Self::Contains(operand, part) => both_satisfy(operand, part, item, contains),
            Self::And(_) | Self::Or(_) | Self::Not(_) => self.holds_inside(item),
        }
    }

    /// Checks the condition independently of any item.
    ///
    /// # Errors
    ///
    /// - [`EvaluateError::OperandType`] if a literal operand has a type that its operator or function does not accept,
    /// - [`EvaluateError::ReversedBounds`] or [`EvaluateError::MixedBounds`] if the literal bounds of a `BETWEEN` are reversed or
    ///   of different types,
    /// - [`EvaluateError::SameOperands`] if a path is compared with itself,
    /// - [`EvaluateError::PathTooDeep`] if a path has more than [`ITEM_LEVELS_MAX`] levels,
    /// - [`EvaluateError::OperandCount`] if an `IN` has too few or too many operands.
    pub fn validate(&self) -> Result<(), EvaluateError> {
        self.nodes().try_for_each(Self::validate_node)
    }

    /// Checks that no path of the condition, without the conditions inside it, is too deep.
    fn check_levels(&self) -> Result<(), EvaluateError> {
        let mut too_deep = None;
        self.visit_own_paths(|path| {
            if path.levels() > ITEM_LEVELS_MAX {
                too_deep.get_or_insert(path.levels());
            }
        });
        too_deep.map_or(Ok(()), |levels| Err(EvaluateError::PathTooDeep { levels }))
    }

    /// Checks the condition without the conditions inside it.
    pub(super) fn validate_node(&self) -> Result<(), EvaluateError> {
        self.check_levels()?;
        match self {
            Self::Compare(left, comparator, right) => {
                let operator = comparator.as_str();
                sized([left, right])?;
                distinct(operator, left, [right])?;
                if !matches!(comparator, Comparator::Eq | Comparator::Ne) {
                    ordered(operator, left)?;
                    ordered(operator, right)?;
                }
                Ok(())
            }
            Self::Between(operand, low, high) => {
                sized([operand, low, high])?;
                for operand in [operand, low, high] {
                    ordered("BETWEEN", operand)?;
                }
                distinct("BETWEEN", operand, [low, high])?;
                match (low, high) {
                    (Operand::Value(low), Operand::Value(high)) => bounds(low, high),
                    _ => Ok(()),
                }
            }
            Self::In(operand, operands) => {
                sized(std::iter::once(operand).chain(operands))?;
                distinct("IN", operand, operands)?;
                if !(1..=IN_OPERANDS_MAX).contains(&operands.len()) {
                    return Err(EvaluateError::OperandCount { count: operands.len() });
                }
                Ok(())
            }
            Self::BeginsWith(operand, prefix) => {
                sized([operand, prefix])?;
                distinct("begins_with", operand, [prefix])?;
                [operand, prefix].into_iter().try_for_each(|operand| match operand {
                    Operand::Value(AttributeValue::S(_) | AttributeValue::B(_)) | Operand::Path(_) => Ok(()),
                    Operand::Value(value) => Err(operand_type("begins_with", value.value_type())),
                    Operand::Size(_) | Operand::SizeOf(_) => Err(operand_type("begins_with", ValueType::N)),
                })
            }
            Self::Contains(operand, part) => {
                sized([operand, part])?;
                distinct("contains", operand, [part])
            }
            Self::AttributeType(operand, _) => sized([operand]),
            Self::AttributeExists(_) | Self::AttributeNotExists(_) | Self::And(_) | Self::Or(_) | Self::Not(_) => {
                Ok(())
            }
        }
    }
}

/// A condition around the one that is evaluated, with the conditions inside it that follow.
enum Around<'a> {
    And(std::slice::Iter<'a, Condition>),
    Or(std::slice::Iter<'a, Condition>),
    Not,
}

impl KeyCondition {
    /// Returns `true` if `item` lies in the range of the partition that the key condition selects.
    pub fn holds_for(&self, item: &Item) -> bool {
        self.hash.iter().all(|(name, value)| item.get(name) == Some(value))
            && self.range.iter().all(|(name, range)| item.get(name).is_some_and(|value| range.holds_for(value)))
    }

    /// Returns `true` if `key` is the bound at which a query of a table ends, forward or backward, so that no item of the table can
    /// follow it.
    ///
    /// The service returns no `LastEvaluatedKey` at this bound, and refuses it as `ExclusiveStartKey`. An index can hold several items
    /// with the same key.
    pub fn ends_at(&self, key: &Item, forward: bool) -> bool {
        self.range.iter().any(|(name, range)| range.last_value(forward).is_some_and(|last| key.get(name) == Some(last)))
    }
}

impl RangeCondition {
    /// Returns the greatest value in the range, or backward the least one, if the condition names it as an inclusive bound.
    const fn last_value(&self, forward: bool) -> Option<&AttributeValue> {
        match self {
            Self::Le(high) | Self::Between(_, high) if forward => Some(high),
            Self::Ge(low) | Self::Between(low, _) if !forward => Some(low),
            _ => None,
        }
    }

    /// Returns `true` if `value`, the value of the range attribute, satisfies the condition.
    pub fn holds_for(&self, value: &AttributeValue) -> bool {
        let is = |ordering: fn(Ordering) -> bool, bound| order(value, bound).is_some_and(ordering);
        match self {
            Self::Eq(bound) => value == bound,
            Self::Lt(bound) => is(Ordering::is_lt, bound),
            Self::Le(bound) => is(Ordering::is_le, bound),
            Self::Gt(bound) => is(Ordering::is_gt, bound),
            Self::Ge(bound) => is(Ordering::is_ge, bound),
            Self::Between(low, high) => is(Ordering::is_ge, low) && is(Ordering::is_le, high),
            Self::BeginsWith(prefix) => begins_with(value, prefix),
        }
    }
}

impl Operand {
    pub(crate) fn value_in<'a>(&'a self, item: &'a Item) -> Option<Cow<'a, AttributeValue>> {
        match self {
            Self::Path(path) => path.get(item).map(Cow::Borrowed),
            Self::Value(value) => Some(Cow::Borrowed(value)),
            Self::Size(path) => path.get(item).and_then(size).map(|size| Cow::Owned(AttributeValue::n(size))),
            Self::SizeOf(value) => size(value).map(|size| Cow::Owned(AttributeValue::n(size))),
        }
    }
}

fn both_satisfy(
    operand: &Operand,
    part: &Operand,
    item: &Item,
    test: fn(&AttributeValue, &AttributeValue) -> bool,
) -> bool {
    operand.value_in(item).zip(part.value_in(item)).is_some_and(|(value, part)| test(&value, &part))
}

/// Returns the result of the function `size`: characters of a string in UTF-16 units, bytes of a binary value, elements of a
/// collection.
fn size(value: &AttributeValue) -> Option<Number> {
    let size = match value {
        AttributeValue::S(text) => text.encode_utf16().count(),
        AttributeValue::B(bytes) => bytes.len(),
        AttributeValue::M(map) => map.len(),
        AttributeValue::L(values) => values.len(),
        AttributeValue::Ss(texts) => texts.len(),
        AttributeValue::Ns(numbers) => numbers.len(),
        AttributeValue::Bs(values) => values.len(),
        AttributeValue::N(_) | AttributeValue::Bool(_) | AttributeValue::Null => return None,
    };
    Some(Number::from(size))
}

fn begins_with(value: &AttributeValue, prefix: &AttributeValue) -> bool {
    match (value, prefix) {
        (AttributeValue::S(text), AttributeValue::S(prefix)) => text.starts_with(prefix.as_str()),
        (AttributeValue::B(bytes), AttributeValue::B(prefix)) => bytes.starts_with(prefix),
        _ => false,
    }
}

fn contains(value: &AttributeValue, part: &AttributeValue) -> bool {
    match (value, part) {
        (AttributeValue::S(text), AttributeValue::S(part)) => text.contains(part.as_str()),
        (AttributeValue::B(bytes), AttributeValue::B(part)) => {
            // A comparison at each place would take the product of both sizes.
            memchr::memmem::find(bytes, part).is_some()
        }
        (AttributeValue::L(values), part) => values.contains(part),
        (AttributeValue::Ss(texts), AttributeValue::S(part)) => texts.contains(part),
        (AttributeValue::Ns(numbers), AttributeValue::N(part)) => numbers.contains(part),
        (AttributeValue::Bs(values), AttributeValue::B(part)) => values.contains(&**part),
        _ => false,
    }
}

/// Checks that each literal value whose size is an operand has one.
pub(super) fn sized<'a>(operands: impl IntoIterator<Item = &'a Operand>) -> Result<(), EvaluateError> {
    operands.into_iter().try_for_each(|operand| match operand {
        Operand::SizeOf(value) if size(value).is_none() => Err(operand_type("size", value.value_type())),
        _ => Ok(()),
    })
}

fn ordered(operator: &'static str, operand: &Operand) -> Result<(), EvaluateError> {
    match operand {
        Operand::Value(AttributeValue::S(_) | AttributeValue::N(_) | AttributeValue::B(_))
        | Operand::Path(_)
        | Operand::Size(_)
        | Operand::SizeOf(_) => Ok(()),
        Operand::Value(value) => Err(operand_type(operator, value.value_type())),
    }
}

fn bounds(low: &AttributeValue, high: &AttributeValue) -> Result<(), EvaluateError> {
    let typed = |value: &AttributeValue| match value {
        AttributeValue::S(text) => format!("S:{text}"),
        value => format!("{}:{value}", value.value_type()),
    };
    match order(low, high) {
        None => Err(EvaluateError::MixedBounds { low: typed(low), high: typed(high) }),
        Some(Ordering::Greater) => Err(EvaluateError::ReversedBounds { low: typed(low), high: typed(high) }),
        Some(_) => Ok(()),
    }
}

/// Checks that the first operand is not a path that is also among the others.
pub(super) fn distinct<'a>(
    operator: &'static str,
    first: &Operand,
    rest: impl IntoIterator<Item = &'a Operand>,
) -> Result<(), EvaluateError> {
    match first {
        Operand::Path(path) if rest.into_iter().any(|operand| operand == first) => {
            Err(EvaluateError::SameOperands { operator, path: path.listed() })
        }
        _ => Ok(()),
    }
}

pub(super) const fn operand_type(operator: &'static str, operand: ValueType) -> EvaluateError {
    EvaluateError::OperandType { operator, operand }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Path;

    fn item() -> Item {
        let list = AttributeValue::l([AttributeValue::s("e"), AttributeValue::n(1)]);
        Item::new()
            .with("s", "hello")
            .with("u", "a😀")
            .with("n", 1)
            .with("b", AttributeValue::b(&b"abcd"[..]))
            .with("bool", true)
            .with("null", AttributeValue::null())
            .with("l", list.clone())
            .with("m", AttributeValue::m([("l", list)]))
            .with("ss", AttributeValue::ss(["a", "b"]))
            .with("ns", AttributeValue::ns([1, 2]))
    }

    fn path(text: &str) -> Path {
        Path::parse(text).unwrap()
    }

    #[test]
    fn a_missing_attribute_is_unequal_to_everything_and_has_no_order() {
        for comparator in [Comparator::Eq, Comparator::Lt, Comparator::Le, Comparator::Gt, Comparator::Ge] {
            let condition = Condition::compare(path("none"), comparator, 1);
            assert!(!condition.matches(&item()).unwrap(), "{condition}");
            assert!(condition.clone().negate().matches(&item()).unwrap(), "NOT {condition}");
        }
        assert!(Condition::compare(path("none"), Comparator::Ne, 1).matches(&item()).unwrap());
        assert!(Condition::compare(path("none"), Comparator::Ne, path("neither")).matches(&item()).unwrap());
        assert!(!Condition::compare(path("none"), Comparator::Eq, path("neither")).matches(&item()).unwrap());
        assert!(Condition::compare(path("s.deeper"), Comparator::Ne, 1).matches(&item()).unwrap());
    }

    #[test]
    fn values_of_different_types_are_unequal_and_have_no_order() {
        assert!(Condition::compare(path("s"), Comparator::Ne, 1).matches(&item()).unwrap());
        for comparator in [Comparator::Eq, Comparator::Lt, Comparator::Ge] {
            assert!(!Condition::compare(path("s"), comparator, 1).matches(&item()).unwrap());
        }
        assert!(!Condition::compare(path("bool"), Comparator::Lt, path("null")).matches(&item()).unwrap());
    }

    #[test]
    fn numbers_inside_lists_are_compared_by_value() {
        let list = AttributeValue::l([AttributeValue::s("e"), AttributeValue::N("1.0".parse().unwrap())]);
        assert!(Condition::compare(path("m.l"), Comparator::Eq, list).matches(&item()).unwrap());
    }

    #[test]
    fn contains_finds_substrings_and_elements() {
        for (at, part, expected) in [
            ("s", AttributeValue::s("ell"), true),
            ("s", AttributeValue::s(""), true),
            ("s", AttributeValue::n(1), false),
            ("b", AttributeValue::b(&b"bc"[..]), true),
            ("l", AttributeValue::n(1), true),
            ("l", AttributeValue::n(2), false),
            ("ss", AttributeValue::s("a"), true),
            ("ss", AttributeValue::ss(["a"]), false),
            ("ns", AttributeValue::n(2), true),
            ("n", AttributeValue::n(1), false),
            ("m", AttributeValue::s("l"), false),
        ] {
            let condition = Condition::Contains(path(at).into(), part.into());
            assert_eq!(condition.matches(&item()), Ok(expected), "{condition}");
        }
    }

    #[test]
    fn size_counts_characters_bytes_and_elements() {
        for (at, expected) in [
            ("s", Some(5)),
            ("u", Some(3)),
            ("b", Some(4)),
            ("l", Some(2)),
            ("m", Some(1)),
            ("ss", Some(2)),
            ("n", None),
            ("bool", None),
            ("none", None),
        ] {
            for size in 0..6 {
                let condition = Condition::compare(Operand::Size(path(at)), Comparator::Eq, size);
                assert_eq!(condition.matches(&item()), Ok(expected == Some(size)), "{condition}");
            }
            let unequal = Condition::compare(Operand::Size(path(at)), Comparator::Ne, -1);
            assert_eq!(
                unequal.matches(&item()),
                Ok(true),
                "a value without a size is unequal to every number: {unequal}"
            );
        }
    }

    #[test]
    fn functions_take_literal_operands_in_every_place() {
        for (condition, expected) in [
            (Condition::Contains("oh, hello".into(), path("s").into()), true),
            (Condition::Contains("hell".into(), path("s").into()), false),
            (Condition::Contains(AttributeValue::ns([2]).into(), Operand::Size(path("ss"))), true),
            (Condition::BeginsWith("hello!".into(), path("s").into()), true),
            (Condition::BeginsWith("hello!".into(), path("none").into()), false),
            (Condition::AttributeType(Operand::Size(path("s")), ValueType::N), true),
            (Condition::AttributeType(Operand::Size(path("n")), ValueType::N), false),
            (Condition::AttributeType("x".into(), ValueType::S), true),
            (Condition::compare(Operand::SizeOf("a😀".into()), Comparator::Eq, Operand::Size(path("u"))), true),
            (Condition::compare(Operand::SizeOf(AttributeValue::l([])), Comparator::Lt, path("n")), true),
        ] {
            assert_eq!(condition.matches(&item()), Ok(expected), "{condition}");
        }
        let refused = Condition::compare(Operand::SizeOf(1.into()), Comparator::Lt, 1).validate().unwrap_err();
        assert_eq!(refused, operand_type("size", ValueType::N));
    }

    #[test]
    fn invalid_conditions_are_refused_for_every_item() {
        let refused = |condition: Condition| condition.matches(&Item::new()).unwrap_err().to_string();
        assert_eq!(
            refused(Condition::compare(path("a"), Comparator::Lt, true)),
            "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL"
        );
        assert_eq!(
            refused(Condition::Between(path("a").into(), 2.into(), 1.into())),
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; \
             lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}"
        );
        assert!(refused(Condition::Between(path("a").into(), 2.into(), "b".into())).contains("same data type"));
        assert!(refused(Condition::compare(path("a"), Comparator::Eq, path("a"))).contains("must be distinct"));
        assert!(refused(Condition::In(path("a").into(), vec![])).contains("1 to 100"));
        assert!(refused(Condition::BeginsWith(path("a").into(), 1.into())).contains("begins_with, operand type: N"));
        assert!(
            refused(Condition::AttributeExists(path("a")).and(Condition::In(path("a").into(), vec![1.into(); 101])))
                .contains("101 are given")
        );
    }
}
