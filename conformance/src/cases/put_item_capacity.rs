//! `PutItem`: what it costs.

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
case!("put_item/returns_the_requested_capacity_detail", Theme::Capacity, returns_the_requested_capacity_detail);

fn in_full(table: &Name, item: Item) -> PutItem {
    PutItem { return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..PutItem::new(table, item) }
}

/// Fails if replacing a large item by a small one consumes capacity by the small one.
async fn consumes_a_unit_for_each_kb_of_the_larger_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for (bytes, expected) in [(20, 1.0), (1024, 1.0), (1025, 2.0), (3072, 3.0), (20, 3.0), (20, 1.0), (2048, 2.0)] {
        let put = PutItem::new(&table, item_of_size(user_key("a"), bytes));
        ensure_eq(format!("of {bytes} bytes"), consumed_units(&cx, put).await?, expected)?;
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
        ("an item that is in no index", key("a", 2), expected_capacity(&table, 1.0, &[], &[])),
        ("an item that is in all", whole(), expected_capacity_with_all_indexes(&table, 1.0, 1.0)),
        ("the same again", whole(), expected_capacity(&table, 1.0, &[], &[])),
        ("an attribute that some hold", whole().with("more", 2), alls),
        ("an attribute that more hold", whole().with("more", 2).with("note", "m"), of_notes),
        (
            "a key of all",
            indexed_item("a", 1, "k", 6).with("more", 2).with("note", "m"),
            expected_capacity_with_all_indexes(&table, 1.0, 2.0),
        ),
        (
            "a key of the global ones",
            indexed_item("a", 1, "l", 6).with("more", 2).with("note", "m"),
            expected_capacity(&table, 1.0, &[("local_all", 1.0)], &of_kind),
        ),
        (
            "leaving the global ones",
            key("a", 1).with("heat", 6).with("more", 2).with("note", "m"),
            expected_capacity(&table, 1.0, &[("local_all", 1.0)], &leaving),
        ),
    ] {
        ensure_eq(what, cx.consumed_capacity(in_full(&table, item)).await?, [expected])?;
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
        "a large item",
        cx.consumed_capacity(in_full(&table, large)).await?,
        [expected_capacity(&table, 5.0, &locals, &globals)],
    )
}

/// Fails if the consumed capacity has another level of detail than requested.
async fn returns_the_requested_capacity_detail(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let asking =
        |heat, told| PutItem { return_consumed_capacity: told, ..in_full(&table, indexed_item("a", 1, "k", heat)) };
    ensure_eq("nothing", cx.consumed_capacity(asking(1, ReturnConsumedCapacity::None)).await?, [])?;
    let total = cx.consumed_capacity(asking(2, ReturnConsumedCapacity::Total)).await?;
    ensure_eq("the total", total, [ConsumedCapacity::total(&table, 13.0)])
}
