//! Transactions and their cancellation.

use std::time::Duration;

use djamodb_core::driver::{CancellationCode, Driver, DriverErrorKind, DriverExt};
use djamodb_core::expression::{Comparator, Condition, ProjectionExpression, Update, UpdateOperand};
use djamodb_core::plan::{
    ConditionCheck, CreateTable, GetItem, OldItemOnFailure, Operation, PutItem, ReturnConsumedCapacity, TransactDelete,
    TransactGet, TransactGetItems, TransactPut, TransactUpdate, TransactWriteItem, TransactWriteItems,
};
use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
use djamodb_core::value::{AttributeValue, Item};
use djamodb_driver_memory::MemoryDriver;

use crate::support::{
    error, get, item, key, path, put, scan, schema, sized, validation_message, weather, with_virtual_clock,
};

fn exists() -> Condition {
    Condition::AttributeExists(path("id"))
}

fn absent() -> Condition {
    Condition::AttributeNotExists(path("id"))
}

fn checked(at: i32, condition: Condition) -> TransactWriteItem {
    ConditionCheck::new("weather", key("a", at), condition).into()
}

fn written(item: Item) -> TransactWriteItem {
    TransactPut::new("weather", item).into()
}

fn deleted(at: i32) -> TransactWriteItem {
    TransactDelete::new("weather", key("a", at)).into()
}

fn updated(at: i32, update: Update) -> TransactWriteItem {
    TransactUpdate::new("weather", key("a", at), update).into()
}

fn warmer() -> Update {
    Update::new().add(path("heat"), 1)
}

/// Runs a transaction that is canceled and returns the code and message of each action, `None` for actions that did not
/// fail. Asserts that the error's message lists the codes.
async fn reasons<O: Operation>(driver: &MemoryDriver, operation: O) -> Vec<Option<(CancellationCode, String)>>
where
    O::Output: std::fmt::Debug,
{
    let error = error(driver, operation).await;
    let reasons = error.cancellation_reasons();
    let code = |code: &CancellationCode| code.as_str().to_owned();
    let codes: Vec<_> =
        reasons.iter().map(|reason| reason.as_ref().map_or("None".to_owned(), |reason| code(&reason.code))).collect();
    assert_eq!(
        error.message(),
        format!("Transaction cancelled, please refer cancellation reasons for specific reasons [{}]", codes.join(", "))
    );
    reasons.iter().map(|reason| reason.clone().map(|reason| (reason.code, reason.message))).collect()
}

fn failed() -> (CancellationCode, String) {
    (CancellationCode::ConditionalCheckFailed, "The conditional request failed".to_owned())
}

fn invalid(message: &str) -> (CancellationCode, String) {
    (CancellationCode::ValidationError, message.to_owned())
}

/// Returns a driver with the items 1 and 2.
async fn with_two_items() -> MemoryDriver {
    let driver = weather().await;
    put(&driver, item("a", 1, "sun", 1)).await;
    put(&driver, item("a", 2, "sun", 2).with("text", "t")).await;
    driver
}

#[tokio::test]
async fn a_transaction_makes_every_write() {
    let driver = with_two_items().await;
    let write = TransactWriteItems::new([
        updated(1, warmer()),
        deleted(2),
        written(item("a", 3, "rain", 3)),
        updated(4, Update::new().set(path("kind"), UpdateOperand::value("fog"))),
        checked(5, absent()),
        deleted(6),
    ]);
    assert_eq!(driver.run(write).await.unwrap().item_collection_metrics, []);
    assert_eq!(get(&driver, key("a", 1)).await, Some(item("a", 1, "sun", 2)));
    assert_eq!(get(&driver, key("a", 2)).await, None);
    assert_eq!(get(&driver, key("a", 3)).await, Some(item("a", 3, "rain", 3)));
    // An update creates the missing item.
    assert_eq!(get(&driver, key("a", 4)).await, Some(key("a", 4).with("kind", "fog")));
    assert_eq!(scan(&driver, None).await.len(), 3);
    assert_eq!(scan(&driver, Some("global_all")).await.len(), 2);
    driver.check().unwrap();
}

