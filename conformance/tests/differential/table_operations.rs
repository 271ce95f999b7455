//! Random operations on tables: on three names, a missing one and a few that are invalid.

use djamodb_core::plan::{
    CreateTable, DeleteTable, DescribeLimits, DescribeTable, DescribeTimeToLive, IndexUpdate, ListTables, QueryPlan,
    StreamUpdate, UpdateTable, UpdateTimeToLive,
};
use djamodb_core::schema::{
    Billing, GlobalIndex, KeyAttribute, KeySchema, OnDemandMaximum, StreamView, TableSchema, Throughput,
};
use djamodb_core::value::Name;
use fastrand::Rng;

use crate::schema_faults::add_fault;
use crate::schemas::{projection, scalar, schema};
use crate::values::{once_in, one_of};

/// The tables that an episode creates, as the ends of their names.
const TABLES: [&str; 3] = ["a", "b", "c"];
/// The end of the name of a table that always exists. No other table of the episode comes later in `ListTables`.
const LAST_TABLE: &str = "z";

/// Returns the names of all tables of an episode.
pub(crate) fn table_names(episode: &str) -> impl Iterator<Item = Name> {
    TABLES.into_iter().chain([LAST_TABLE]).map(move |end| name(episode, end))
}

/// Returns the table that exists from the beginning of an episode to its end.
pub(crate) fn last_table(episode: &str) -> TableSchema {
    TableSchema::new(name(episode, LAST_TABLE), KeySchema::hash(KeyAttribute::s("h")))
}

fn name(episode: &str, end: &str) -> Name {
    format!("{episode}-{end}").into()
}

/// Returns a random operation on the tables of an episode.
pub(crate) fn table_operation(random: &mut Rng, episode: &str) -> QueryPlan {
    let generator = &mut Generator { random, episode };
    match generator.random.u32(..20) {
        0..=5 => CreateTable::new(generator.schema()).into(),
        6..=11 => generator.update().into(),
        12 | 13 => DescribeTable::new(generator.table()).into(),
        14 | 15 => DeleteTable::new(generator.table()).into(),
        16 => generator.list().into(),
        17 => generator.update_time_to_live().into(),
        18 => DescribeTimeToLive::new(generator.table()).into(),
        _ if once_in(generator.random, 4) => DescribeLimits {}.into(),
        _ => DescribeTable::new(generator.table()).into(),
    }
}

struct Generator<'a> {
    random: &'a mut Rng,
    episode: &'a str,
}

impl Generator<'_> {
    fn table(&mut self) -> Name {
        if once_in(self.random, 60) {
            return invalid_name(self.random);
        }
        if once_in(self.random, 20) {
            return name(self.episode, "missing");
        }
        let end = one_of(self.random, &TABLES);
        name(self.episode, end)
    }

    fn schema(&mut self) -> TableSchema {
        let end = one_of(self.random, &TABLES);
        let mut schema = schema(self.random, &name(self.episode, end));
        if self.random.bool() {
            schema.billing = Billing::Provisioned(throughput(self.random));
            for index in &mut schema.global_indexes {
                index.throughput = once_in(self.random, 2).then(|| throughput(self.random));
            }
        } else if once_in(self.random, 4) {
            schema.on_demand_maximum = on_demand_maximum(self.random);
        }
        schema.stream = once_in(self.random, 4).then(|| view(self.random));
        schema.deletion_protection = once_in(self.random, 10);
        if once_in(self.random, 3) {
            add_fault(self.random, &mut schema);
        }
        schema
    }

    fn update(&mut self) -> UpdateTable {
        let mut update = UpdateTable::new(self.table());
        let changes = if once_in(self.random, 8) { 2 } else { usize::from(!once_in(self.random, 30)) };
        for _ in 0..changes {
            update = self.change(update);
        }
        update
    }

    fn change(&mut self, update: UpdateTable) -> UpdateTable {
        // The server takes a second for each index that it creates or deletes.
        match self.random.u32(..16) {
            0 | 1 => {
                let index = self.index();
                update.create_index(index)
            }
            2 | 3 => update.delete_index(self.index_name()),
            4 | 5 => {
                let index = IndexUpdate::new(self.index_name());
                update.update_index_with(match self.random.u32(..8) {
                    0 => index,
                    1..=3 => index.on_demand_maximum(on_demand_maximum(self.random)),
                    _ => index.throughput(throughput(self.random)),
                })
            }
            6..=9 => update.billing(if self.random.bool() {
                Billing::PayPerRequest
            } else {
                Billing::Provisioned(throughput(self.random))
            }),
            10..=12 => update.stream(if self.random.bool() {
                StreamUpdate::Enable(view(self.random))
            } else {
                StreamUpdate::Disable
            }),
            13 => update.on_demand_maximum(on_demand_maximum(self.random)),
            _ => update.deletion_protection(once_in(self.random, 3)),
        }
    }

    fn index_name(&mut self) -> Name {
        if once_in(self.random, 40) {
            return invalid_name(self.random);
        }
        one_of(self.random, &["global_a", "global_b", "global_c", "global_c", "local_a"]).into()
    }

    fn index(&mut self) -> GlobalIndex {
        let name = self.index_name();
        let end = one_of(self.random, &["a", "b", "c", "h"]);
        let hash = KeyAttribute::new(end, scalar(self.random));
        let key = if self.random.bool() {
            KeySchema::hash(hash)
        } else {
            let range = one_of(self.random, &["a", "b", "r", "d"]);
            KeySchema::hash_and_range(hash, KeyAttribute::new(range, scalar(self.random)))
        };
        let mut index = GlobalIndex::new(name, key, projection(self.random));
        index.throughput = self.random.bool().then(|| throughput(self.random));
        index
    }

    fn list(&mut self) -> ListTables {
        let limit = one_of(self.random, &[1, 2, 3, 4, 50, 100, 101, 0]);
        // Other tables of the server come before and after those of the episode.
        let start = match self.random.u32(..8) {
            0 => invalid_name(self.random),
            1 => name(self.episode, one_of(self.random, &["b", "bb", "missing", "y"])),
            _ => self.episode.to_owned().into(),
        };
        ListTables { exclusive_start_table_name: Some(start), limit: once_in(self.random, 4).then_some(limit) }
    }

    fn update_time_to_live(&mut self) -> UpdateTimeToLive {
        let long = "x".repeat(256);
        let attribute = if once_in(self.random, 20) {
            one_of(self.random, &["", &long])
        } else {
            one_of(self.random, &["until", "until", "h", "expires"])
        };
        let table = self.table();
        if self.random.bool() {
            UpdateTimeToLive::enable(table, attribute)
        } else {
            UpdateTimeToLive::disable(table, attribute)
        }
    }
}

pub(crate) fn invalid_name(random: &mut Rng) -> Name {
    let long = "x".repeat(256);
    one_of(random, &["", "ab", "a b", "a/b", "tablé", &long]).into()
}

pub(crate) fn throughput(random: &mut Rng) -> Throughput {
    let zero = once_in(random, 20);
    let read_units = if zero { 0 } else { random.u64(1..4) };
    Throughput { read_units, write_units: if once_in(random, 40) { 0 } else { random.u64(1..4) } }
}

/// Returns maximums of both kinds, since the server refuses one of them alone.
fn on_demand_maximum(random: &mut Rng) -> OnDemandMaximum {
    OnDemandMaximum::new(random.u64(1..5), random.u64(1..5))
}

pub(crate) fn view(random: &mut Rng) -> StreamView {
    one_of(random, &[StreamView::KeysOnly, StreamView::NewImage, StreamView::OldImage, StreamView::NewAndOldImages])
}
