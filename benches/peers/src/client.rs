//! Clients, from a request in their own terms to an answer in their own types, over HTTP on loopback.
//!
//! All use one client of the SDK with the same limits of time, and all request the consumed capacity, so that the requests and the
//! responses are the same. The server is a process of its own, whose time is not counted.

mod model;
mod plan;
mod raw;
mod serde_dynamo;
pub(crate) mod stub;

use std::error::Error;
use std::fmt;
use std::rc::Rc;

use djamodb::AwsSdkDriver;
use djamodb::aws_sdk::{AwsSdkConfig, Credentials};
use serde_json::{Value as Json, json};
use tokio::runtime::Builder;

use crate::measure::Extent;
use crate::reading::Reading;
use crate::subject::{self, Subject};

/// An operation of a client.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Operation {
    /// One page of 20 items.
    Query,
    Get,
    Put,
    /// 100 items by their keys.
    BatchGet,
}

/// Items that a query reads.
const QUERY_ITEMS: usize = 20;
/// Items that a batch reads.
const BATCH_ITEMS: usize = 100;

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Query => write!(f, "query {QUERY_ITEMS}"),
            Self::Get => f.write_str("get"),
            Self::Put => f.write_str("put"),
            Self::BatchGet => write!(f, "batch get {BATCH_ITEMS}"),
        }
    }
}

impl subject::Operation for Operation {}

/// Measures all clients.
///
/// # Errors
///
/// Returns an error if the server cannot be started, or if two clients answer differently.
pub(crate) fn measure(extent: &Extent) -> Result<(), Box<dyn Error>> {
    let stub = stub::Stub::start()?;
    let runtime = Rc::new(Builder::new_current_thread().enable_all().build()?);
    let config = AwsSdkConfig {
        endpoint: Some(stub.endpoint.clone()),
        region: Some("us-east-1".to_owned()),
        credentials: Some(Credentials::new("AKIDEXAMPLE", "a secret")),
        ..AwsSdkConfig::default()
    };
    let driver = runtime.block_on(AwsSdkDriver::connect(config))?;
    let subjects: Vec<Box<dyn Subject<Operation>>> = vec![
        Box::new(raw::Raw::new(&runtime, driver.client())),
        Box::new(serde_dynamo::SerdeDynamo::new(&runtime, driver.client())),
        Box::new(plan::Plan::new(&runtime, driver.clone())),
        Box::new(model::Model::new(&runtime, driver)),
    ];
    let operations = [Operation::Query, Operation::Get, Operation::Put, Operation::BatchGet];
    Ok(extent.measure("client", &operations, subjects)?)
}

/// Returns readings in the order of their keys, since a batch has no order.
fn sorted(mut readings: Vec<Reading>) -> Json {
    readings.sort_by(|left, right| (&left.city, left.day).cmp(&(&right.city, right.day)));
    json!(readings)
}

/// Returns the numbers of the readings that a batch reads.
fn batch() -> impl Iterator<Item = usize> {
    0..BATCH_ITEMS
}
