//! A table: its rows, what it is made of, and what happens to it by itself.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use djamodb_core::driver::Clock;
use djamodb_core::plan::TableDescription;
use djamodb_core::schema::TableSchema;
use djamodb_core::value::Name;
use parking_lot::RwLock;

use crate::alarm::Alarm;
use crate::index::OneByOne;
use crate::layout::Layout;
use crate::life::Life;
use crate::shard::Shards;
use crate::stream::By;
use crate::write::{Change, Write};

/// What comes before a table's name in its ARN.
pub(crate) const ARN_PREFIX: &str = "arn:aws:dynamodb:memory:000000000000:table/";

#[derive(Debug)]
pub(crate) struct Table {
    /// What orders tables that are locked together, and tells them from earlier ones of the same name.
    pub(crate) number: u64,
    pub(crate) name: Name,
    created_at: DateTime<Utc>,
    pub(crate) layout: RwLock<Layout>,
    pub(crate) rows: Shards,
    /// When a state ends or an item expires.
    pub(crate) alarm: Alarm,
}

impl Table {
    /// A table without rows.
    pub(crate) fn new(schema: TableSchema, created_at: DateTime<Utc>, life: Life) -> Self {
        static TABLES: AtomicU64 = AtomicU64::new(0);

        let table = Self {
            number: TABLES.fetch_add(1, Ordering::Relaxed),
            name: schema.name.clone(),
            created_at,
            layout: RwLock::new(Layout::new(schema, life)),
            rows: Shards::default(),
            alarm: Alarm::default(),
        };
        life.until().into_iter().for_each(|until| table.alarm.set(until));
        table
    }

    pub(crate) fn arn(&self) -> String {
        format!("{ARN_PREFIX}{}", self.name)
    }

    /// Lets everything happen that is due by `now`: states end, items expire. `false` when the table is gone.
    pub(crate) fn settle(&self, clock: &dyn Clock, now: DateTime<Utc>) -> bool {
        let mut layout = self.layout.write();
        self.alarm.clear();
        if !layout.settle(now) {
            // Whoever holds the table still finds it gone, now and for ever.
            self.alarm.set(now);
            return false;
        }
        self.expire(&layout, clock, now);
        self.set_alarm(&layout);
        true
    }

    /// Sets the alarm on what happens next; nobody else changes the layout meanwhile.
    pub(crate) fn set_alarm(&self, layout: &Layout) {
        let indexes = layout.indexes.iter().map(|index| index.life);
        let ends = std::iter::once(layout.life).chain(indexes).filter_map(Life::until);
        ends.for_each(|until| self.alarm.set(until));
        if let Some(expiry) = &layout.expiry {
            expiry.set(&self.alarm);
        }
    }

    /// Deletes what has expired, as the service itself does.
    fn expire(&self, layout: &Layout, clock: &dyn Clock, now: DateTime<Utc>) {
        let expired = layout.expiry.as_ref().map(|expiry| expiry.take_expired(now)).unwrap_or_default();
        for key in expired {
            let key = key.as_slice();
            let mut shard = self.rows.write(key);
            let write = Write { layout, alarm: &self.alarm, clock, by: By::TheService };
            write.make(key, &mut shard, Change::Delete, &mut OneByOne);
        }
    }

    pub(crate) fn describe(&self, layout: &Layout) -> TableDescription {
        layout.describe(self.arn(), self.created_at, &self.rows)
    }
}
