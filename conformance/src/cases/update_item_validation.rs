//! `UpdateItem`: what cannot be changed so.

use super::prelude::*;

case!("update_item/key_attributes_cannot_change", Theme::Update, key_attributes);
case!("update_item/a_place_needs_what_it_is_in", Theme::Update, no_parent);
case!("update_item/two_clauses_for_one_place_are_refused", Theme::Update, overlapping);
case!("update_item/what_is_read_has_to_be_there", Theme::Update, nothing_to_read);
case!("update_item/operands_have_the_type_of_the_operation", Theme::Update, types);
case!("update_item/a_sum_that_is_no_number_is_refused", Theme::Number, overflow);
case!("update_item/index_keys_keep_their_type", Theme::Index, index_key_type);
case!("update_item/index_keys_are_not_empty", Theme::Index, empty_index_key);
case!("update_item/an_item_cannot_grow_over_400_kb", Theme::Size, too_large);
case!("update_item/empty_sets_are_refused", Theme::Value, empty_sets);
case!("update_item/a_key_of_another_shape_is_refused", Theme::Key, wrong_shape);
case!("update_item/a_missing_table_is_said", Theme::MissingTable, missing_table);

fn value(value: impl Into<AttributeValue>) -> UpdateOperand {
    UpdateOperand::value(value)
}

fn before() -> Item {
    user_key("a")
        .with("s", "text")
        .with("n", 1)
        .with("l", AttributeValue::l([1.into(), 2.into()]))
        .with("m", AttributeValue::m([("k", AttributeValue::n(1))]))
        .with("ss", AttributeValue::ss(["x"]))
}

/// Each update has to be refused, and to leave the item as it was.
async fn each_refused(cx: &Context, updates: impl IntoIterator<Item = Update>) -> CaseResult {
    let table = create_users(cx).await?;
    put_all(cx, &table, [before()]).await?;
    for update in updates {
        cx.expect_validation_error(UpdateItem::new(&table, user_key("a"), update)).await?;
    }
    ensure_eq("the item", get_item(cx, &table, user_key("a")).await?, Some(before()))
}

/// An item would move to another key, or the key be changed in the value alone.
async fn key_attributes(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, [key("a", 1)]).await?;
    for update in [
        Update::new().set(path("id"), value("b")),
        Update::new().set(path("id"), value("a")),
        Update::new().set(path("at"), value(2)),
        Update::new().remove(path("at")),
        Update::new().add(path("at"), 1),
    ] {
        cx.expect_validation_error(UpdateItem::new(&table, key("a", 1), update)).await?;
    }
    let update = Update::new().set(path("x"), value(1)).set(path("at"), value(2));
    let error = cx.expect_validation_error(UpdateItem::new(&table, key("a", 1), update)).await?;
    let message =
        "One or more parameter values were invalid: Cannot update attribute at. This attribute is part of the key";
    cx.expect_message(&error, message)?;
    ensure_eq("the item", get_item(&cx, &table, key("a", 1)).await?, Some(key("a", 1)))
}

/// A document would be made where there is none, or another value be replaced by one.
async fn no_parent(cx: Context) -> CaseResult {
    let set = |text: &str| Update::new().set(path(text), value(1));
    each_refused(&cx, ["none.k", "m.none.k", "s.k", "none[0]", "m[0]", "l.k", "l[9].k"].map(set)).await?;
    let table = cx.table_name("users");
    for text in ["none.k", "s.k", "l[9].k", "m[0]"] {
        let error = cx
            .expect_validation_error(UpdateItem::new(&table, user_key("a"), Update::new().remove(path(text))))
            .await?;
        cx.expect_message(&error, "The document path provided in the update expression is invalid for update")?;
    }
    Ok(())
}

/// Which of two clauses wins would be left to chance.
async fn overlapping(cx: Context) -> CaseResult {
    let updates = [
        Update::new().set(path("n"), value(1)).set(path("n"), value(2)),
        Update::new().set(path("m"), value(1)).set(path("m.k"), value(2)),
        Update::new().set(path("m.k"), value(1)).remove(path("m")),
        Update::new().set(path("n"), value(1)).add(path("n"), 1),
        Update::new().remove(path("ss")).delete(path("ss"), AttributeValue::ss(["x"])),
        Update::new().set(path("m.k"), value(1)).set(path("m[0]"), value(1)),
    ];
    each_refused(&cx, updates).await
}

