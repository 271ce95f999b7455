//! djamodb's models and querysets over the driver for the AWS SDK.

use std::rc::Rc;

use djamodb::AwsSdkDriver;
use djamodb::prelude::*;
use djamodb_bench_common::client::{Operation, QUERY_ITEMS, batch, sorted};
use djamodb_bench_common::reading::{Reading, key};
use djamodb_bench_common::subject::Execute;
use serde_json::Value as Json;
use tokio::runtime::Runtime;

pub(super) struct Model {
    runtime: Rc<Runtime>,
    db: Database,
}

impl Model {
    pub(super) fn new(runtime: &Rc<Runtime>, driver: AwsSdkDriver) -> Self {
        Self { runtime: Rc::clone(runtime), db: Database::new(driver) }
    }

    async fn run(&self, operation: Operation, number: usize) -> Result<Vec<Reading>, djamodb::Error> {
        match operation {
            Operation::Query => {
                Reading::objects().set_hash_key(key(number).0).set_limit(QUERY_ITEMS).all(&self.db).await
            }
            Operation::Get => Ok(vec![Reading::get_by_key(key(number), &self.db).await?]),
            Operation::Put => {
                Reading::new(number, 1).save(&self.db).await?;
                Ok(Vec::new())
            }
            Operation::BatchGet => {
                Ok(Reading::objects().in_bulk(batch().map(key), &self.db).await?.into_values().collect())
            }
        }
    }
}

impl Execute for Model {
    type Operation = Operation;
    type Answer = Vec<Reading>;

    const NAME: &'static str = "djamodb model";

    fn execute(&mut self, operation: Operation, number: usize) -> Vec<Reading> {
        self.runtime.block_on(self.run(operation, number)).expect("a success")
    }

    fn to_json(&mut self, answer: Vec<Reading>) -> Json {
        sorted(answer)
    }
}
