//! `UpdateTable`: billing, throughput, class, encryption, global indexes, stream and deletion protection of a table.

use chrono::{DateTime, Utc};
use djamodb_core::plan::{GlobalIndexUpdate, IndexUpdate, StreamUpdate, UpdateTable, UpdateTableOutput};
use djamodb_core::schema::{Billing, Encryption, GlobalIndex, TableClass, WarmThroughput};
use djamodb_core::value::Name;

use crate::emulator::Emulator;
use crate::encryption_key;
use crate::error::Error;
use crate::gradual::Gradual;
use crate::index::Index;
use crate::index_schema::{IndexKind, IndexSchema};
use crate::layout::{Layout, own_throughput};
use crate::lifecycle::Lifecycle;
use crate::response::Response;
use crate::sharded_tree::ShardedTree;
use crate::table::Table;
use crate::validate;
use crate::warm_units::WarmUnits;

pub(super) fn execute(emulator: &Emulator, update: &UpdateTable) -> Result<Response<UpdateTableOutput>, Error> {
    validate::update_table::request(update)?;
    let table = emulator.named_table(&update.table)?;
    let mut layout = table.layout.write();
    validate::update_table::against(update, &layout)?;

    let change = TableUpdate { emulator, table: &table, now: emulator.now() };
    if let Some(billing) = update.billing {
        change.billing(&mut layout, billing);
    }
    layout.schema.on_demand_maximum = update.on_demand_maximum.apply(layout.schema.on_demand_maximum);
    change.warm_throughput(&mut layout.warm, update.warm_throughput);
    if let Some(encryption) = &update.encryption {
        change.encryption(&mut layout, encryption);
    }
    if let Some(class) = update.table_class {
        change.table_class(&mut layout, class);
    }
    for index in &update.global_indexes {
        match index {
            GlobalIndexUpdate::Create(index) => change.create_index(&mut layout, index),
            GlobalIndexUpdate::Update(index) => change.update_index(&mut layout, index),
            GlobalIndexUpdate::Delete(index) => change.delete_index(&mut layout, index),
        }
    }
    if let Some(stream) = update.stream {
        change.stream(&mut layout, stream);
    }
    if let Some(protected) = update.deletion_protection {
        layout.schema.deletion_protection = protected;
    }
    table.schedule_transitions(&layout);
    Ok(Response::without_capacity(UpdateTableOutput { table: table.describe(&layout) }))
}

/// An update of a table whose layout is locked.
struct TableUpdate<'a> {
    emulator: &'a Emulator,
    table: &'a Table,
    now: DateTime<Utc>,
}

impl TableUpdate<'_> {
    fn billing(&self, layout: &mut Layout, billing: Billing) {
        layout.set_billing(billing);
        layout.lifecycle = Lifecycle::updating(self.now, self.emulator.options.update_table_delay);
    }

    /// Raises a warm throughput. As in the service, the status of the table does not change.
    fn warm_throughput(&self, warm: &mut Gradual<WarmUnits>, requested: WarmThroughput) {
        if requested != WarmThroughput::UNSPECIFIED {
            let raised = warm.last().with(requested).max(*warm.last());
            warm.change(raised, self.now, self.emulator.options.update_table_delay);
        }
    }

    /// Changes the encryption. As in the service, the status of the table does not change.
    fn encryption(&self, layout: &mut Layout, encryption: &Encryption) {
        let delay = self.emulator.options.update_table_delay;
        layout.encryption.change(encryption_key::described(encryption, &self.emulator.arns), self.now, delay);
    }

    fn table_class(&self, layout: &mut Layout, class: TableClass) {
        layout.schema.table_class = class;
        layout.lifecycle = Lifecycle::updating(self.now, self.emulator.options.update_table_delay);
    }

    /// Creates an index and fills it immediately. As in the service, it cannot be read while it is `CREATING`, and the
    /// table is `UPDATING` for the first half of that time.
    fn create_index(&self, layout: &mut Layout, created: &GlobalIndex) {
        let delay = self.emulator.options.update_table_delay;
        let schema = IndexSchema {
            name: created.name.clone(),
            kind: IndexKind::Global,
            key: created.key.clone(),
            projection: created.projection.clone(),
        };
        let warm = WarmUnits::initial(layout.schema.billing, created.throughput).with(created.warm_throughput);
        let index = Index::new(schema, Lifecycle::creating(self.now, delay), Some(warm));
        backfill(&index, layout, &self.table.rows);
        layout.indexes.push(index);
        let throughput = own_throughput(created, layout.schema.billing);
        let created = GlobalIndex { throughput, warm_throughput: WarmThroughput::UNSPECIFIED, ..created.clone() };
        layout.schema.global_indexes.push(created);
        layout.lifecycle = Lifecycle::updating(self.now, delay / 2);
    }

    fn update_index(&self, layout: &mut Layout, update: &IndexUpdate) {
        let name = &update.index;
        for index in layout.schema.global_indexes.iter_mut().filter(|index| index.name == *name) {
            index.throughput = update.throughput.or(index.throughput);
            index.on_demand_maximum = update.on_demand_maximum.apply(index.on_demand_maximum);
        }
        for index in layout.indexes.iter_mut().filter(|index| index.schema.name == *name) {
            if let Some(warm) = &mut index.warm {
                let provided = update.throughput.map(WarmUnits::from);
                warm.adjust(|warm| provided.map_or(warm, |provided| warm.max(provided)));
                self.warm_throughput(warm, update.warm_throughput);
            }
        }
        if update.throughput.is_some() {
            let lifecycle = Lifecycle::updating(self.now, self.emulator.options.update_table_delay);
            set_index_lifecycle(layout, name, lifecycle);
        }
    }

    fn delete_index(&self, layout: &mut Layout, name: &Name) {
        let delay = self.emulator.options.update_table_delay;
        if delay.is_zero() {
            layout.remove_index(name);
            return;
        }
        set_index_lifecycle(layout, name, Lifecycle::deleting(self.now, delay));
        layout.lifecycle = Lifecycle::updating(self.now, delay);
    }

    fn stream(&self, layout: &mut Layout, update: StreamUpdate) {
        match update {
            StreamUpdate::Disable => layout.disable_stream(self.now),
            StreamUpdate::Enable(view) => {
                let (name, arn) = (&self.table.name, &*self.table.arn);
                let shards = self.emulator.options.stream_shards;
                let stream = self.emulator.streams.create(name, arn, &layout.schema.key, view, shards, self.now);
                layout.enable_stream(stream);
            }
        }
        layout.lifecycle = Lifecycle::updating(self.now, self.emulator.options.update_table_delay);
    }
}

fn set_index_lifecycle(layout: &mut Layout, name: &Name, lifecycle: Lifecycle) {
    for index in layout.indexes.iter_mut().filter(|index| index.schema.name == *name) {
        index.lifecycle = lifecycle;
    }
}

/// Inserts the entries of `rows` into a new index. Rows whose attributes are not a valid key have no entry.
fn backfill(index: &Index, layout: &Layout, rows: &ShardedTree) {
    for shard in rows.iter() {
        for (key, row) in shard.iter() {
            if let Some(entry_key) = index.entry_key(key, &row.item) {
                let entry = index.entry(&layout.schema.key, row);
                index.rows.write(&entry_key).insert(&entry_key, entry);
            }
        }
    }
}