/// A missing attribute would count as zero, or as nothing.
async fn nothing_to_read(cx: Context) -> CaseResult {
    let updates = [
        Update::new().set(path("x"), path("none")),
        Update::new().set(path("x"), path("m.none")),
        Update::new().set(path("x"), path("l[9]")),
        Update::new().set(path("x"), SetValue::Plus(path("none").into(), value(1))),
        Update::new().set(path("x"), UpdateOperand::list_append(path("none"), value(AttributeValue::l([1.into()])))),
        Update::new().set(path("x"), UpdateOperand::if_not_exists(path("none"), path("neither"))),
    ];
    each_refused(&cx, updates).await
}

/// Texts would be added, or sets of two types be mixed.
async fn types(cx: Context) -> CaseResult {
    let updates = [
        Update::new().add(path("s"), 1),
        Update::new().add(path("ss"), AttributeValue::ns([1])),
        Update::new().add(path("n"), "1"),
        Update::new().add(path("l"), AttributeValue::l([1.into()])),
        Update::new().delete(path("ss"), "x"),
        Update::new().delete(path("ss"), AttributeValue::ns([1])),
        Update::new().delete(path("n"), AttributeValue::ns([1])),
        Update::new().set(path("x"), SetValue::Plus(path("s").into(), value(1))),
        Update::new().set(path("x"), SetValue::Minus(path("n").into(), value("1"))),
        Update::new().set(path("x"), UpdateOperand::list_append(path("s"), value(AttributeValue::l([])))),
        Update::new().set(path("x"), UpdateOperand::list_append(path("l"), value("x"))),
    ];
    each_refused(&cx, updates).await
}

/// A counter would become infinite, or lose digits in silence.
async fn overflow(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let greatest: Number = "9.9999999999999999999999999999999999999E+125".parse()?;
    put_all(&cx, &table, [user_key("a").with("n", greatest)]).await?;
    cx.expect_validation_error(UpdateItem::new(&table, user_key("a"), Update::new().add(path("n"), greatest))).await?;
    let sum = SetValue::Plus(path("n").into(), value(greatest));
    cx.expect_validation_error(UpdateItem::new(&table, user_key("a"), Update::new().set(path("n"), sum))).await?;
    ensure_eq("the item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a").with("n", greatest)))
}

/// An item would silently leave its index.
async fn index_key_type(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 1)]).await?;
    let set =
        |name: &str, to: AttributeValue| UpdateItem::new(&table, key("a", 1), Update::new().set(path(name), value(to)));
    cx.expect_validation_error(set("heat", AttributeValue::null())).await?;
    cx.expect_validation_error(set("kind", AttributeValue::l([]))).await?;
    if cx.deviates("update-takes-any-scalar-for-index-key") {
        cx.run(set("heat", "1".into())).await?;
        return Ok(());
    }
    cx.expect_validation_error(set("heat", "1".into())).await?;
    cx.expect_validation_error(set("kind", 1.into())).await?;
    ensure_eq("the item", get_item(&cx, &table, key("a", 1)).await?, Some(indexed_item("a", 1, "k", 1)))
}

/// The same for a value that no key can have.
async fn empty_index_key(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 1)]).await?;
    cx.expect_validation_error(UpdateItem::new(&table, key("a", 1), Update::new().set(path("kind"), value(""))))
        .await?;
    ensure_eq("the item", get_item(&cx, &table, key("a", 1)).await?, Some(indexed_item("a", 1, "k", 1)))
}

/// An item would grow, update by update, to what can no longer be read or put.
async fn too_large(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("x", "x".repeat(300_000))]).await?;
    let grow =
        |bytes: usize| UpdateItem::new(&table, user_key("a"), Update::new().set(path("y"), value("y".repeat(bytes))));
    cx.run(grow(100_000)).await?;
    let error = cx.expect_validation_error(grow(110_000)).await?;
    cx.expect_message(&error, "Item size to update has exceeded the maximum allowed size")
}

/// A set that no item can hold would be stored.
async fn empty_sets(cx: Context) -> CaseResult {
    let none = AttributeValue::ss::<&str>([]);
    each_refused(&cx, [Update::new().set(path("x"), value(none.clone())), Update::new().add(path("ss"), none)]).await
}

/// A key that is no key of the table would make an item.
async fn wrong_shape(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    for wrong in [Item::new(), user_key("a"), key("a", 1).with("n", 1), user_key("a").with("at", "1"), key("", 1)] {
        let update = Update::new().set(path("x"), value(1));
        cx.expect_validation_error(UpdateItem::new(&table, wrong, update)).await?;
    }
    ensure_eq("the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())
}

/// An update would be made nowhere.
async fn missing_table(cx: Context) -> CaseResult {
    let update = Update::new().set(path("x"), value(1));
    let error = cx.expect_resource_not_found(UpdateItem::new(cx.table_name("missing"), user_key("a"), update)).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")
}
