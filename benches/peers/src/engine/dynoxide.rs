//! `dynoxide-rs` over SQLite in memory.

use std::collections::HashMap;

use djamodb_bench_common::reading::{Field, Reading, key, kind, serial};
use djamodb_bench_common::subject::Execute;
use dynoxide::Database;
use dynoxide::actions::delete_item::DeleteItemRequest;
use dynoxide::actions::get_item::GetItemRequest;
use dynoxide::actions::put_item::PutItemRequest;
use dynoxide::actions::query::QueryRequest;
use dynoxide::actions::transact_write_items::{
    TransactPut, TransactUpdate, TransactWriteItem, TransactWriteItemsRequest,
};
use dynoxide::actions::update_item::UpdateItemRequest;
use dynoxide::types::{AttributeValue, Item};
use serde_json::{Value as Json, from_value, json};

use super::{INDEX_ITEMS, INDEXED, Operation, READINGS, scattered, table};

pub(super) struct Dynoxide {
    database: Database,
    items: usize,
}

impl Dynoxide {
    pub(super) fn filled(items: usize) -> Self {
        let database = Database::memory().expect("a database");
        for (name, is_indexed) in [(READINGS, false), (INDEXED, true)] {
            let create = from_value(table(name, is_indexed)).expect("a request");
            database.create_table(create).expect("a success");
        }
        let dynoxide = Self { database, items };
        for name in [READINGS, INDEXED] {
            for number in 0..items {
                dynoxide.put(name, Reading::new(number, 0));
            }
        }
        dynoxide
    }

    fn put(&self, table: &str, reading: Reading) {
        let put = PutItemRequest { table_name: table.to_owned(), item: item(reading), ..Default::default() };
        self.database.put_item(put).expect("a success");
    }

    fn get(&self, table: &str, number: usize) -> Option<Item> {
        let get = GetItemRequest { table_name: table.to_owned(), key: key_item(number), ..Default::default() };
        self.database.get_item(get).expect("a success").item
    }

    fn query(&self, query: QueryRequest) -> Vec<Item> {
        let query = QueryRequest { scan_index_forward: true, ..query };
        self.database.query(query).expect("a success").items.expect("items")
    }
}

impl Execute for Dynoxide {
    type Operation = Operation;
    type Answer = (Option<(&'static str, usize)>, Vec<Item>);

    const NAME: &'static str = "dynoxide";

    fn execute(&mut self, operation: Operation, number: usize) -> Self::Answer {
        let number = scattered(number, self.items);
        match operation {
            Operation::Get => return (None, Vec::from_iter(self.get(READINGS, number))),
            Operation::Put => self.put(READINGS, Reading::new(number, 1)),
            Operation::PutIndexed => {
                self.put(INDEXED, Reading::new(number, 1));
                return (Some((INDEXED, number)), Vec::new());
            }
            Operation::Update => {
                let update = UpdateItemRequest {
                    table_name: READINGS.to_owned(),
                    key: key_item(number),
                    update_expression: Some("SET wind = :wind".to_owned()),
                    expression_attribute_values: Some(wind()),
                    ..Default::default()
                };
                self.database.update_item(update).expect("a success");
            }
            Operation::Delete => {
                let delete =
                    DeleteItemRequest { table_name: READINGS.to_owned(), key: key_item(number), ..Default::default() };
                self.database.delete_item(delete).expect("a success");
            }
            Operation::Query(limit) => {
                let values = HashMap::from([(":city".to_owned(), AttributeValue::S(key(number).0))]);
                let items = self.query(QueryRequest {
                    table_name: READINGS.to_owned(),
                    key_condition_expression: Some("city = :city".to_owned()),
                    expression_attribute_values: Some(values),
                    limit: usize::try_from(limit).ok(),
                    ..Default::default()
                });
                return (None, items);
            }
            Operation::QueryIndex => {
                let values = HashMap::from([
                    (":kind".to_owned(), AttributeValue::S(kind(number))),
                    (":serial".to_owned(), AttributeValue::N(serial(number / 2).to_string())),
                ]);
                let items = self.query(QueryRequest {
                    table_name: INDEXED.to_owned(),
                    index_name: Some("by_kind".to_owned()),
                    key_condition_expression: Some("kind = :kind AND serial >= :serial".to_owned()),
                    expression_attribute_values: Some(values),
                    limit: usize::try_from(INDEX_ITEMS).ok(),
                    ..Default::default()
                });
                return (None, items);
            }
            Operation::Transaction => {
                let put = TransactPut {
                    table_name: READINGS.to_owned(),
                    item: item(Reading::new(number, 1)),
                    ..Default::default()
                };
                let update = TransactUpdate {
                    table_name: READINGS.to_owned(),
                    key: key_item(scattered(number + 1, self.items)),
                    update_expression: "SET wind = :wind".to_owned(),
                    expression_attribute_values: Some(wind()),
                    ..Default::default()
                };
                let transact_items = vec![
                    TransactWriteItem { put: Some(put), ..Default::default() },
                    TransactWriteItem { update: Some(update), ..Default::default() },
                ];
                let write = TransactWriteItemsRequest { transact_items, ..Default::default() };
                self.database.transact_write_items(write).expect("a success");
            }
        }
        (Some((READINGS, number)), Vec::new())
    }

    fn to_json(&mut self, (written, mut items): Self::Answer) -> Json {
        items.extend(written.and_then(|(table, number)| self.get(table, number)));
        json!(items)
    }
}

fn wind() -> HashMap<String, AttributeValue> {
    HashMap::from([(":wind".to_owned(), AttributeValue::N("99".to_owned()))])
}

fn key_item(number: usize) -> Item {
    let (city, day) = key(number);
    HashMap::from([
        ("city".to_owned(), AttributeValue::S(city)),
        ("day".to_owned(), AttributeValue::N(day.to_string())),
    ])
}

fn item(reading: Reading) -> Item {
    let value = |field| match field {
        Field::S(text) => AttributeValue::S(text),
        Field::Integer(number) => AttributeValue::N(number.to_string()),
        Field::Float(number) => AttributeValue::N(number.to_string()),
        Field::Bool(value) => AttributeValue::BOOL(value),
    };
    reading.fields().into_iter().map(|(name, field)| (name.to_owned(), value(field))).collect()
}
