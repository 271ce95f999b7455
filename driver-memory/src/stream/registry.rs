//! All streams, also those that have ended and are still kept.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Bound;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use djamodb_core::schema::{KeySchema, StreamView};
use djamodb_core::value::Name;
use parking_lot::RwLock;

use super::StreamLog;

/// All streams by their ARNs.
#[derive(Default, Debug)]
pub(crate) struct Streams(RwLock<BTreeMap<String, Arc<StreamLog>>>);

impl Streams {
    /// A new stream of a table. Its label is the time, or a little later where there is one of that time already.
    pub(crate) fn begin(
        &self,
        (table, table_arn): (&Name, &str),
        key: &KeySchema,
        view: StreamView,
        now: DateTime<Utc>,
    ) -> Arc<StreamLog> {
        let mut streams = self.0.write();
        streams.retain(|_, stream| !stream.is_forgotten(now));
        let mut moment = now;
        loop {
            let label = moment.to_rfc3339_opts(SecondsFormat::Millis, true).trim_end_matches('Z').to_owned();
            let arn = format!("{table_arn}/stream/{label}");
            if let Entry::Vacant(place) = streams.entry(arn.clone()) {
                let log = StreamLog::begin((arn, label), table.clone(), (key, view), now);
                return Arc::clone(place.insert(Arc::new(log)));
            }
            moment += TimeDelta::milliseconds(1);
        }
    }

    /// A stream by its ARN.
    pub(crate) fn get(&self, arn: &str, now: DateTime<Utc>) -> Option<Arc<StreamLog>> {
        self.0.read().get(arn).filter(|stream| !stream.is_forgotten(now)).cloned()
    }

    /// Up to `limit` streams of a table, or of all, after `start`, in the order of their ARNs; and whether more follow.
    pub(crate) fn page(
        &self,
        now: DateTime<Utc>,
        table: Option<&Name>,
        start: Option<&str>,
        limit: usize,
    ) -> (Vec<Arc<StreamLog>>, bool) {
        self.0.write().retain(|_, stream| !stream.is_forgotten(now));
        let start = start.map_or(Bound::Unbounded, Bound::Excluded);
        let streams = self.0.read();
        let wanted = |stream: &&Arc<StreamLog>| table.is_none_or(|table| stream.table == *table);
        let mut streams = streams.range::<str, _>((start, Bound::Unbounded)).map(|(_, stream)| stream).filter(wanted);
        let page = streams.by_ref().take(limit).cloned().collect();
        (page, streams.next().is_some())
    }
}
