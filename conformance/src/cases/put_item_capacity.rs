//! Consumed capacity of `PutItem`.

use djamodb_core::plan::ConsumedCapacity;

use super::prelude::*;

case!(
    "put_item/consumes_a_unit_for_each_kb_of_the_larger_item",
    Theme::Capacity,
    consumes_a_unit_for_each_kb_of_the_larger_item
);
case!(
    "put_item/consumes_capacity_of_changed_index_entries",
    Theme::Capacity,
    consumes_capacity_of_changed_index_entries
);
case!(
    "put_item/consumes_index_capacity_by_the_projected_size",
    Theme::Capacity,
    consumes_index_capacity_by_the_projected_size
);
case!(
    "put_item/consumes_nothing_in_an_index_with_neither_item",
    Theme::Capacity,
    consumes_nothing_in_an_index_with_neither_item
);
case!("put_item/returns_the_requested_capacity_detail", Theme::Capacity, returns_the_requested_capacity_detail);

fn with_index_capacity(table: &Name, item: Item) -> PutItem {
    PutItem { return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..PutItem::new(table, item) }
}

/// Fails if replacing a large item by a small one consumes capacity by the small one.
async fn consumes_a_unit_for_each_kb_of_the_larger_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for (bytes, expected) in [(20, 1.0), (1024, 1.0), (1025, 2.0), (3072, 3.0), (20, 3.0), (20, 1.0), (2048, 2.0)] {
        let put = PutItem::new(&table, item_of_size(user_key("a"), bytes));
        ensure_eq(format!("capacity with an item of {bytes} bytes"), consumed_units(&cx, put).await?, expected)?;
    }
    Ok(())
}

/// Fails if index entries consume other capacity than one unit for each write and each removal.
async fn consumes_capacity_of_changed_index_entries(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let whole = || indexed_item("a", 1, "k", 5).with("note", "n").with("more", 1);
    let alls = expected_capacity(&table, 1.0, &[("local_all", 1.0)], &[("global_all", 1.0)]);
    let noted = [("local_all", 1.0), ("local_note", 1.0)];
    let of_notes = expected_capacity(&table, 1.0, &noted, &[("global_all", 1.0), ("global_note", 1.0)]);
    let of_kind = [("global_all", 2.0), ("global_keys", 2.0), ("global_note", 2.0)];
    let leaving = ["global_all", "global_keys", "global_note"].map(|index| (index, 1.0));
    for (what, item, expected) in [
        ("an item in no index", key("a", 2), expected_capacity(&table, 1.0, &[], &[])),
        ("an item in all indexes", whole(), expected_capacity_with_all_indexes(&table, 1.0, 1.0)),
        ("the same item again", whole(), expected_capacity(&table, 1.0, &[], &[])),
        ("a change of an attribute that two indexes hold", whole().with("more", 2), alls),
        ("a change of an attribute that four indexes hold", whole().with("more", 2).with("note", "m"), of_notes),
        (
            "a change of the key of all indexes",
            indexed_item("a", 1, "k", 6).with("more", 2).with("note", "m"),
            expected_capacity_with_all_indexes(&table, 1.0, 2.0),
        ),
        (
            "a change of the key of the global indexes",
            indexed_item("a", 1, "l", 6).with("more", 2).with("note", "m"),
            expected_capacity(&table, 1.0, &[("local_all", 1.0)], &of_kind),
        ),
        (
            "removal of the key of the global indexes",
            key("a", 1).with("heat", 6).with("more", 2).with("note", "m"),
            expected_capacity(&table, 1.0, &[("local_all", 1.0)], &leaving),
        ),
    ] {
        ensure_eq(what, cx.consumed_capacity(with_index_capacity(&table, item)).await?, [expected])?;
    }
    Ok(())
}

/// Fails if a large item consumes the same capacity in an index that projects only the key.
async fn consumes_index_capacity_by_the_projected_size(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let large = item_of_size(indexed_item("a", 1, "k", 5), 5000);
    let locals = [("local_all", 5.0), ("local_keys", 1.0), ("local_note", 1.0)];
    let globals = [("global_all", 5.0), ("global_keys", 1.0), ("global_note", 1.0)];
    ensure_eq(
        "capacity of a large item",
        cx.consumed_capacity(with_index_capacity(&table, large)).await?,
        [expected_capacity(&table, 5.0, &locals, &globals)],
    )
}

/// Fails if an index is charged that holds neither the old item nor the new one, each of which lacks another key attribute of it.
async fn consumes_nothing_in_an_index_with_neither_item(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let (of_kind, of_heat) = (key("a", 1).with("kind", "k"), key("a", 1).with("heat", 5));
    let none = cx.consumed_capacity(with_index_capacity(&table, of_kind)).await?;
    ensure_eq("capacity of an item in no index", none, [expected_capacity(&table, 1.0, &[], &[])])?;
    let locals = [("local_all", 1.0), ("local_keys", 1.0), ("local_note", 1.0)];
    let charged = [("global_all", 1.0), ("global_keys", 1.0), ("global_note", 1.0)];
    let globals: &[_] = if cx.deviates("indexes-with-neither-item-are-charged") { &charged } else { &[] };
    ensure_eq(
        "capacity of an item that the global indexes do not hold either",
        cx.consumed_capacity(with_index_capacity(&table, of_heat)).await?,
        [expected_capacity(&table, 1.0, &locals, globals)],
    )
}

/// Fails if the consumed capacity has another level of detail than requested.
async fn returns_the_requested_capacity_detail(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let requesting = |heat, detail| PutItem {
        return_consumed_capacity: detail,
        ..with_index_capacity(&table, indexed_item("a", 1, "k", heat))
    };
    ensure_eq("capacity with `NONE`", cx.consumed_capacity(requesting(1, ReturnConsumedCapacity::None)).await?, [])?;
    let total = cx.consumed_capacity(requesting(2, ReturnConsumedCapacity::Total)).await?;
    ensure_eq("capacity with `TOTAL`", total, [ConsumedCapacity::total(&table, 13.0)])
}
