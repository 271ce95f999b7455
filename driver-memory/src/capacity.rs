//! The capacity that a request consumes, by table and by index.

use djamodb_core::plan::{ConsumedCapacity, IndexCapacity, ReturnConsumedCapacity};
use djamodb_core::service::CapacityUnits;
use djamodb_core::value::Name;

use crate::index::Index;
use crate::index_schema::IndexKind;
use crate::layout::Layout;

/// The units that a request consumed on one table and its indexes.
#[derive(Default, Debug)]
pub(crate) struct ConsumedUnits {
    pub(crate) table: CapacityUnits,
    /// Units by the index's number in [`Layout::indexes`]. Indexes that consumed nothing are absent.
    indexes: Vec<(usize, CapacityUnits)>,
}

/// The kind of units that a transaction consumed. The service reports them separately only for transactions.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TransactionKind {
    Read,
    Write,
}

impl ConsumedUnits {
    pub(crate) fn on_table(units: CapacityUnits) -> Self {
        Self { table: units, indexes: Vec::new() }
    }

    /// Returns the units of a read of an index, with those of the items that it fetched from the table.
    pub(crate) fn on_index(number: usize, units: CapacityUnits, table: CapacityUnits) -> Self {
        Self { table, indexes: vec![(number, units)] }
    }

    pub(crate) fn add_index(&mut self, number: usize, units: CapacityUnits) {
        if units == CapacityUnits::ZERO {
            return;
        }
        match self.indexes.iter_mut().find(|(present, _)| *present == number) {
            Some((_, consumed)) => *consumed += units,
            None => self.indexes.push((number, units)),
        }
    }

    /// Adds the units of another write to the same table.
    pub(crate) fn add(&mut self, other: &Self) {
        self.table += other.table;
        for (number, units) in &other.indexes {
            self.add_index(*number, *units);
        }
    }

    /// Returns these units as a transaction consumes them: twice those of the table, and those of the indexes once.
    pub(crate) fn in_transaction(self) -> Self {
        Self { table: self.table.in_transaction(), ..self }
    }

    /// Returns these units as part of a response, or `None` if the request does not select them.
    pub(crate) fn report(
        &self,
        layout: &Layout,
        detail: ReturnConsumedCapacity,
        transaction: Option<TransactionKind>,
    ) -> Option<ConsumedCapacity> {
        if detail == ReturnConsumedCapacity::None {
            return None;
        }
        let units = (self.table + self.indexes.iter().map(|(_, units)| *units).sum()).as_f64();
        let mut report = ConsumedCapacity::total(layout.schema.name.clone(), units);
        match transaction {
            Some(TransactionKind::Read) => report.read_units = Some(units),
            Some(TransactionKind::Write) => report.write_units = Some(units),
            None => {}
        }
        if detail == ReturnConsumedCapacity::Indexes {
            report.table_units = Some(self.table.as_f64());
            report.local_indexes = self.by_index(&layout.indexes, IndexKind::Local);
            report.global_indexes = self.by_index(&layout.indexes, IndexKind::Global);
        }
        Some(report)
    }

    /// Returns the units of the indexes of one kind, in the order of the indexes' names.
    fn by_index(&self, indexes: &[Index], kind: IndexKind) -> Vec<IndexCapacity> {
        let named = |(number, units): &(usize, CapacityUnits)| -> Option<(Name, f64)> {
            let index = indexes.get(*number).filter(|index| index.schema.kind == kind)?;
            Some((index.schema.name.clone(), units.as_f64()))
        };
        let mut report: Vec<_> = self.indexes.iter().filter_map(named).collect();
        report.sort_by(|(left, _), (right, _)| left.cmp(right));
        report.into_iter().map(|(index, units)| IndexCapacity { index, units }).collect()
    }
}
