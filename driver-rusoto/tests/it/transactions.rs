//! Transactions.

use djamodb_core::driver::{Applied, CancellationCode, Driver, DriverErrorKind, DriverExt};
use djamodb_core::expression::{Comparator, Condition, Path, ProjectionExpression, Update};
use djamodb_core::plan::{
    ConditionCheck, OldItemOnFailure, QueryPlan, ReturnConsumedCapacity, TransactDelete, TransactGet, TransactGetItems,
    TransactPut, TransactUpdate, TransactWriteItems,
};
use djamodb_core::value::{Item, Name};
use djamodb_driver_rusoto::RusotoConfig;

use crate::local::{Local, day, key};
use crate::responses::custom_driver;
use crate::stub::{self, Response};

fn kind(is: &str) -> Condition {
    Condition::compare(Path::new("kind"), Comparator::Eq, is)
}

/// Reads days in one transaction.
async fn days<const N: usize>(local: &Local, table: &Name, days: [i32; N]) -> Vec<Option<Item>> {
    let get = TransactGetItems::new(days.map(|day| TransactGet::new(table, key(day))));
    local.driver.run(get).await.unwrap().responses
}

pub(crate) async fn applies_all_writes_of_a_transaction(local: Local) {
    let table = local.weather([day(1, "rain"), day(2, "sun"), day(3, "snow")]).await;
    let other = local.weather([]).await;
    let colder = Update::new().add(Path::new("temperature"), -5);
    let write = TransactWriteItems::new([
        ConditionCheck::new(&table, key(1), kind("rain")).into(),
        TransactDelete::new(&table, key(2)).when(kind("sun")).into(),
        TransactUpdate::new(&table, key(3), colder).when(kind("snow")).into(),
        TransactPut::new(&other, day(4, "fog")).when(Condition::AttributeNotExists(Path::new("kind"))).into(),
    ]);
    local.driver.run(write).await.unwrap();
    let colder = day(3, "snow").with("temperature", 2);
    assert_eq!(days(&local, &table, [3, 2, 1]).await, [Some(colder), None, Some(day(1, "rain"))]);
    assert_eq!(days(&local, &other, [4, 1]).await, [Some(day(4, "fog")), None]);

    let kinds = ProjectionExpression::new([Path::new("kind")]);
    let part = TransactGet { projection: Some(kinds), ..TransactGet::new(&table, key(1)) };
    let read = local.driver.run(TransactGetItems::new([part, TransactGet::new(&other, key(4))])).await.unwrap();
    assert_eq!(read.responses, [Some(Item::new().with("kind", "rain")), Some(day(4, "fog"))]);
}

pub(crate) async fn cancellation_reasons_are_in_order(local: Local) {
    let table = local.weather([day(1, "rain"), day(2, "sun")]).await;
    let old_item_on_failure = OldItemOnFailure::AllOld;
    let write = TransactWriteItems::new([
        TransactPut::new(&table, day(3, "snow")).into(),
        ConditionCheck { old_item_on_failure, ..ConditionCheck::new(&table, key(1), kind("fog")) }.into(),
        TransactDelete::new(&table, key(2)).when(kind("fog")).into(),
        TransactDelete { old_item_on_failure, ..TransactDelete::new(&table, key(4)).when(kind("fog")) }.into(),
    ]);
    let error = local.driver.run(write).await.unwrap_err();
    assert_eq!((error.operation(), error.table(), error.applied()), ("TransactWriteItems", Some(&table), Applied::No));
    assert!(error.message().contains("ConditionalCheckFailed") && error.request_id().is_some(), "{error}");
    assert!(!error.retryable());

    let [none, with_item, without_item, missing] = error.cancellation_reasons() else {
        panic!("one reason each: {error:?}")
    };
    assert_eq!(none, &None);
    for (reason, item) in [(with_item, Some(day(1, "rain"))), (without_item, None), (missing, None)] {
        let reason = reason.as_ref().unwrap();
        assert_eq!((&reason.code, &reason.item), (&CancellationCode::ConditionalCheckFailed, &item));
        assert!(reason.message.starts_with("The conditional request failed"), "{reason:?}");
    }
    assert_eq!(days(&local, &table, [3, 2]).await, [None, Some(day(2, "sun"))]);
}

pub(crate) async fn a_token_identifies_one_request(local: Local) {
    let table = local.weather([day(1, "rain")]).await;
    let token = format!("{:016x}", local.driver.clock().seed());
    let warmer = |degrees: i32| {
        let update = Update::new().add(Path::new("temperature"), degrees);
        TransactWriteItems::new([TransactUpdate::new(&table, key(1), update).into()]).with_token(&token)
    };
    for _ in 0..2 {
        local.driver.run(warmer(1)).await.unwrap();
    }
    assert_eq!(days(&local, &table, [1]).await, [Some(day(1, "rain").with("temperature", 10))]);

    let error = local.driver.run(warmer(2)).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::IdempotentParameterMismatch, "{error}");
    assert_eq!((error.applied(), error.retryable()), (Applied::No, false));
    assert_eq!(days(&local, &table, [1]).await, [Some(day(1, "rain").with("temperature", 10))]);
}

