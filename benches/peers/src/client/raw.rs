//! `aws-sdk-dynamodb` without anything above it.

use std::collections::HashMap;
use std::rc::Rc;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes, ReturnConsumedCapacity};
use djamodb_bench_common::client::{Operation, QUERY_ITEMS, batch, sorted};
use djamodb_bench_common::reading::{Field, Reading, key};
use djamodb_bench_common::subject::Execute;
use serde_json::Value as Json;
use tokio::runtime::Runtime;

pub(super) type Item = HashMap<String, AttributeValue>;

pub(super) struct Raw {
    runtime: Rc<Runtime>,
    client: Client,
}

impl Raw {
    pub(super) fn new(runtime: &Rc<Runtime>, client: &Client) -> Self {
        Self { runtime: Rc::clone(runtime), client: client.clone() }
    }
}

impl Execute for Raw {
    type Operation = Operation;
    type Answer = Vec<Item>;

    const NAME: &'static str = "aws-sdk";

    fn execute(&mut self, operation: Operation, number: usize) -> Vec<Item> {
        self.runtime.block_on(async {
            match operation {
                Operation::Query => query(&self.client, number).await,
                Operation::Get => Vec::from_iter(get(&self.client, number).await),
                Operation::Put => {
                    put(&self.client, item(Reading::new(number, 1))).await;
                    Vec::new()
                }
                Operation::BatchGet => batch_get(&self.client).await,
            }
        })
    }

    fn to_json(&mut self, answer: Vec<Item>) -> Json {
        sorted(serde_dynamo::from_items(answer).expect("the items are readings"))
    }
}

pub(super) async fn query(client: &Client, number: usize) -> Vec<Item> {
    let request = client
        .query()
        .table_name("readings")
        .key_condition_expression("city = :city")
        .expression_attribute_values(":city", AttributeValue::S(key(number).0))
        .limit(i32::try_from(QUERY_ITEMS).expect("a small number"))
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    request.send().await.expect("a success").items.expect("items")
}

pub(super) async fn get(client: &Client, number: usize) -> Option<Item> {
    let request = client
        .get_item()
        .table_name("readings")
        .set_key(Some(key_item(number)))
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    request.send().await.expect("a success").item
}

pub(super) async fn put(client: &Client, item: Item) {
    let request = client
        .put_item()
        .table_name("readings")
        .set_item(Some(item))
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    request.send().await.expect("a success");
}

pub(super) async fn batch_get(client: &Client) -> Vec<Item> {
    let keys = KeysAndAttributes::builder().set_keys(Some(batch().map(key_item).collect()));
    let request = client
        .batch_get_item()
        .request_items("readings", keys.build().expect("keys"))
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    let mut responses = request.send().await.expect("a success").responses.expect("responses");
    responses.remove("readings").expect("items of the table")
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
