//! A table: its rows, its layout and its due transitions.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use djamodb_core::driver::Clock;
use djamodb_core::plan::TableDescription;
use djamodb_core::schema::TableSchema;
use djamodb_core::value::Name;
use parking_lot::RwLock;

use crate::arns::Arns;
use crate::index::LockPerChange;
use crate::layout::Layout;
use crate::lifecycle::Lifecycle;
use crate::next_deadline::NextDeadline;
use crate::sharded_tree::ShardedTree;
use crate::stream::{Actor, StreamRegistry};
use crate::write::{ItemWrite, Writer};

/// Returns a number that no other table of the process has.
fn next_number() -> u64 {
    static TABLES: AtomicU64 = AtomicU64::new(0);
    TABLES.fetch_add(1, Ordering::Relaxed)
}

/// A table.
#[derive(Debug)]
pub(crate) struct Table {
    /// A number unique in the process: the order in which tables are locked, and the identity of a table whose name is
    /// used again.
    pub(crate) number: u64,
    pub(crate) name: Name,
    pub(crate) arn: Arc<str>,
    created_at: DateTime<Utc>,
    pub(crate) layout: RwLock<Layout>,
    pub(crate) rows: ShardedTree,
    /// Time at which the next lifecycle state ends or the next item expires.
    pub(crate) next_deadline: NextDeadline,
}

impl Table {
    /// Creates a table without items.
    pub(crate) fn new(schema: TableSchema, created_at: DateTime<Utc>, lifecycle: Lifecycle, arns: &Arns) -> Self {
        let table = Self {
            number: next_number(),
            name: schema.name.clone(),
            arn: arns.table(&schema.name).into(),
            created_at,
            layout: RwLock::new(Layout::new(schema, created_at, lifecycle, arns)),
            rows: ShardedTree::default(),
            next_deadline: NextDeadline::default(),
        };
        lifecycle.until().into_iter().for_each(|until| table.next_deadline.lower_to(until));
        table
    }

    /// Returns a copy of the table with a number of its own. `layout` is this table's, locked exclusively by the caller, so that no
    /// write is under way. The streams of the copy are those of `streams`.
    pub(crate) fn copy(&self, layout: &Layout, streams: &StreamRegistry) -> Self {
        let copy = Self {
            number: next_number(),
            name: self.name.clone(),
            arn: self.arn.clone(),
            created_at: self.created_at,
            layout: RwLock::new(layout.copy(streams)),
            rows: self.rows.share(),
            next_deadline: NextDeadline::default(),
        };
        copy.schedule_transitions(&copy.layout.read());
        copy
    }

    /// Applies the transitions that are due by `now`: ends lifecycle states and deletes expired items. Returns `false`
    /// if the table has been deleted.
    pub(crate) fn apply_due_transitions(&self, clock: &dyn Clock, now: DateTime<Utc>) -> bool {
        let mut layout = self.layout.write();
        self.next_deadline.clear();
        if !layout.apply_due_transitions(now) {
            // A deleted table stays due, so that a request that still holds it finds it deleted too.
            self.next_deadline.lower_to(now);
            return false;
        }
        self.delete_expired(&layout, clock, now);
        self.schedule_transitions(&layout);
        true
    }

    /// Lowers the deadline to every coming transition. `layout` is this table's, locked by the caller.
    pub(crate) fn schedule_transitions(&self, layout: &Layout) {
        layout.deadlines().for_each(|until| self.next_deadline.lower_to(until));
        if let Some(expiry) = &layout.expiry {
            expiry.schedule(&self.next_deadline);
        }
    }

    /// Deletes the items that have expired by `now`, as the service itself.
    fn delete_expired(&self, layout: &Layout, clock: &dyn Clock, now: DateTime<Utc>) {
        let expired = layout.expiry.as_ref().map(|expiry| expiry.take_expired(now)).unwrap_or_default();
        let writer = Writer { layout, next_deadline: &self.next_deadline, clock, actor: Actor::Service };
        for key in expired {
            let key = key.as_slice();
            let mut shard = self.rows.write(key);
            writer.write(key, &mut shard, ItemWrite::Delete, &mut LockPerChange);
        }
    }

    pub(crate) fn describe(&self, layout: &Layout) -> TableDescription {
        layout.describe(self.arn.to_string(), self.created_at, &self.rows)
    }
}
