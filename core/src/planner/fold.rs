//! Constant folding of filters.
//!
//! The service rejects a reversed `BETWEEN` and an empty `IN` even inside an `OR`. Such lookups are constants, so they are folded
//! through and, or and not before an expression is rendered.

use std::borrow::Cow;
use std::collections::HashSet;

use super::PlanError;
use crate::expression::{Comparator, Operand, Path, compare, order};
use crate::model::{Comparand, Filter, Lookup, LookupOperator, SizeLookup};
use crate::value::{AttributeValue, Item, Name};

/// Filters that all must match, none of which is a conjunction. They are borrowed from a queryset as far as they have not changed.
pub(super) type Conjuncts<'f> = Vec<Cow<'f, Filter>>;

/// The result of folding a filter.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Folded {
    /// The filter is true for every item.
    Always,
    /// The filter is true for no item.
    Never,
    /// The filter depends on the item. No part of it is constant.
    Depends(Filter),
}

/// Attributes of which something is known for all items that are read.
pub(super) struct KnownAttributes<'a> {
    /// The attributes with a known value, which is the same for all items.
    pub(super) values: &'a Item,
    /// The attributes that every item has, which are those of the keys.
    pub(super) present: &'a [Name],
}

/// Folds a filter, given what is known of the items.
pub(super) fn fold(filter: &Filter, known: &KnownAttributes<'_>) -> Folded {
    match filter {
        Filter::Lookup(lookup) => fold_lookup(lookup, known),
        Filter::All(filters) => combine(filters, known, &Folded::Never, &Folded::Always, Filter::All, Filter::and),
        Filter::Any(filters) => combine(filters, known, &Folded::Always, &Folded::Never, Filter::Any, Filter::or),
        Filter::Not(filter) => match fold(filter, known) {
            Folded::Always => Folded::Never,
            Folded::Never => Folded::Always,
            Folded::Depends(filter) => Folded::Depends(filter.negate()),
        },
        Filter::Odd(filters) => fold_odd(filters, known),
        // `check_filter` reports it before planning begins.
        Filter::Invalid(_) => Folded::Never,
    }
}

/// Folds an `AND` or `OR`. A part that is `decisive` decides the whole; a part that is `neutral` is left out.
fn combine(
    filters: &[Filter],
    known: &KnownAttributes<'_>,
    decisive: &Folded,
    neutral: &Folded,
    several: fn(Vec<Filter>) -> Filter,
    join: fn(Filter, Filter) -> Filter,
) -> Folded {
    let mut rest: Option<Filter> = None;
    for filter in filters {
        match fold(filter, known) {
            folded if folded == *decisive => return folded,
            Folded::Depends(filter) => {
                rest = Some(match rest {
                    None => several(vec![filter]),
                    Some(rest) => join(rest, filter),
                });
            }
            _ => {}
        }
    }
    let Some(mut rest) = rest else { return neutral.clone() };
    match &mut rest {
        Filter::All(one) | Filter::Any(one) if one.len() == 1 => one.pop().map_or(neutral.clone(), Folded::Depends),
        _ => Folded::Depends(rest),
    }
}

/// Folds an exclusive or. Each operand that is always true negates the rest.
fn fold_odd(filters: &[Filter], known: &KnownAttributes<'_>) -> Folded {
    let mut rest = Vec::new();
    let mut negated = false;
    for filter in filters {
        match fold(filter, known) {
            Folded::Always => negated = !negated,
            Folded::Never => {}
            Folded::Depends(filter) => rest.push(filter),
        }
    }
    if rest.is_empty() {
        return constant(negated);
    }
    let odd = odd(&rest);
    Folded::Depends(if negated { odd.negate() } else { odd })
}

