//! The streams by ARN, including disabled ones that are still kept.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::ops::Bound;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use djamodb_core::plan::Stream;
use djamodb_core::schema::{KeySchema, StreamView};
use djamodb_core::value::Name;
use parking_lot::RwLock;

use super::log::StreamLog;

/// The streams by ARN.
#[derive(Default, Debug)]
pub(crate) struct StreamRegistry(RwLock<Streams>);

#[derive(Default, Debug)]
struct Streams {
    by_arn: BTreeMap<String, Arc<StreamLog>>,
    /// Number of streams at which the next new stream drops the expired ones. It is twice the number that was left the last time,
    /// so that the cost of a new stream does not grow with their number.
    drop_at: usize,
}

/// Number of streams below which none is dropped.
const DROP_AT_MIN: usize = 64;

impl StreamRegistry {
    /// Creates a stream with `shards` open shards, of a table with the key schema `key`.
    ///
    /// Its label is the current time, or the next free millisecond if the table has a stream of that label; at the end of the
    /// calendar, the free millisecond before it.
    pub(crate) fn create(
        &self,
        table: &Name,
        table_arn: &str,
        key: &KeySchema,
        view: StreamView,
        shards: NonZeroU32,
        now: DateTime<Utc>,
    ) -> Arc<StreamLog> {
        let mut streams = self.0.write();
        streams.drop_expired(now);
        let prefix = prefix(table_arn);
        let (arn, label) = streams.free_label(&prefix, now);
        let identity = Stream { arn: arn.clone(), table: table.clone(), label };
        let log = Arc::new(StreamLog::new(identity, key, view, shards, now));
        streams.by_arn.insert(arn, Arc::clone(&log));
        log
    }

    /// Returns copies of all streams.
    pub(crate) fn copy(&self) -> Self {
        let streams = self.0.read();
        let by_arn = streams.by_arn.iter().map(|(arn, stream)| (arn.clone(), Arc::new(stream.copy()))).collect();
        Self(RwLock::new(Streams { by_arn, drop_at: streams.drop_at }))
    }

    /// Replaces all streams by those of `other`, which has none then.
    pub(crate) fn replace(&self, other: &Self) {
        *self.0.write() = std::mem::take(&mut *other.0.write());
    }

    /// Returns a stream, also one that has expired.
    pub(crate) fn by_arn(&self, arn: &str) -> Option<Arc<StreamLog>> {
        self.0.read().by_arn.get(arn).cloned()
    }

    pub(crate) fn get(&self, arn: &str, now: DateTime<Utc>) -> Option<Arc<StreamLog>> {
        self.0.read().by_arn.get(arn).filter(|stream| !stream.is_expired(now)).cloned()
    }

    /// Returns up to `limit` streams after `start`, of the table with this ARN or of all, in the order of their ARNs, and `true`
    /// if more follow.
    pub(crate) fn page(
        &self,
        now: DateTime<Utc>,
        table_arn: Option<&str>,
        start: Option<&str>,
        limit: usize,
    ) -> (Vec<Arc<StreamLog>>, bool) {
        let prefix = table_arn.map(prefix).unwrap_or_default();
        let start = match start {
            Some(start) if start >= prefix.as_str() => Bound::Excluded(start),
            _ => Bound::Included(prefix.as_str()),
        };
        let streams = self.0.read();
        let after_start = streams.by_arn.range::<str, _>((start, Bound::Unbounded));
        let of_table = after_start.take_while(|(arn, _)| arn.starts_with(&prefix)).map(|(_, stream)| stream);
        let mut matching = of_table.filter(|stream| !stream.is_expired(now));
        let page = matching.by_ref().take(limit).cloned().collect();
        (page, matching.next().is_some())
    }
}

/// Returns the part of an ARN before the label.
fn prefix(table_arn: &str) -> String {
    format!("{table_arn}/stream/")
}

impl Streams {
    fn drop_expired(&mut self, now: DateTime<Utc>) {
        if self.by_arn.len() >= self.drop_at.max(DROP_AT_MIN) {
            self.by_arn.retain(|_, stream| !stream.is_expired(now));
            self.drop_at = self.by_arn.len().saturating_mul(2);
        }
    }

    /// Returns the ARN and the label of a new stream.
    fn free_label(&self, prefix: &str, now: DateTime<Utc>) -> (String, String) {
        // The search begins after the last label of the table, so that its cost does not grow with the number of its streams.
        let end = format!("{prefix}{}", char::MAX);
        let last = self.by_arn.range::<str, _>((Bound::Included(prefix), Bound::Included(end.as_str()))).next_back();
        let after_last = last
            .and_then(|(_, stream)| DateTime::parse_from_rfc3339(&format!("{}Z", stream.identity.label)).ok())
            .and_then(|time| time.to_utc().checked_add_signed(LABEL_STEP));
        let mut time = after_last.map_or(now, |after_last| now.max(after_last));
        let mut step = LABEL_STEP;
        loop {
            let label = time.to_rfc3339_opts(SecondsFormat::Millis, true).trim_end_matches('Z').to_owned();
            let arn = format!("{prefix}{label}");
            if !self.by_arn.contains_key(&arn) {
                return (arn, label);
            }
            time = time.checked_add_signed(step).unwrap_or_else(|| {
                step = -LABEL_STEP;
                now
            });
        }
    }
}

/// Difference between the labels of streams that a table gets at the same time.
const LABEL_STEP: TimeDelta = TimeDelta::milliseconds(1);
