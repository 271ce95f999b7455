//! Tests of the state machines without a driver.
#![allow(clippy::unnecessary_wraps, reason = "results have the type that `supply` takes")]

mod lost_batches;

use std::time::Duration;

use super::{BatchRead, BatchWrite, Machine, Read, Step, TableCreation, TableWait, WaitFor, WriteState};
use crate::driver::{DriverError, DriverErrorKind};
use crate::expression::KeyCondition;
use crate::layer::{Backoff, RetryPolicy};
use crate::plan::{
    BatchGetItemOutput, BatchWriteItemOutput, DescribeTableOutput, GetItemOutput, Outcome, Query, QueryOutput,
    QueryPlan, Scan, ScanOutput, TableDescription, TableKeys, TableStatus, TableWrites, WriteRequest,
};
use crate::planner::{Access, IndexReason, KeyedWrite, PartitionQuery, ReadPlan, ResultKind, ScanPlan};
use crate::schema::{KeyAttribute, KeySchema, TableSchema};
use crate::value::{Item, Name};

/// The key attribute of the table.
const ID: &[Name] = &[Name::from_static("id")];

fn key(number: i32) -> Item {
    Item::new().with("id", number)
}

fn backoff(attempts_max: u32) -> Backoff {
    Backoff::new(RetryPolicy { attempts_max, ..RetryPolicy::default() }, 7)
}

/// Returns the next request. Sleeps are skipped.
fn request<M: Machine>(machine: &mut M) -> Option<QueryPlan> {
    loop {
        match machine.next() {
            Step::Execute(plan) => return Some(plan),
            Step::Sleep(duration) => assert!(duration <= RetryPolicy::default().cap),
            Step::Emit(_) => {}
            Step::Done => return None,
        }
    }
}

fn writes(plan: Option<QueryPlan>) -> Vec<WriteRequest> {
    match plan {
        Some(QueryPlan::BatchWriteItem(batch)) => batch.requests.into_iter().flat_map(|table| table.writes).collect(),
        other => panic!("no batch: {other:?}"),
    }
}

fn keyed(writes: Vec<WriteRequest>, table: &str) -> Vec<KeyedWrite> {
    let keyed = |write: WriteRequest| KeyedWrite { table: table.into(), key: write.item().pick(&["id".into()]), write };
    writes.into_iter().map(keyed).collect()
}

fn batch_write(writes: Vec<WriteRequest>, attempts_max: u32) -> BatchWrite {
    BatchWrite::new(keyed(writes, "t"), backoff(attempts_max))
}

/// Returns the number of writes that were made, those that were not, and those that may have been.
fn report(machine: BatchWrite) -> (usize, Vec<WriteRequest>, Vec<WriteRequest>) {
    let states: Vec<_> = machine.states().map(|(keyed, state)| (keyed.write, state)).collect();
    let of = |wanted| states.iter().filter(|(_, state)| *state == wanted).map(|(write, _)| write.clone()).collect();
    let written: Vec<_> = of(WriteState::Written);
    (written.len(), of(WriteState::Unprocessed), of(WriteState::Unknown))
}

fn unprocessed(writes: Vec<WriteRequest>) -> Result<Outcome, DriverError> {
    Ok(BatchWriteItemOutput { unprocessed: vec![TableWrites::new("t", writes)], ..Default::default() }.into())
}

#[test]
fn batch_write_sends_unprocessed_writes_again() {
    let all: Vec<_> = (0..25).map(|number| WriteRequest::Delete(key(number))).collect();
    let mut machine = batch_write(all.clone(), 8);
    let mut made = Vec::new();
    while let Some(plan) = request(&mut machine) {
        // The service makes two of three writes.
        let sent = writes(Some(plan)).into_iter().enumerate();
        let (unmade, now): (Vec<_>, Vec<_>) = sent.partition(|(at, _)| at % 3 == 0 && *at > 0);
        made.extend(now.into_iter().map(|(_, write)| write));
        machine.supply(unprocessed(unmade.into_iter().map(|(_, write)| write).collect())).unwrap();
    }
    assert_eq!(report(machine), (25, Vec::new(), Vec::new()));
    assert_eq!(made.len(), 25);
    assert!(all.iter().all(|write| made.contains(write)));
}

