//! The streams by ARN, including disabled ones that are still kept.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
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
pub(crate) struct StreamRegistry(RwLock<BTreeMap<String, Arc<StreamLog>>>);

impl StreamRegistry {
    /// Creates a stream with `shards` open shards, of a table with the key schema `key`.
    ///
    /// Its label is the current time, or the next free millisecond if the table has a stream of that label.
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
        streams.retain(|_, stream| !stream.is_expired(now));
        let mut label_time = now;
        loop {
            let label = label_time.to_rfc3339_opts(SecondsFormat::Millis, true).trim_end_matches('Z').to_owned();
            let arn = format!("{table_arn}/stream/{label}");
            if let Entry::Vacant(entry) = streams.entry(arn.clone()) {
                let identity = Stream { arn, table: table.clone(), label };
                return Arc::clone(entry.insert(Arc::new(StreamLog::new(identity, key, view, shards, now))));
            }
            label_time += TimeDelta::milliseconds(1);
        }
    }

    pub(crate) fn get(&self, arn: &str, now: DateTime<Utc>) -> Option<Arc<StreamLog>> {
        self.0.read().get(arn).filter(|stream| !stream.is_expired(now)).cloned()
    }

    /// Returns up to `limit` streams after `start`, of one table or of all, in the order of their ARNs, and `true` if
    /// more follow.
    pub(crate) fn page(
        &self,
        now: DateTime<Utc>,
        table: Option<&Name>,
        start: Option<&str>,
        limit: usize,
    ) -> (Vec<Arc<StreamLog>>, bool) {
        self.0.write().retain(|_, stream| !stream.is_expired(now));
        let start = start.map_or(Bound::Unbounded, Bound::Excluded);
        let streams = self.0.read();
        let is_of_table = |stream: &&Arc<StreamLog>| table.is_none_or(|table| stream.identity.table == *table);
        let after_start = streams.range::<str, _>((start, Bound::Unbounded)).map(|(_, stream)| stream);
        let mut matching = after_start.filter(is_of_table);
        let page = matching.by_ref().take(limit).cloned().collect();
        (page, matching.next().is_some())
    }
}
