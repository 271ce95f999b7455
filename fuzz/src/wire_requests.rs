//! Requests of DynamoDB's protocol: each has an answer, and a plan that was read is written and read again unchanged.

use djamodb_core::driver::DriverExt as _;
use djamodb_core::plan::CreateTable;
use djamodb_driver_memory::MemoryDriver;
use djamodb_wire::{ProtocolOptions, Request, RequestBytes, TARGET_HEADER, answer};
use futures::executor::block_on;
use http::{HeaderMap, HeaderValue};

use crate::requests::{TABLES, schema};

/// Answers a request. The input is the name of an operation, a line break and a body.
///
/// # Panics
///
/// If the answer is no response of the service, or if a plan changes on its way.
pub fn run(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (operation, body) = bytes.split_at(end);
    let operation = String::from_utf8_lossy(operation);
    let body = body.get(1..).unwrap_or_default();
    for service in ["DynamoDB_20120810", "DynamoDBStreams_20120810"] {
        let target = format!("{service}.{operation}");
        round_trip(&target, body);
        respond(&target, body);
    }
}

fn round_trip(target: &str, body: &[u8]) {
    let Ok(plan) = Request::read(target, body).and_then(|request| request.plan(None)) else { return };
    let Some(written) = RequestBytes::write(&plan) else { return };
    // A condition of legacy parameters can be too long or too deep for a text.
    if let Ok(request) = Request::read(&written.target, &written.body) {
        let again = request.plan(None).expect("a plan without a table");
        assert_eq!(again, plan, "a plan is written as it was read");
    }
}

fn respond(target: &str, body: &[u8]) {
    let mut headers = HeaderMap::new();
    let Ok(target) = HeaderValue::from_str(target) else { return };
    headers.insert(TARGET_HEADER, target);
    headers.insert(http::header::AUTHORIZATION, HeaderValue::from_static("AWS4-HMAC-SHA256"));
    let driver = MemoryDriver::new();
    let response = block_on(async {
        for table in TABLES {
            driver.run(CreateTable::new(schema(table))).await.expect("a valid table");
        }
        answer(&driver, &ProtocolOptions::default(), &headers, body, "request").await.response
    });
    let status = response.status().as_u16();
    assert!([200, 400].contains(&status), "status {status}");
    let body = response.body();
    let json = if body.is_empty() { &b"{}"[..] } else { body };
    let json: serde_json::Value = serde_json::from_slice(json).expect("a body of JSON");
    assert!(json.is_object());
    assert_eq!(status == 400, json.get("__type").is_some(), "an error has a type");
    driver.check().expect("indexes that agree with their tables");
}
