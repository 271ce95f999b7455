//! Updates that `UpdateItem` rejects.

use djamodb_core::schema::{IndexProjection, KeyAttribute, KeySchema, LocalIndex, TableSchema};
use djamodb_core::service::limits::ITEM_BYTES_MAX;

use super::prelude::*;

case!("update_item/rejects_changes_of_key_attributes", Theme::Update, rejects_changes_of_key_attributes);
case!("update_item/requires_the_parent_of_a_path", Theme::Update, requires_the_parent_of_a_path);
case!("update_item/rejects_overlapping_paths", Theme::Update, rejects_overlapping_paths);
case!("update_item/requires_attributes_that_are_read", Theme::Update, requires_attributes_that_are_read);
case!("update_item/requires_operand_types", Theme::Update, requires_operand_types);
case!("update_item/names_the_types_of_operands", Theme::Update, names_the_types_of_operands);
case!(
    "update_item/list_append_is_the_whole_value_of_an_assignment",
    Theme::Update,
    list_append_is_the_whole_value_of_an_assignment
);
case!("update_item/paths_have_at_most_32_levels", Theme::Update, paths_have_at_most_32_levels);
case!("update_item/rejects_sums_out_of_range", Theme::Number, rejects_sums_out_of_range);
case!("update_item/rejects_index_keys_of_another_type", Theme::Index, rejects_index_keys_of_another_type);
case!(
    "update_item/rejects_computed_index_keys_of_another_type",
    Theme::Index,
    rejects_computed_index_keys_of_another_type
);
case!("update_item/reads_the_key_of_a_missing_item", Theme::Update, reads_the_key_of_a_missing_item);
case!("update_item/requires_both_operands_of_if_not_exists", Theme::Update, requires_both_operands_of_if_not_exists);
case!("update_item/rejects_a_function_of_one_path_twice", Theme::Update, rejects_a_function_of_one_path_twice);
case!("update_item/rejects_empty_index_keys", Theme::Index, rejects_empty_index_keys);
case!("update_item/rejects_growth_above_400_kb", Theme::Size, rejects_growth_above_400_kb);
case!("update_item/charges_each_action_for_the_item_size", Theme::Size, charges_each_action_for_the_item_size);
case!(
    "update_item/counts_the_entries_of_local_indexes_in_the_item_size",
    Theme::Size,
    counts_the_entries_of_local_indexes_in_the_item_size
);
case!("update_item/rejects_empty_sets", Theme::Value, rejects_empty_sets);
case!("update_item/rejects_keys_that_do_not_match_the_schema", Theme::Key, rejects_keys_that_do_not_match_the_schema);
case!("update_item/reports_a_missing_table", Theme::MissingTable, reports_a_missing_table);

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

/// Asserts that each update is rejected and does not change the item.
async fn expect_each_rejected(cx: &Context, updates: impl IntoIterator<Item = Update>) -> CaseResult {
    let table = create_users(cx).await?;
    put_all(cx, &table, [before()]).await?;
    for update in updates {
        cx.expect_validation_error(UpdateItem::new(&table, user_key("a"), update)).await?;
    }
    ensure_eq("item", get_item(cx, &table, user_key("a")).await?, Some(before()))
}

/// Fails if a key attribute is changed.
async fn rejects_changes_of_key_attributes(cx: Context) -> CaseResult {
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
    ensure_eq("item", get_item(&cx, &table, key("a", 1)).await?, Some(key("a", 1)))
}

/// Fails if an update creates the missing parent of a path, or replaces a scalar by a document.
async fn requires_the_parent_of_a_path(cx: Context) -> CaseResult {
    let set = |text: &str| Update::new().set(path(text), value(1));
    expect_each_rejected(&cx, ["none.k", "m.none.k", "s.k", "none[0]", "m[0]", "l.k", "l[9].k"].map(set)).await?;
    let table = cx.table_name("users");
    for text in ["none.k", "s.k", "l[9].k", "m[0]"] {
        let error = cx
            .expect_validation_error(UpdateItem::new(&table, user_key("a"), Update::new().remove(path(text))))
            .await?;
        cx.expect_message(&error, "The document path provided in the update expression is invalid for update")?;
    }
    Ok(())
}

