//! `aws-sdk-dynamodb` with `serde_dynamo` for the items.

use std::rc::Rc;

use aws_sdk_dynamodb::Client;
use djamodb_bench_common::client::{Operation, sorted};
use djamodb_bench_common::reading::Reading;
use djamodb_bench_common::subject::Execute;
use serde_json::Value as Json;
use tokio::runtime::Runtime;

use super::raw;

pub(super) struct SerdeDynamo {
    runtime: Rc<Runtime>,
    client: Client,
}

impl SerdeDynamo {
    pub(super) fn new(runtime: &Rc<Runtime>, client: &Client) -> Self {
        Self { runtime: Rc::clone(runtime), client: client.clone() }
    }
}

impl Execute for SerdeDynamo {
    type Operation = Operation;
    type Answer = Vec<Reading>;

    const NAME: &'static str = "aws-sdk + serde_dynamo";

    fn execute(&mut self, operation: Operation, number: usize) -> Vec<Reading> {
        let items = self.runtime.block_on(async {
            match operation {
                Operation::Query => raw::query(&self.client, number).await,
                Operation::Get => Vec::from_iter(raw::get(&self.client, number).await),
                Operation::Put => {
                    let item = serde_dynamo::to_item(Reading::new(number, 1)).expect("a reading is an item");
                    raw::put(&self.client, item).await;
                    Vec::new()
                }
                Operation::BatchGet => raw::batch_get(&self.client).await,
            }
        });
        serde_dynamo::from_items(items).expect("the items are readings")
    }

    fn to_json(&mut self, answer: Vec<Reading>) -> Json {
        sorted(answer)
    }
}
