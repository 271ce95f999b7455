//! Conditions of writes.

use djamodb_core::driver::{Driver, DriverErrorKind, DriverExt};
use djamodb_core::expression::{Comparator, Condition, Update, UpdateOperand};
use djamodb_core::plan::{DeleteItem, OldItemOnFailure, PutItem, QueryPlan, ReturnOld, UpdateItem};
use djamodb_core::value::Item;

use crate::support::{error, get, item, key, path, put, weather};

fn exists() -> Condition {
    Condition::AttributeExists(path("id"))
}

#[tokio::test]
async fn a_failed_condition_prevents_the_write() {
    let driver = weather().await;
    let old = item("a", 1, "k", 1);
    put(&driver, old.clone()).await;
    let never = || Some(Condition::compare(path("heat"), Comparator::Gt, 1));
    let writes: [QueryPlan; 3] = [
        PutItem { condition: never(), ..PutItem::new("weather", key("a", 1)) }.into(),
        UpdateItem {
            condition: never(),
            ..UpdateItem::new("weather", key("a", 1), Update::new().remove(path("heat")))
        }
        .into(),
        DeleteItem { condition: never(), ..DeleteItem::new("weather", key("a", 1)) }.into(),
    ];
    for write in writes {
        let error = driver.execute(write).await.unwrap_err();
        assert_eq!(*error.kind(), DriverErrorKind::ConditionalCheckFailed { item: None });
        assert_eq!(error.message(), "The conditional request failed");
        assert_eq!(get(&driver, key("a", 1)).await, Some(old.clone()));
    }
    driver.check().unwrap();
}

#[tokio::test]
async fn a_failed_condition_returns_the_old_item_on_request() {
    let driver = weather().await;
    put(&driver, item("a", 1, "k", 1)).await;
    let all_old = OldItemOnFailure::AllOld;
    let put = |at| PutItem {
        condition: Some(Condition::AttributeNotExists(path("id"))),
        old_item_on_failure: all_old,
        ..PutItem::new("weather", key("a", at))
    };
    let failed = error(&driver, put(1)).await;
    assert_eq!(*failed.kind(), DriverErrorKind::ConditionalCheckFailed { item: Some(item("a", 1, "k", 1)) });
    driver.run(put(2)).await.unwrap();

    // Without an item there is none to return.
    let delete = DeleteItem {
        condition: Some(exists()),
        old_item_on_failure: all_old,
        ..DeleteItem::new("weather", key("a", 3))
    };
    assert_eq!(*error(&driver, delete).await.kind(), DriverErrorKind::ConditionalCheckFailed { item: None });
    let update = UpdateItem { condition: Some(exists()), ..UpdateItem::new("weather", key("a", 3), Update::new()) };
    assert!(error(&driver, update).await.is_conditional_check_failed());
    assert_eq!(get(&driver, key("a", 3)).await, None);
}

#[tokio::test]
async fn conditions_are_checked_before_updates_are_applied() {
    let driver = weather().await;
    let update = Update::new().set(path("none.inside"), UpdateOperand::value(1));
    let update = UpdateItem { condition: Some(exists()), ..UpdateItem::new("weather", key("a", 1), update) };
    assert!(error(&driver, update).await.is_conditional_check_failed());
}

#[tokio::test]
async fn writes_return_the_old_item_on_request() {
    let driver = weather().await;
    let (one, two) = (item("a", 1, "k", 1), item("a", 1, "k", 2));
    let put = |item: &Item, return_values| PutItem { return_values, ..PutItem::new("weather", item.clone()) };
    assert_eq!(driver.run(put(&one, ReturnOld::AllOld)).await.unwrap().attributes, None);
    assert_eq!(driver.run(put(&two, ReturnOld::AllOld)).await.unwrap().attributes, Some(one));
    assert_eq!(driver.run(put(&two, ReturnOld::None)).await.unwrap().attributes, None);
    let delete = DeleteItem { return_values: ReturnOld::AllOld, ..DeleteItem::new("weather", key("a", 1)) };
    assert_eq!(driver.run(delete.clone()).await.unwrap().attributes, Some(two));
    assert_eq!(driver.run(delete).await.unwrap().attributes, None);
}