/// Fails if two clauses for overlapping paths are accepted.
async fn rejects_overlapping_paths(cx: Context) -> CaseResult {
    let updates = [
        Update::new().set(path("n"), value(1)).set(path("n"), value(2)),
        Update::new().set(path("m"), value(1)).set(path("m.k"), value(2)),
        Update::new().set(path("m.k"), value(1)).remove(path("m")),
        Update::new().set(path("n"), value(1)).add(path("n"), 1),
        Update::new().remove(path("ss")).delete(path("ss"), AttributeValue::ss(["x"])),
        Update::new().set(path("m.k"), value(1)).set(path("m[0]"), value(1)),
    ];
    expect_each_rejected(&cx, updates).await
}

/// Fails if a missing attribute counts as zero or as nothing.
async fn requires_attributes_that_are_read(cx: Context) -> CaseResult {
    let updates = [
        Update::new().set(path("x"), path("none")),
        Update::new().set(path("x"), path("m.none")),
        Update::new().set(path("x"), path("l[9]")),
        Update::new().set(path("x"), SetValue::Plus(path("none").into(), value(1))),
        Update::new().set(path("x"), UpdateOperand::list_append(path("none"), value(AttributeValue::l([1.into()])))),
        Update::new().set(path("x"), UpdateOperand::if_not_exists(path("none"), path("neither"))),
    ];
    expect_each_rejected(&cx, updates).await
}

/// Fails if an operand of a type that the operation does not support is accepted.
async fn requires_operand_types(cx: Context) -> CaseResult {
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
    expect_each_rejected(&cx, updates).await
}

/// Fails if the error of a wrong operand names another type or operator than the service does.
async fn names_the_types_of_operands(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let prefix = "Invalid UpdateExpression: Incorrect operand type for operator or function; operator";
    for (update, message) in [
        (Update::new().add(path("x"), "1"), ": ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND"),
        (Update::new().add(path("x"), true), ": ADD, operand type: BOOLEAN, typeSet: ALLOWED_FOR_ADD_OPERAND"),
        (
            Update::new().add(path("x"), AttributeValue::l([])),
            ": ADD, operand type: LIST, typeSet: ALLOWED_FOR_ADD_OPERAND",
        ),
        (Update::new().delete(path("x"), 1), ": DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND"),
        (Update::new().set(path("x"), SetValue::Plus(value("1"), value(1))), " or function: +, operand type: S"),
        (
            Update::new().set(path("x"), UpdateOperand::list_append(path("l"), value("x"))),
            " or function: list_append, operand type: S",
        ),
    ] {
        let error = cx.expect_validation_error(UpdateItem::new(&table, user_key("a"), update)).await?;
        cx.expect_message(&error, &format!("{prefix}{message}"))?;
    }
    Ok(())
}

/// Fails if `list_append` is accepted as an operand of a function, of a sum or of a difference.
async fn list_append_is_the_whole_value_of_an_assignment(cx: Context) -> CaseResult {
    let lists = || UpdateOperand::list_append(path("l"), value(AttributeValue::l([3.into()])));
    let values = [
        SetValue::from(UpdateOperand::list_append(lists(), path("l"))),
        UpdateOperand::list_append(path("l"), lists()).into(),
        UpdateOperand::list_append(UpdateOperand::if_not_exists(path("none"), lists()), path("l")).into(),
        UpdateOperand::if_not_exists(path("none"), lists()).into(),
        SetValue::Plus(lists(), value(1)),
        SetValue::Minus(value(1), lists()),
    ];
    let updates = values.map(|value| Update::new().set(path("x"), value));
    expect_each_rejected(&cx, updates.clone()).await?;
    let table = cx.table_name("users");
    for update in updates {
        let error = cx.expect_validation_error(UpdateItem::new(&table, user_key("a"), update)).await?;
        let message = "Invalid UpdateExpression: The function is not allowed to be used this way in an expression; function: \
                       list_append";
        cx.expect_message(&error, message)?;
    }
    let of_default = UpdateOperand::list_append(UpdateOperand::if_not_exists(path("none"), path("l")), path("l"));
    cx.run(UpdateItem::new(&table, user_key("a"), Update::new().set(path("x"), of_default))).await?;
    let item = get_item(&cx, &table, user_key("a")).await?;
    let twice = AttributeValue::l([1.into(), 2.into(), 1.into(), 2.into()]);
    ensure_eq("list of two operands", item.and_then(|item| item.get("x").cloned()), Some(twice))
}

