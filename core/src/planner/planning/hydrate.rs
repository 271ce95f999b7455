//! Fetches from the table of what a global index does not hold.

use super::ReadPlanner;
use super::select::to_read;
use crate::expression::ProjectionExpression;
use crate::planner::filter_placement::attributes_of;
use crate::planner::recheck::recheck_after_fetch;
use crate::planner::{Access, Hydration, ResultKind};

impl ReadPlanner<'_> {
    /// Returns `true` if the index lacks an attribute that is read or looked at, and `hydrate()` was called.
    pub(super) fn hydrates(&self) -> bool {
        let is_global = self.index.name.is_some() && !self.index.local;
        self.request.hydrate && is_global && (!self.lacking_to_read().is_empty() || self.filters_beyond_index())
    }

    /// Returns `true` if a lookup is on an attribute that the index does not hold.
    fn filters_beyond_index(&self) -> bool {
        self.conjuncts.iter().flat_map(|conjunct| attributes_of(conjunct)).any(|name| !self.holds(name))
    }

    /// Returns the fetch that follows the read of the index, if there is one.
    pub(super) fn hydration(&self, access: &Access) -> Option<Hydration> {
        if !self.hydrates || !matches!(access, Access::Queries(_) | Access::Scan(_)) {
            return None;
        }
        let check = recheck_after_fetch(self.request);
        let keys = &self.request.schema.primary().token_key;
        let reads_items = self.result_kind == ResultKind::Items;
        let projection = (!reads_items || self.request.parts.is_some()).then(|| {
            let parts = self.request.parts.as_deref().filter(|_| reads_items);
            ProjectionExpression::new(to_read(keys, check.as_ref(), parts.unwrap_or_default()))
        });
        Some(Hydration { table: self.table.clone(), projection, check, filters: self.filters_beyond_index() })
    }
}