#[tokio::test]
async fn a_canceled_transaction_writes_nothing() {
    let driver = with_two_items().await;
    put(&driver, sized(key("b", 1), 400 * 1024 - 10)).await;
    let before = scan(&driver, None).await;
    let set = |name: &str, value: AttributeValue| Update::new().set(path(name), UpdateOperand::value(value));
    let large = |update| TransactWriteItem::from(TransactUpdate::new("weather", key("b", 1), update));
    let too_large = "Item size to update has exceeded the maximum allowed size";
    let mismatch = "The provided key element does not match the schema";
    let index_type = "One or more parameter values were invalid: Type mismatch for Index Key kind Expected: S Actual: \
                      N IndexName: global_all";
    for (wrong, reason) in [
        (checked(1, absent()), failed()),
        (checked(3, exists()), failed()),
        (TransactPut::new("weather", key("a", 1)).when(absent()).into(), failed()),
        (TransactDelete::new("weather", key("a", 3)).when(exists()).into(), failed()),
        (TransactUpdate::new("weather", key("a", 3), warmer()).when(exists()).into(), failed()),
        (
            updated(1, Update::new().set(path("copy"), path("missing"))),
            invalid("The provided expression refers to an attribute that does not exist in the item"),
        ),
        (
            updated(2, Update::new().add(path("text"), 1)),
            invalid("An operand in the update expression has an incorrect data type"),
        ),
        (
            updated(3, Update::new().set(path("map.inside"), UpdateOperand::value(1))),
            invalid("The document path provided in the update expression is invalid for update"),
        ),
        (large(set("more", "x".repeat(10).into())), invalid(too_large)),
        (updated(3, set("more", "x".repeat(409_600).into())), invalid(too_large)),
        (updated(1, set("kind", 1.into())), invalid(index_type)),
        (written(key("a", 3).with("kind", 1)), invalid(index_type)),
        (
            updated(1, set("at", 7.into())),
            invalid(
                "One or more parameter values were invalid: Cannot update attribute at. This attribute is part of the \
                 key",
            ),
        ),
        (
            written(key("a", 3).with("at", "3")),
            invalid("One or more parameter values were invalid: Type mismatch for key at expected: N actual: S"),
        ),
        (
            written(Item::new().with("id", "a")),
            invalid("One or more parameter values were invalid: Missing the key at in the item"),
        ),
        (TransactDelete::new("weather", key("a", 3).with("more", 1)).into(), invalid(mismatch)),
        (ConditionCheck::new("weather", Item::new(), exists()).into(), invalid(mismatch)),
        (TransactUpdate::new("weather", Item::new().with("id", "a"), warmer()).into(), invalid(mismatch)),
    ] {
        // The other actions would succeed.
        let others = || [written(item("c", 1, "sun", 1)), TransactDelete::new("weather", key("c", 2)).into()];
        let [first, last] = others();
        let write = TransactWriteItems::new([first, wrong.clone(), last]);
        assert_eq!(reasons(&driver, write).await, [None, Some(reason), None], "{wrong:?}");
        assert_eq!(scan(&driver, None).await, before);
        driver.check().unwrap();
    }
}

