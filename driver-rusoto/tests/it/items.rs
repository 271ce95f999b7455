//! Single items.

use djamodb_core::driver::{Applied, Driver, DriverErrorKind, DriverExt};
use djamodb_core::expression::{Comparator, Condition, Path, ProjectionExpression, SetValue, Update, UpdateOperand};
use djamodb_core::plan::{
    DeleteItem, GetItem, IndexCapacity, OldItemOnFailure, PutItem, QueryPlan, ReturnConsumedCapacity, ReturnOld,
    ReturnValues, UpdateItem,
};
use djamodb_core::value::{AttributeValue, Item, Name, Number};

use crate::local::{Local, day, key};

fn number(text: &str) -> AttributeValue {
    AttributeValue::N(Number::parse(text).expect("the text is a number"))
}

pub(crate) async fn every_type_round_trips(local: Local) {
    let table = local.weather([]).await;
    let map = AttributeValue::m([("k", AttributeValue::s("")), ("é", AttributeValue::l([AttributeValue::null()]))]);
    let item = key(1)
        .with("s", "é€😀")
        .with("n", number("-99999999999999999999999999999999999999"))
        .with("small", number("1e-130"))
        .with("large", number("9.9999999999999999999999999999999999999e125"))
        .with("b", AttributeValue::b(vec![0, 255]))
        .with("bool", true)
        .with("null", AttributeValue::null())
        .with("m", map)
        .with("l", AttributeValue::l([number("0.10"), AttributeValue::l([]), AttributeValue::bool(false)]))
        .with("ss", AttributeValue::ss(["b", "a", ""]))
        .with("ns", AttributeValue::ns([3, -1]))
        .with("bs", AttributeValue::bs([vec![2], vec![]]));
    local.driver.run(PutItem::new(&table, item.clone())).await.unwrap();
    let get = GetItem { consistent: true, ..GetItem::new(&table, key(1)) };
    assert_eq!(local.driver.run(get).await.unwrap().item, Some(item));
    assert_eq!(local.driver.run(GetItem::new(&table, key(2))).await.unwrap().item, None);
}

pub(crate) async fn projections_read_parts_of_an_item(local: Local) {
    let inner = AttributeValue::m([("list", AttributeValue::l([1.into(), 2.into()])), ("other", 3.into())]);
    let table = local.weather([day(1, "rain").with("m", inner)]).await;
    let paths = [Path::new("kind"), Path::new("m").key("list").index(1), Path::new("missing")];
    let get = GetItem { projection: Some(ProjectionExpression::new(paths)), ..GetItem::new(&table, key(1)) };
    let list = AttributeValue::m([("list", AttributeValue::l([2.into()]))]);
    assert_eq!(local.driver.run(get).await.unwrap().item, Some(Item::new().with("kind", "rain").with("m", list)));
}

pub(crate) async fn put_returns_the_old_item(local: Local) {
    let table = local.weather([]).await;
    let put = |kind| PutItem { return_values: ReturnOld::AllOld, ..PutItem::new(&table, day(1, kind)) };
    assert_eq!(local.driver.run(put("rain")).await.unwrap().attributes, None);
    assert_eq!(local.driver.run(put("snow")).await.unwrap().attributes, Some(day(1, "rain")));
}

pub(crate) async fn delete_returns_the_old_item(local: Local) {
    let table = local.weather([day(1, "rain")]).await;
    let delete = DeleteItem { return_values: ReturnOld::AllOld, ..DeleteItem::new(&table, key(1)) };
    assert_eq!(local.driver.run(delete.clone()).await.unwrap().attributes, Some(day(1, "rain")));
    assert_eq!(local.driver.run(delete).await.unwrap().attributes, None);
}

/// Returns a put, a delete and an update of a day, on the condition that the day does not exist.
fn if_absent(table: &Name, old_item_on_failure: OldItemOnFailure) -> [QueryPlan; 3] {
    let absent = || Some(Condition::AttributeNotExists(Path::new("location")));
    let update = Update::new().set(Path::new("kind"), UpdateOperand::value("snow"));
    [
        PutItem { condition: absent(), old_item_on_failure, ..PutItem::new(table, day(1, "snow")) }.into(),
        DeleteItem { condition: absent(), old_item_on_failure, ..DeleteItem::new(table, key(1)) }.into(),
        UpdateItem { condition: absent(), old_item_on_failure, ..UpdateItem::new(table, key(1), update) }.into(),
    ]
}

pub(crate) async fn failed_conditions_are_reported(local: Local) {
    let table = local.weather([day(1, "rain")]).await;
    for plan in if_absent(&table, OldItemOnFailure::None) {
        let operation = plan.operation();
        let error = local.driver.execute(plan).await.unwrap_err();
        assert_eq!(error.kind(), &DriverErrorKind::ConditionalCheckFailed { item: None }, "{operation}");
        assert_eq!((error.operation(), error.table()), (operation, Some(&table)));
        assert_eq!((error.message(), error.applied()), ("The conditional request failed", Applied::No));
        assert!(error.request_id().is_some());
    }

    let rain = Condition::compare(Path::new("kind"), Comparator::Eq, "rain");
    let met = PutItem { condition: Some(rain), ..PutItem::new(&table, day(1, "snow")) };
    local.driver.run(met).await.unwrap();
    assert_eq!(local.driver.run(GetItem::new(&table, key(1))).await.unwrap().item, Some(day(1, "snow")));
}

