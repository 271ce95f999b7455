//! Combinations of lookups without the model's type, as the planner reads them.

use std::fmt;

use super::{CodecError, CodecErrorKind, Lookup, TextLookupError};
use crate::expression::tree::{self, Tree};
use crate::service::limits::ITEM_LEVELS_MAX;
use crate::value::size::depth;

/// A combination of lookups.
///
/// A filter can be of any size and depth: copying, comparing, formatting and dropping it need no deep stack. A queryset accepts at most
/// [`LOOKUPS_MAX`](Self::LOOKUPS_MAX) lookups, [`IN_VALUES_MAX`](Self::IN_VALUES_MAX) values and [`LEVELS_MAX`](Self::LEVELS_MAX)
/// levels.
pub enum Filter {
    /// One lookup.
    Lookup(Lookup),
    /// All of these; true if there are none.
    All(Vec<Filter>),
    /// At least one of these; false if there are none.
    Any(Vec<Filter>),
    /// An odd number of these; false if there are none.
    Odd(Vec<Filter>),
    /// The negation of this.
    Not(Box<Filter>),
    /// A lookup that is invalid. Planning the queryset returns the error.
    Invalid(InvalidLookup),
}

/// Reason why a lookup is invalid.
#[derive(Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidLookup {
    /// DynamoDB cannot store the operand.
    #[error(transparent)]
    Operand(#[from] CodecError),
    /// The text is not a lookup of the model.
    #[error(transparent)]
    Text(#[from] TextLookupError),
    /// More lookups are combined than a queryset accepts. Those of an exclusive or count as often as DynamoDB's operators repeat them.
    #[error(
        "more than {} lookups are combined, each operand of `^` counted as often as AND, OR and NOT repeat it; use `is_in` for \
         several values of one attribute, or several querysets",
        Filter::LOOKUPS_MAX
    )]
    TooManyLookups,
    /// The lookups `is_in` name more values than a queryset accepts.
    #[error("`is_in` names {count} values, but at most {} are accepted; use several querysets", Filter::IN_VALUES_MAX)]
    TooManyValues {
        /// Number of values of all lookups together.
        count: usize,
    },
    /// More combinations are inside each other than a queryset accepts.
    #[error(
        "more than {} combinations of lookups are inside each other; combine them flatter, as `a & b & c` does",
        Filter::LEVELS_MAX
    )]
    TooDeep,
}

crate::debug_by_message!(enum InvalidLookup {
    Operand(error),
    Text(error),
    TooManyLookups,
    TooManyValues { count },
    TooDeep,
});

impl Filter {
    /// Maximum number of lookups of a queryset.
    pub const LOOKUPS_MAX: usize = 10_000;
    /// Maximum number of values of all lookups `is_in` of a queryset.
    pub const IN_VALUES_MAX: usize = 100_000;
    /// Maximum number of combinations inside each other.
    pub const LEVELS_MAX: usize = 64;

