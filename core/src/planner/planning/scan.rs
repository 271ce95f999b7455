//! Scans of a table or an index.

use super::ReadPlanner;
use crate::plan::Scan;
use crate::planner::filter_placement::{FilterPlacement, conjunction};
use crate::planner::fold::{KnownAttributes, fold_all};
use crate::planner::{Access, EmptyReason, PlanError, ScanPlan};
use crate::value::Item;

impl ReadPlanner<'_> {
    /// Plans one scan of the whole table or index, or of the request's segment.
    pub(super) fn plan_scan(&self) -> Result<Access, PlanError> {
        if !self.request.forward || self.request.order.is_some() {
            return Err(PlanError::ScanHasNoOrder { model: self.model() });
        }
        let known = KnownAttributes { values: &Item::new(), present: &self.index.token_key };
        let Some(conjuncts) = fold_all(self.conjuncts.iter().map(AsRef::as_ref), &known) else {
            return Ok(Access::Empty(EmptyReason::Contradiction));
        };
        let placement = FilterPlacement::for_scan(conjuncts, self.index, self.table_key());
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
