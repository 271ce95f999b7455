//! Reading a whole table or index, where that is allowed.

use super::ReadPlanner;
use crate::model::Filter;
use crate::plan::Scan;
use crate::planner::filter_placement::{FilterPlacement, all};
use crate::planner::fold::{Folded, KnownAttributes, conjuncts, fold};
use crate::planner::{Access, PlanError, ScanPlan};
use crate::value::Item;

impl ReadPlanner<'_> {
    /// One scan of all there is, or of the segment that is asked for. It has no order.
    pub(super) fn plan_scan(&self) -> Result<Access, PlanError> {
        if !self.request.forward || self.request.order.is_some() {
            return Err(PlanError::ScanHasNoOrder { model: self.model() });
        }
        let known = KnownAttributes { values: &Item::new(), present: self.token_key };
        let filter = match fold(&self.request.filter, &known) {
            Folded::Never => return Ok(Access::Empty("no item can satisfy the lookups")),
            Folded::Always => Filter::All(Vec::new()),
            Folded::Depends(filter) => filter,
        };
        let placed = FilterPlacement::for_scan(conjuncts(filter), self.index, self.table_key());
        self.refuse_lacking(placed.lacking)?;
        let residual = all(placed.residual);
        let mut scan = Scan::new(self.table.clone());
        scan.index.clone_from(&self.index.name);
        scan.filter = all(placed.filter);
        scan.select = self.select(residual.as_ref());
        scan.segment = self.request.segment;
        scan.consistent = self.request.consistent;
        Ok(Access::Scan(Box::new(ScanPlan { scan, residual })))
    }
}
