//! The sums of a ledger.

use std::collections::BTreeMap;

use super::snapshot::{LedgerRequests, LedgerSnapshot, LedgerUnits, UnitSums};
use crate::driver::DriverError;
use crate::driver::estimate::{Expected, Part};
use crate::plan::{ConsumedCapacity, Outcome, Output, UnitKind};
use crate::value::Name;

type Operation = &'static str;
type Table = Name;
type Index = Name;

/// Sums by operation, table and index. What grows is their number, never what is kept of a request.
#[derive(Default)]
pub(super) struct Book {
    requests: BTreeMap<(Operation, Option<Table>), Counts>,
    units: BTreeMap<(Operation, Table, Option<Index>), UnitSums>,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    requests: u64,
    attempts: u64,
    failed: u64,
}

impl Book {
    /// Counts a request that was answered.
    pub(super) fn succeeded(&mut self, expected: &Expected, outcome: &Outcome) {
        self.count(expected, outcome.metadata.attempts, false);
        let Some(kind) = expected.kind else { return };
        let told = &outcome.metadata.consumed_capacity;
        for capacity in told {
            self.add_told(expected.operation, kind, capacity);
        }
        if told.is_empty() && is_whole(&outcome.output) {
            self.add_estimated(expected, expected.least());
        }
    }

    /// Counts a request that failed.
    pub(super) fn failed(&mut self, expected: &Expected, error: &DriverError) {
        self.count(expected, 1, true);
        self.add_estimated(expected, expected.after(error));
    }

    /// Counts a request whose answer nobody waited for.
    pub(super) fn lost(&mut self, expected: &Expected) {
        self.count(expected, 1, true);
        self.add_estimated(expected, expected.least());
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

    /// A driver that does not say how often it sent the request has sent it once.
    fn count(&mut self, expected: &Expected, attempts: u32, failed: bool) {
        let counts = self.requests.entry((expected.operation, expected.table.clone())).or_default();
        counts.requests += 1;
        counts.attempts += u64::from(attempts.max(1));
        counts.failed += u64::from(failed);
    }

    fn add_told(&mut self, operation: Operation, kind: UnitKind, capacity: &ConsumedCapacity) {
        // A transaction that was carried out before, known by its token, only reads.
        let only_read = capacity.read_units.is_some_and(is_some) && !capacity.write_units.is_some_and(is_some);
        let kind = if only_read { UnitKind::Read } else { kind };
        let indexes = capacity.local_indexes.iter().chain(&capacity.global_indexes);
        let of_indexes: f64 = indexes.clone().map(|index| index.units).sum();
        let of_table = capacity.table_units.unwrap_or(capacity.units - of_indexes);
        self.add(operation, &capacity.table, None, told(kind, of_table));
        for index in indexes {
            self.add(operation, &capacity.table, Some(index.index.clone()), told(kind, index.units));
        }
    }

    fn add_estimated(&mut self, expected: &Expected, parts: Vec<Part>) {
        let Some(kind) = expected.kind else { return };
        for part in parts {
            self.add(expected.operation, &part.table, None, estimated(kind, part.units));
        }
    }

    fn add(&mut self, operation: Operation, table: &Name, index: Option<Name>, sums: UnitSums) {
        if sums != UnitSums::default() {
            *self.units.entry((operation, table.clone(), index)).or_default() += sums;
        }
    }
}

fn is_some(units: f64) -> bool {
    units > 0.0
}

fn told(kind: UnitKind, units: f64) -> UnitSums {
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

/// Whether everything was done that was asked. A batch of which something was left may not have done, nor cost, anything.
fn is_whole(output: &Output) -> bool {
    match output {
        Output::BatchGetItem(output) => output.unprocessed.is_empty(),
        Output::BatchWriteItem(output) => output.unprocessed.is_empty(),
        _ => true,
    }
}