#[test]
fn batch_write_ends_without_progress_and_reports_the_remaining_writes() {
    let all: Vec<_> = (0..20).map(|number| WriteRequest::Delete(key(number))).collect();
    let mut machine = batch_write(all.clone(), 3);
    let mut requests = 0;
    while let Some(plan) = request(&mut machine) {
        requests += 1;
        machine.supply(unprocessed(writes(Some(plan)))).unwrap();
    }
    assert_eq!(requests, 3);
    assert_eq!(report(machine), (0, all, Vec::new()));
}

#[test]
fn batch_write_reports_writes_of_unknown_outcome_after_an_error() {
    let all: Vec<_> = (0..20).map(|number| WriteRequest::Delete(key(number))).collect();
    let mut machine = batch_write(all.clone(), 8);
    request(&mut machine);
    machine.supply(unprocessed(all[5..].to_vec())).unwrap();
    request(&mut machine);
    machine.supply(Err(DriverError::new(DriverErrorKind::Timeout, "BatchWriteItem", "late"))).unwrap_err();
    assert_eq!(report(machine), (5, Vec::new(), all[5..].to_vec()));
}

#[test]
fn batch_write_distinguishes_equal_keys_of_several_tables() {
    let all: Vec<_> = (0..3).map(|number| WriteRequest::Delete(key(number))).collect();
    let mut machine = BatchWrite::new([keyed(all.clone(), "t"), keyed(all.clone(), "u")].concat(), backoff(8));
    let Some(QueryPlan::BatchWriteItem(batch)) = request(&mut machine) else { panic!("no batch") };
    assert_eq!(batch.requests, [TableWrites::new("t", all.clone()), TableWrites::new("u", all.clone())]);
    let returned = vec![TableWrites::new("u", [all[1].clone()])];
    machine.supply(Ok(BatchWriteItemOutput { unprocessed: returned.clone(), ..Default::default() }.into())).unwrap();
    let Some(QueryPlan::BatchWriteItem(batch)) = request(&mut machine) else { panic!("no batch") };
    assert_eq!(batch.requests, returned);
}

#[test]
fn batch_read_yields_items_in_the_order_of_the_keys() {
    let mut machine = BatchRead::new("t".into(), ID, (0..130).map(key).collect(), None, backoff(8));
    let mut found = Vec::new();
    loop {
        match machine.next() {
            Step::Execute(QueryPlan::BatchGetItem(batch)) => {
                let mut keys = batch.requests[0].keys.clone();
                assert!(keys.len() <= 100);
                let rest = keys.split_off(keys.len().div_ceil(2));
                // Half of the keys is processed, in reverse order, and multiples of ten do not exist.
                let items = keys.into_iter().rev().filter(|key| !is_multiple_of_ten(key)).collect();
                let unprocessed = TableKeys { keys: rest.clone(), ..batch.requests[0].clone() };
                let unprocessed = if rest.is_empty() { vec![] } else { vec![unprocessed] };
                machine
                    .supply(Ok(BatchGetItemOutput { items: vec![("t".into(), items)], unprocessed }.into()))
                    .unwrap();
            }
            Step::Emit((items, _)) => found.extend(items),
            Step::Sleep(_) => {}
            Step::Done => break,
            other @ Step::Execute(_) => panic!("{other:?}"),
        }
    }
    let expected: Vec<_> = (0..130).map(key).filter(|key| !is_multiple_of_ten(key)).collect();
    assert_eq!(found, expected);
}

fn is_multiple_of_ten(key: &Item) -> bool {
    key.get("id").and_then(crate::value::AttributeValue::as_n).is_some_and(|number| number.to_string().ends_with('0'))
}

fn read(limit: Option<usize>, queries: usize) -> Read {
    Read::new(read_plan(limit, queries), RetryPolicy::default(), 1)
}

fn read_plan(limit: Option<usize>, queries: usize) -> ReadPlan {
    let query = |number: usize| PartitionQuery {
        query: Query::new("t", KeyCondition::hash("id", i32::try_from(number).unwrap())),
        residual: None,
    };
    ReadPlan {
        access: Access::Queries((0..queries).map(query).collect()),
        hydration: None,
        result_kind: ResultKind::Items,
        limit,
        table_key: ID,
        token_key: ID,
        index: None,
        index_reason: IndexReason::NotGiven,
        rejected: Vec::new(),
        units_per_second: None,
    }
}

