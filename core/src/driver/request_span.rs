//! The tracing span of a request. Its fields follow OpenTelemetry's
//! [conventions for DynamoDB](https://opentelemetry.io/docs/specs/semconv/database/dynamodb/) and are listed in
//! `docs/TRACING.md`.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use tracing::Span;
use tracing::field::{Empty, debug, display};

use super::{Driver, DriverError};
use crate::plan::{ConsumedCapacity, IndexCapacity, Outcome, Output, Query, QueryPlan, Scan, TransactWriteItem};
use crate::value::Name;

/// The span of one request, from sending it to its response. Dropping the span ends it without a result.
pub(super) struct RequestSpan {
    span: Span,
    /// Time at which the request was sent, or `None` if the span is disabled.
    sent_at: Option<DateTime<Utc>>,
}

impl RequestSpan {
    /// Opens the span of a request. Nothing is computed unless a subscriber has enabled it.
    pub(super) fn open<D: Driver + ?Sized>(driver: &D, plan: &QueryPlan) -> Self {
        let span = tracing::debug_span!(
            target: "djamodb::request",
            "djamodb.request",
            "otel.kind" = "client",
            "otel.name" = Empty,
            "otel.status_code" = Empty,
            "db.system.name" = "aws.dynamodb",
            "db.operation.name" = plan.operation(),
            "db.operation.batch.size" = Empty,
            "db.collection.name" = Empty,
            "aws.dynamodb.table_names" = Empty,
            "aws.dynamodb.index_name" = Empty,
            "aws.dynamodb.count" = Empty,
            "aws.dynamodb.scanned_count" = Empty,
            "aws.dynamodb.consumed_capacity" = Empty,
            "aws.request_id" = Empty,
            "error.type" = Empty,
            "djamodb.driver" = driver.name(),
            "djamodb.attempts" = Empty,
            "djamodb.units" = Empty,
            "djamodb.latency_ms" = Empty,
        );
        if span.is_disabled() {
            return Self { span, sent_at: None };
        }
        record_plan(&span, plan);
        Self { span, sent_at: Some(driver.clock().now()) }
    }

    pub(super) fn span(&self) -> &Span {
        &self.span
    }

    /// Records the result in the span and ends it.
    pub(super) fn close<D: Driver + ?Sized>(self, driver: &D, result: &Result<Outcome, DriverError>) {
        let Self { span, sent_at: Some(sent_at) } = self else { return };
        span.record("djamodb.latency_ms", milliseconds_between(sent_at, driver.clock().now()));
        match result {
            Ok(outcome) => {
                record_outcome(&span, outcome);
                tracing::debug!(target: "djamodb::request", parent: &span, "request succeeded");
            }
            Err(error) => {
                record_error(&span, error);
                tracing::debug!(target: "djamodb::request", parent: &span, %error, "request failed");
            }
        }
    }
}

fn record_plan(span: &Span, plan: &QueryPlan) {
    match plan.table() {
        Some(table) => {
            span.record("db.collection.name", table.as_str());
            span.record("otel.name", display(format_args!("{} {table}", plan.operation())));
        }
        None => {
            span.record("otel.name", plan.operation());
        }
    }
    let tables = tables(plan);
    if !tables.is_empty() {
        span.record("aws.dynamodb.table_names", debug(tables));
    }
    if let QueryPlan::Query(Query { index: Some(index), .. }) | QueryPlan::Scan(Scan { index: Some(index), .. }) = plan
    {
        span.record("aws.dynamodb.index_name", index.as_str());
    }
    // By convention the size is absent where it is 1, since that is no batch.
    if let Some(size) = batch_size(plan).filter(|size| *size > 1) {
        span.record("db.operation.batch.size", size);
    }
}

/// Returns the names of all tables of a request, each once and sorted.
fn tables(plan: &QueryPlan) -> Vec<&str> {
    let mut tables: Vec<&str> = match plan {
        QueryPlan::BatchGetItem(batch) => batch.requests.iter().map(|table| table.table.as_str()).collect(),
        QueryPlan::BatchWriteItem(batch) => batch.requests.iter().map(|table| table.table.as_str()).collect(),
        QueryPlan::TransactGetItems(transaction) => {
            transaction.transact_items.iter().map(|get| get.table.as_str()).collect()
        }
        QueryPlan::TransactWriteItems(transaction) => {
            transaction.transact_items.iter().map(TransactWriteItem::table).map(Name::as_str).collect()
        }
        plan => plan.table().map(Name::as_str).into_iter().collect(),
    };
    tables.sort_unstable();
    tables.dedup();
    tables
}