/// Fails if an update accepts a path that leads deeper than an item can be, or checks it after the types of operands.
async fn paths_have_at_most_32_levels(cx: Context) -> CaseResult {
    let of = |levels: usize| (1..levels).fold(path("m"), |path, _| path.index(0));
    let wrong_sum = || SetValue::Plus(value("1"), value(1));
    let updates = [
        Update::new().set(of(33), value(1)),
        Update::new().set(path("x"), of(33)),
        Update::new().set(path("x"), UpdateOperand::if_not_exists(of(33), value(1))),
        Update::new().set(path("x"), SetValue::Plus(path("n").into(), of(33).into())),
        Update::new().remove(of(33)),
        Update::new().add(of(33), 1),
        Update::new().delete(of(33), AttributeValue::ns([1])),
        Update::new().set(path("x"), wrong_sum()).remove(of(33)),
        Update::new().set(of(33), value(1)).set(of(33), value(1)),
    ];
    expect_each_rejected(&cx, updates.clone()).await?;
    let table = cx.table_name("users");
    for update in updates {
        let error = cx.expect_validation_error(UpdateItem::new(&table, user_key("a"), update)).await?;
        let message = "Invalid UpdateExpression: The document path has too many nesting levels; nesting levels: 33";
        cx.expect_message(&error, message)?;
    }
    let error =
        cx.expect_validation_error(UpdateItem::new(&table, user_key("a"), Update::new().remove(of(32)))).await?;
    cx.expect_message(&error, "The document path provided in the update expression is invalid for update")
}

/// Fails if a sum becomes infinite or loses digits.
async fn rejects_sums_out_of_range(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let greatest: Number = "9.9999999999999999999999999999999999999E+125".parse()?;
    put_all(&cx, &table, [user_key("a").with("n", greatest)]).await?;
    cx.expect_validation_error(UpdateItem::new(&table, user_key("a"), Update::new().add(path("n"), greatest))).await?;
    let sum = SetValue::Plus(path("n").into(), value(greatest));
    cx.expect_validation_error(UpdateItem::new(&table, user_key("a"), Update::new().set(path("n"), sum))).await?;
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a").with("n", greatest)))
}

/// Fails if an update removes an item from its index by changing the type of a key attribute.
async fn rejects_index_keys_of_another_type(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 1)]).await?;
    let set =
        |name: &str, to: AttributeValue| UpdateItem::new(&table, key("a", 1), Update::new().set(path(name), value(to)));
    cx.expect_validation_error(set("heat", AttributeValue::null())).await?;
    cx.expect_validation_error(set("kind", AttributeValue::l([]))).await?;
    cx.expect_validation_error(set("heat", "1".into())).await?;
    cx.expect_validation_error(set("kind", 1.into())).await?;
    ensure_eq("item", get_item(&cx, &table, key("a", 1)).await?, Some(indexed_item("a", 1, "k", 1)))
}

/// Fails if an update computes a value for a key attribute of an index that has another type.
async fn rejects_computed_index_keys_of_another_type(cx: Context) -> CaseResult {
    let key_of = |range| KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n(range));
    let mut schema = TableSchema::new("local", key_of("at"));
    schema.local_indexes = vec![LocalIndex::new("by_heat", key_of("heat"), IndexProjection::All)];
    let table = cx.create_table(schema).await?;
    cx.run(PutItem::new(&table, key("a", 1).with("note", "n"))).await?;
    let heat = UpdateItem::new(&table, key("a", 1), Update::new().set(path("heat"), UpdateOperand::from(path("note"))));
    if cx.deviates("computed-local-index-keys-have-any-type") {
        cx.run(heat).await?;
    } else {
        cx.expect_validation_error(heat).await?;
    }
    Ok(())
}

/// Fails if an update of a missing item cannot read the key of the request.
async fn reads_the_key_of_a_missing_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let copy = Update::new().set(path("copy"), UpdateOperand::from(path("id")));
    cx.run(UpdateItem::new(&table, user_key("a"), copy)).await?;
    ensure_eq("stored item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a").with("copy", "a")))
}

/// Fails if `if_not_exists` does not require its second operand where the first exists.
async fn requires_both_operands_of_if_not_exists(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.run(PutItem::new(&table, user_key("a").with("n", 1))).await?;
    let either = UpdateOperand::if_not_exists(path("n"), UpdateOperand::from(path("missing")));
    let update = UpdateItem::new(&table, user_key("a"), Update::new().set(path("copy"), either));
    let error = cx.expect_validation_error(update).await?;
    cx.expect_message(&error, "The provided expression refers to an attribute that does not exist in the item")
}

