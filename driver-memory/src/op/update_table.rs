//! `UpdateTable`: what a table is made of changes; its rows stay, and a new index is filled from them.

use chrono::{DateTime, Utc};
use djamodb_core::plan::{GlobalIndexUpdate, StreamUpdate, UpdateTable, UpdateTableOutput};
use djamodb_core::schema::{Billing, GlobalIndex, Throughput};
use djamodb_core::value::Name;

use super::Answer;
use crate::error::Error;
use crate::index::Index;
use crate::layout::Layout;
use crate::life::Life;
use crate::schema::{IndexKind, IndexSchema};
use crate::service::Service;
use crate::shard::Shards;
use crate::table::Table;
use crate::validate;

pub(super) fn execute(service: &Service, update: &UpdateTable) -> Result<Answer<UpdateTableOutput>, Error> {
    validate::update_table::request(update)?;
    let table = service.named_table(&update.table)?;
    let mut layout = table.layout.write();
    validate::update_table::against(update, &layout)?;

    let changing = Changing { service, table: &table, now: service.now() };
    if let Some(billing) = update.billing {
        changing.billing(&mut layout, billing);
    }
    for index in &update.global_indexes {
        match index {
            GlobalIndexUpdate::Create(index) => changing.create_index(&mut layout, index),
            GlobalIndexUpdate::Update { index, throughput } => {
                changing.update_index(&mut layout, index, *throughput);
            }
            GlobalIndexUpdate::Delete(index) => changing.delete_index(&mut layout, index),
        }
    }
    if let Some(stream) = update.stream {
        changing.stream(&mut layout, stream);
    }
    if let Some(protected) = update.deletion_protection {
        layout.schema.deletion_protection = protected;
    }
    table.set_alarm(&layout);
    Ok(Answer::new(UpdateTableOutput { table: table.describe(&layout) }, Vec::new()))
}

/// A table that is being changed.
struct Changing<'a> {
    service: &'a Service,
    table: &'a Table,
    now: DateTime<Utc>,
}

impl Changing<'_> {
    fn billing(&self, layout: &mut Layout, billing: Billing) {
        layout.schema.billing = billing;
        if billing == Billing::PayPerRequest {
            layout.schema.global_indexes.iter_mut().for_each(|index| index.throughput = None);
        }
        layout.life = Life::updating(self.now, self.service.options.update_table_delay);
    }

    /// The index follows the table from now on and is filled at once; that it can only be read later is the service's way.
    /// The table is `UPDATING` for the first half of that time.
    fn create_index(&self, layout: &mut Layout, created: &GlobalIndex) {
        let delay = self.service.options.update_table_delay;
        let schema = IndexSchema {
            name: created.name.clone(),
            kind: IndexKind::Global,
            key: created.key.clone(),
            projection: created.projection.clone(),
        };
        let index = Index::new(schema, Life::creating(self.now, delay));
        fill(&index, layout, &self.table.rows);
        layout.indexes.push(index);
        layout.schema.global_indexes.push(created.clone());
        layout.life = Life::updating(self.now, delay / 2);
    }

    fn update_index(&self, layout: &mut Layout, name: &Name, throughput: Throughput) {
        for index in layout.schema.global_indexes.iter_mut().filter(|index| index.name == *name) {
            index.throughput = Some(throughput);
        }
        let life = Life::updating(self.now, self.service.options.update_table_delay);
        set_life(layout, name, life);
    }

    fn delete_index(&self, layout: &mut Layout, name: &Name) {
        let delay = self.service.options.update_table_delay;
        if delay.is_zero() {
            layout.remove_index(name);
            return;
        }
        set_life(layout, name, Life::deleting(self.now, delay));
        layout.life = Life::updating(self.now, delay);
    }

    fn stream(&self, layout: &mut Layout, update: StreamUpdate) {
        match update {
            StreamUpdate::Disable => layout.end_stream(self.now),
            StreamUpdate::Enable(view) => {
                let of_table = (&self.table.name, &*self.table.arn());
                layout.begin_stream(self.service.streams.begin(of_table, &layout.schema.key, view, self.now));
            }
        }
        layout.life = Life::updating(self.now, self.service.options.update_table_delay);
    }
}

fn set_life(layout: &mut Layout, name: &Name, life: Life) {
    for index in layout.indexes.iter_mut().filter(|index| index.schema.name == *name) {
        index.life = life;
    }
}

/// Puts an entry into a new index for every row that has one. A row whose attributes are no key is not in the index.
fn fill(index: &Index, layout: &Layout, rows: &Shards) {
    for shard in rows.iter() {
        for (key, row) in shard.iter() {
            if let Some(entry_key) = index.entry_key(key, &row.item) {
                let entry = index.entry(&layout.schema.key, row);
                index.rows.write(&entry_key).insert(&entry_key, entry);
            }
        }
    }
}
