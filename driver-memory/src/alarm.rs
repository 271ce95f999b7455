//! When something next happens by itself.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};

/// The next moment at which something happens by itself, so that a request that comes before it need not look, nor ask the
/// clock when there is none.
#[derive(Debug)]
pub(crate) struct Alarm(AtomicI64);

const NEVER: i64 = i64::MAX;

impl Default for Alarm {
    fn default() -> Self {
        Self(AtomicI64::new(NEVER))
    }
}

impl Alarm {
    /// Rings at `moment` too.
    pub(crate) fn set(&self, moment: DateTime<Utc>) {
        self.0.fetch_min(moment.timestamp_millis(), Ordering::AcqRel);
    }

    /// Whether it rings; `now` is only asked when it may.
    pub(crate) fn rings(&self, now: impl FnOnce() -> DateTime<Utc>) -> Option<DateTime<Utc>> {
        let set = self.0.load(Ordering::Acquire);
        if set == NEVER {
            return None;
        }
        let now = now();
        (set <= now.timestamp_millis()).then_some(now)
    }

    /// Forgets every moment; who does so sets anew those that are still to come.
    pub(crate) fn clear(&self) {
        self.0.store(NEVER, Ordering::Release);
    }
}