/// Fails if a function whose operands are one path is accepted.
async fn rejects_a_function_of_one_path_twice(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let same = UpdateOperand::if_not_exists(path("a.b"), UpdateOperand::from(path("a.b")));
    let update = UpdateItem::new(&table, user_key("a"), Update::new().set(path("c"), same));
    let error = cx.expect_validation_error(update).await?;
    cx.expect_message(
        &error,
        "Invalid UpdateExpression: The first operand must be distinct from the remaining operands for this operator or \
         function; operator: if_not_exists, first operand: [a, b]",
    )
}

/// Fails if an update empties an index key attribute.
async fn rejects_empty_index_keys(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 1)]).await?;
    cx.expect_validation_error(UpdateItem::new(&table, key("a", 1), Update::new().set(path("kind"), value(""))))
        .await?;
    ensure_eq("item", get_item(&cx, &table, key("a", 1)).await?, Some(indexed_item("a", 1, "k", 1)))
}

/// Fails if an update makes an item larger than 400 KB.
async fn rejects_growth_above_400_kb(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("x", "x".repeat(300_000))]).await?;
    let grow =
        |bytes: usize| UpdateItem::new(&table, user_key("a"), Update::new().set(path("y"), value("y".repeat(bytes))));
    cx.run(grow(100_000)).await?;
    let error = cx.expect_validation_error(grow(110_000)).await?;
    cx.expect_message(&error, "Item size to update has exceeded the maximum allowed size")
}

/// Fails if an update is limited by the size of the item, not by what it writes: the attributes that it changes, 3 bytes, and 19 for each
/// value that it writes.
async fn charges_each_action_for_the_item_size(cx: Context) -> CaseResult {
    const ID: &str = "updates-are-limited-by-the-item-size";
    let table = create_users(&cx).await?;
    let bytes_max = ITEM_BYTES_MAX - 3 - 19 - "text".len();
    let of = |bytes: usize| {
        let text = Update::new().set(path("text"), value("x".repeat(bytes)));
        UpdateItem::new(&table, user_key("a"), text)
    };
    cx.run(of(bytes_max)).await?;
    let (larger, deviates) = (of(bytes_max + 1), cx.deviates(ID));
    if deviates {
        cx.run(larger).await?;
    } else {
        let error = cx.expect_validation_error(larger).await?;
        cx.expect_message(&error, "Item size to update has exceeded the maximum allowed size")?;
    }
    let stored = user_key("a").with("text", "x".repeat(bytes_max + usize::from(deviates)));
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(stored))
}

/// Fails if an empty set is stored.
async fn rejects_empty_sets(cx: Context) -> CaseResult {
    let none = AttributeValue::ss::<&str>([]);
    expect_each_rejected(&cx, [Update::new().set(path("x"), value(none.clone())), Update::new().add(path("ss"), none)])
        .await
}

/// Fails if a malformed key is accepted and creates an item.
async fn rejects_keys_that_do_not_match_the_schema(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    for wrong in [Item::new(), user_key("a"), key("a", 1).with("n", 1), user_key("a").with("at", "1"), key("", 1)] {
        let update = Update::new().set(path("x"), value(1));
        cx.expect_validation_error(UpdateItem::new(&table, wrong, update)).await?;
    }
    ensure_eq("items of the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())
}

/// Fails if updating an item of a missing table succeeds.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let update = Update::new().set(path("x"), value(1));
    let error = cx.expect_resource_not_found(UpdateItem::new(cx.table_name("missing"), user_key("a"), update)).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")
}

/// Fails if an update enlarges an item and its entries in local indexes to more than 400 KB together.
async fn counts_the_entries_of_local_indexes_in_the_item_size(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 1)]).await?;
    let enlarge = |bytes: usize| {
        UpdateItem::new(&table, key("a", 1), Update::new().set(path("payload"), value("x".repeat(bytes))))
    };
    cx.run(enlarge(190_000)).await?;
    if cx.deviates("updates-ignore-local-index-entries") {
        cx.run(enlarge(210_000)).await?;
        return Ok(());
    }
    let error = cx.expect_validation_error(enlarge(210_000)).await?;
    cx.expect_message(&error, "Item size to update has exceeded the maximum allowed size")
}
