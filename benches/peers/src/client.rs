//! Clients, from a request in their own terms to an answer in their own types, over HTTP on loopback.
//!
//! All but toasty use one client of the SDK with the same limits of time, and request the consumed capacity, so that the requests and the
//! responses are the same. The server is a process of its own, whose time is not counted.

mod model;
mod plan;
mod raw;
mod serde_dynamo;
pub(crate) mod stub;

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::rc::Rc;

use djamodb::AwsSdkDriver;
use djamodb::aws_sdk::{AwsSdkConfig, Credentials};
use djamodb_bench_common::client::Operation;
use djamodb_bench_common::remote::Remote;
use djamodb_bench_common::subject::Subject;
use tokio::runtime::Builder;

use crate::measure::Extent;

/// Measures all clients, among them toasty if the path of its program is given.
///
/// # Errors
///
/// Returns an error if the server or the program cannot be started, or if two clients answer differently.
pub(crate) fn measure(extent: &Extent, toasty: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let stub = stub::Stub::start()?;
    let runtime = Rc::new(Builder::new_current_thread().enable_all().build()?);
    let config = AwsSdkConfig {
        endpoint: Some(stub.endpoint.clone()),
        region: Some("us-east-1".to_owned()),
        credentials: Some(Credentials::new("AKIDEXAMPLE", "a secret")),
        ..AwsSdkConfig::default()
    };
    let driver = runtime.block_on(AwsSdkDriver::connect(config))?;
    let mut subjects: Vec<Box<dyn Subject<Operation>>> = vec![
        Box::new(raw::Raw::new(&runtime, driver.client())),
        Box::new(serde_dynamo::SerdeDynamo::new(&runtime, driver.client())),
        Box::new(plan::Plan::new(&runtime, driver.clone())),
        Box::new(model::Model::new(&runtime, driver)),
    ];
    if let Some(program) = toasty {
        let operations = &[Operation::Query, Operation::Get, Operation::Put];
        subjects.push(Box::new(Remote::start("toasty", operations, Command::new(program).arg(&stub.endpoint))?));
    }
    let operations = [Operation::Query, Operation::Get, Operation::Put, Operation::BatchGet];
    Ok(extent.measure("client", &operations, subjects)?)
}
