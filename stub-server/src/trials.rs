//! Trials that every driver over HTTP must pass.

mod limits;
mod lost_items;
mod lost_writes;
mod throttling;

use djamodb_core::driver::{Driver, DriverError};
use djamodb_core::expression::{Path, Update, UpdateOperand};
use djamodb_core::plan::{
    BatchWriteItem, CreateTable, DeleteItem, DeleteTable, PutItem, QueryPlan, TableWrites, TransactPut,
    TransactWriteItems, UpdateItem, WriteRequest,
};
use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
use djamodb_core::value::Item;

pub use limits::Limits;

/// A trial: its name, and the function that runs it in a Tokio runtime of its own and panics if the driver fails it.
pub type Trial = (&'static str, Box<dyn FnOnce() + Send>);

macro_rules! trials {
    ($connect:ident: $($module:ident::$trial:ident),+ $(,)?) => {
        vec![$((stringify!($trial), Box::new(move || run($module::$trial($connect))) as Box<dyn FnOnce() + Send>)),+]
    };
}

/// Returns all trials of a driver. `connect` connects the driver under test to an endpoint.
pub fn all<D: Driver>(connect: impl AsyncFn(String, Limits) -> D + Copy + Send + 'static) -> Vec<Trial> {
    trials![connect:
        limits::a_silent_tls_handshake_ends,
        limits::a_trickling_response_ends_with_its_attempt,
        limits::all_attempts_end_with_the_operation,
        limits::larger_responses_are_refused,
        limits::required_waits_are_kept,
        lost_items::batches_without_all_parts_are_errors,
        lost_items::reads_without_their_items_are_errors,
        lost_items::tables_are_known_by_name_and_by_arn,
        lost_writes::responses_to_tags_have_no_body,
        lost_writes::successes_without_a_valid_body_are_errors,
        lost_writes::updates_without_their_output_are_errors,
        throttling::an_invalid_list_of_reasons_changes_no_error,
        throttling::throttled_requests_carry_the_reasons_of_the_service,
    ]
}

fn run(trial: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap_or_else(|error| panic!("no runtime: {error}")).block_on(trial);
}

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
