//! `PutItem`: conditions decide.

use super::prelude::*;

case!("put_item/a_condition_decides", Theme::Condition, decides);
case!("put_item/a_condition_looks_at_the_item_before", Theme::Condition, before);
case!("put_item/a_condition_can_keep_what_is_there", Theme::Condition, only_new);
case!("put_item/a_failed_condition_tells_the_item", Theme::OldItem, requires: [Requirement::OldItemOnFailure], tells);
case!("put_item/a_failed_condition_tells_nothing_unasked", Theme::OldItem, tells_nothing);

fn put(table: &Name, item: Item, condition: Condition) -> PutItem {
    PutItem { condition: Some(condition), ..PutItem::new(table, item) }
}

fn version(value: i32) -> Condition {
    Condition::compare(path("version"), Comparator::Eq, value)
}

/// A write would be made although its condition fails: an update of someone else would be lost.
async fn decides(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("version", 1)]).await?;
    cx.run(put(&table, user_key("a").with("version", 2), version(1))).await?;
    cx.expect_condition_failed(put(&table, user_key("a").with("version", 3), version(1))).await?;
    ensure_eq("the item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a").with("version", 2)))
}

/// The condition would be checked against the item that is to be written.
async fn before(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.expect_condition_failed(put(&table, user_key("a").with("version", 1), version(1))).await?;
    ensure_eq("where there is no item", get_item(&cx, &table, user_key("a")).await?, None)?;
    cx.run(put(&table, user_key("a").with("version", 1), Condition::AttributeNotExists(path("version")))).await?;
    cx.expect_condition_failed(put(&table, user_key("a").with("version", 2), version(2))).await?;
    Ok(())
}

/// Two who create the same item would both succeed.
async fn only_new(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let only_new = || Condition::AttributeNotExists(path("id"));
    cx.run(put(&table, key("a", 1).with("by", "first"), only_new())).await?;
    cx.expect_condition_failed(put(&table, key("a", 1).with("by", "second"), only_new())).await?;
    cx.run(put(&table, key("a", 2).with("by", "second"), only_new())).await?;
    ensure_eq("the item", get_item(&cx, &table, key("a", 1)).await?, Some(key("a", 1).with("by", "first")))
}

/// Who loses a race would have to read the item once more.
async fn tells(cx: Context) -> CaseResult {
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
    ensure_eq("the item", cx.expect_condition_failed(failing("a")).await?, Some(old))?;
    ensure_eq("where there is none", cx.expect_condition_failed(failing("b")).await?, None)
}

/// An error would carry an item that nobody asked for.
async fn tells_nothing(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("version", 2)]).await?;
    ensure_eq("the item", cx.expect_condition_failed(put(&table, user_key("a"), version(1))).await?, None)
}
