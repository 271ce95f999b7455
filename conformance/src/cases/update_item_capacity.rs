//! Consumed capacity of `UpdateItem`.

use super::prelude::*;

case!(
    "update_item/consumes_a_unit_for_each_kb_of_the_larger_item",
    Theme::Capacity,
    consumes_a_unit_for_each_kb_of_the_larger_item
);
case!(
    "update_item/consumes_capacity_of_changed_index_entries",
    Theme::Capacity,
    consumes_capacity_of_changed_index_entries
);

/// Fails if a small change of a large item consumes capacity by the size of the change.
async fn consumes_a_unit_for_each_kb_of_the_larger_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let update = |update| UpdateItem::new(&table, user_key("a"), update);
    let payload = |bytes: usize| Update::new().set(path("payload"), UpdateOperand::value("x".repeat(bytes)));
    for (what, change, expected) in [
        ("a new item", Update::new().add(path("n"), 1), 1.0),
        ("an item that grows", payload(3000), 3.0),
        ("a small change of a large item", Update::new().add(path("n"), 1), 3.0),
        ("an item that shrinks", payload(10), 3.0),
        ("a small change of a small item", Update::new().add(path("n"), 1), 1.0),
        ("no change", Update::new().set(path("n"), path("n")), 1.0),
    ] {
        ensure_eq(what, consumed_units(&cx, update(change)).await?, expected)?;
    }
    Ok(())
}

/// Fails if an index consumes capacity although the update does not change its entry.
async fn consumes_capacity_of_changed_index_entries(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 5).with("note", "n").with("more", 1)]).await?;
    let alls = || expected_capacity(&table, 1.0, &[("local_all", 1.0)], &[("global_all", 1.0)]);
    let leaving = ["global_all", "global_keys", "global_note"].map(|index| (index, 1.0));
    for (what, change, expected) in [
        (
            "no change",
            Update::new().set(path("more"), UpdateOperand::value(1)),
            expected_capacity(&table, 1.0, &[], &[]),
        ),
        (
            "a change of an attribute that two indexes hold",
            Update::new().set(path("more"), UpdateOperand::value(2)),
            alls(),
        ),
        (
            "a change of the key of all indexes",
            Update::new().set(path("heat"), UpdateOperand::value(6)),
            expected_capacity_with_all_indexes(&table, 1.0, 2.0),
        ),
        (
            "removal of the key of the global indexes",
            Update::new().remove(path("kind")),
            expected_capacity(&table, 1.0, &[("local_all", 1.0)], &leaving),
        ),
        (
            "a change of an item that is in no global index",
            Update::new().remove(path("more")),
            expected_capacity(&table, 1.0, &[("local_all", 1.0)], &[]),
        ),
    ] {
        let detail = ReturnConsumedCapacity::Indexes;
        let update = UpdateItem::new(&table, key("a", 1), change);
        let consumed = cx.consumed_capacity(UpdateItem { return_consumed_capacity: detail, ..update }).await?;
        ensure_eq(what, consumed, [expected])?;
    }
    Ok(())
}
