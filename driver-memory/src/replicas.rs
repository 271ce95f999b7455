//! States of the tables that are out of date, for eventually consistent reads in the adversarial mode.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use djamodb_core::plan::QueryPlan;
use djamodb_core::value::Name;
use parking_lot::Mutex;

use crate::adversary::Trouble;
use crate::emulator::Emulator;
use crate::lifecycle::time_after;
use crate::options::MemoryOptions;

/// One request of this many brings a state up to date.
const REFRESHED_EVERY: usize = 10;

/// The states that eventually consistent reads see: one for tables with their local indexes, which are in the same partitions, and one for
/// global indexes, each brought up to date at other times.
#[derive(Default, Debug)]
pub(crate) struct Replicas {
    tables: Replica,
    global_indexes: Replica,
}

#[derive(Default, Debug)]
struct Replica(Mutex<Option<(Arc<Emulator>, DateTime<Utc>)>>);

impl Replicas {
    /// Brings each state up to date at random, and at the latest after the longest lag.
    pub(crate) fn refresh_at_random(&self, emulator: &Emulator, trouble: &Trouble) {
        for replica in [&self.tables, &self.global_indexes] {
            let is_drawn = trouble.below(REFRESHED_EVERY) == 0;
            replica.refresh(emulator, is_drawn, trouble.settings.lag_max);
        }
    }

    /// Forgets the states, since the tables were replaced.
    pub(crate) fn clear(&self) {
        for replica in [&self.tables, &self.global_indexes] {
            *replica.0.lock() = None;
        }
    }

    /// Returns the state that a plan may read, or `None` if it must see every write.
    pub(crate) fn of(&self, emulator: &Emulator, plan: &QueryPlan) -> Option<Arc<Emulator>> {
        match plan {
            QueryPlan::GetItem(get) if !get.consistent => self.tables.state(),
            QueryPlan::BatchGetItem(batch) if batch.requests.iter().all(|table| !table.consistent) => {
                self.tables.state()
            }
            QueryPlan::Query(query) if !query.consistent => self.of_index(emulator, &query.table, query.index.as_ref()),
            QueryPlan::Scan(scan) if !scan.consistent => self.of_index(emulator, &scan.table, scan.index.as_ref()),
            _ => None,
        }
    }

    /// Returns the state of an index, or of the table.
    fn of_index(&self, emulator: &Emulator, table: &Name, index: Option<&Name>) -> Option<Arc<Emulator>> {
        let is_global = index.is_some_and(|index| !is_local(emulator, table, index));
        if is_global { self.global_indexes.state() } else { self.tables.state() }
    }
}

fn is_local(emulator: &Emulator, table: &Name, index: &Name) -> bool {
    emulator.table(table).is_ok_and(|table| {
        let layout = table.layout.read();
        layout.schema.local_indexes.iter().any(|local| local.name == *index)
    })
}

impl Replica {
    fn state(&self) -> Option<Arc<Emulator>> {
        self.0.lock().as_ref().map(|(state, _)| Arc::clone(state))
    }

    fn refresh(&self, emulator: &Emulator, is_drawn: bool, lag_max: Duration) {
        let now = emulator.now();
        let mut replica = self.0.lock();
        if is_drawn || replica.as_ref().is_none_or(|(_, taken_at)| time_after(*taken_at, lag_max) <= now) {
            *replica =
                Some((Arc::new(emulator.copy(MemoryOptions { adversary: None, ..emulator.options.clone() })), now));
        }
    }
}
