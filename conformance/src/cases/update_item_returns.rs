//! Return values and conditions of `UpdateItem`.

use super::prelude::*;

case!("update_item/returns_nothing_by_default", Theme::ReturnValues, returns_nothing_by_default);
case!("update_item/all_old_returns_the_previous_item", Theme::ReturnValues, all_old_returns_the_previous_item);
case!("update_item/all_new_returns_the_new_item", Theme::ReturnValues, all_new_returns_the_new_item);
case!(
    "update_item/updated_old_and_new_return_changed_attributes",
    Theme::ReturnValues,
    updated_old_and_new_return_changed_attributes
);
case!(
    "update_item/updated_old_and_new_return_changed_paths",
    Theme::ReturnValues,
    updated_old_and_new_return_changed_paths
);
case!("update_item/updates_only_if_the_condition_holds", Theme::Condition, updates_only_if_the_condition_holds);
case!("update_item/a_failed_condition_creates_no_item", Theme::Condition, a_failed_condition_creates_no_item);
case!(
    "update_item/returns_the_existing_item_if_the_condition_fails",
    Theme::OldItem,
    requires: [Requirement::OldItemOnFailure],
    returns_the_existing_item_if_the_condition_fails
);

/// An update that sets `x` to 2 in an item that also has `y`.
fn set_x(table: &Name, return_values: ReturnValues) -> UpdateItem {
    let update = Update::new().set(path("x"), UpdateOperand::value(2));
    UpdateItem { return_values, ..UpdateItem::new(table, user_key("a"), update) }
}

async fn table(cx: &Context) -> Result<Name, Failure> {
    let table = create_users(cx).await?;
    put_all(cx, &table, [user_key("a").with("x", 1).with("y", 1)]).await?;
    Ok(table)
}

/// Fails if attributes are returned without request.
async fn returns_nothing_by_default(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    ensure_eq("returned attributes", cx.run(set_x(&table, ReturnValues::None)).await?.attributes, None)
}

/// Fails if the new item is returned as the previous one.
async fn all_old_returns_the_previous_item(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let before = user_key("a").with("x", 1).with("y", 1);
    ensure_eq("previous item", cx.run(set_x(&table, ReturnValues::AllOld)).await?.attributes, Some(before))?;
    let update = Update::new().set(path("x"), UpdateOperand::value(2));
    let new = UpdateItem { return_values: ReturnValues::AllOld, ..UpdateItem::new(&table, user_key("b"), update) };
    ensure_eq("attributes of a new item", cx.run(new).await?.attributes, None)
}

/// Fails if the previous item is returned as the new one.
async fn all_new_returns_the_new_item(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let after = user_key("a").with("x", 2).with("y", 1);
    ensure_eq("new item", cx.run(set_x(&table, ReturnValues::AllNew)).await?.attributes, Some(after))
}

/// Fails if a changed attribute is missing, or other attributes are returned.
async fn updated_old_and_new_return_changed_attributes(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let old = cx.run(set_x(&table, ReturnValues::UpdatedOld)).await?.attributes;
    ensure_eq("previous value of x", old, Some(Item::new().with("x", 1)))?;
    let update = Update::new().add(path("x"), 5).set(path("z"), UpdateOperand::value(1)).remove(path("y"));
    let update = |return_values| UpdateItem { return_values, ..UpdateItem::new(&table, user_key("a"), update.clone()) };
    let new = cx.run(update(ReturnValues::UpdatedNew)).await?.attributes;
    ensure_eq("new values", new, Some(Item::new().with("x", 7).with("z", 1)))?;
    let old = cx.run(update(ReturnValues::UpdatedOld)).await?.attributes;
    ensure_eq("previous item", old, Some(Item::new().with("x", 7).with("z", 1)))?;
    let removal = UpdateItem {
        return_values: ReturnValues::UpdatedNew,
        ..UpdateItem::new(&table, user_key("a"), Update::new().remove(path("z")))
    };
    ensure_eq("attributes after removing one", cx.run(removal).await?.attributes, None)
}

/// Fails if the whole document is returned for one changed path.
async fn updated_old_and_new_return_changed_paths(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let document = |x: i32| AttributeValue::m([("x", AttributeValue::n(x)), ("y", AttributeValue::n(1))]);
    put_all(&cx, &table, [user_key("a").with("m", document(1)).with("n", 1)]).await?;
    let update = Update::new().set(path("m.x"), UpdateOperand::value(2));
    let update = |return_values| UpdateItem { return_values, ..UpdateItem::new(&table, user_key("a"), update.clone()) };
    let whole = cx.deviates("updated-values-are-whole-attributes");
    let part = |x: i32| if whole { document(x) } else { AttributeValue::m([("x", AttributeValue::n(x))]) };
    let old = cx.run(update(ReturnValues::UpdatedOld)).await?.attributes;
    ensure_eq("previous value of the path", old, Some(Item::new().with("m", part(1))))?;
    let new = cx.run(update(ReturnValues::UpdatedNew)).await?.attributes;
    ensure_eq("new value of the path", new, Some(Item::new().with("m", part(2))))
}

fn at_version(table: &Name, id: &str, version: i32) -> UpdateItem {
    UpdateItem {
        condition: Some(Condition::compare(path("version"), Comparator::Eq, version)),
        ..UpdateItem::new(table, user_key(id), Update::new().add(path("version"), 1))
    }
}

/// Fails if an item is updated although the condition fails.
async fn updates_only_if_the_condition_holds(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("version", 1)]).await?;
    cx.run(at_version(&table, "a", 1)).await?;
    cx.expect_condition_failed(at_version(&table, "a", 1)).await?;
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a").with("version", 2)))
}

/// Fails if an update with a failed condition creates the missing item.
async fn a_failed_condition_creates_no_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.expect_condition_failed(at_version(&table, "a", 1)).await?;
    let existing = Some(Condition::AttributeExists(path("id")));
    cx.expect_condition_failed(UpdateItem { condition: existing, ..set_x(&table, ReturnValues::None) }).await?;
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, None)
}

/// Fails if the error lacks the existing item, so that the caller has to read it again.
async fn returns_the_existing_item_if_the_condition_fails(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let old = user_key("a").with("version", 7).with("more", "text");
    put_all(&cx, &table, [old.clone()]).await?;
    let failing = |id: &str| UpdateItem { old_item_on_failure: OldItemOnFailure::AllOld, ..at_version(&table, id, 1) };
    if cx.run_requiring(Requirement::OldItemOnFailure, failing("a")).await?.is_none() {
        return Ok(());
    }
    ensure_eq("item", cx.expect_condition_failed(failing("a")).await?, Some(old))?;
    ensure_eq("existing item of a missing key", cx.expect_condition_failed(failing("b")).await?, None)
}
