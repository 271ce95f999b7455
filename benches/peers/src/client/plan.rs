//! djamodb's plans: `Driver::execute` of the driver for the AWS SDK.

use std::rc::Rc;

use djamodb::AwsSdkDriver;
use djamodb::model::Model as _;
use djamodb_bench_common::client::{Operation, QUERY_ITEMS, batch, sorted};
use djamodb_bench_common::reading::{Reading, key};
use djamodb_bench_common::subject::Execute;
use djamodb_core::driver::DriverExt as _;
use djamodb_core::expression::KeyCondition;
use djamodb_core::plan::{BatchGetItem, GetItem, PutItem, Query, TableKeys};
use djamodb_core::value::{Item, Name};
use serde_json::Value as Json;
use tokio::runtime::Runtime;

use crate::engine::memory::{item, key_item};

const TABLE: Name = Name::from_static("readings");
const CITY: Name = Name::from_static("city");

pub(super) struct Plan {
    runtime: Rc<Runtime>,
    driver: AwsSdkDriver,
}

impl Plan {
    pub(super) fn new(runtime: &Rc<Runtime>, driver: AwsSdkDriver) -> Self {
        Self { runtime: Rc::clone(runtime), driver }
    }

    async fn run(&self, operation: Operation, number: usize) -> Vec<Item> {
        match operation {
            Operation::Query => {
                let mut query = Query::new(TABLE, KeyCondition::hash(CITY, key(number).0));
                query.limit = u32::try_from(QUERY_ITEMS).ok();
                self.driver.run(query).await.expect("a success").items
            }
            Operation::Get => {
                let get = GetItem::new(TABLE, key_item(number));
                Vec::from_iter(self.driver.run(get).await.expect("a success").item)
            }
            Operation::Put => {
                let put = PutItem::new(TABLE, item(Reading::new(number, 1)));
                self.driver.run(put).await.expect("a success");
                Vec::new()
            }
            Operation::BatchGet => {
                let batch = BatchGetItem::new([TableKeys::new(TABLE, batch().map(key_item))]);
                let output = self.driver.run(batch).await.expect("a success");
                output.items.into_iter().flat_map(|(_, items)| items).collect()
            }
        }
    }
}

impl Execute for Plan {
    type Operation = Operation;
    type Answer = Vec<Item>;

    const NAME: &'static str = "djamodb plan";

    fn execute(&mut self, operation: Operation, number: usize) -> Vec<Item> {
        self.runtime.block_on(self.run(operation, number))
    }

    fn to_json(&mut self, answer: Vec<Item>) -> Json {
        sorted(answer.iter().map(|item| Reading::from_item(item).expect("the items are readings")).collect())
    }
}
