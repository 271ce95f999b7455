//! What requests cost, by the service's arithmetic.

use djamodb_core::plan::{ConsumedCapacity, IndexCapacity, ReturnConsumedCapacity};
pub(crate) use djamodb_core::service::CapacityUnits as Units;
use djamodb_core::value::Name;

use crate::index::Index;
use crate::layout::Layout;
use crate::schema::IndexKind;

/// What a request consumed of one table and its indexes.
#[derive(Default, Debug)]
pub(crate) struct Spent {
    pub(crate) table: Units,
    /// By the place of the index in its table. Indexes that were not touched are not here.
    indexes: Vec<(usize, Units)>,
}

/// Which units a transaction consumed: of these alone the service tells it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum InTransaction {
    Read,
    Write,
}

impl Spent {
    /// Spent on a table.
    pub(crate) fn on_table(units: Units) -> Self {
        Self { table: units, indexes: Vec::new() }
    }

    /// Spent on an index, by its place in the table, and maybe something on the table.
    pub(crate) fn on_index(index: usize, units: Units, table: Units) -> Self {
        Self { table, indexes: vec![(index, units)] }
    }

    /// Adds what was spent on an index.
    pub(crate) fn add_index(&mut self, index: usize, units: Units) {
        if units == Units::ZERO {
            return;
        }
        match self.indexes.iter_mut().find(|(at, _)| *at == index) {
            Some((_, spent)) => *spent += units,
            None => self.indexes.push((index, units)),
        }
    }

    /// Adds what another write to the same table spent.
    pub(crate) fn add(&mut self, other: &Self) {
        self.table += other.table;
        for (index, units) in &other.indexes {
            self.add_index(*index, *units);
        }
    }

    /// As a transaction spends it.
    pub(crate) fn in_transaction(mut self) -> Self {
        self.table = self.table.in_transaction();
        for (_, units) in &mut self.indexes {
            *units = units.in_transaction();
        }
        self
    }

    /// This as the answer tells it; nothing when the request asks for nothing.
    pub(crate) fn told(
        &self,
        layout: &Layout,
        returned: ReturnConsumedCapacity,
        transaction: Option<InTransaction>,
    ) -> Option<ConsumedCapacity> {
        if returned == ReturnConsumedCapacity::None {
            return None;
        }
        let units = (self.table + self.indexes.iter().map(|(_, units)| *units).sum()).as_f64();
        let mut told = ConsumedCapacity::total(layout.schema.name.clone(), units);
        match transaction {
            Some(InTransaction::Read) => told.read_units = Some(units),
            Some(InTransaction::Write) => told.write_units = Some(units),
            None => {}
        }
        if returned == ReturnConsumedCapacity::Indexes {
            told.table_units = Some(self.table.as_f64());
            told.local_indexes = self.of_kind(&layout.indexes, IndexKind::Local);
            told.global_indexes = self.of_kind(&layout.indexes, IndexKind::Global);
        }
        Some(told)
    }

    fn of_kind(&self, indexes: &[Index], kind: IndexKind) -> Vec<IndexCapacity> {
        let named = |(at, units): &(usize, Units)| -> Option<(Name, f64)> {
            let index = indexes.get(*at).filter(|index| index.schema.kind == kind)?;
            Some((index.schema.name.clone(), units.as_f64()))
        };
        let mut told: Vec<_> = self.indexes.iter().filter_map(named).collect();
        told.sort_by(|(left, _), (right, _)| left.cmp(right));
        told.into_iter().map(|(index, units)| IndexCapacity { index, units }).collect()
    }
}