/// Returns an exclusive or, of which DynamoDB has none, as AND, OR and NOT. Each half of the operands occurs twice, so that the length grows
/// with the square of their number; [`Filter::check`] bounds it.
pub(super) fn odd(filters: &[Filter]) -> Filter {
    match filters {
        [] => Filter::Any(Vec::new()),
        [one] => one.clone(),
        filters => {
            let (left, right) = filters.split_at(filters.len() / 2);
            let (left, right) = (odd(left), odd(right));
            let only_left = left.clone().and(right.clone().negate());
            only_left.or(right.and(left.negate()))
        }
    }
}

fn fold_lookup(lookup: &Lookup, known: &KnownAttributes<'_>) -> Folded {
    known.decide(lookup).unwrap_or_else(|| Folded::Depends(Filter::Lookup(lookup.clone())))
}

impl KnownAttributes<'_> {
    /// Folds a lookup. Returns `None` if it depends on the item as it is.
    fn decide(&self, lookup: &Lookup) -> Option<Folded> {
        match &lookup.operator {
            LookupOperator::Field(comparator, other) => {
                return fold_operands(lookup, *comparator, &other.clone().into(), self);
            }
            LookupOperator::Size(SizeLookup::Compare(comparator, other)) => match other {
                Operand::Path(_) | Operand::Size(_) => {
                    return fold_operands(lookup, *comparator, other, self);
                }
                Operand::Value(AttributeValue::N(_)) => {}
                Operand::SizeOf(_) => return None,
                // A size is a number.
                Operand::Value(_) => return Some(constant(*comparator == Comparator::Ne)),
            },
            _ => {}
        }
        if self.values.contains_key(&lookup.path.name) {
            return Some(constant(lookup.condition().holds_for(self.values)));
        }
        if lookup.path.as_attribute().is_some_and(|name| self.present.contains(name)) {
            match lookup.operator {
                LookupOperator::Exists => return Some(Folded::Always),
                LookupOperator::NotExists => return Some(Folded::Never),
                _ => {}
            }
        }
        let possible = match &lookup.operator {
            LookupOperator::Lt(value)
            | LookupOperator::Lte(value)
            | LookupOperator::Gt(value)
            | LookupOperator::Gte(value) => order(value, value).is_some(),
            LookupOperator::Between(low, high) | LookupOperator::Size(SizeLookup::Between(low, high)) => {
                order(low, high).is_some_and(std::cmp::Ordering::is_le)
            }
            LookupOperator::In(values) | LookupOperator::Size(SizeLookup::In(values)) => !values.is_empty(),
            LookupOperator::StartsWith(prefix) => matches!(prefix, AttributeValue::S(_) | AttributeValue::B(_)),
            _ => true,
        };
        if possible { None } else { Some(Folded::Never) }
    }
}

/// Folds filters that all must match. Returns those that depend on the item, or `None` if no item matches.
pub(super) fn fold_all<'f>(
    conjuncts: impl IntoIterator<Item = &'f Filter>,
    known: &KnownAttributes<'_>,
) -> Option<Conjuncts<'f>> {
    let mut depends = Conjuncts::new();
    for filter in conjuncts {
        let folded = match filter {
            Filter::Lookup(lookup) => known.decide(lookup),
            filter => Some(fold(filter, known)),
        };
        match folded {
            None => depends.push(Cow::Borrowed(filter)),
            Some(Folded::Depends(filter)) => depends.extend(self::conjuncts(filter).into_iter().map(Cow::Owned)),
            Some(Folded::Always) => {}
            Some(Folded::Never) => return None,
        }
    }
    Some(depends)
}

