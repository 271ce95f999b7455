//! States of the tables that are out of date, for eventually consistent reads in the adversarial mode.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use djamodb_core::plan::QueryPlan;
use parking_lot::Mutex;

use crate::adversary::Trouble;
use crate::emulator::Emulator;
use crate::lifecycle::time_after;
use crate::options::MemoryOptions;

/// One request of this many brings a state up to date.
const REFRESHED_EVERY: usize = 10;

/// The states that eventually consistent reads see: one for tables and one for indexes, each brought up to date at other times.
#[derive(Default, Debug)]
pub(crate) struct Replicas {
    tables: Replica,
    indexes: Replica,
}

#[derive(Default, Debug)]
struct Replica(Mutex<Option<(Arc<Emulator>, DateTime<Utc>)>>);

impl Replicas {
    /// Brings each state up to date at random, and at the latest after the longest lag.
    pub(crate) fn refresh_at_random(&self, emulator: &Emulator, trouble: &Trouble) {
        for replica in [&self.tables, &self.indexes] {
            let is_drawn = trouble.below(REFRESHED_EVERY) == 0;
            replica.refresh(emulator, is_drawn, trouble.settings.lag_max);
        }
    }

    /// Forgets the states, since the tables were replaced.
    pub(crate) fn clear(&self) {
        for replica in [&self.tables, &self.indexes] {
            *replica.0.lock() = None;
        }
    }

    /// Returns the state that a plan may read, or `None` if it must see every write.
    pub(crate) fn of(&self, plan: &QueryPlan) -> Option<Arc<Emulator>> {
        match plan {
            QueryPlan::GetItem(get) if !get.consistent => self.tables.state(),
            QueryPlan::BatchGetItem(batch) if batch.requests.iter().all(|table| !table.consistent) => {
                self.tables.state()
            }
            QueryPlan::Query(query) if !query.consistent => self.of_index(query.index.is_some()),
            QueryPlan::Scan(scan) if !scan.consistent => self.of_index(scan.index.is_some()),
            _ => None,
        }
    }

    fn of_index(&self, is_index: bool) -> Option<Arc<Emulator>> {
        if is_index { self.indexes.state() } else { self.tables.state() }
    }
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