#[tokio::test]
async fn cancellation_reasons_are_in_the_order_of_the_actions() {
    let driver = with_two_items().await;
    let all_old = OldItemOnFailure::AllOld;
    let check = |at, condition| ConditionCheck::new("weather", key("a", at), condition);
    let write = TransactWriteItems::new([
        checked(3, absent()),
        ConditionCheck { old_item_on_failure: all_old, ..check(1, absent()) }.into(),
        updated(4, Update::new().set(path("copy"), path("missing"))),
        // The item is returned only on request.
        TransactDelete::new("weather", key("a", 2)).when(absent()).into(),
        // A missing item is not returned.
        TransactPut { old_item_on_failure: all_old, ..TransactPut::new("weather", key("a", 5)).when(exists()) }.into(),
        TransactUpdate { old_item_on_failure: all_old, ..TransactUpdate::new("weather", key("a", 6), warmer()) }.into(),
    ]);
    let missing = invalid("The provided expression refers to an attribute that does not exist in the item");
    assert_eq!(
        reasons(&driver, write.clone()).await,
        [None, Some(failed()), Some(missing), Some(failed()), Some(failed()), None]
    );
    let error = error(&driver, write).await;
    let items: Vec<_> = error.cancellation_reasons().iter().map(|reason| reason.as_ref()?.item.clone()).collect();
    assert_eq!(items, [None, Some(item("a", 1, "sun", 1)), None, None, None, None]);
    assert!(!error.retryable());
}

#[tokio::test]
async fn conditions_are_checked_before_updates_are_applied() {
    let driver = with_two_items().await;
    let impossible = Update::new().set(path("copy"), path("missing"));
    let both = TransactUpdate::new("weather", key("a", 1), impossible).when(absent());
    assert_eq!(reasons(&driver, TransactWriteItems::new([both.into()])).await, [Some(failed())]);
}

#[tokio::test]
async fn rejects_two_actions_on_one_item() {
    let driver = with_two_items().await;
    let twice = "Transaction request cannot include multiple operations on one item";
    let one_point_zero = key("a", 0).with("at", AttributeValue::N("1.0".parse().unwrap()));
    for other in [
        written(one_point_zero),
        deleted(1),
        checked(1, exists()),
        // This applies whether or not the action itself is valid.
        TransactUpdate::new("weather", key("a", 1), warmer()).when(absent()).into(),
    ] {
        let write = TransactWriteItems::new([updated(1, warmer()), other]);
        assert_eq!(validation_message(&driver, write).await, twice);
    }
    let get =
        TransactGetItems::new([TransactGet::new("weather", key("a", 1)), TransactGet::new("weather", key("a", 1))]);
    assert_eq!(validation_message(&driver, get).await, twice);
    assert_eq!(crate::support::get(&driver, key("a", 1)).await, Some(item("a", 1, "sun", 1)));

    // An equal key in another table addresses another item.
    let other = TableSchema { name: "other".into(), ..schema() };
    driver.run(CreateTable::new(other)).await.unwrap();
    let write = TransactWriteItems::new([written(key("a", 9)), TransactPut::new("other", key("a", 9)).into()]);
    driver.run(write).await.unwrap();
    assert_eq!(driver.run(GetItem::new("other", key("a", 9))).await.unwrap().item, Some(key("a", 9)));
}

#[tokio::test]
async fn a_missing_table_fails_the_whole_request() {
    let driver = with_two_items().await;
    // The missing table is reported before any other error.
    let write = TransactWriteItems::new([
        checked(1, absent()),
        written(key("a", 3)),
        written(key("a", 3)),
        TransactPut::new("missing", key("a", 1)).into(),
    ]);
    let read =
        TransactGetItems::new([TransactGet::new("weather", key("a", 1)), TransactGet::new("missing", key("a", 1))]);
    for error in [error(&driver, write).await, error(&driver, read).await] {
        assert_eq!(
            (error.kind(), error.message()),
            (&DriverErrorKind::ResourceNotFound, "Requested resource not found")
        );
    }
    assert_eq!(get(&driver, key("a", 3)).await, None);
}

