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
    let table = users(&cx).await?;
    put_all(&cx, &table, [user("a").with("version", 1)]).await?;
    cx.run(put(&table, user("a").with("version", 2), version(1))).await?;
    cx.condition_failed(put(&table, user("a").with("version", 3), version(1))).await?;
    same("the item", get(&cx, &table, user("a")).await?, Some(user("a").with("version", 2)))
}

/// The condition would be checked against the item that is to be written.
async fn before(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    cx.condition_failed(put(&table, user("a").with("version", 1), version(1))).await?;
    same("where there is no item", get(&cx, &table, user("a")).await?, None)?;
    cx.run(put(&table, user("a").with("version", 1), Condition::AttributeNotExists(path("version")))).await?;
    cx.condition_failed(put(&table, user("a").with("version", 2), version(2))).await?;
    Ok(())
}

/// Two who create the same item would both succeed.
async fn only_new(cx: Context) -> CaseResult {
    let table = events(&cx).await?;
    let only_new = || Condition::AttributeNotExists(path("id"));
    cx.run(put(&table, key("a", 1).with("by", "first"), only_new())).await?;
    cx.condition_failed(put(&table, key("a", 1).with("by", "second"), only_new())).await?;
    cx.run(put(&table, key("a", 2).with("by", "second"), only_new())).await?;
    same("the item", get(&cx, &table, key("a", 1)).await?, Some(key("a", 1).with("by", "first")))
}

/// Who loses a race would have to read the item once more.
async fn tells(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    let old = user("a").with("version", 2).with("more", "text");
    put_all(&cx, &table, [old.clone()]).await?;
    let failing = |id: &str| PutItem {
        old_item_on_failure: OldItemOnFailure::AllOld,
        ..put(&table, user(id).with("version", 3), version(1))
    };
    if cx.attempt(Requirement::OldItemOnFailure, failing("a")).await?.is_none() {
        return Ok(());
    }
    same("the item", cx.condition_failed(failing("a")).await?, Some(old))?;
    same("where there is none", cx.condition_failed(failing("b")).await?, None)
}

/// An error would carry an item that nobody asked for.
async fn tells_nothing(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    put_all(&cx, &table, [user("a").with("version", 2)]).await?;
    same("the item", cx.condition_failed(put(&table, user("a"), version(1))).await?, None)
}