    /// Returns the conjunction of `self` and `other`. Nested conjunctions are flattened.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::join(self, other, Self::All, |filter| match filter {
            Self::All(filters) => Some(filters),
            _ => None,
        })
    }

    /// Returns the conjunction of `earlier`, if there is one, and `self`.
    pub(crate) fn after(self, earlier: Option<Self>) -> Self {
        match earlier {
            None => self,
            Some(earlier) => earlier.and(self),
        }
    }

    /// Returns the disjunction of `self` and `other`. Nested disjunctions are flattened.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self::join(self, other, Self::Any, |filter| match filter {
            Self::Any(filters) => Some(filters),
            _ => None,
        })
    }

    /// Returns the exclusive or of `self` and `other`. Nested ones are flattened.
    #[must_use]
    pub fn xor(self, other: Self) -> Self {
        Self::join(self, other, Self::Odd, |filter| match filter {
            Self::Odd(filters) => Some(filters),
            _ => None,
        })
    }

    /// Returns the negation. A double negation is removed.
    #[must_use]
    pub fn negate(mut self) -> Self {
        match &mut self {
            Self::Not(filter) => std::mem::replace(filter.as_mut(), Self::placeholder()),
            _ => Self::Not(Box::new(self)),
        }
    }

    /// Joins two filters as operands of one combination. `operands` returns the operands of a filter that is such a combination.
    fn join(
        mut left: Self,
        mut right: Self,
        combination: fn(Vec<Self>) -> Self,
        operands: fn(&mut Self) -> Option<&mut Vec<Self>>,
    ) -> Self {
        // An invalid lookup makes the whole invalid, which then grows no further.
        if matches!(left, Self::Invalid(_)) {
            return left;
        }
        if matches!(right, Self::Invalid(_)) {
            return right;
        }
        combination(match (operands(&mut left).map(std::mem::take), operands(&mut right).map(std::mem::take)) {
            (Some(mut all), Some(mut more)) => {
                all.append(&mut more);
                all
            }
            (Some(mut all), None) => {
                all.push(right);
                all
            }
            (None, Some(mut all)) => {
                all.insert(0, left);
                all
            }
            (None, None) => vec![left, right],
        })
    }

    /// Returns the filter, or the error of more operands than any queryset accepts, so that it does not grow any further.
    pub(super) fn bounded(self) -> Self {
        if self.parts().len() > Self::LOOKUPS_MAX { Self::Invalid(InvalidLookup::TooManyLookups) } else { self }
    }

    /// Returns this filter and all filters inside it, each before those inside it.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = &Self> {
        tree::nodes(self).map(|(filter, _)| filter)
    }

    /// Returns the lookups in this filter.
    pub(crate) fn lookups(&self) -> impl Iterator<Item = &Lookup> {
        self.nodes().filter_map(|filter| match filter {
            Self::Lookup(lookup) => Some(lookup),
            _ => None,
        })
    }

    /// Returns the number of lookups and combinations, and of the values of the lookups `is_in`: the work of one pass over the filter.
    pub(crate) fn weight(&self) -> usize {
        let weight = |filter: &Self| match filter {
            Self::Lookup(lookup) => lookup.weight(),
            _ => 1,
        };
        self.nodes().map(weight).sum()
    }

    /// Checks that no lookup is invalid, and that the filter is within the limits of a queryset.
    ///
    /// # Errors
    ///
    /// Returns the error of the first invalid lookup, [`InvalidLookup::TooManyLookups`], [`InvalidLookup::TooManyValues`] or
    /// [`InvalidLookup::TooDeep`].
    pub(crate) fn check(&self) -> Result<(), InvalidLookup> {
        Self::check_nodes(tree::nodes(self))
    }

    /// Checks the conjunction of these filters as [`check`](Self::check) does.
    pub(crate) fn check_all<'a>(filters: impl IntoIterator<Item = &'a Self>) -> Result<(), InvalidLookup> {
        Self::check_nodes(
            filters.into_iter().flat_map(|filter| tree::nodes(filter).map(|(node, level)| (node, level + 1))),
        )
    }

    fn check_nodes<'a>(nodes: impl Iterator<Item = (&'a Self, usize)>) -> Result<(), InvalidLookup> {
        let (mut lookups, mut values) = (0_usize, 0_usize);
        // Operands of an exclusive or are repeated: twice for each level of the tree of pairs that it becomes.
        let mut repeated: Vec<usize> = Vec::new();
        for (filter, level) in nodes {
            if level >= Self::LEVELS_MAX {
                return Err(InvalidLookup::TooDeep);
            }
            repeated.truncate(level + 1);
            let times = repeated.get(level).copied().unwrap_or(1);
            if !filter.parts().is_empty() {
                repeated.resize(level + 1, times);
                repeated.push(times);
            }
            match filter {
                Self::Invalid(error) => return Err(error.clone()),
                Self::Lookup(lookup) => {
                    if lookup.operator.values().any(|value| depth(value) > ITEM_LEVELS_MAX) {
                        return Err(CodecError::new(CodecErrorKind::TooDeep).at(&lookup.path.to_string()).into());
                    }
                    lookups = lookups.saturating_add(times);
                    if let Some(more) = lookup.operator.listed() {
                        values = values.saturating_add(times.saturating_mul(more.len()));
                    }
                }
                Self::Odd(filters) => {
                    let pairs = filters.len().next_power_of_two();
                    if let Some(repeated) = repeated.get_mut(level + 1) {
                        *repeated = times.saturating_mul(pairs);
                    }
                }
                Self::All(_) | Self::Any(_) | Self::Not(_) => {}
            }
            if lookups > Self::LOOKUPS_MAX {
                return Err(InvalidLookup::TooManyLookups);
            }
        }
        if values > Self::IN_VALUES_MAX {
            return Err(InvalidLookup::TooManyValues { count: values });
        }
        Ok(())
    }
}