fn query_result(items: std::ops::Range<i32>, last: Option<i32>) -> Result<Outcome, DriverError> {
    let items: Vec<_> = items.map(key).collect();
    let count = items.len() as u64;
    Ok(QueryOutput { items, count, scanned_count: count, last_evaluated_key: last.map(key) }.into())
}

fn emitted(machine: &mut Read) -> (usize, Option<Item>) {
    match machine.next() {
        Step::Emit(page) => (page.items.len(), page.last_evaluated_key.map(|key| key.as_item().clone())),
        other => panic!("no page: {other:?}"),
    }
}

#[test]
fn sends_the_limit_if_every_item_read_is_a_result() {
    let mut machine = read(Some(5), 1);
    let Some(QueryPlan::Query(query)) = request(&mut machine) else { panic!() };
    assert_eq!(query.limit, Some(5));
    machine.supply(query_result(0..3, Some(2))).unwrap();
    assert_eq!(emitted(&mut machine), (3, Some(key(2))));
    let Some(QueryPlan::Query(query)) = request(&mut machine) else { panic!() };
    assert_eq!((query.limit, query.exclusive_start_key), (Some(2), Some(key(2))));
    machine.supply(query_result(3..5, Some(4))).unwrap();
    assert_eq!(emitted(&mut machine), (2, Some(key(4))));
    assert!(request(&mut machine).is_none());
}

/// Reads until there is an error, which must come within a few requests.
fn error_of(mut machine: Read, mut outcome: impl FnMut(usize) -> Result<Outcome, DriverError>) -> DriverError {
    (0..20)
        .find_map(|number| {
            request(&mut machine).expect("the read ends with an error");
            machine.supply(outcome(number)).err()
        })
        .expect("the read ends")
}

#[test]
fn a_last_evaluated_key_that_the_service_repeats_ends_the_read() {
    for pages in [
        (|_| query_result(0..0, Some(9))) as fn(usize) -> Result<Outcome, DriverError>,
        |_| query_result(0..2, Some(1)),
        // The keys alternate.
        |number| query_result(0..1, Some(i32::from(number % 2 == 0))),
    ] {
        let error = error_of(read(None, 2), pages);
        assert_eq!(error.kind(), &DriverErrorKind::Contract);
        assert!(error.to_string().starts_with("Query on table t: the service returned an earlier LastEvaluatedKey"));
    }
    let scan = Scan { exclusive_start_key: Some(key(7)), ..Scan::new("t") };
    let plan = ReadPlan { access: Access::Scan(Box::new(ScanPlan { scan, residual: None })), ..read_plan(None, 0) };
    let error = error_of(Read::new(plan, RetryPolicy::default(), 1), |_| {
        Ok(ScanOutput { last_evaluated_key: Some(key(7)), ..ScanOutput::default() }.into())
    });
    assert!(error.to_string().starts_with("Scan on table t: the service returned an earlier"), "{error}");
}

#[test]
fn two_queries_may_end_their_pages_at_the_same_key() {
    let mut machine = read(None, 2);
    for last in [Some(1), None, Some(1), None] {
        request(&mut machine);
        machine.supply(query_result(0..1, last)).unwrap();
    }
    assert!(request(&mut machine).is_none());
}

#[test]
fn skips_empty_responses_and_runs_queries_in_order() {
    let mut machine = read(None, 3);
    request(&mut machine);
    machine.supply(query_result(0..0, Some(9))).unwrap();
    request(&mut machine);
    machine.supply(query_result(0..0, None)).unwrap();
    let Some(QueryPlan::Query(query)) = request(&mut machine) else { panic!() };
    assert_eq!(query.exclusive_start_key, None, "each query starts without a start key");
    machine.supply(query_result(0..2, None)).unwrap();
    assert_eq!(emitted(&mut machine), (2, Some(key(1))), "the token is the last item, since a query remains");
    request(&mut machine);
    machine.supply(query_result(5..6, None)).unwrap();
    assert_eq!(emitted(&mut machine), (1, None));
    assert!(request(&mut machine).is_none());
}

#[test]
fn reports_the_result_of_another_operation_as_a_contract_violation() {
    let mut machine = read(None, 1);
    request(&mut machine);
    let error = machine.supply(Ok(GetItemOutput::default().into())).unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::Contract);
    assert!(error.to_string().contains("Query: the driver returned the output of GetItem for Query"), "{error}");
}

