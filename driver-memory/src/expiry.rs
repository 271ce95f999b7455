//! Which items expire when.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use djamodb_core::value::{AttributeValue, Item, Name};
use parking_lot::Mutex;

use crate::alarm::Alarm;
use crate::key_bytes::KeyBytes;
use crate::life::after;
use crate::row::Row;

/// How long ago an item may have expired and still be deleted: the service leaves what expired earlier alone.
const OLDEST: TimeDelta = TimeDelta::days(5 * 365);

/// Seconds beyond every calendar.
const SECONDS_MAX: f64 = 1e13;

/// The items of a table in the order in which they expire.
#[derive(Debug)]
pub(crate) struct Expiry {
    /// The attribute that holds when, in seconds since 1970.
    pub(crate) attribute: Name,
    /// How long an item outlives that.
    delay: Duration,
    due: Mutex<BTreeSet<(i64, KeyBytes)>>,
}

impl Expiry {
    pub(crate) fn new(attribute: Name, delay: Duration) -> Self {
        Self { attribute, delay, due: Mutex::default() }
    }

    /// Follows a row from `old` to `new`.
    pub(crate) fn follow(&self, key: &[u8], old: Option<&Row>, new: Option<&Row>, alarm: &Alarm) {
        let (old, new) = (old.and_then(|row| self.seconds(&row.item)), new.and_then(|row| self.seconds(&row.item)));
        if old == new {
            return;
        }
        let mut due = self.due.lock();
        if let Some(old) = old {
            due.remove(&(old, key.into()));
        }
        if let Some(new) = new {
            due.insert((new, key.into()));
            alarm.set(self.moment(new));
        }
    }

    /// The keys of the rows that have expired by now; they are not told again.
    pub(crate) fn take_expired(&self, now: DateTime<Utc>) -> Vec<KeyBytes> {
        let mut due = self.due.lock();
        let mut expired = Vec::new();
        while let Some((seconds, key)) = due.pop_first() {
            if self.moment(seconds) > now {
                due.insert((seconds, key));
                break;
            }
            if self.moment(seconds) + OLDEST >= now {
                expired.push(key);
            }
        }
        expired
    }

    /// Sets the alarm on the next row that expires.
    pub(crate) fn set(&self, alarm: &Alarm) {
        if let Some((seconds, _)) = self.due.lock().first() {
            alarm.set(self.moment(*seconds));
        }
    }

    /// When an item expires. What is no number, and what no clock shows, does not.
    fn seconds(&self, item: &Item) -> Option<i64> {
        match item.get(&self.attribute)? {
            AttributeValue::N(number) => {
                let seconds = number.to_f64();
                // What a calendar has room for is less than a float holds exactly.
                #[allow(clippy::cast_possible_truncation, reason = "fractions of a second do not count")]
                let seconds = (seconds.abs() < SECONDS_MAX).then_some(seconds as i64)?;
                DateTime::from_timestamp(seconds, 0).map(|_| seconds)
            }
            _ => None,
        }
    }

    fn moment(&self, seconds: i64) -> DateTime<Utc> {
        after(DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC), self.delay)
    }
}
