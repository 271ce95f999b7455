//! Transactions.

use djamodb_core::driver::{Applied, CancellationCode, Driver, DriverErrorKind, DriverExt};
use djamodb_core::expression::{Comparator, Condition, Path, ProjectionExpression, Update, UpdateOperand};
use djamodb_core::plan::{
    ConditionCheck, GetItem, OldItemOnFailure, QueryPlan, ReturnConsumedCapacity, TransactDelete, TransactGet,
    TransactGetItems, TransactPut, TransactUpdate, TransactWriteItems,
};
use djamodb_core::value::{Item, Name};

use crate::local::{Local, day, key};

fn is(kind: &str) -> Condition {
    Condition::compare(Path::new("kind"), Comparator::Eq, kind)
}

async fn read(local: &Local, table: &Name, day: i32) -> Option<Item> {
    local.driver.run(GetItem { consistent: true, ..GetItem::new(table, key(day)) }).await.unwrap().item
}

pub(crate) async fn applies_all_writes_of_a_transaction(local: Local) {
    let first = local.weather([day(1, "rain"), day(2, "sun")]).await;
    let second = local.weather([day(3, "snow")]).await;
    let warmer = Update::new().set(Path::new("kind"), UpdateOperand::value("sleet"));
    let write = TransactWriteItems::new([
        ConditionCheck::new(&first, key(1), is("rain")).into(),
        TransactDelete::new(&first, key(2)).when(is("sun")).into(),
        TransactUpdate::new(&second, key(3), warmer).into(),
        TransactPut::new(&second, day(4, "fog")).when(Condition::AttributeNotExists(Path::new("kind"))).into(),
    ]);
    local.driver.run(write).await.unwrap();

    assert_eq!((read(&local, &first, 1).await, read(&local, &first, 2).await), (Some(day(1, "rain")), None));
    let sleet = day(3, "snow").with("kind", "sleet");
    assert_eq!((read(&local, &second, 3).await, read(&local, &second, 4).await), (Some(sleet), Some(day(4, "fog"))));
}

pub(crate) async fn cancellation_reasons_are_in_order(local: Local) {
    let table = local.weather([day(1, "rain"), day(2, "sun")]).await;
    let put_with_item = TransactPut {
        old_item_on_failure: OldItemOnFailure::AllOld,
        ..TransactPut::new(&table, day(1, "snow")).when(is("sun"))
    };
    let write = TransactWriteItems::new([
        TransactPut::new(&table, day(3, "fog")).into(),
        put_with_item.into(),
        TransactDelete::new(&table, key(2)).when(is("rain")).into(),
    ]);
    let error = local.driver.run(write).await.unwrap_err();
    let [none, with_item, without_item] = error.cancellation_reasons() else { panic!("three actions: {error:?}") };
    assert_eq!(none, &None);
    let with_item = with_item.as_ref().expect("its condition failed");
    assert_eq!((&with_item.code, &with_item.item), (&CancellationCode::ConditionalCheckFailed, &Some(day(1, "rain"))));
    assert!(!with_item.message.is_empty());
    let without_item = without_item.as_ref().expect("its condition failed");
    assert_eq!((&without_item.code, &without_item.item), (&CancellationCode::ConditionalCheckFailed, &None));
    assert_eq!((error.operation(), error.table()), ("TransactWriteItems", Some(&table)));
    assert_eq!((error.applied(), error.retryable()), (Applied::No, false));
    assert_eq!(read(&local, &table, 3).await, None);
}

pub(crate) async fn a_token_identifies_one_request(local: Local) {
    let table = local.weather([]).await;
    let count = |by| TransactUpdate::new(&table, key(1), Update::new().add(Path::new("readings"), by));
    let token = format!("{:016x}", local.driver.clock().seed());
    let write = |by| TransactWriteItems::new([count(by).into()]).with_token(&token);
    local.driver.run(write(1)).await.unwrap();
    local.driver.run(write(1)).await.unwrap();
    assert_eq!(read(&local, &table, 1).await, Some(key(1).with("readings", 1)));

    let error = local.driver.run(write(2)).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::IdempotentParameterMismatch, "{error}");
    assert_eq!((error.applied(), error.retryable()), (Applied::No, false));

    // Without a token, each request is applied.
    let write = TransactWriteItems::new([count(1).into()]);
    local.driver.run(write.clone()).await.unwrap();
    local.driver.run(write).await.unwrap();
    assert_eq!(read(&local, &table, 1).await, Some(key(1).with("readings", 3)));
}

pub(crate) async fn returns_items_in_the_requested_order(local: Local) {
    let first = local.weather([day(1, "rain"), day(2, "sun")]).await;
    let second = local.weather([day(3, "snow")]).await;
    let kind = Some(ProjectionExpression::new([Path::new("kind")]));
    let get = TransactGetItems::new([
        TransactGet::new(&first, key(2)),
        TransactGet { projection: kind, ..TransactGet::new(&second, key(3)) },
        TransactGet::new(&second, key(9)),
        TransactGet::new(&first, key(1)),
    ]);
    let expected = [Some(day(2, "sun")), Some(Item::new().with("kind", "snow")), None, Some(day(1, "rain"))];
    assert_eq!(local.driver.run(get).await.unwrap().responses, expected);
}

pub(crate) async fn consumed_capacity_is_reported(local: Local) {
    let table = local.weather([day(1, "rain")]).await;
    let write = TransactWriteItems::new([TransactPut::new(&table, day(2, "sun")).into()]);
    let get = TransactGetItems::new([TransactGet::new(&table, key(1))]);
    for plan in [QueryPlan::from(write), get.into()] {
        let plan = plan.with_return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        let operation = plan.operation();
        let outcome = local.driver.execute(plan).await.unwrap();
        let [consumed] = outcome.metadata.consumed_capacity.as_slice() else {
            panic!("one table was used: {outcome:?}");
        };
        assert!(consumed.table == table && consumed.units >= 2.0, "{operation}: {consumed:?}");
    }

    let nothing = TransactWriteItems::new([TransactUpdate::new(&table, key(1), Update::new()).into()]);
    let error = local.driver.run(nothing).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::Validation, "{error}");
}
