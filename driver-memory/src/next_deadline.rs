//! The time at which the next time-based transition of a table is due.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};

/// The earliest deadline of a table's due transitions, in milliseconds since 1970.
///
/// A request that arrives before it does no work, and does not read the clock when there is no deadline.
#[derive(Debug)]
pub(crate) struct NextDeadline(AtomicI64);

const NEVER: i64 = i64::MAX;

impl Default for NextDeadline {
    fn default() -> Self {
        Self(AtomicI64::new(NEVER))
    }
}

impl NextDeadline {
    /// Lowers the deadline to `deadline` if that is earlier.
    pub(crate) fn lower_to(&self, deadline: DateTime<Utc>) {
        self.0.fetch_min(deadline.timestamp_millis(), Ordering::AcqRel);
    }

    /// Returns the current time if the deadline has passed. Calls `now` only if there is a deadline.
    pub(crate) fn if_due(&self, now: impl FnOnce() -> DateTime<Utc>) -> Option<DateTime<Utc>> {
        let deadline = self.0.load(Ordering::Acquire);
        if deadline == NEVER {
            return None;
        }
        let now = now();
        (deadline <= now.timestamp_millis()).then_some(now)
    }

    /// Removes the deadline. The caller lowers it again to each transition that is still to come.
    pub(crate) fn clear(&self) {
        self.0.store(NEVER, Ordering::Release);
    }
}
