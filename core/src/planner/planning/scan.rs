//! Scans of a table or an index.

use super::ReadPlanner;
use crate::model::Filter;
use crate::plan::Scan;
use crate::planner::filter_placement::{FilterPlacement, conjunction};
use crate::planner::fold::{Folded, KnownAttributes, conjuncts, fold};
use crate::planner::{Access, EmptyReason, PlanError, ScanPlan};
use crate::value::Item;

impl ReadPlanner<'_> {
    /// Plans one scan of the whole table or index, or of the request's segment.
    pub(super) fn plan_scan(&self) -> Result<Access, PlanError> {
        if !self.request.forward || self.request.order.is_some() {
            return Err(PlanError::ScanHasNoOrder { model: self.model() });
        }
        let known = KnownAttributes { values: &Item::new(), present: self.token_key };
        let filter = match fold(self.filter, &known) {
            Folded::Never => return Ok(Access::Empty(EmptyReason::Contradiction)),
            Folded::Always => Filter::All(Vec::new()),
            Folded::Depends(filter) => filter,
        };
        let placement = FilterPlacement::for_scan(conjuncts(filter), self.index, self.table_key());
        self.check_projection(placement.lacking)?;
        let residual = conjunction(placement.residual);
        let mut scan = Scan::new(self.table.clone());
        scan.index.clone_from(&self.index.name);
        scan.filter = conjunction(placement.filter);
        scan.select = self.select(residual.as_ref());
        scan.segment = self.request.segment;
        scan.consistent = self.request.consistent;
        Ok(Access::Scan(Box::new(ScanPlan { scan, residual })))
    }
}
