//! Options and terminal methods that cannot be combined.
//!
//! Each refusal is a [`PlanError::Combination`]: it names the two, says why they cannot be combined, and what to do instead. All of
//! them are found before the first request.

use super::Terminal;
use super::read_spec::ReadSpec;
use crate::planner::PlanError;
use crate::service::limits::TOTAL_SEGMENTS_MAX;

impl ReadSpec {
    /// Refuses options that cannot be combined, whatever the terminal method is.
    pub(super) fn check_options(&self) -> Result<(), PlanError> {
        if self.is_overfull {
            return Err(PlanError::TooManyQuerysets { model: self.model() });
        }
        self.check_rate()?;
        self.check_segments()?;
        if self.sort.is_some() && self.request.start.is_some() {
            return Err(self.refuse(
                "sort_in_memory",
                "set_last_evaluated_key",
                "everything is read before the first item is known, so that there are no pages",
                "use set_limit to keep the first items, or order_by with an index that has this range key",
            ));
        }
        if self.is_union() { self.check_union() } else { Ok(()) }
    }

    fn check_rate(&self) -> Result<(), PlanError> {
        match &self.rate_limit {
            Some(rate) if !rate.is_valid() => {
                Err(PlanError::RateLimit { model: self.model(), units_per_second: rate.units_per_second })
            }
            _ => Ok(()),
        }
    }

    fn check_segments(&self) -> Result<(), PlanError> {
        let Some(total_segments) = self.total_segments else { return Ok(()) };
        if !(1..=TOTAL_SEGMENTS_MAX).contains(&total_segments) {
            return Err(PlanError::TotalSegments { model: self.model(), total_segments });
        }
        if self.request.segment.is_some() {
            return Err(self.refuse(
                "segments",
                "parallel_scan",
                "a segment cannot be divided into segments",
                "call parallel_scan with a greater number on the queryset of all segments",
            ));
        }
        if self.request.start.is_some() {
            return Err(self.refuse(
                "parallel_scan",
                "set_last_evaluated_key",
                "each segment has a page token of its own",
                "set the token on the queryset of one segment, which segments() returns, or use scan()",
            ));
        }
        Ok(())
    }

    /// Refuses what was set on a union as a whole and cannot apply to it.
    fn check_union(&self) -> Result<(), PlanError> {
        let of_each = "each of its querysets has its own";
        let before = "set it on the querysets before union()";
        let request = &self.request;
        if request.start.is_some() {
            return Err(self.refuse(
                "union",
                "set_last_evaluated_key",
                "a page token would have to hold the keys of all items that were returned before",
                ONE_QUERYSET,
            ));
        }
        if request.hash_key.is_some() {
            return Err(self.refuse("union", "set_hash_key", of_each, before));
        }
        if request.index_given {
            return Err(self.refuse("union", "set_index", of_each, before));
        }
        if let Some((option, instead)) = self.order_option() {
            return Err(self.refuse("union", option, "its querysets are read one after the other", instead));
        }
        if request.segment.is_some() {
            return Err(self.refuse(
                "union",
                "segments",
                "an item can be in different segments of a table and its index",
                "call segments() on the querysets",
            ));
        }
        if self.has_filter() && self.operands.iter().any(ReadSpec::is_limited) {
            return Err(self.refuse(
                "filter",
                "union of a queryset with a limit or page token",
                "the filter would apply before the limit of that queryset",
                "filter the querysets before union()",
            ));
        }
        if self.request.parts.is_none() && !self.reads_same_parts() {
            return Err(self.refuse(
                "values",
                "union of querysets with other values",
                "rows of one union have the same attributes",
                "call values() or only() on the union",
            ));
        }
        Ok(())
    }

    /// Returns the option by which the union as a whole was ordered, and what to do instead.
    fn order_option(&self) -> Option<(&'static str, &'static str)> {
        if self.request.order.is_some() {
            return Some(("order_by", "use sort_in_memory(…), or order the querysets before union()"));
        }
        let instead = "use sort_in_memory(…), or reverse the querysets before union()";
        (!self.request.forward && self.sort.is_none()).then_some(("reverse", instead))
    }

    fn has_filter(&self) -> bool {
        !self.request.filter.is_empty() || self.unexpired
    }

