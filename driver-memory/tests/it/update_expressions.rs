//! Update expressions and return values.

use djamodb_core::driver::DriverExt;
use djamodb_core::expression::{Update, UpdateOperand};
use djamodb_core::plan::{DeleteItem, ReturnValues, UpdateItem};
use djamodb_core::value::{AttributeValue, Item};

use crate::support::{get, key, path, put, validation_message, weather};

fn nested() -> Item {
    let inner = AttributeValue::m([("e", AttributeValue::n(3))]);
    let map = AttributeValue::m([("b", AttributeValue::n(1)), ("c", AttributeValue::n(2)), ("d", inner)]);
    key("a", 1).with("m", map).with("l", AttributeValue::l((0..4).map(AttributeValue::n))).with("n", 5)
}

#[tokio::test]
async fn an_update_creates_a_missing_item() {
    let driver = weather().await;
    for (at, update, expected) in [
        (1, Update::new(), key("a", 1)),
        (2, Update::new().remove(path("n")), key("a", 2)),
        (3, Update::new().delete(path("s"), AttributeValue::ss(["x"])), key("a", 3)),
        (4, Update::new().add(path("n"), 2), key("a", 4).with("n", 2)),
        (5, Update::new().set(path("copy"), path("id")), key("a", 5).with("copy", "a")),
    ] {
        driver.run(UpdateItem::new("weather", key("a", at), update)).await.unwrap();
        assert_eq!(get(&driver, key("a", at)).await, Some(expected));
    }
    for update in [Update::new().remove(path("m.b")), Update::new().set(path("a"), path("b"))] {
        validation_message(&driver, UpdateItem::new("weather", key("a", 9), update)).await;
        assert_eq!(get(&driver, key("a", 9)).await, None);
    }
}

#[tokio::test]
async fn return_values_select_the_returned_attributes() {
    let driver = weather().await;
    let update = || Update::new().set(path("m.b"), UpdateOperand::value(9)).remove(path("l[1]")).add(path("new"), 1);
    let new = key("a", 1)
        .with(
            "m",
            AttributeValue::m([
                ("b", AttributeValue::n(9)),
                ("c", AttributeValue::n(2)),
                ("d", AttributeValue::m([("e", AttributeValue::n(3))])),
            ]),
        )
        .with("l", AttributeValue::l([0, 2, 3].map(AttributeValue::n)))
        .with("n", 5)
        .with("new", 1);
    let only = |b: i32, l: i32| {
        Item::new()
            .with("m", AttributeValue::m([("b", AttributeValue::n(b))]))
            .with("l", AttributeValue::l([AttributeValue::n(l)]))
    };
    for (return_values, expected) in [
        (ReturnValues::None, None),
        (ReturnValues::AllOld, Some(nested())),
        (ReturnValues::AllNew, Some(new.clone())),
        (ReturnValues::UpdatedOld, Some(only(1, 1))),
        (ReturnValues::UpdatedNew, Some(only(9, 2).with("new", 1))),
    ] {
        put(&driver, nested()).await;
        let update = UpdateItem { return_values, ..UpdateItem::new("weather", key("a", 1), update()) };
        assert_eq!(driver.run(update).await.unwrap().attributes, expected, "{return_values:?}");
        assert_eq!(get(&driver, key("a", 1)).await, Some(new.clone()));
    }
    // No attributes is `None`, not an empty item.
    for return_values in [ReturnValues::AllOld, ReturnValues::UpdatedOld, ReturnValues::UpdatedNew] {
        let update = Update::new().remove(path("none"));
        let update = UpdateItem { return_values, ..UpdateItem::new("weather", key("a", 2), update) };
        assert_eq!(driver.run(update).await.unwrap().attributes, None);
        driver.run(DeleteItem::new("weather", key("a", 2))).await.unwrap();
    }
}

#[tokio::test]
async fn an_invalid_update_changes_nothing() {
    let driver = weather().await;
    put(&driver, nested()).await;
    let set = |to: &str, value: AttributeValue| Update::new().set(path(to), UpdateOperand::value(value));
    let deep = (0..31).fold(AttributeValue::n(1), |value, _| AttributeValue::l([value]));
    for (update, message) in [
        (
            set("id", "b".into()),
            "One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key",
        ),
        (
            set("kind", 1.into()),
            "One or more parameter values were invalid: Type mismatch for Index Key kind Expected: S Actual: N \
             IndexName: global_all",
        ),
        (
            set("kind", "".into()),
            "One or more parameter values are not valid. The update expression attempted to update a secondary index \
             key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty \
             string value.",
        ),
        (
            set("kind.x", 1.into()),
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: \
             kind",
        ),
        (set("big", "x".repeat(409_600).into()), "Item size to update has exceeded the maximum allowed size"),
        (set("m.deep", deep), "Nesting Levels have exceeded supported limits"),
        (
            set("s", AttributeValue::ss::<&str>([])),
            "1 validation error detected: ExpressionAttributeValues contains invalid value: One or more parameter values \
             were invalid: An string set  may not be empty for key :0",
        ),
        (set("none.inside", 1.into()), "The document path provided in the update expression is invalid for update"),
        (
            set("m", 1.into()).remove(path("m.b")),
            "1 validation error detected: Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of \
             these paths; path one: [m], path two: [m, b]",
        ),
        (Update::new().add(path("m"), 1), "An operand in the update expression has an incorrect data type"),
        (
            Update::new().set(path("n"), path("none")),
            "The provided expression refers to an attribute that does not exist in the item",
        ),
    ] {
        assert_eq!(validation_message(&driver, UpdateItem::new("weather", key("a", 1), update)).await, message);
        assert_eq!(get(&driver, key("a", 1)).await, Some(nested()));
    }
    driver.check().unwrap();
}