impl Tree for Filter {
    fn parts(&self) -> &[Self] {
        match self {
            Self::All(filters) | Self::Any(filters) | Self::Odd(filters) => filters,
            Self::Not(filter) => std::slice::from_ref(filter.as_ref()),
            Self::Lookup(_) | Self::Invalid(_) => &[],
        }
    }

    fn parts_mut(&mut self) -> &mut [Self] {
        match self {
            Self::All(filters) | Self::Any(filters) | Self::Odd(filters) => filters,
            Self::Not(filter) => std::slice::from_mut(filter.as_mut()),
            Self::Lookup(_) | Self::Invalid(_) => &mut [],
        }
    }

    fn placeholder() -> Self {
        Self::All(Vec::new())
    }

    fn without_parts(&self) -> Self {
        let placeholders = |count| std::iter::repeat_with(Self::placeholder).take(count).collect();
        match self {
            Self::Lookup(lookup) => Self::Lookup(lookup.clone()),
            Self::All(filters) => Self::All(placeholders(filters.len())),
            Self::Any(filters) => Self::Any(placeholders(filters.len())),
            Self::Odd(filters) => Self::Odd(placeholders(filters.len())),
            Self::Not(_) => Self::Not(Box::new(Self::placeholder())),
            Self::Invalid(error) => Self::Invalid(error.clone()),
        }
    }

    fn equals_without_parts(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Lookup(lookup), Self::Lookup(other)) => lookup == other,
            (Self::All(filters), Self::All(others))
            | (Self::Any(filters), Self::Any(others))
            | (Self::Odd(filters), Self::Odd(others)) => filters.len() == others.len(),
            (Self::Not(_), Self::Not(_)) => true,
            (Self::Invalid(error), Self::Invalid(other)) => error == other,
            _ => false,
        }
    }

    fn fmt_node(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lookup(lookup) => f.debug_tuple("Lookup").field(lookup).finish(),
            Self::All(_) => f.write_str("All"),
            Self::Any(_) => f.write_str("Any"),
            Self::Odd(_) => f.write_str("Odd"),
            Self::Not(_) => f.write_str("Not"),
            Self::Invalid(error) => f.debug_tuple("Invalid").field(error).finish(),
        }
    }
}

impl Clone for Filter {
    fn clone(&self) -> Self {
        tree::copy(self)
    }
}

impl PartialEq for Filter {
    fn eq(&self, other: &Self) -> bool {
        tree::equal(self, other)
    }
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        tree::debug(self, f)
    }
}

