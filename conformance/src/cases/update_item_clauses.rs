//! Clauses of update expressions in `UpdateItem`.

use super::prelude::*;

case!("update_item/changes_only_named_attributes", Theme::Update, changes_only_named_attributes);
case!("update_item/creates_a_missing_item", Theme::Update, creates_a_missing_item);
case!("update_item/sets_nested_values", Theme::Update, sets_nested_values);
case!("update_item/list_indexes_refer_to_the_original_list", Theme::Update, list_indexes_refer_to_the_original_list);
case!("update_item/clauses_read_the_original_item", Theme::Update, clauses_read_the_original_item);
case!("update_item/sums_and_differences_are_exact", Theme::Update, sums_and_differences_are_exact);
case!("update_item/if_not_exists_keeps_an_existing_value", Theme::Update, if_not_exists_keeps_an_existing_value);
case!("update_item/list_append_concatenates_in_order", Theme::Update, list_append_concatenates_in_order);
case!("update_item/add_increments_numbers_and_extends_sets", Theme::Update, add_increments_numbers_and_extends_sets);
case!("update_item/delete_removes_set_elements", Theme::Update, delete_removes_set_elements);
case!("update_item/all_clauses_combine", Theme::Update, all_clauses_combine);

fn list(values: impl IntoIterator<Item = i32>) -> AttributeValue {
    AttributeValue::l(values.into_iter().map(AttributeValue::n))
}

fn value(value: impl Into<AttributeValue>) -> UpdateOperand {
    UpdateOperand::value(value)
}

/// Updates the item `a` and returns the new item.
async fn updated(cx: &Context, before: Item, update: Update) -> Result<Item, Failure> {
    let table = cx.table_name("users");
    put_all(cx, &table, [before]).await?;
    cx.run(UpdateItem::new(&table, user_key("a"), update)).await?;
    get_item(cx, &table, user_key("a")).await?.ok_or_else(|| Failure::new("expected an item; found none"))
}

/// Fails if attributes that the update does not name change.
async fn changes_only_named_attributes(cx: Context) -> CaseResult {
    create_users(&cx).await?;
    let before = user_key("a").with("x", 1).with("y", 2).with("z", 3);
    let update = Update::new().set(path("y"), value("new")).remove(path("z")).remove(path("none"));
    ensure_eq("item", updated(&cx, before, update).await?, user_key("a").with("x", 1).with("y", "new"))
}

/// Fails if updating a missing item fails or has no effect.
async fn creates_a_missing_item(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    for (at, update, expected) in [
        (1, Update::new().set(path("x"), value(1)), key("a", 1).with("x", 1)),
        (2, Update::new().add(path("n"), 5), key("a", 2).with("n", 5)),
        (3, Update::new().set(path("copy"), path("id")), key("a", 3).with("copy", "a")),
        (4, Update::new().remove(path("x")), key("a", 4)),
    ] {
        cx.run(UpdateItem::new(&table, key("a", at), update)).await?;
        ensure_eq(format!("item {at}"), get_item(&cx, &table, key("a", at)).await?, Some(expected))?;
    }
    Ok(())
}

/// Fails if the whole document is replaced, or an attribute with a dot in its name is created.
async fn sets_nested_values(cx: Context) -> CaseResult {
    create_users(&cx).await?;
    let inner = AttributeValue::m([("k", AttributeValue::n(1)), ("l", list([1, 2]))]);
    let before = user_key("a").with("m", AttributeValue::m([("inner", inner), ("x", AttributeValue::n(1))]));
    let update = Update::new()
        .set(path("m.inner.k"), value(9))
        .set(path("m.inner.l[1]"), value(8))
        .set(path("m.new"), value("new"))
        .remove(path("m.x"));
    let inner = AttributeValue::m([("k", AttributeValue::n(9)), ("l", list([1, 8]))]);
    let expected = AttributeValue::m([("inner", inner), ("new", AttributeValue::s("new"))]);
    ensure_eq("item", updated(&cx, before, update).await?, user_key("a").with("m", expected))
}

/// Fails if removing an element shifts the elements that other clauses address.
async fn list_indexes_refer_to_the_original_list(cx: Context) -> CaseResult {
    create_users(&cx).await?;
    let before = || user_key("a").with("l", list([0, 1, 2, 3]));
    for (update, expected) in [
        (Update::new().remove(path("l[0]")).remove(path("l[1]")), list([2, 3])),
        (Update::new().remove(path("l[1]")).remove(path("l[0]")), list([2, 3])),
        (Update::new().set(path("l[9]"), value(9)).set(path("l[7]"), value(7)), list([0, 1, 2, 3, 7, 9])),
        (Update::new().remove(path("l[0]")).set(path("l[1]"), value(9)), list([9, 2, 3])),
        (Update::new().remove(path("l[9]")), list([0, 1, 2, 3])),
        ((0..4).fold(Update::new(), |all, at| all.remove(path("l").index(at))), list([])),
    ] {
        let description = update.to_string();
        ensure_eq(description, updated(&cx, before(), update).await?, user_key("a").with("l", expected))?;
    }
    Ok(())
}

