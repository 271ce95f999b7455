//! Trials that every driver over HTTP must pass. Each takes a function that connects the driver under test, with one attempt for
//! each request, to an endpoint.

mod lost_items;
mod lost_writes;

use djamodb_core::driver::{Driver, DriverError};
use djamodb_core::expression::{Path, Update, UpdateOperand};
use djamodb_core::plan::{
    BatchWriteItem, CreateTable, DeleteItem, DeleteTable, PutItem, QueryPlan, TableWrites, TransactPut,
    TransactWriteItems, UpdateItem, WriteRequest,
};
use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
use djamodb_core::value::Item;

pub use lost_items::{
    batches_without_all_parts_are_errors, reads_without_their_items_are_errors, tables_are_known_by_name_and_by_arn,
};
pub use lost_writes::{
    responses_to_tags_have_no_body, successes_without_a_valid_body_are_errors, updates_without_their_output_are_errors,
};

const TABLE: &str = "weather";
const ARN: &str = "arn:aws:dynamodb:us-east-1:123456789012:table/weather";

fn key(id: &str) -> Item {
    Item::new().with("id", id)
}

/// Returns one plan of each operation that writes, apart from those that only return settings.
fn writes() -> Vec<QueryPlan> {
    let set = Update::new().set(Path::new("kind"), UpdateOperand::value("rain"));
    let put = TransactPut::new(TABLE, key("a"));
    vec![
        PutItem::new(TABLE, key("a")).into(),
        UpdateItem::new(TABLE, key("a"), set).into(),
        DeleteItem::new(TABLE, key("a")).into(),
        batch_write().into(),
        TransactWriteItems::new([put.clone().into()]).into(),
        TransactWriteItems::new([put.into()]).with_token("token").into(),
        CreateTable::new(TableSchema::new(TABLE, KeySchema::hash(KeyAttribute::s("id")))).into(),
        DeleteTable::new(TABLE).into(),
    ]
}

fn batch_write() -> BatchWriteItem {
    BatchWriteItem::new([TableWrites::new(TABLE, ["a", "b"].map(|id| WriteRequest::Put(key(id))))])
}

/// Returns the error of a plan that must fail.
async fn error_of(driver: &dyn Driver, plan: QueryPlan, case: &str) -> DriverError {
    let operation = plan.operation();
    match driver.execute(plan).await {
        Ok(outcome) => panic!("{operation} accepted {case}: {outcome:?}"),
        Err(error) => error,
    }
}