/// Folds a comparison with another attribute, or with its size. Returns `None` if it depends on the item as it is. If the value of one side is known, it becomes a comparison with that value.
fn fold_operands(
    lookup: &Lookup,
    comparator: Comparator,
    right: &Operand,
    known: &KnownAttributes<'_>,
) -> Option<Folded> {
    let left = &lookup.operand();
    match (left, right) {
        (Operand::Path(path), right) if left == right => return Some(fold(&with_itself(path, comparator), known)),
        (Operand::Size(path), right) if left == right => {
            return Some(fold(&size_with_itself(path, comparator), known));
        }
        _ => {}
    }
    let is_known = |operand: &Operand| operand.path().is_some_and(|path| known.values.contains_key(&path.name));
    let value = |operand: &Operand| operand.value_in(known.values).map(Cow::into_owned);
    Some(match (is_known(left), is_known(right)) {
        (true, true) => constant(compare(value(left).as_ref(), comparator, value(right).as_ref())),
        (true, false) => fold_known(right, comparator.flipped(), value(left), known),
        (false, true) => fold_known(left, comparator, value(right), known),
        (false, false) => return None,
    })
}

/// Folds a comparison with a value that an item is known to have, or to lack.
fn fold_known(
    operand: &Operand,
    comparator: Comparator,
    value: Option<AttributeValue>,
    known: &KnownAttributes<'_>,
) -> Folded {
    // A comparison with a missing value is only true for `<>`.
    let Some(value) = value else { return constant(comparator == Comparator::Ne) };
    let (path, operator) = match operand {
        Operand::Path(path) => (path, LookupOperator::compare(comparator, Comparand::Value(value))),
        Operand::Size(path) => (path, LookupOperator::Size(SizeLookup::Compare(comparator, value.into()))),
        Operand::Value(_) | Operand::SizeOf(_) => {
            return constant(compare(operand.value_in(known.values).as_deref(), comparator, Some(&value)));
        }
    };
    fold_lookup(&Lookup { path: path.clone(), operator }, known)
}

/// Returns the equivalent of comparing a path with itself, which the service rejects: the path exists, and for `<=` and `>=` its
/// value has an order.
fn with_itself(path: &Path, comparator: Comparator) -> Filter {
    let lookup = |operator| Filter::Lookup(Lookup { path: path.clone(), operator });
    match comparator {
        Comparator::Eq => lookup(LookupOperator::Exists),
        Comparator::Ne => lookup(LookupOperator::NotExists),
        Comparator::Lt | Comparator::Gt => Filter::Any(Vec::new()),
        Comparator::Le | Comparator::Ge => {
            lookup(LookupOperator::Exists).and(lookup(LookupOperator::Ne(AttributeValue::Null)))
        }
    }
}

/// Returns the equivalent of comparing the size of a path with itself: the value has a size, or has none.
fn size_with_itself(path: &Path, comparator: Comparator) -> Filter {
    let any_size = SizeLookup::Compare(Comparator::Ge, AttributeValue::n(0).into());
    let has_size = Filter::Lookup(Lookup { path: path.clone(), operator: LookupOperator::Size(any_size) });
    match comparator {
        Comparator::Eq | Comparator::Le | Comparator::Ge => has_size,
        Comparator::Ne => has_size.negate(),
        Comparator::Lt | Comparator::Gt => Filter::Any(Vec::new()),
    }
}

const fn constant(value: bool) -> Folded {
    if value { Folded::Always } else { Folded::Never }
}

/// Checks that no lookup is invalid, and that the filter is within the limits of a queryset.
///
/// # Errors
///
/// Returns [`PlanError::Lookup`] with the reason.
pub(super) fn check_filter(filter: &Filter, model: &'static str) -> Result<(), PlanError> {
    filter.check().map_err(|error| PlanError::Lookup { model, error })
}

