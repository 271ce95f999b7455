//! The sums of a ledger.

use std::collections::BTreeMap;

use super::snapshot::{LedgerRequests, LedgerSnapshot, LedgerUnits, UnitSums};
use crate::driver::DriverError;
use crate::layer::estimate::{AccessEstimate, RequestEstimate};
use crate::plan::{ConsumedCapacity, Outcome, Output, UnitKind};
use crate::value::Name;

type OperationName = &'static str;

/// Requests and units by operation, table and index. Its size is bounded by the number of those, not by the number of
/// requests.
#[derive(Default)]
pub(super) struct LedgerTotals {
    requests: BTreeMap<(OperationName, Option<Name>), RequestCounts>,
    /// Keys are an operation, a table, and an index or `None` for the table itself.
    units: BTreeMap<(OperationName, Name, Option<Name>), UnitSums>,
}

#[derive(Clone, Copy, Default)]
struct RequestCounts {
    requests: u64,
    attempts: u64,
    failed: u64,
}

impl LedgerTotals {
    /// Records a request that succeeded.
    pub(super) fn record_success(&mut self, estimate: &RequestEstimate, outcome: &Outcome) {
        self.count(estimate, outcome.metadata.attempts, false);
        let Some(kind) = estimate.kind else { return };
        let consumed = &outcome.metadata.consumed_capacity;
        for capacity in consumed {
            self.add_reported(estimate.operation, kind, capacity);
        }
        if consumed.is_empty() && is_complete(&outcome.output) {
            self.add_estimated(estimate, estimate.minimum());
        }
    }

    /// Records a request that failed.
    pub(super) fn record_failure(&mut self, estimate: &RequestEstimate, error: &DriverError) {
        self.count(estimate, 1, true);
        self.add_estimated(estimate, estimate.after(error));
    }

    /// Records a request whose future was dropped before its response arrived.
    pub(super) fn record_dropped(&mut self, estimate: &RequestEstimate) {
        self.count(estimate, 1, true);
        self.add_estimated(estimate, estimate.minimum());
    }

    pub(super) fn snapshot(&self) -> LedgerSnapshot {
        let requests = self.requests.iter().map(|((operation, table), counts)| LedgerRequests {
            operation: (*operation).to_owned(),
            table: table.clone(),
            requests: counts.requests,
            attempts: counts.attempts,
            failed: counts.failed,
        });
        let units = self.units.iter().map(|((operation, table, index), sums)| LedgerUnits {
            operation: (*operation).to_owned(),
            table: table.clone(),
            index: index.clone(),
            sums: *sums,
        });
        LedgerSnapshot { requests: requests.collect(), units: units.collect() }
    }

    /// Counts a request. Drivers that do not report attempts count as one attempt.
    fn count(&mut self, estimate: &RequestEstimate, attempts: u32, failed: bool) {
        let counts = self.requests.entry((estimate.operation, estimate.table.clone())).or_default();
        counts.requests += 1;
        counts.attempts += u64::from(attempts.max(1));
        counts.failed += u64::from(failed);
    }

    fn add_reported(&mut self, operation: OperationName, kind: UnitKind, capacity: &ConsumedCapacity) {
        // A write transaction repeated with the same client request token consumes read units only.
        let read_only = capacity.read_units.is_some_and(is_positive) && !capacity.write_units.is_some_and(is_positive);
        let kind = if read_only { UnitKind::Read } else { kind };
        let indexes = capacity.local_indexes.iter().chain(&capacity.global_indexes);
        let index_units: f64 = indexes.clone().map(|index| index.units).sum();
        let table_units = capacity.table_units.unwrap_or(capacity.units - index_units);
        self.add(operation, &capacity.table, None, reported(kind, table_units));
        for index in indexes {
            self.add(operation, &capacity.table, Some(index.index.clone()), reported(kind, index.units));
        }
    }

    fn add_estimated(&mut self, estimate: &RequestEstimate, accesses: Vec<AccessEstimate>) {
        let Some(kind) = estimate.kind else { return };
        for access in accesses {
            self.add(estimate.operation, &access.table, None, estimated(kind, access.units.as_f64()));
        }
    }

    fn add(&mut self, operation: OperationName, table: &Name, index: Option<Name>, sums: UnitSums) {
        if sums != UnitSums::default() {
            *self.units.entry((operation, table.clone(), index)).or_default() += sums;
        }
    }
}

fn is_positive(units: f64) -> bool {
    units > 0.0
}

fn reported(kind: UnitKind, units: f64) -> UnitSums {
    match kind {
        UnitKind::Read => UnitSums { read_units: units, ..UnitSums::default() },
        UnitKind::Write => UnitSums { write_units: units, ..UnitSums::default() },
    }
}

fn estimated(kind: UnitKind, units: f64) -> UnitSums {
    match kind {
        UnitKind::Read => UnitSums { estimated_read_units: units, ..UnitSums::default() },
        UnitKind::Write => UnitSums { estimated_write_units: units, ..UnitSums::default() },
    }
}

/// Returns `true` unless the output leaves part of a batch unprocessed. Such a batch may have done nothing, so it has no
/// minimum.
fn is_complete(output: &Output) -> bool {
    match output {
        Output::BatchGetItem(output) => output.unprocessed.is_empty(),
        Output::BatchWriteItem(output) => output.unprocessed.is_empty(),
        _ => true,
    }
}
