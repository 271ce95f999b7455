//! djamodb's memory driver, called as a driver.

use djamodb::MemoryDriver;
use djamodb_bench_common::reading::{Field, Reading, key, kind, serial};
use djamodb_bench_common::subject::Execute;
use djamodb_core::driver::DriverExt as _;
use djamodb_core::expression::{KeyCondition, Path, RangeCondition, Update};
use djamodb_core::plan::{
    CreateTable, DeleteItem, GetItem, PutItem, Query, TransactPut, TransactUpdate, TransactWriteItem,
    TransactWriteItems, UpdateItem,
};
use djamodb_core::schema::{GlobalIndex, IndexProjection, KeyAttribute, KeySchema, TableSchema};
use djamodb_core::value::{AttributeValue, Item, Name, Number};
use futures::FutureExt as _;
use serde_json::{Value as Json, json};

use super::{INDEX_ITEMS, INDEXED, Operation, READINGS, scattered};

const TABLE: Name = Name::from_static(READINGS);
const TABLE_INDEXED: Name = Name::from_static(INDEXED);
const CITY: Name = Name::from_static("city");
const DAY: Name = Name::from_static("day");
const KIND: Name = Name::from_static("kind");
const SERIAL: Name = Name::from_static("serial");
const BY_KIND: Name = Name::from_static("by_kind");

pub(super) struct Memory {
    driver: MemoryDriver,
    items: usize,
}

impl Memory {
    pub(super) fn filled(items: usize) -> Self {
        let memory = Self { driver: MemoryDriver::new(), items };
        for (name, is_indexed) in [(TABLE, false), (TABLE_INDEXED, true)] {
            memory.run(CreateTable::new(schema(name.clone(), is_indexed)));
            for number in 0..items {
                memory.run(PutItem::new(name.clone(), item(Reading::new(number, 0))));
            }
        }
        memory
    }

    /// Executes a plan. The driver never waits, so that one poll completes the request.
    fn run<O: djamodb_core::plan::Operation>(&self, operation: O) -> O::Output {
        self.driver.run(operation).now_or_never().expect("one poll").expect("a success")
    }

    fn get(&self, table: Name, number: usize) -> Option<Item> {
        self.run(GetItem::new(table, key_item(number))).item
    }
}

impl Execute for Memory {
    type Operation = Operation;
    type Answer = (Option<(Name, usize)>, Vec<Item>);

    const NAME: &'static str = "djamodb memory";

    fn execute(&mut self, operation: Operation, number: usize) -> Self::Answer {
        let number = scattered(number, self.items);
        let written = |table| (Some((table, number)), Vec::new());
        match operation {
            Operation::Get => (None, Vec::from_iter(self.get(TABLE, number))),
            Operation::Put => {
                self.run(PutItem::new(TABLE, item(Reading::new(number, 1))));
                written(TABLE)
            }
            Operation::PutIndexed => {
                self.run(PutItem::new(TABLE_INDEXED, item(Reading::new(number, 1))));
                written(TABLE_INDEXED)
            }
            Operation::Update => {
                self.run(UpdateItem::new(TABLE, key_item(number), update()));
                written(TABLE)
            }
            Operation::Delete => {
                self.run(DeleteItem::new(TABLE, key_item(number)));
                written(TABLE)
            }
            Operation::Query(limit) => {
                let mut query = Query::new(TABLE, KeyCondition::hash(CITY, key(number).0));
                query.limit = Some(limit);
                (None, self.run(query).items)
            }
            Operation::QueryIndex => {
                let from = RangeCondition::Ge(AttributeValue::n(serial(number / 2)));
                let mut query = Query::new(TABLE_INDEXED, KeyCondition::hash(KIND, kind(number)).range(SERIAL, from));
                query.index = Some(BY_KIND);
                query.limit = Some(INDEX_ITEMS);
                (None, self.run(query).items)
            }
            Operation::Transaction => {
                let other = scattered(number + 1, self.items);
                self.run(TransactWriteItems::new([
                    TransactWriteItem::Put(TransactPut::new(TABLE, item(Reading::new(number, 1)))),
                    TransactWriteItem::Update(TransactUpdate::new(TABLE, key_item(other), update())),
                ]));
                written(TABLE)
            }
        }
    }

    fn to_json(&mut self, (written, mut items): Self::Answer) -> Json {
        items.extend(written.and_then(|(table, number)| self.get(table, number)));
        json!(items)
    }
}

fn schema(name: Name, is_indexed: bool) -> TableSchema {
    let mut table = TableSchema::new(name, KeySchema::hash_and_range(KeyAttribute::s(CITY), KeyAttribute::n(DAY)));
    if is_indexed {
        let index = |name, hash| {
            let key = KeySchema::hash_and_range(KeyAttribute::s(hash), KeyAttribute::n(SERIAL));
            GlobalIndex::new(Name::from_static(name), key, IndexProjection::All)
        };
        table.global_indexes =
            vec![index("by_kind", KIND), index("by_station", Name::from_static("station")), index("by_city", CITY)];
    }
    table
}

fn update() -> Update {
    Update::new().set(Path::new("wind"), AttributeValue::n(99))
}

/// Returns the key of the reading of a number.
pub(crate) fn key_item(number: usize) -> Item {
    let (city, day) = key(number);
    [(CITY, AttributeValue::S(city)), (DAY, AttributeValue::n(day))].into_iter().collect()
}

/// Returns the item of a reading.
pub(crate) fn item(reading: Reading) -> Item {
    let value = |field| match field {
        Field::S(text) => AttributeValue::S(text),
        Field::Integer(number) => AttributeValue::n(number),
        Field::Float(number) => AttributeValue::N(Number::try_from(number).expect("a number of DynamoDB")),
        Field::Bool(value) => AttributeValue::Bool(value),
    };
    reading.fields().into_iter().map(|(name, field)| (Name::from_static(name), value(field))).collect()
}