/// Checks filters that all must match as [`check_filter`] does.
///
/// # Errors
///
/// Returns [`PlanError::Lookup`] with the reason.
pub(super) fn check_conjuncts(conjuncts: &[Cow<'_, Filter>], model: &'static str) -> Result<(), PlanError> {
    Filter::check_all(conjuncts.iter().map(AsRef::as_ref)).map_err(|error| PlanError::Lookup { model, error })
}

/// Returns the parts of a filter that all must be true.
pub(super) fn conjuncts(mut filter: Filter) -> Vec<Filter> {
    match &mut filter {
        Filter::All(filters) => std::mem::take(filters).into_iter().flat_map(conjuncts).collect(),
        _ => vec![filter],
    }
}

/// Returns references to the parts of a filter that all must be true.
pub(super) fn conjuncts_in(filter: &Filter) -> Vec<&Filter> {
    match filter {
        Filter::All(filters) => filters.iter().flat_map(conjuncts_in).collect(),
        filter => vec![filter],
    }
}

/// Returns the values that a lookup allows for an attribute, if it is `eq` or `is_in` on that attribute.
pub(super) fn values_named<'a>(filter: &'a Filter, name: &Name) -> Option<&'a [AttributeValue]> {
    let Filter::Lookup(Lookup { path, operator }) = filter else { return None };
    if path.as_attribute() != Some(name) {
        return None;
    }
    match operator {
        LookupOperator::Eq(value) => Some(std::slice::from_ref(value)),
        LookupOperator::In(values) => Some(values),
        _ => None,
    }
}

