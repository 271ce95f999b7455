//! The requests of the load: items of 1 KB in one table.

use crate::server::Connection;

/// An operation, and its requests by number.
pub(super) struct Operation {
    pub(super) name: &'static str,
    pub(super) request: fn(u64) -> (&'static str, String),
}

/// The operations that are measured.
pub(super) const OPERATIONS: [Operation; 7] = [
    Operation { name: "GetItem", request: get },
    Operation { name: "PutItem", request: put },
    Operation { name: "Query of 20 items", request: query },
    Operation { name: "UpdateItem", request: update },
    Operation { name: "BatchGetItem of 25 items", request: batch_get },
    Operation { name: "BatchWriteItem of 25 items", request: batch_write },
    Operation { name: "TransactWriteItems of 3 items", request: transact_write },
];

/// Number of hash keys, each with 20 items.
const HASH_KEYS: u64 = 200;
const RANGE_KEYS: u64 = 20;

/// Creates the table and writes its items.
pub(super) fn prepare(url: &str) -> Result<(), String> {
    let mut connection = Connection::open(url)?;
    let definition = r#"{"TableName": "load", "AttributeDefinitions": [{"AttributeName": "h", "AttributeType": "S"}, {"AttributeName": "r", "AttributeType": "N"}], "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}, {"AttributeName": "r", "KeyType": "RANGE"}], "BillingMode": "PAY_PER_REQUEST"}"#;
    connection.send("CreateTable", definition)?;
    for number in 0..HASH_KEYS * RANGE_KEYS {
        let (operation, body) = put(number);
        connection.send(operation, &body)?;
    }
    Ok(())
}

/// Returns the members of a key, which are spread over the table.
fn key(number: u64) -> String {
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    let (h, r) = (mixed % HASH_KEYS, number % RANGE_KEYS);
    format!(r#""h": {{"S": "user-{h:08}"}}, "r": {{"N": "{r}"}}"#)
}

fn item(number: u64) -> String {
    format!(r#"{}, "count": {{"N": "{number}"}}, "text": {{"S": "{}"}}"#, key(number), "x".repeat(960))
}

fn get(number: u64) -> (&'static str, String) {
    ("GetItem", format!(r#"{{"TableName": "load", "Key": {{{}}}}}"#, key(number)))
}

fn put(number: u64) -> (&'static str, String) {
    ("PutItem", format!(r#"{{"TableName": "load", "Item": {{{}}}}}"#, item(number)))
}

fn query(number: u64) -> (&'static str, String) {
    let h = number % HASH_KEYS;
    let body = format!(
        r#"{{"TableName": "load", "KeyConditionExpression": "h = :h", "ExpressionAttributeValues": {{":h": {{"S": "user-{h:08}"}}}}, "Limit": 20}}"#
    );
    ("Query", body)
}

fn update(number: u64) -> (&'static str, String) {
    let body = format!(
        r##"{{"TableName": "load", "Key": {{{}}}, "UpdateExpression": "ADD #c :one", "ExpressionAttributeNames": {{"#c": "count"}}, "ExpressionAttributeValues": {{":one": {{"N": "1"}}}}}}"##,
        key(number)
    );
    ("UpdateItem", body)
}

/// Returns 25 keys or items that differ: their range keys or their hash keys do.
fn several(number: u64, one: impl Fn(u64, u64) -> String) -> String {
    let keys = (0..25).map(|at| one((number + at / RANGE_KEYS) % HASH_KEYS, at % RANGE_KEYS));
    keys.collect::<Vec<_>>().join(", ")
}

fn batch_get(number: u64) -> (&'static str, String) {
    let keys = several(number, |h, r| format!(r#"{{"h": {{"S": "user-{h:08}"}}, "r": {{"N": "{r}"}}}}"#));
    ("BatchGetItem", format!(r#"{{"RequestItems": {{"load": {{"Keys": [{keys}]}}}}}}"#))
}

fn batch_write(number: u64) -> (&'static str, String) {
    let text = "x".repeat(960);
    let puts = several(number, |h, r| {
        format!(
            r#"{{"PutRequest": {{"Item": {{"h": {{"S": "user-{h:08}"}}, "r": {{"N": "{r}"}}, "text": {{"S": "{text}"}}}}}}}}"#
        )
    });
    ("BatchWriteItem", format!(r#"{{"RequestItems": {{"load": [{puts}]}}}}"#))
}

/// Returns a transaction on items of its own, so that no two of them conflict.
fn transact_write(number: u64) -> (&'static str, String) {
    let puts = (0..3).map(|at| {
        let text = "x".repeat(960);
        format!(
            r#"{{"Put": {{"TableName": "load", "Item": {{"h": {{"S": "transaction-{number}"}}, "r": {{"N": "{at}"}}, "text": {{"S": "{text}"}}}}}}}}"#
        )
    });
    ("TransactWriteItems", format!(r#"{{"TransactItems": [{}]}}"#, puts.collect::<Vec<_>>().join(", ")))
}
