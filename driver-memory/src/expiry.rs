//! Which items expire when.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use djamodb_core::driver::Clock;
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
    pub(crate) fn follow(
        &self,
        key: &[u8],
        (old, new): (Option<&Row>, Option<&Row>),
        (alarm, clock): (&Alarm, &dyn Clock),
    ) {
        let (old, new) = (old.and_then(|row| self.seconds(&row.item)), new.and_then(|row| self.seconds(&row.item)));
        if old == new {
            return;
        }
        let mut due = self.due.lock();
        if let Some(old) = old {
            due.remove(&(old, key.into()));
        }
        if let Some(new) = new.filter(|new| !self.is_too_old(*new, clock.now())) {
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
            expired.push(key);
        }
        expired
    }

    /// Sets the alarm on the next row that expires.
    pub(crate) fn set(&self, alarm: &Alarm) {
        if let Some((seconds, _)) = self.due.lock().first() {
            alarm.set(self.moment(*seconds));
        }
    }

    /// Whether this is right about `rows`, which are all rows of the table: each that expires is here, and nothing else. One that
    /// had expired too long ago when it was written, and so earlier still by `now`, may be missing.
    pub(crate) fn agrees<'a>(
        &self,
        rows: impl Iterator<Item = (&'a [u8], &'a Row)>,
        now: DateTime<Utc>,
    ) -> Result<(), String> {
        let due = self.due.lock();
        let mut found = 0;
        for (key, row) in rows {
            let Some(seconds) = self.seconds(&row.item) else {
                continue;
            };
            if due.contains(&(seconds, key.into())) {
                found += 1;
            } else if !self.is_too_old(seconds, now) {
                return Err(format!("nothing says that {:?} expires", row.item));
            }
        }
        if found == due.len() { Ok(()) } else { Err(format!("{} items are to expire, and {found} do", due.len())) }
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

    /// Whether an item that is written now has expired too long ago to be deleted.
    fn is_too_old(&self, seconds: i64, now: DateTime<Utc>) -> bool {
        now - self.moment(seconds) > OLDEST
    }

    fn moment(&self, seconds: i64) -> DateTime<Utc> {
        after(DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC), self.delay)
    }
}
