//! Conditions of `PutItem`.

use super::prelude::*;

case!("put_item/puts_only_if_the_condition_holds", Theme::Condition, puts_only_if_the_condition_holds);
case!(
    "put_item/evaluates_the_condition_on_the_existing_item",
    Theme::Condition,
    evaluates_the_condition_on_the_existing_item
);
case!("put_item/a_condition_prevents_replacing_an_item", Theme::Condition, a_condition_prevents_replacing_an_item);
case!(
    "put_item/returns_the_existing_item_if_the_condition_fails",
    Theme::OldItem,
    requires: [Requirement::OldItemOnFailure],
    returns_the_existing_item_if_the_condition_fails
);
case!("put_item/returns_no_existing_item_unless_requested", Theme::OldItem, returns_no_existing_item_unless_requested);

fn put(table: &Name, item: Item, condition: Condition) -> PutItem {
    PutItem { condition: Some(condition), ..PutItem::new(table, item) }
}

fn version(value: i32) -> Condition {
    Condition::compare(path("version"), Comparator::Eq, value)
}

/// Fails if an item is written although the condition fails.
async fn puts_only_if_the_condition_holds(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("version", 1)]).await?;
    cx.run(put(&table, user_key("a").with("version", 2), version(1))).await?;
    cx.expect_condition_failed(put(&table, user_key("a").with("version", 3), version(1))).await?;
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a").with("version", 2)))
}

/// Fails if the condition is evaluated on the new item.
async fn evaluates_the_condition_on_the_existing_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.expect_condition_failed(put(&table, user_key("a").with("version", 1), version(1))).await?;
    ensure_eq("missing item", get_item(&cx, &table, user_key("a")).await?, None)?;
    cx.run(put(&table, user_key("a").with("version", 1), Condition::AttributeNotExists(path("version")))).await?;
    cx.expect_condition_failed(put(&table, user_key("a").with("version", 2), version(2))).await?;
    Ok(())
}

/// Fails if two callers that create the same item both succeed.
async fn a_condition_prevents_replacing_an_item(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let only_new = || Condition::AttributeNotExists(path("id"));
    cx.run(put(&table, key("a", 1).with("by", "first"), only_new())).await?;
    cx.expect_condition_failed(put(&table, key("a", 1).with("by", "second"), only_new())).await?;
    cx.run(put(&table, key("a", 2).with("by", "second"), only_new())).await?;
    ensure_eq("item", get_item(&cx, &table, key("a", 1)).await?, Some(key("a", 1).with("by", "first")))
}

/// Fails if the error lacks the existing item, so that the caller has to read it again.
async fn returns_the_existing_item_if_the_condition_fails(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let old = user_key("a").with("version", 2).with("more", "text");
    put_all(&cx, &table, [old.clone()]).await?;
    let failing = |id: &str| PutItem {
        old_item_on_failure: OldItemOnFailure::AllOld,
        ..put(&table, user_key(id).with("version", 3), version(1))
    };
    if cx.run_requiring(Requirement::OldItemOnFailure, failing("a")).await?.is_none() {
        return Ok(());
    }
    ensure_eq("item", cx.expect_condition_failed(failing("a")).await?, Some(old))?;
    ensure_eq("existing item of a missing key", cx.expect_condition_failed(failing("b")).await?, None)
}

/// Fails if the error contains an item that was not requested.
async fn returns_no_existing_item_unless_requested(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("version", 2)]).await?;
    ensure_eq("item", cx.expect_condition_failed(put(&table, user_key("a"), version(1))).await?, None)
}
