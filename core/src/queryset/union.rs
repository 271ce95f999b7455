//! Unions of querysets.

use super::QuerySet;
use super::read_spec::ReadSpec;
use crate::model::{Index, Model};
use crate::planner::{Request, UNION_LEVELS_MAX, UNION_QUERYSETS_MAX};

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Returns the union of two querysets of one model: the items that this queryset matches, then those that only `other` matches.
    /// Corresponds to Django's [`union`](https://docs.djangoproject.com/en/stable/ref/models/querysets/#union).
    ///
    /// The querysets are read one after the other. Each keeps its own index, order, limit, page token, rate and consistency. What is
    /// then set on the union applies to the whole ([`set_limit`](Self::set_limit), [`sort_in_memory`](Self::sort_in_memory),
    /// [`rate_limit`](Self::rate_limit)) or to each of the querysets ([`filter`](Self::filter), [`values`](QuerySet::values),
    /// [`only`](QuerySet::only), [`consistent`](Self::consistent), [`hydrate`](Self::hydrate), [`scan`](Self::scan),
    /// [`parallel_scan`](Self::parallel_scan), [`none`](Self::none)).
    ///
    /// Items are distinguished by their keys in the table: an item that an earlier queryset returned is left out, even if it changed in
    /// between. For this, the keys of returned items are kept in memory; those of the last queryset only if it reads an index, in
    /// which an item can move while it is read. Rows of [`values`](QuerySet::values) that are equal stay, unlike in Django, if their
    /// items differ.
    ///
    /// An item that several querysets match is read, and paid for, by each of them. Scans of one union share the budget that the
    /// database allows a call.
    ///
    /// There are no page tokens, no order of the whole except that of `sort_in_memory`, and no writes:
    /// [`page`](Self::page), [`cursor`](Self::cursor), [`reverse`](Self::reverse), [`last`](Self::last), [`delete`](QuerySet::delete),
    /// [`update`](QuerySet::update) and methods that are given keys are refused. Of one index, `filter(one | other)` reads the same items
    /// in one queryset, which has all of these.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let early = Weather::objects().set_hash_key("Seattle").filter(Weather::DAY.lte(2));
    /// let rain = Weather::objects().set_index(Weather::BY_KIND).set_hash_key("rain");
    /// let either = early.union(&rain);
    /// assert_eq!(either.values(Weather::DAY).all(&db).await?, [1, 2, 3], "both match day 2, which is returned once");
    /// assert_eq!(either.set_limit(2).count(&db).await?, 2);
    /// assert_eq!(either.sort_in_memory(Weather::TEMP_MAX).values(Weather::DAY).all(&db).await?, [1, 3, 2]);
    /// assert_eq!(
    ///     either.set_limit(10).explain()?.plan.to_string(),
    ///     "\
    /// Limit 10
    ///   Union distinct by: location, day
    ///     Limit 10, pushed down
    ///       Query weather; key condition: location = \"Seattle\" AND day <= 2; ascending
    ///     Limit 10, pushed down
    ///       Query weather; index: by_kind; key condition: kind = \"rain\"; ascending
    /// "
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn union<J: Index<Model = M>>(&self, other: &QuerySet<M, R, J>) -> QuerySet<M, R> {
        let mut spec = ReadSpec::new(Request::new(M::schema(), <M::Primary as Index>::meta()));
        spec.operands = self.spec.as_operands();
        spec.operands.extend(other.spec.as_operands());
        let is_overfull = self.spec.is_overfull || other.spec.is_overfull;
        if is_overfull || spec.reads() > UNION_QUERYSETS_MAX || spec.union_levels() > UNION_LEVELS_MAX {
            spec.operands = vec![ReadSpec::new(spec.request.clone())];
            spec.is_overfull = true;
        }
        QuerySet::of(spec, self.row.clone())
    }
}

impl ReadSpec {
    /// Returns the number of querysets that are read.
    fn reads(&self) -> usize {
        if self.is_union() { self.operands.iter().map(Self::reads).sum() } else { 1 }
    }

    /// Returns the number of unions inside each other.
    fn union_levels(&self) -> usize {
        self.operands.iter().map(|operand| 1 + operand.union_levels()).max().unwrap_or_default()
    }

    /// Returns the querysets that a union with this one reads: those of a union on which nothing was set as a whole, or `self`.
    fn as_operands(&self) -> Vec<Self> {
        if self.is_plain_union() { self.operands_as_read().collect() } else { vec![self.clone()] }
    }

    /// Returns the querysets of a union, each with what was set on the union and applies to each of them.
    pub(super) fn operands_as_read(&self) -> impl Iterator<Item = Self> {
        self.operands.iter().map(|operand| {
            let (mut operand, whole) = (operand.clone(), &self.request);
            let request = &mut operand.request;
            request.filter.push(whole.filter.to_filter());
            request.consistent |= whole.consistent;
            request.hydrate |= whole.hydrate;
            request.scan |= whole.scan;
            request.none |= whole.none;
            if whole.parts.is_some() {
                request.parts.clone_from(&whole.parts);
            }
            operand.unexpired |= self.unexpired;
            operand.total_segments = self.total_segments.or(operand.total_segments);
            operand
        })
    }
}