#[tokio::test]
async fn rules_that_do_not_depend_on_items_fail_the_whole_request() {
    let driver = with_two_items().await;
    let empty_key = "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain \
                     an empty string value. Key: id";
    let set = |name: &str, value: AttributeValue| Update::new().set(path(name), UpdateOperand::value(value));
    for (wrong, message) in [
        (written(key("", 1)), empty_key),
        (ConditionCheck::new("weather", key("", 1), exists()).into(), empty_key),
        (TransactDelete::new("weather", key("", 1)).into(), empty_key),
        (TransactUpdate::new("weather", key("", 1), warmer()).into(), empty_key),
        (
            written(item("a", 3, "", 1)),
            "One or more parameter values are not valid. A value specified for a secondary index key is not supported. \
             The AttributeValue for a key attribute cannot contain an empty string value. IndexName: global_all, \
             IndexKey: kind",
        ),
        (
            updated(3, set("kind", "".into())),
            "One or more parameter values are not valid. The update expression attempted to update a secondary index \
             key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty \
             string value.",
        ),
        (written(sized(key("a", 3), 409_601)), "Item size has exceeded the maximum allowed size"),
        (
            written(key("a", 3).with("set", AttributeValue::ss::<&str>([]))),
            "One or more parameter values were invalid: An string set  may not be empty",
        ),
        (
            checked(3, Condition::Compare(path("kind.x").into(), Comparator::Eq, 1.into())),
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: \
             kind",
        ),
    ] {
        // A failed condition of another action does not matter.
        let write = TransactWriteItems::new([checked(1, absent()), wrong]);
        assert_eq!(validation_message(&driver, write).await, message);
    }
    assert_eq!(scan(&driver, None).await.len(), 2);
}

#[tokio::test]
async fn transactions_are_limited_to_100_actions_and_4_mb() {
    let driver = weather().await;
    let puts = |count| TransactWriteItems::new((0..count).map(|at| written(key("a", at))));
    let gets = |count| TransactGetItems::new((0..count).map(|at| TransactGet::new("weather", key("a", at))));
    let field = "1 validation error detected: Value";
    for (count, bound) in [(0, "greater than or equal to 1"), (101, "less than or equal to 100")] {
        for validation_message in
            [validation_message(&driver, puts(count)).await, validation_message(&driver, gets(count)).await]
        {
            assert!(
                validation_message.starts_with(field) && validation_message.contains("at 'transactItems' failed"),
                "{validation_message}"
            );
            assert!(validation_message.ends_with(bound), "{validation_message}");
        }
    }
    driver.run(puts(100)).await.unwrap();
    assert_eq!(driver.run(gets(100)).await.unwrap().responses.iter().flatten().count(), 100);

    // Ten of the largest items and a small one have 4 MB.
    let large = |last| {
        let whole = (0..10).map(|at| written(sized(key("large", at), 409_600)));
        TransactWriteItems::new(whole.chain([written(sized(key("large", 10), last))]))
    };
    let most = 4 * 1024 * 1024 - 10 * 409_600;
    assert_eq!(
        validation_message(&driver, large(most + 1)).await,
        "Transaction payload size cannot exceed 4MB. Payload Size: 4194305"
    );
    assert_eq!(get(&driver, key("large", 0)).await, None);
    driver.run(large(most)).await.unwrap();
    let all = TransactGetItems::new((0..11).map(|at| TransactGet::new("weather", key("large", at))));
    assert_eq!(driver.run(all.clone()).await.unwrap().responses.len(), 11);
    // The current size of the items counts for reads, but not for writes.
    put(&driver, sized(key("large", 10), most + 1)).await;
    driver
        .run(TransactWriteItems::new(
            (0..11)
                .map(|at| TransactUpdate::new("weather", key("large", at), Update::new().remove(path("none"))).into()),
        ))
        .await
        .unwrap();
    assert!(validation_message(&driver, all).await.contains("4MB"));
}