/// Returns the number of items of a batch or transaction.
fn batch_size(plan: &QueryPlan) -> Option<usize> {
    match plan {
        QueryPlan::BatchGetItem(batch) => Some(batch.requests.iter().map(|table| table.keys.len()).sum()),
        QueryPlan::BatchWriteItem(batch) => Some(batch.requests.iter().map(|table| table.writes.len()).sum()),
        QueryPlan::TransactGetItems(transaction) => Some(transaction.transact_items.len()),
        QueryPlan::TransactWriteItems(transaction) => Some(transaction.transact_items.len()),
        _ => None,
    }
}

fn record_outcome(span: &Span, Outcome { output, metadata }: &Outcome) {
    let counts = match output {
        Output::Query(output) => Some((output.count, output.scanned_count)),
        Output::Scan(output) => Some((output.count, output.scanned_count)),
        _ => None,
    };
    if let Some((count, scanned_count)) = counts {
        span.record("aws.dynamodb.count", count);
        span.record("aws.dynamodb.scanned_count", scanned_count);
    }
    let consumed = &metadata.consumed_capacity;
    if !consumed.is_empty() {
        let units: f64 = consumed.iter().map(|capacity| capacity.units).sum();
        span.record("djamodb.units", units);
        let consumed = Value::Array(consumed.iter().map(capacity_json).collect());
        span.record("aws.dynamodb.consumed_capacity", display(consumed));
    }
    if let Some(request_id) = &metadata.request_id {
        span.record("aws.request_id", request_id.as_str());
    }
    if metadata.attempts > 0 {
        span.record("djamodb.attempts", metadata.attempts);
    }
}

fn record_error(span: &Span, error: &DriverError) {
    span.record("otel.status_code", "ERROR");
    span.record("error.type", error.kind().as_str());
    if let Some(request_id) = error.request_id() {
        span.record("aws.request_id", request_id);
    }
}

/// Returns the JSON form of [ConsumedCapacity](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConsumedCapacity.html).
fn capacity_json(capacity: &ConsumedCapacity) -> Value {
    let mut object = Map::new();
    object.insert("TableName".to_owned(), capacity.table.as_str().into());
    object.insert("CapacityUnits".to_owned(), capacity.units.into());
    for (name, units) in [("ReadCapacityUnits", capacity.read_units), ("WriteCapacityUnits", capacity.write_units)] {
        if let Some(units) = units {
            object.insert(name.to_owned(), units.into());
        }
    }
    if let Some(units) = capacity.table_units {
        object.insert("Table".to_owned(), json!({ "CapacityUnits": units }));
    }
    for (name, indexes) in
        [("LocalSecondaryIndexes", &capacity.local_indexes), ("GlobalSecondaryIndexes", &capacity.global_indexes)]
    {
        if !indexes.is_empty() {
            object.insert(name.to_owned(), indexes_json(indexes));
        }
    }
    Value::Object(object)
}

fn indexes_json(indexes: &[IndexCapacity]) -> Value {
    let units = |index: &IndexCapacity| (index.index.as_str().to_owned(), json!({ "CapacityUnits": index.units }));
    Value::Object(indexes.iter().map(units).collect())
}

#[allow(clippy::cast_precision_loss, reason = "2^53 microseconds are 285 years")]
fn milliseconds_between(start: DateTime<Utc>, end: DateTime<Utc>) -> f64 {
    (end - start).num_microseconds().unwrap_or(i64::MAX) as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consumed_capacity_has_the_form_of_the_api() {
        let index = |units| vec![IndexCapacity { index: "by_kind".into(), units }];
        let capacity = ConsumedCapacity {
            read_units: Some(3.5),
            table_units: Some(2.0),
            local_indexes: Vec::new(),
            global_indexes: index(1.5),
            ..ConsumedCapacity::total("weather", 3.5)
        };
        assert_eq!(
            capacity_json(&capacity),
            json!({
                "TableName": "weather",
                "CapacityUnits": 3.5,
                "ReadCapacityUnits": 3.5,
                "Table": { "CapacityUnits": 2.0 },
                "GlobalSecondaryIndexes": { "by_kind": { "CapacityUnits": 1.5 } },
            })
        );
    }
}
