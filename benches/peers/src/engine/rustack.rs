//! `rustack-dynamodb-core`, the engine of Rustack.

use std::collections::HashMap;

use djamodb_bench_common::reading::{Field, Reading, key, kind, serial};
use djamodb_bench_common::subject::Execute;
use rustack_dynamodb_core::config::DynamoDBConfig;
use rustack_dynamodb_core::provider::RustackDynamoDB;
use rustack_dynamodb_model::AttributeValue;
use rustack_dynamodb_model::input::{
    DeleteItemInput, GetItemInput, PutItemInput, QueryInput, TransactWriteItemsInput, UpdateItemInput,
};
use rustack_dynamodb_model::types::{TransactPut, TransactUpdate, TransactWriteItem};
use serde_json::{Value as Json, from_value, json};

use super::{INDEX_ITEMS, INDEXED, Operation, READINGS, scattered, table};

type Item = HashMap<String, AttributeValue>;

pub(super) struct Rustack {
    engine: RustackDynamoDB,
    items: usize,
}

impl Rustack {
    pub(super) fn filled(items: usize) -> Self {
        let engine = RustackDynamoDB::new(DynamoDBConfig::default());
        for (name, is_indexed) in [(READINGS, false), (INDEXED, true)] {
            let create = from_value(table(name, is_indexed)).expect("a request");
            engine.handle_create_table(create).expect("a success");
        }
        let rustack = Self { engine, items };
        for name in [READINGS, INDEXED] {
            for number in 0..items {
                rustack.put(name, Reading::new(number, 0));
            }
        }
        rustack
    }

    fn put(&self, table: &str, reading: Reading) {
        let put = PutItemInput { table_name: table.to_owned(), item: item(reading), ..Default::default() };
        self.engine.handle_put_item(put).expect("a success");
    }

    fn get(&self, table: &str, number: usize) -> Option<Item> {
        let get = GetItemInput { table_name: table.to_owned(), key: key_item(number), ..Default::default() };
        self.engine.handle_get_item(get).expect("a success").item
    }

    fn query(&self, query: QueryInput) -> Vec<Item> {
        let query = QueryInput { scan_index_forward: Some(true), ..query };
        self.engine.handle_query(query).expect("a success").items.expect("items")
    }
}

impl Execute for Rustack {
    type Operation = Operation;
    type Answer = (Option<(&'static str, usize)>, Vec<Item>);

    const NAME: &'static str = "rustack";

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
                let update = UpdateItemInput {
                    table_name: READINGS.to_owned(),
                    key: key_item(number),
                    update_expression: Some("SET wind = :wind".to_owned()),
                    expression_attribute_values: wind(),
                    ..Default::default()
                };
                self.engine.handle_update_item(update).expect("a success");
            }
            Operation::Delete => {
                let delete =
                    DeleteItemInput { table_name: READINGS.to_owned(), key: key_item(number), ..Default::default() };
                self.engine.handle_delete_item(delete).expect("a success");
            }
            Operation::Query(limit) => {
                let values = HashMap::from([(":city".to_owned(), AttributeValue::S(key(number).0))]);
                let items = self.query(QueryInput {
                    table_name: READINGS.to_owned(),
                    key_condition_expression: Some("city = :city".to_owned()),
                    expression_attribute_values: values,
                    limit: i32::try_from(limit).ok(),
                    ..Default::default()
                });
                return (None, items);
            }
            Operation::QueryIndex => {
                let values = HashMap::from([
                    (":kind".to_owned(), AttributeValue::S(kind(number))),
                    (":serial".to_owned(), AttributeValue::N(serial(number / 2).to_string())),
                ]);
                let items = self.query(QueryInput {
                    table_name: INDEXED.to_owned(),
                    index_name: Some("by_kind".to_owned()),
                    key_condition_expression: Some("kind = :kind AND serial >= :serial".to_owned()),
                    expression_attribute_values: values,
                    limit: i32::try_from(INDEX_ITEMS).ok(),
                    ..Default::default()
                });
                return (None, items);
            }
            Operation::Transaction => {
                let put = TransactPut {
                    table_name: READINGS.to_owned(),
                    item: item(Reading::new(number, 1)),
                    condition_expression: None,
                    expression_attribute_names: None,
                    expression_attribute_values: None,
                    return_values_on_condition_check_failure: None,
                };
                let update = TransactUpdate {
                    table_name: READINGS.to_owned(),
                    key: key_item(scattered(number + 1, self.items)),
                    update_expression: "SET wind = :wind".to_owned(),
                    condition_expression: None,
                    expression_attribute_names: None,
                    expression_attribute_values: Some(wind()),
                    return_values_on_condition_check_failure: None,
                };
                let transact_items = vec![
                    TransactWriteItem { put: Some(put), update: None, delete: None, condition_check: None },
                    TransactWriteItem { put: None, update: Some(update), delete: None, condition_check: None },
                ];
                let write = TransactWriteItemsInput { transact_items, ..Default::default() };
                self.engine.handle_transact_write_items(write).expect("a success");
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
        Field::Bool(value) => AttributeValue::Bool(value),
    };
    reading.fields().into_iter().map(|(name, field)| (name.to_owned(), value(field))).collect()
}