/// Fails if a clause reads the result of another clause.
async fn clauses_read_the_original_item(cx: Context) -> CaseResult {
    create_users(&cx).await?;
    let before = || user_key("a").with("x", 1).with("y", 2);
    let swap = Update::new().set(path("x"), path("y")).set(path("y"), path("x"));
    ensure_eq(
        "item with swapped values",
        updated(&cx, before(), swap).await?,
        user_key("a").with("x", 2).with("y", 1),
    )?;
    let moved = Update::new().set(path("z"), path("x")).remove(path("x")).add(path("y"), 1);
    ensure_eq("item with a moved value", updated(&cx, before(), moved).await?, user_key("a").with("z", 1).with("y", 3))
}

/// Fails if sums are computed with floating-point numbers.
async fn sums_and_differences_are_exact(cx: Context) -> CaseResult {
    create_users(&cx).await?;
    let number = |text: &str| -> Result<AttributeValue, Failure> { Ok(AttributeValue::N(text.parse()?)) };
    let before = user_key("a").with("x", number("0.1")?).with("big", number("12345678901234567890123456789012345677")?);
    let update = Update::new()
        .set(path("sum"), SetValue::Plus(path("x").into(), value(number("0.2")?)))
        .set(path("difference"), SetValue::Minus(value(1), path("x").into()))
        .set(path("big"), SetValue::Plus(path("big").into(), value(1)));
    let expected = user_key("a")
        .with("x", number("0.1")?)
        .with("sum", number("0.3")?)
        .with("difference", number("0.9")?)
        .with("big", number("12345678901234567890123456789012345678")?);
    ensure_eq("item", updated(&cx, before, update).await?, expected)
}

/// Fails if a default replaces an existing value.
async fn if_not_exists_keeps_an_existing_value(cx: Context) -> CaseResult {
    create_users(&cx).await?;
    let or_zero = |name: &str| UpdateOperand::if_not_exists(path(name), value(0));
    let update = Update::new()
        .set(path("x"), or_zero("x"))
        .set(path("y"), or_zero("y"))
        .set(path("z"), SetValue::Plus(or_zero("z"), value(5)))
        .set(path("copy"), UpdateOperand::if_not_exists(path("none"), path("x")));
    let expected = user_key("a").with("x", 1).with("y", 0).with("z", 5).with("copy", 1);
    ensure_eq("item", updated(&cx, user_key("a").with("x", 1), update).await?, expected)
}

/// Fails if elements are out of order, or replace existing ones.
async fn list_append_concatenates_in_order(cx: Context) -> CaseResult {
    create_users(&cx).await?;
    let before = || user_key("a").with("l", list([1, 2]));
    let empty = || UpdateOperand::if_not_exists(path("none"), value(list([])));
    for (operand, expected) in [
        (UpdateOperand::list_append(path("l"), value(list([3]))), list([1, 2, 3])),
        (UpdateOperand::list_append(value(list([0])), path("l")), list([0, 1, 2])),
        (UpdateOperand::list_append(path("l"), path("l")), list([1, 2, 1, 2])),
        (UpdateOperand::list_append(empty(), value(list([7]))), list([7])),
    ] {
        let update = Update::new().set(path("l"), operand);
        let description = update.to_string();
        ensure_eq(description, updated(&cx, before(), update).await?, user_key("a").with("l", expected))?;
    }
    Ok(())
}

/// Fails if a number is overwritten, or a set changes its type.
async fn add_increments_numbers_and_extends_sets(cx: Context) -> CaseResult {
    create_users(&cx).await?;
    let before =
        user_key("a").with("n", 5).with("texts", AttributeValue::ss(["x"])).with("numbers", AttributeValue::ns([1]));
    let update = Update::new()
        .add(path("n"), -7)
        .add(path("new"), 3)
        .add(path("texts"), AttributeValue::ss(["x", "y"]))
        .add(path("numbers"), AttributeValue::ns([2]))
        .add(path("made"), AttributeValue::ss(["z"]));
    let expected = user_key("a")
        .with("n", -2)
        .with("new", 3)
        .with("texts", AttributeValue::ss(["x", "y"]))
        .with("numbers", AttributeValue::ns([1, 2]))
        .with("made", AttributeValue::ss(["z"]));
    ensure_eq("item", updated(&cx, before, update).await?, expected)
}

/// Fails if an empty set remains, which no item can contain.
async fn delete_removes_set_elements(cx: Context) -> CaseResult {
    create_users(&cx).await?;
    let before =
        user_key("a").with("texts", AttributeValue::ss(["x", "y"])).with("numbers", AttributeValue::ns([1, 2]));
    let update = Update::new()
        .delete(path("texts"), AttributeValue::ss(["x", "none"]))
        .delete(path("numbers"), AttributeValue::ns([1, 2, 3]))
        .delete(path("missing"), AttributeValue::ss(["x"]));
    ensure_eq("item", updated(&cx, before, update).await?, user_key("a").with("texts", AttributeValue::ss(["y"])))
}

/// Fails if clauses of several kinds cannot be combined in one update.
async fn all_clauses_combine(cx: Context) -> CaseResult {
    create_users(&cx).await?;
    let before = user_key("a").with("x", 1).with("gone", 1).with("n", 1).with("set", AttributeValue::ss(["a", "b"]));
    let update = Update::new()
        .set(path("x"), value("name"))
        .remove(path("gone"))
        .add(path("n"), 1)
        .delete(path("set"), AttributeValue::ss(["a"]));
    let expected = user_key("a").with("x", "name").with("n", 2).with("set", AttributeValue::ss(["b"]));
    ensure_eq("item", updated(&cx, before, update).await?, expected)
}