impl Drop for Filter {
    fn drop(&mut self) {
        tree::take_deep(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Path;
    use crate::model::{LookupOperator, Q};
    use crate::value::AttributeValue;
    use crate::value::small_stack::on_small_stack;

    const LEVELS: usize = 100_000;

    fn lookup(number: usize) -> Q<()> {
        let operator = LookupOperator::Eq(AttributeValue::n(i64::try_from(number).unwrap()));
        Lookup { path: Path::new("a"), operator }.into()
    }

    fn all_of(count: usize, join: fn(Q<()>, Q<()>) -> Q<()>) -> Filter {
        (1..count).fold(lookup(0), |all, number| join(all, lookup(number))).into_filter()
    }

    #[test]
    fn operators_are_flat_on_either_side() {
        for (join, operands) in [
            (std::ops::BitAnd::bitand as fn(Q<()>, Q<()>) -> Q<()>, "All"),
            (std::ops::BitOr::bitor, "Any"),
            (std::ops::BitXor::bitxor, "Odd"),
        ] {
            let left = all_of(4, join);
            let right = join(lookup(0), join(lookup(1), join(lookup(2), lookup(3)))).into_filter();
            assert_eq!(left, right);
            assert_eq!(left.parts().len(), 4);
            assert!(format!("{left:?}").starts_with(operands));
        }
    }

    #[test]
    fn too_many_operands_are_an_error_and_no_more_are_kept() {
        on_small_stack(|| {
            for join in [std::ops::BitAnd::bitand as fn(Q<()>, Q<()>) -> Q<()>, std::ops::BitOr::bitor] {
                assert_eq!(all_of(Filter::LOOKUPS_MAX, join).check(), Ok(()));
                let reversed = |all, lookup| join(lookup, all);
                for filter in [all_of(LEVELS, join), (1..LEVELS).map(lookup).fold(lookup(0), reversed).into_filter()] {
                    assert!(filter.nodes().count() <= Filter::LOOKUPS_MAX);
                    assert_eq!(filter.check(), Err(InvalidLookup::TooManyLookups));
                }
            }
        });
    }

    #[test]
    fn deep_filters_are_copied_compared_dropped_and_refused() {
        on_small_stack(|| {
            let deep = (0..LEVELS).fold(lookup(0), |q, number| !(q & lookup(number))).into_filter();
            assert!(deep.clone() == deep);
            assert!(format!("{deep:?}").starts_with("Not([All([Not([All(["));
            assert_eq!(deep.check(), Err(InvalidLookup::TooDeep));
            let nested =
                (1..Filter::LEVELS_MAX).fold(lookup(0).into_filter(), |filter, _| Filter::Not(Box::new(filter)));
            assert_eq!(nested.check(), Ok(()));
            assert_eq!(Filter::Not(Box::new(nested)).check(), Err(InvalidLookup::TooDeep));
        });
    }

    #[test]
    fn an_exclusive_or_does_not_double_with_each_operand() {
        let filter = all_of(18, std::ops::BitXor::bitxor);
        assert_eq!(filter.nodes().count(), 19);
        assert_eq!(filter.check(), Ok(()));
        // 78 operands are repeated 128 times each, and one more would be too many.
        assert_eq!(all_of(78, std::ops::BitXor::bitxor).check(), Ok(()));
        assert_eq!(all_of(79, std::ops::BitXor::bitxor).check(), Err(InvalidLookup::TooManyLookups));
        let nested = (0..18).fold(lookup(0), |q, number| !(q ^ lookup(number)) & lookup(number)).into_filter();
        assert_eq!(nested.check(), Err(InvalidLookup::TooManyLookups));
    }

    #[test]
    fn values_are_bounded_in_number_and_depth() {
        let of = |operator| Filter::Lookup(Lookup { path: Path::new("a"), operator });
        let values = |count| of(LookupOperator::In(vec![AttributeValue::Null; count]));
        assert_eq!(values(Filter::IN_VALUES_MAX).check(), Ok(()));
        let count = Filter::IN_VALUES_MAX + 1;
        assert_eq!(values(count).check(), Err(InvalidLookup::TooManyValues { count }));
        let nested = |levels| (0..levels).fold(AttributeValue::Null, |value, _| AttributeValue::l([value]));
        assert_eq!(of(LookupOperator::Eq(nested(32))).check(), Ok(()));
        let error = of(LookupOperator::Eq(nested(33))).check().unwrap_err().to_string();
        assert!(error.contains("`a`") && error.contains("the 32 of an item"), "{error}");
    }
}