    fn is_limited(&self) -> bool {
        self.request.limit.is_some() || self.request.start.is_some() || self.operands.iter().any(ReadSpec::is_limited)
    }

    /// Returns `true` if all querysets of the union read the same parts of items.
    fn reads_same_parts(&self) -> bool {
        let mut parts = self.operands.iter().map(ReadSpec::parts_read);
        let first = parts.next();
        parts.all(|others| Some(others) == first)
    }

    /// Returns `true` if nothing was set on the union that its querysets could not do themselves.
    pub(super) fn is_plain_union(&self) -> bool {
        let request = &self.request;
        self.is_union()
            && request.limit.is_none()
            && self.sort.is_none()
            && self.rate_limit.is_none()
            && !self.has_filter()
            && self.check_union().is_ok()
    }

    /// Refuses a terminal method that the options do not have.
    pub(super) fn check_terminal(&self, terminal: Terminal) -> Result<(), PlanError> {
        match terminal {
            Terminal::Page => self.check_pages("page"),
            Terminal::LastEvaluatedKey => self.check_pages("last_evaluated_key"),
            Terminal::Delete => self.check_writes("delete"),
            Terminal::DeleteChecked => self.check_writes("delete_checked"),
            Terminal::Last if self.is_union() && self.sort.is_none() => Err(self.refuse(
                "union",
                "last",
                "its querysets are read one after the other, in no common order",
                "use sort_in_memory(…)",
            )),
            _ => Ok(()),
        }
    }

    /// Refuses a method that needs page tokens.
    pub(super) fn check_pages(&self, method: &'static str) -> Result<(), PlanError> {
        if self.is_union() {
            let reason = "a page token would have to hold the keys of all items that were returned before";
            return Err(self.refuse("union", method, reason, ONE_QUERYSET));
        }
        if self.sort.is_some() {
            return Err(self.refuse(
                "sort_in_memory",
                method,
                "everything is read before the first item is known, so that there are no pages",
                "use all() or stream() with set_limit, or order_by with an index that has this range key",
            ));
        }
        if self.total_segments.is_some() {
            return Err(self.refuse(
                "parallel_scan",
                method,
                "each segment has a page token of its own",
                "read pages of each queryset that segments() returns, or use scan()",
            ));
        }
        Ok(())
    }

    pub(super) fn check_cursor(&self) -> Result<(), PlanError> {
        self.check_pages("cursor")?;
        if self.request.start.is_some() {
            return Err(self.refuse(
                "set_last_evaluated_key",
                "cursor",
                "a cursor has tokens of its own",
                "use after(…) or before(…) of the cursor",
            ));
        }
        Ok(())
    }

    /// Refuses a method that writes each item it reads.
    pub(super) fn check_writes(&self, method: &'static str) -> Result<(), PlanError> {
        if self.is_union() {
            return Err(self.refuse(
                "union",
                method,
                "a write cannot check that its item still matches one of several querysets",
                "write the items of each queryset, or of one queryset with filter(one | other)",
            ));
        }
        Ok(())
    }

    /// Refuses a method that is given keys.
    pub(super) fn check_keys(&self, method: &'static str) -> Result<(), PlanError> {
        if self.is_union() {
            return Err(self.refuse(
                "union",
                method,
                "keys are looked up in one queryset",
                "call it on each queryset, or on one queryset with filter(one | other)",
            ));
        }
        if self.request.segment.is_some() {
            return Err(self.refuse(
                "segments",
                method,
                "only the service knows which segment a key belongs to",
                "call it on the queryset of all segments",
            ));
        }
        Ok(())
    }

    /// Refuses `earliest` and `latest`.
    pub(super) fn check_extreme(&self, method: &'static str) -> Result<(), PlanError> {
        if self.is_union() {
            return Err(self.refuse(
                "union",
                method,
                "its querysets can read indexes with other range keys",
                "use sort_in_memory(…) and first() or last()",
            ));
        }
        Ok(())
    }

    pub(super) fn refuse(
        &self,
        first: &'static str,
        second: &'static str,
        reason: &'static str,
        instead: &'static str,
    ) -> PlanError {
        PlanError::Combination { model: self.model(), first, second, reason, instead }
    }
}

const ONE_QUERYSET: &str = "use stream(), or one queryset with filter(one | other), which has pages";