fn described(status: TableStatus) -> Result<Outcome, DriverError> {
    Ok(DescribeTableOutput { table: described_table(status) }.into())
}

fn described_table(status: TableStatus) -> TableDescription {
    let schema = TableSchema::new("t", KeySchema::hash(KeyAttribute::n("id")));
    TableDescription::new(schema, status)
}

fn missing() -> Result<Outcome, DriverError> {
    Err(DriverError::new(DriverErrorKind::ResourceNotFound, "DescribeTable", "no such table"))
}

#[test]
fn table_wait_ends_when_the_condition_holds() {
    let mut machine = TableWait::new("t".into(), WaitFor::Active);
    for outcome in [missing(), described(TableStatus::Creating), described(TableStatus::Active)] {
        assert!(request(&mut machine).is_some());
        machine.supply(outcome).unwrap();
    }
    assert!(request(&mut machine).is_none());
    let mut machine = TableWait::new("t".into(), WaitFor::Gone);
    for outcome in [described(TableStatus::Deleting), missing()] {
        assert!(request(&mut machine).is_some());
        machine.supply(outcome).unwrap();
    }
    assert!(request(&mut machine).is_none());
}

#[test]
fn table_wait_times_out_after_five_minutes() {
    let mut machine = TableWait::new("t".into(), WaitFor::Active);
    let mut waited = Duration::ZERO;
    let error = loop {
        match machine.next() {
            Step::Execute(_) => {
                if let Err(error) = machine.supply(described(TableStatus::Creating)) {
                    break error;
                }
            }
            Step::Sleep(duration) => waited += duration,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(error.kind(), &DriverErrorKind::Timeout);
    assert!(waited >= Duration::from_secs(300) && waited < Duration::from_secs(310), "{waited:?}");
}

fn schema_with_settings() -> TableSchema {
    let mut schema = TableSchema::new("t", KeySchema::hash(KeyAttribute::n("id")));
    schema.time_to_live = Some("expires".into());
    schema.point_in_time_recovery = true;
    schema.tags = vec![crate::schema::Tag::new("team", "weather")];
    schema
}

fn created() -> Result<Outcome, DriverError> {
    let mut table = described_table(TableStatus::Creating);
    table.arn = Some("arn:t".into());
    Ok(crate::plan::CreateTableOutput { table }.into())
}

#[test]
fn table_creation_waits_before_it_applies_settings() {
    for tags_at_creation in [true, false] {
        let mut machine = TableCreation::new(schema_with_settings(), tags_at_creation);
        let Some(QueryPlan::CreateTable(create)) = request(&mut machine) else { panic!() };
        assert_eq!(create.schema.tags.is_empty(), !tags_at_creation);
        assert_eq!((create.schema.time_to_live, create.schema.point_in_time_recovery), (None, false));
        machine.supply(created()).unwrap();
        let mut operations = Vec::new();
        while let Some(plan) = request(&mut machine) {
            operations.push(plan.operation());
            machine
                .supply(match plan {
                    QueryPlan::DescribeTable(_) => described(TableStatus::Active),
                    QueryPlan::UpdateTimeToLive(update) => {
                        assert_eq!((update.attribute.as_str(), update.enabled), ("expires", true));
                        Ok(crate::plan::UpdateTimeToLiveOutput {}.into())
                    }
                    QueryPlan::UpdateContinuousBackups(_) => {
                        Ok(crate::plan::UpdateContinuousBackupsOutput::default().into())
                    }
                    QueryPlan::TagResource(tag) => {
                        assert_eq!((tag.resource_arn.as_str(), tag.tags.len()), ("arn:t", 1));
                        Ok(crate::plan::TagResourceOutput {}.into())
                    }
                    other => panic!("{other:?}"),
                })
                .unwrap();
        }
        let mut expected = vec!["DescribeTable", "UpdateTimeToLive", "UpdateContinuousBackups"];
        if !tags_at_creation {
            expected.push("TagResource");
        }
        assert_eq!(operations, expected);
    }
}

#[test]
fn table_creation_ends_if_the_table_cannot_be_created() {
    let mut machine = TableCreation::new(schema_with_settings(), true);
    request(&mut machine);
    let in_use = DriverError::new(DriverErrorKind::ResourceInUse, "CreateTable", "Table already exists: t");
    assert!(machine.supply(Err(in_use)).unwrap_err().is_resource_in_use());
}