pub(crate) async fn invalid_transactions_are_validation_errors(local: Local) {
    let table = local.weather([]).await;
    let twice = TransactWriteItems::new([
        TransactPut::new(&table, day(1, "rain")).into(),
        TransactDelete::new(&table, key(1)).into(),
    ]);
    let empty = TransactUpdate::new(&table, key(1), Update::new());
    for write in [twice, TransactWriteItems::new([empty.into()]), TransactWriteItems::new([])] {
        let error = local.driver.run(write).await.unwrap_err();
        assert_eq!(error.kind(), &DriverErrorKind::Validation, "{error}");
    }
}

/// DynamoDB Local counts the units of a transaction without their kind.
pub(crate) async fn consumed_capacity_is_reported(local: Local) {
    let table = local.weather([]).await;
    let write = QueryPlan::from(TransactWriteItems::new([TransactPut::new(&table, day(1, "rain")).into()]));
    let outcome = local.driver.execute(write.clone()).await.unwrap();
    let [total] = outcome.metadata.consumed_capacity.as_slice() else { panic!("one table: {outcome:?}") };
    assert_eq!((&total.table, total.units, total.table_units), (&table, 6.0, None));

    let indexes = write.clone().with_return_consumed_capacity(ReturnConsumedCapacity::Indexes);
    let outcome = local.driver.execute(indexes).await.unwrap();
    let [by_index] = outcome.metadata.consumed_capacity.as_slice() else { panic!("one table: {outcome:?}") };
    assert!(by_index.table_units.is_some_and(|units| units >= 2.0), "{by_index:?}");

    let get = QueryPlan::from(TransactGetItems::new([TransactGet::new(&table, key(1))]));
    let outcome = local.driver.execute(get).await.unwrap();
    let [read] = outcome.metadata.consumed_capacity.as_slice() else { panic!("one table: {outcome:?}") };
    assert_eq!((&read.table, read.units), (&table, 2.0));

    let without_capacity = write.with_return_consumed_capacity(ReturnConsumedCapacity::None);
    assert_eq!(local.driver.execute(without_capacity).await.unwrap().metadata.consumed_capacity, []);
}

pub(crate) async fn consumed_capacity_has_kinds_of_units() {
    let responses = vec![
        Response::ok(r#"{"ConsumedCapacity":[{"TableName":"t","CapacityUnits":6,"WriteCapacityUnits":6}]}"#),
        Response::ok(
            r#"{"ConsumedCapacity":[{"TableName":"t","CapacityUnits":2,"ReadCapacityUnits":2}],"Responses":[{}]}"#,
        ),
    ];
    let (driver, _) = stub::driver(RusotoConfig::default(), responses).await;
    let write = QueryPlan::from(TransactWriteItems::new([TransactPut::new("t", day(1, "rain")).into()]));
    let get = QueryPlan::from(TransactGetItems::new([TransactGet::new("t", key(1))]));
    for (plan, kinds) in [(write, (6.0, None, Some(6.0))), (get, (2.0, Some(2.0), None))] {
        let outcome = driver.execute(plan).await.unwrap();
        let [total] = outcome.metadata.consumed_capacity.as_slice() else { panic!("one table: {outcome:?}") };
        assert_eq!((total.units, total.read_units, total.write_units), kinds);
    }
}

const CANCELLED: &str = r#"{
    "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
    "Message": "Transaction cancelled, please refer cancellation reasons for specific reasons [None, TransactionConflict]",
    "CancellationReasons": [{"Code": "None"}, {"Code": "TransactionConflict", "Message": "busy"}]
}"#;

pub(crate) fn two_writes() -> TransactWriteItems {
    TransactWriteItems::new([TransactPut::new("table", key(1)).into(), TransactDelete::new("table", key(2)).into()])
}

/// Returns the message of the conflict that canceled the second of two actions.
fn conflict(reasons: &[Option<djamodb_core::driver::CancellationReason>]) -> &str {
    let [None, Some(reason)] = reasons else { panic!("two reasons: {reasons:?}") };
    assert_eq!((&reason.code, &reason.item), (&CancellationCode::TransactionConflict, &None));
    &reason.message
}

pub(crate) async fn conflicts_are_retryable() {
    let responses = vec![Response::Http(400, CANCELLED.into()), Response::Http(400, CANCELLED.into())];
    let (driver, _) = stub::driver(RusotoConfig::default(), responses).await;
    let error = driver.run(two_writes()).await.unwrap_err();
    assert_eq!(conflict(error.cancellation_reasons()), "busy");
    assert!(error.retryable());

    let get = TransactGetItems::new([1, 2].map(|day| TransactGet::new("table", key(day))));
    let error = driver.run(get).await.unwrap_err();
    assert_eq!(conflict(error.cancellation_reasons()), "busy");
}

pub(crate) async fn custom_clients_report_cancellation_codes() {
    let (endpoint, _heads) = stub::endpoint(vec![Response::Http(400, CANCELLED.into())]);
    let error = custom_driver(endpoint).run(two_writes()).await.unwrap_err();
    assert_eq!(conflict(error.cancellation_reasons()), "");
    assert!(error.retryable());
}