/// Returns the values that `eq` and `is_in` allow for an attribute, in the given order and without duplicates. Returns `None` if
/// there is no such lookup.
pub(super) fn named_values(conjuncts: &[Cow<'_, Filter>], name: &Name) -> Option<Vec<AttributeValue>> {
    let mut lists = conjuncts.iter().filter_map(|conjunct| values_named(conjunct, name));
    let mut seen = HashSet::new();
    let mut named: Vec<&AttributeValue> = lists.next()?.iter().filter(|value| seen.insert(*value)).collect();
    for values in lists {
        keep_common(&mut named, values, |value| *value);
    }
    Some(named.into_iter().cloned().collect())
}

/// Keeps the elements whose value is one of `values`.
pub(super) fn keep_common<T>(
    elements: &mut Vec<T>,
    values: &[AttributeValue],
    value_of: impl Fn(&T) -> &AttributeValue,
) {
    let common: HashSet<&AttributeValue> = values.iter().collect();
    elements.retain(|element| common.contains(value_of(element)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Path;

    fn lookup(name: &'static str, operator: LookupOperator) -> Filter {
        Filter::Lookup(Lookup { path: Path::new(name), operator })
    }

    fn fold_with(filter: &Filter, values: &Item) -> Folded {
        fold(filter, &KnownAttributes { values, present: &[Name::from_static("r")] })
    }

    #[test]
    fn folds_constants_through_and_or_not() {
        let never = || lookup("a", LookupOperator::In(vec![]));
        let reversed = || lookup("a", LookupOperator::Between(2.into(), 1.into()));
        let depends = || lookup("a", LookupOperator::Eq(1.into()));
        let unknown = Item::new();
        for (filter, folded) in [
            (never(), Folded::Never),
            (reversed().negate(), Folded::Always),
            (never().or(depends()), Folded::Depends(depends())),
            (never().and(depends()), Folded::Never),
            (reversed().negate().and(depends()), Folded::Depends(depends())),
            (reversed().negate().or(depends()), Folded::Always),
            (Filter::All(vec![]), Folded::Always),
            (Filter::Any(vec![]), Folded::Never),
            (lookup("r", LookupOperator::Exists), Folded::Always),
            (lookup("r", LookupOperator::NotExists).or(depends()), Folded::Depends(depends())),
        ] {
            assert_eq!(fold_with(&filter, &unknown), folded, "{filter:?}");
        }
    }

    #[test]
    fn folds_comparisons_of_attributes_as_far_as_values_are_known() {
        use Comparator::{Eq, Ge, Gt, Lt, Ne};
        let seattle = Item::new().with("h", "Seattle").with("g", "Tacoma");
        let field = |left, comparator, right: &str| {
            lookup(left, LookupOperator::Field(comparator, Path::parse(right).unwrap()))
        };
        for (filter, folded) in [
            (field("a", Lt, "b"), Folded::Depends(field("a", Lt, "b"))),
            (field("h", Lt, "g"), Folded::Always),
            (field("h", Ge, "g"), Folded::Never),
            (field("h", Lt, "a"), Folded::Depends(lookup("a", LookupOperator::Gt("Seattle".into())))),
            (field("a", Lt, "h"), Folded::Depends(lookup("a", LookupOperator::Lt("Seattle".into())))),
            (field("a", Eq, "h.x"), Folded::Never),
            (field("a", Ne, "h.x"), Folded::Always),
            (field("a", Eq, "a"), Folded::Depends(lookup("a", LookupOperator::Exists))),
            (field("r", Eq, "r"), Folded::Always),
            (field("r", Ne, "r"), Folded::Never),
            (field("a", Gt, "a"), Folded::Never),
            (field("r", Ge, "r"), Folded::Depends(lookup("r", LookupOperator::Ne(AttributeValue::Null)))),
        ] {
            assert_eq!(fold_with(&filter, &seattle), folded, "{filter:?}");
        }
    }

    #[test]
    fn folds_sizes_of_known_values_and_with_themselves() {
        use Comparator::{Eq, Ge, Gt, Lt, Ne};
        let size = |name: &'static str, comparator, other: Operand| {
            lookup(name, LookupOperator::Size(SizeLookup::Compare(comparator, other)))
        };
        let size_of = |name: &'static str| Operand::Size(Path::new(name));
        let seattle = Item::new().with("h", "Seattle").with("n", 7);
        for (filter, folded) in [
            (size("h", Eq, 7.into()), Folded::Always),
            (size("h", Gt, 7.into()), Folded::Never),
            (size("h", Eq, Path::new("n").into()), Folded::Always),
            (size("h", Gt, size_of("a")), Folded::Depends(size("a", Lt, 7.into()))),
            (size("h", Gt, Path::new("a").into()), Folded::Depends(lookup("a", LookupOperator::Lt(7.into())))),
            (size("a", Gt, size_of("h")), Folded::Depends(size("a", Gt, 7.into()))),
            (size("a", Gt, Path::new("n").into()), Folded::Depends(size("a", Gt, 7.into()))),
            // A number has no size, and a size is no text.
            (size("a", Ne, size_of("n")), Folded::Always),
            (size("a", Lt, size_of("n")), Folded::Never),
            (size("a", Ne, Path::new("h").into()), Folded::Always),
            (size("a", Eq, Path::new("h").into()), Folded::Never),
            (size("a", Eq, size_of("a")), Folded::Depends(size("a", Ge, 0.into()))),
            (size("a", Ne, size_of("a")), Folded::Depends(size("a", Ge, 0.into()).negate())),
            (size("a", Gt, size_of("a")), Folded::Never),
            (size("a", Eq, size_of("b")), Folded::Depends(size("a", Eq, size_of("b")))),
            (lookup("a", LookupOperator::Size(SizeLookup::Between(2.into(), 1.into()))), Folded::Never),
            (lookup("a", LookupOperator::Size(SizeLookup::In(vec![]))), Folded::Never),
        ] {
            assert_eq!(fold_with(&filter, &seattle), folded, "{filter:?}");
        }
    }

    #[test]
    fn decides_lookups_on_known_attributes() {
        let seattle = Item::new().with("h", "Seattle");
        let other = || lookup("a", LookupOperator::Eq(1.into()));
        let in_city = |city: &str, value: i32| {
            lookup("h", LookupOperator::Eq(city.into())).and(lookup("a", LookupOperator::Eq(value.into())))
        };
        assert_eq!(fold_with(&in_city("Seattle", 1).or(in_city("New York", 2)), &seattle), Folded::Depends(other()));
        assert_eq!(fold_with(&lookup("h", LookupOperator::StartsWith("Se".into())), &seattle), Folded::Always);
        assert_eq!(fold_with(&lookup("h", LookupOperator::Gt("T".into())), &seattle), Folded::Never);
    }
}