pub(crate) async fn rejects_plans_that_request_the_old_item_on_failure(local: Local) {
    let table = local.weather([]).await;
    assert!(!local.driver.capability().write_with_old_item_on_failure);
    for plan in if_absent(&table, OldItemOnFailure::AllOld) {
        let operation = plan.operation();
        let error = local.driver.execute(plan).await.unwrap_err();
        assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Unsupported, Applied::No), "{operation}");
        assert_eq!((error.operation(), error.table()), (operation, Some(&table)));
        assert!(error.message().contains("stored item of a failed condition"), "{error}");
    }
    assert_eq!(local.driver.run(GetItem::new(&table, key(1))).await.unwrap().item, None);
}

pub(crate) async fn update_applies_all_clauses(local: Local) {
    let old = day(1, "rain")
        .with("tags", AttributeValue::ss(["a", "b"]))
        .with("list", AttributeValue::l([1.into()]))
        .with("gone", true);
    let table = local.weather([old.clone()]).await;
    let path = Path::new;
    let update = Update::new()
        .set(path("kind"), UpdateOperand::value("snow"))
        .set(path("temperature"), SetValue::Minus(path("temperature").into(), UpdateOperand::value(2)))
        .set(path("wind"), UpdateOperand::if_not_exists(path("wind"), AttributeValue::n(5)))
        .set(path("list"), UpdateOperand::list_append(path("list"), AttributeValue::l([2.into()])))
        .remove(path("gone"))
        .add(path("readings"), 1)
        .delete(path("tags"), AttributeValue::ss(["b", "c"]));
    let new = day(1, "snow")
        .with("temperature", 7)
        .with("wind", 5)
        .with("list", AttributeValue::l([1.into(), 2.into()]))
        .with("readings", 1)
        .with("tags", AttributeValue::ss(["a"]));

    let returning = |return_values| UpdateItem { return_values, ..UpdateItem::new(&table, key(1), update.clone()) };
    let output = local.driver.run(returning(ReturnValues::AllNew)).await.unwrap();
    assert_eq!(output.attributes, Some(new));

    local.driver.run(PutItem::new(&table, old.clone())).await.unwrap();
    assert_eq!(local.driver.run(returning(ReturnValues::AllOld)).await.unwrap().attributes, Some(old.clone()));
    local.driver.run(PutItem::new(&table, old)).await.unwrap();
    assert_eq!(local.driver.run(returning(ReturnValues::None)).await.unwrap().attributes, None);

    let sunny = Update::new().set(path("kind"), UpdateOperand::value("sun"));
    let returning = |return_values| UpdateItem { return_values, ..UpdateItem::new(&table, key(1), sunny.clone()) };
    let output = local.driver.run(returning(ReturnValues::UpdatedOld)).await.unwrap();
    assert_eq!(output.attributes, Some(Item::new().with("kind", "snow")));
    let output = local.driver.run(returning(ReturnValues::UpdatedNew)).await.unwrap();
    assert_eq!(output.attributes, Some(Item::new().with("kind", "sun")));
}

pub(crate) async fn an_empty_update_creates_the_item(local: Local) {
    let table = local.weather([]).await;
    local.driver.run(UpdateItem::new(&table, key(1), Update::new())).await.unwrap();
    assert_eq!(local.driver.run(GetItem::new(&table, key(1))).await.unwrap().item, Some(key(1)));
}

pub(crate) async fn consumed_capacity_is_reported(local: Local) {
    let table = local.weather([]).await;
    let outcome = local.driver.execute(PutItem::new(&table, day(1, "rain")).into()).await.unwrap();
    assert_eq!(outcome.metadata.attempts, 1);
    assert!(outcome.metadata.request_id.is_some());
    let [consumed] = outcome.metadata.consumed_capacity.as_slice() else {
        panic!("one table was written: {outcome:?}");
    };
    assert_eq!(consumed.table, table);
    assert!(consumed.units >= 1.0);
    assert_eq!((consumed.table_units, consumed.global_indexes.len()), (None, 0));
}

pub(crate) async fn consumed_capacity_is_reported_for_each_index(local: Local) {
    let table = local.weather([]).await;
    let put = |return_consumed_capacity| PutItem { return_consumed_capacity, ..PutItem::new(&table, day(1, "rain")) };
    let outcome = local.driver.execute(put(ReturnConsumedCapacity::Indexes).into()).await.unwrap();
    let [consumed] = outcome.metadata.consumed_capacity.as_slice() else {
        panic!("one table was written: {outcome:?}");
    };
    assert!(consumed.table_units.is_some_and(|units| units >= 1.0), "{consumed:?}");
    let names = |indexes: &[IndexCapacity]| indexes.iter().map(|index| index.index.clone()).collect::<Vec<_>>();
    assert_eq!(names(&consumed.global_indexes), [Name::from("by_kind")]);
    assert_eq!(names(&consumed.local_indexes), [Name::from("by_temperature")]);

    let outcome = local.driver.execute(put(ReturnConsumedCapacity::None).into()).await.unwrap();
    assert_eq!(outcome.metadata.consumed_capacity, []);
}

pub(crate) async fn invalid_values_are_validation_errors(local: Local) {
    let table = local.weather([]).await;
    for item in [
        key(1).with("empty", AttributeValue::ss(Vec::<String>::new())),
        key(1).with("date", 5),
        Item::new().with("location", "Seattle"),
        day(1, ""),
    ] {
        let error = local.driver.run(PutItem::new(&table, item)).await.unwrap_err();
        assert_eq!(error.kind(), &DriverErrorKind::Validation, "{error}");
        assert_eq!(error.applied(), Applied::No);
        assert!(!error.retryable() && !error.message().is_empty());
    }
    let error = local.driver.run(GetItem::new("x", key(1))).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::Validation, "{error}");
    let error = local.driver.run(GetItem::new("", key(1))).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::Validation, "{error}");
}