#[tokio::test]
async fn tokens_have_1_to_36_characters() {
    let driver = weather().await;
    let with_token = |token: &str| TransactWriteItems::new([written(key("a", 1))]).with_token(token);
    for (token, bound) in [("", "greater than or equal to 1"), (&"t".repeat(37), "less than or equal to 36")] {
        assert_eq!(
            validation_message(&driver, with_token(token)).await,
            format!(
                "1 validation error detected: Value '{token}' at 'clientRequestToken' failed to satisfy constraint: \
                 Member must have length {bound}"
            )
        );
    }
    // The limit is in characters, not bytes.
    driver.run(with_token(&"ü".repeat(36))).await.unwrap();
}

#[tokio::test]
async fn a_token_makes_a_transaction_idempotent_for_ten_minutes() {
    let (driver, clock) = with_virtual_clock();
    driver.run(CreateTable::new(schema())).await.unwrap();
    let write = |at| TransactWriteItems::new([updated(at, warmer())]).with_token("once");
    let heat = async || get(&driver, key("a", 1)).await.unwrap().get("heat").cloned();
    let cost = async |write: TransactWriteItems| {
        driver.execute(write.into()).await.unwrap().metadata.consumed_capacity.remove(0)
    };
    let first = cost(write(1)).await;
    assert_eq!((first.write_units, first.read_units), (Some(2.0 + 1.0), None));
    // The replay reads the item. The detail of the report is not compared.
    let again = TransactWriteItems { return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..write(1) };
    let again = cost(again).await;
    assert_eq!((again.write_units, again.read_units, again.table_units), (None, Some(2.0), Some(2.0)));
    assert_eq!(heat().await, Some(1.into()));

    let other = error(&driver, write(2)).await;
    assert_eq!(*other.kind(), DriverErrorKind::IdempotentParameterMismatch);
    // This precedes the error for a missing table.
    let other = TransactWriteItems::new([TransactPut::new("missing", key("a", 1)).into()]).with_token("once");
    assert_eq!(*error(&driver, other).await.kind(), DriverErrorKind::IdempotentParameterMismatch);

    clock.advance(Duration::from_secs(10 * 60 - 1));
    driver.run(write(1)).await.unwrap();
    assert_eq!(heat().await, Some(1.into()));
    clock.advance(Duration::from_secs(1));
    driver.run(write(1)).await.unwrap();
    assert_eq!(heat().await, Some(2.into()));
    // The new transaction keeps the token for another ten minutes.
    clock.advance(Duration::from_secs(540));
    driver.run(write(1)).await.unwrap();
    assert_eq!(heat().await, Some(2.into()));
    clock.advance(Duration::from_secs(60));
    driver.run(write(2)).await.unwrap();
}

