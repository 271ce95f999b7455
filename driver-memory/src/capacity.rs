//! What requests cost, by the service's arithmetic.
//!
//! A read unit is 4 KB read consistently, a write unit 1 KB written; half of a read unit is what an eventually consistent
//! read costs, so that all is counted in halves.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul};

use djamodb_core::plan::{ConsumedCapacity, IndexCapacity, ReturnConsumedCapacity};
use djamodb_core::value::Name;

use crate::index::Index;
use crate::layout::Layout;
use crate::schema::IndexKind;

const READ_BYTES: usize = 4 * 1024;
const WRITE_BYTES: usize = 1024;

/// How much dearer everything is in a transaction.
pub(crate) const IN_TRANSACTION: u64 = 2;

/// Capacity units, counted in halves.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Units(u64);

impl Units {
    pub(crate) const ZERO: Self = Self(0);

    /// What reading `bytes` costs; nothing to read costs as much as little.
    pub(crate) fn read(bytes: usize, consistent: bool) -> Self {
        let halves = count(bytes, READ_BYTES);
        Self(if consistent { 2 * halves } else { halves })
    }

    /// What writing `bytes` costs.
    pub(crate) fn write(bytes: usize) -> Self {
        Self(2 * count(bytes, WRITE_BYTES))
    }

    #[allow(clippy::cast_precision_loss, reason = "so many units have never been consumed")]
    fn as_f64(self) -> f64 {
        self.0 as f64 / 2.0
    }
}

fn count(bytes: usize, unit: usize) -> u64 {
    u64::try_from(bytes.div_ceil(unit).max(1)).unwrap_or(u64::MAX)
}

impl Add for Units {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Units {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Mul<u64> for Units {
    type Output = Self;

    fn mul(self, times: u64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl Sum for Units {
    fn sum<I: Iterator<Item = Self>>(units: I) -> Self {
        units.fold(Self::ZERO, Add::add)
    }
}

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
        self.table = self.table * IN_TRANSACTION;
        for (_, units) in &mut self.indexes {
            *units = *units * IN_TRANSACTION;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_whole_steps_of_4_kb_and_1_kb() {
        for (bytes, eventual, consistent) in [(0, 0.5, 1.0), (4096, 0.5, 1.0), (4097, 1.0, 2.0), (8193, 1.5, 3.0)] {
            assert_eq!(Units::read(bytes, false).as_f64().to_bits(), f64::to_bits(eventual), "{bytes}");
            assert_eq!(Units::read(bytes, true).as_f64().to_bits(), f64::to_bits(consistent), "{bytes}");
        }
        for (bytes, units) in [(0, 1.0), (1024, 1.0), (1025, 2.0)] {
            assert_eq!(Units::write(bytes).as_f64().to_bits(), f64::to_bits(units), "{bytes}");
        }
    }
}
