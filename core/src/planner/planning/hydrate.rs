//! Fetching from the table what a global index does not hold.

use super::ReadPlanner;
use super::select::to_read;
use crate::expression::ProjectionExpression;
use crate::planner::filter_placement::attributes_of;
use crate::planner::recheck::still_asked;
use crate::planner::{Access, Hydration, ResultKind};
use crate::value::Name;

impl ReadPlanner<'_> {
    /// Whether the index lacks something that is wanted or looked at, and may be helped out.
    pub(super) fn hydrates(&self) -> bool {
        let is_global = self.index.name.is_some() && !self.index.local;
        self.request.hydrate && is_global && (!self.lacking_to_read().is_empty() || self.looks_at_more())
    }

    /// Whether a lookup is on an attribute that the index does not hold.
    fn looks_at_more(&self) -> bool {
        let mut names = Vec::new();
        attributes_of(&self.request.filter, &mut names);
        names.iter().any(|name| !self.holds(name))
    }

    /// How what is read of the index becomes what is wanted.
    pub(super) fn hydration(&self, access: &Access) -> Option<Hydration> {
        if !self.hydrates || !matches!(access, Access::Queries(_) | Access::Scan(_)) {
            return None;
        }
        let check = still_asked(self.request);
        let keys: Vec<Name> = self.table_key().names().cloned().collect();
        let is_whole = self.result_kind == ResultKind::Items && self.request.parts.is_none();
        let projection = (!is_whole).then(|| {
            let parts = self.request.parts.as_deref().filter(|_| self.result_kind == ResultKind::Items);
            ProjectionExpression::new(to_read(&keys, check.as_ref(), parts.unwrap_or_default()))
        });
        Some(Hydration { table: self.table.clone(), projection, check, drops: self.looks_at_more() })
    }
}