#[tokio::test]
async fn a_canceled_transaction_releases_its_token() {
    let driver = weather().await;
    let guarded = TransactUpdate::new("weather", key("a", 1), warmer()).when(exists());
    let guarded = TransactWriteItems::new([guarded.into()]).with_token("token");
    assert_eq!(reasons(&driver, guarded.clone()).await, [Some(failed())]);
    let missing = TransactWriteItems::new([TransactPut::new("missing", key("a", 1)).into()]).with_token("token");
    assert!(error(&driver, missing).await.is_resource_not_found());
    // Neither the same transaction nor another one is refused.
    driver.run(TransactWriteItems::new([written(key("a", 1))]).with_token("token")).await.unwrap();
    assert_eq!(*error(&driver, guarded.clone()).await.kind(), DriverErrorKind::IdempotentParameterMismatch);
    driver.run(guarded.with_token("another")).await.unwrap();

    // The condition of a committed transaction is not checked again.
    let new = TransactPut::new("weather", key("a", 2)).when(absent());
    let new = TransactWriteItems::new([new.into()]).with_token("new");
    driver.run(new.clone()).await.unwrap();
    driver.run(new).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_requests_with_one_token_commit_once() {
    let driver = weather().await;
    let senders = (0..8).map(|_| {
        let driver = driver.clone();
        tokio::spawn(async move {
            for round in 0..50 {
                let write = TransactWriteItems::new([updated(round, warmer())]).with_token(format!("round {round}"));
                match driver.run(write).await {
                    Ok(_) => {}
                    Err(error) => assert_eq!(*error.kind(), DriverErrorKind::TransactionInProgress),
                }
            }
        })
    });
    for sender in senders.collect::<Vec<_>>() {
        sender.await.unwrap();
    }
    let items = scan(&driver, None).await;
    assert_eq!(items.len(), 50);
    assert!(items.iter().all(|item| item.get("heat") == Some(&1.into())));
}

#[tokio::test]
async fn items_are_returned_in_the_order_of_the_request() {
    let driver = with_two_items().await;
    let other = TableSchema::new("other", KeySchema::hash(KeyAttribute::s("id")));
    driver.run(CreateTable::new(other)).await.unwrap();
    driver
        .run(PutItem::new("other", Item::new().with("id", "o").with("list", AttributeValue::l([1.into()]))))
        .await
        .unwrap();

    let part = |get: TransactGet, parts: &[&str]| TransactGet {
        projection: Some(ProjectionExpression::new(parts.iter().map(|part| path(part)))),
        ..get
    };
    let mut read = TransactGetItems::new([
        part(TransactGet::new("weather", key("a", 2)), &["heat", "text"]),
        TransactGet::new("weather", key("a", 3)),
        part(TransactGet::new("other", Item::new().with("id", "o")), &["list[0]"]),
        TransactGet::new("weather", key("a", 1)),
        part(TransactGet::new("weather", key("b", 1)), &["heat"]),
        part(TransactGet::new("other", Item::new().with("id", "o")), &["none"]),
    ]);
    assert_eq!(
        validation_message(&driver, read.clone()).await,
        "Transaction request cannot include multiple operations on one item"
    );
    read.transact_items.pop();
    assert_eq!(
        driver.run(read).await.unwrap().responses,
        [
            Some(Item::new().with("heat", 2).with("text", "t")),
            None,
            Some(Item::new().with("list", AttributeValue::l([1.into()]))),
            Some(item("a", 1, "sun", 1)),
            None,
        ]
    );
}

#[tokio::test]
async fn an_item_without_projected_attributes_is_not_returned() {
    let driver = with_two_items().await;
    let projection = || Some(ProjectionExpression::new([path("none")]));
    let part = |at| TransactGet { projection: projection(), ..TransactGet::new("weather", key("a", at)) };
    let read = TransactGetItems::new([part(1), TransactGet::new("weather", key("a", 2)), part(3)]);
    let whole = get(&driver, key("a", 2)).await;
    assert_eq!(driver.run(read).await.unwrap().responses, [None, whole, None]);
    // Outside a transaction, the item is returned without attributes.
    let one = GetItem { projection: projection(), ..GetItem::new("weather", key("a", 1)) };
    assert_eq!(driver.run(one).await.unwrap().item, Some(Item::new()));
}

#[tokio::test]
async fn rejects_invalid_keys() {
    let driver = with_two_items().await;
    let mismatch = || Some(invalid("The provided key element does not match the schema"));
    let read = |keys: Vec<Item>| TransactGetItems::new(keys.into_iter().map(|key| TransactGet::new("weather", key)));
    let keys = vec![Item::new(), key("a", 1), key("a", 2).with("more", 1), key("a", 0).with("at", "0"), key("a", 3)];
    assert_eq!(reasons(&driver, read(keys)).await, [mismatch(), None, mismatch(), mismatch(), None]);
    let empty = "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an \
                 empty string value. Key: id";
    assert_eq!(validation_message(&driver, read(vec![key("", 1)])).await, empty);
    let long = reasons(&driver, read(vec![key(&"x".repeat(2049), 1)])).await.remove(0).unwrap();
    assert_eq!(long.0, CancellationCode::ValidationError);
    assert!(long.1.ends_with("exceeded the maximum size limit of2048 bytes"), "{}", long.1);
}
