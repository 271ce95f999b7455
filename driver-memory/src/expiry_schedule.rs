//! The times at which items expire.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use djamodb_core::driver::Clock;
use djamodb_core::value::{AttributeValue, Item, Name};
use parking_lot::Mutex;

use crate::item_change::ItemChange;
use crate::key_bytes::KeyBytes;
use crate::lifecycle::time_after;
use crate::next_deadline::NextDeadline;
use crate::row::Row;

/// Age up to which an expired item is deleted. The service ignores items that expired earlier.
const EXPIRED_AGE_MAX: TimeDelta = TimeDelta::days(5 * 365);

/// Bound on timestamps in seconds: above every date of the calendar, below the integers that an `f64` holds exactly.
const SECONDS_MAX: f64 = 1e13;

/// The items of a table in the order in which they expire.
#[derive(Debug)]
pub(crate) struct ExpirySchedule {
    /// Attribute that holds the time at which an item expires, in seconds since 1970.
    pub(crate) attribute: Name,
    /// Time from an item's expiry to its deletion.
    delay: Duration,
    /// Expiry times in seconds since 1970, with the keys of the rows.
    /// Shared with snapshots until either is changed.
    entries: Mutex<Arc<BTreeSet<(i64, KeyBytes)>>>,
}

impl ExpirySchedule {
    pub(crate) fn new(attribute: Name, delay: Duration) -> Self {
        Self { attribute, delay, entries: Mutex::default() }
    }

    /// Returns a schedule of the same items.
    pub(crate) fn copy(&self) -> Self {
        let entries = Arc::clone(&self.entries.lock());
        Self { attribute: self.attribute.clone(), delay: self.delay, entries: Mutex::new(entries) }
    }

    /// Reschedules an item after a write and lowers the table's deadline.
    pub(crate) fn apply(&self, change: ItemChange<'_>, next_deadline: &NextDeadline, clock: &dyn Clock) {
        let seconds = |item: Option<&Item>| item.and_then(|item| self.seconds(item));
        let (old, new) = (seconds(change.old_item()), seconds(change.new_item()));
        if old == new {
            return;
        }
        let mut entries = self.entries.lock();
        let entries = Arc::make_mut(&mut entries);
        if let Some(old) = old {
            entries.remove(&(old, change.key.into()));
        }
        if let Some(new) = new.filter(|new| !self.is_too_old(*new, clock.now())) {
            entries.insert((new, change.key.into()));
            next_deadline.lower_to(self.deletion_time(new));
        }
    }

    /// Removes the rows to be deleted by `now` from the schedule and returns their keys.
    pub(crate) fn take_expired(&self, now: DateTime<Utc>) -> Vec<KeyBytes> {
        let mut entries = self.entries.lock();
        let entries = Arc::make_mut(&mut entries);
        let mut expired = Vec::new();
        while let Some((seconds, key)) = entries.pop_first() {
            if self.deletion_time(seconds) > now {
                entries.insert((seconds, key));
                break;
            }
            expired.push(key);
        }
        expired
    }

    /// Lowers `next_deadline` to the next deletion.
    pub(crate) fn schedule(&self, next_deadline: &NextDeadline) {
        if let Some((seconds, _)) = self.entries.lock().first() {
            next_deadline.lower_to(self.deletion_time(*seconds));
        }
    }

    /// Checks that the schedule holds exactly those of `rows`, all rows of the table, that expire.
    ///
    /// A row that had expired too long ago when it was written is not scheduled. By `now` it is older still.
    pub(crate) fn check<'a>(
        &self,
        rows: impl Iterator<Item = (&'a [u8], &'a Row)>,
        now: DateTime<Utc>,
    ) -> Result<(), String> {
        let entries = self.entries.lock();
        let mut found = 0;
        for (key, row) in rows {
            let Some(seconds) = self.seconds(&row.item) else {
                continue;
            };
            if entries.contains(&(seconds, key.into())) {
                found += 1;
            } else if !self.is_too_old(seconds, now) {
                return Err(format!("the expiry schedule lacks {:?}", row.item));
            }
        }
        if found == entries.len() {
            Ok(())
        } else {
            Err(format!("the expiry schedule has {} entries for {found} items", entries.len()))
        }
    }

    /// Returns the time at which an item expires, in seconds since 1970. Values that are no number or outside the
    /// calendar never expire.
    fn seconds(&self, item: &Item) -> Option<i64> {
        match item.get(&self.attribute)? {
            AttributeValue::N(number) => {
                let seconds = number.to_f64();
                #[allow(clippy::cast_possible_truncation, reason = "fractions of a second do not count")]
                let seconds = (seconds.abs() < SECONDS_MAX).then_some(seconds as i64)?;
                DateTime::from_timestamp(seconds, 0).map(|_| seconds)
            }
            _ => None,
        }
    }

    /// Returns `true` if an item written at `now` expired too long ago to be deleted.
    fn is_too_old(&self, seconds: i64, now: DateTime<Utc>) -> bool {
        now - self.deletion_time(seconds) > EXPIRED_AGE_MAX
    }

    fn deletion_time(&self, seconds: i64) -> DateTime<Utc> {
        time_after(DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC), self.delay)
    }
}
