//! `UpdateItem`: what it costs.

use super::prelude::*;

case!("update_item/costs_a_unit_for_each_kb_of_the_larger_item", Theme::Capacity, steps);
case!("update_item/only_the_indexes_that_change_cost_units", Theme::Capacity, indexes);

/// A bill would not be foreseen: a small change of a large item would look cheap.
async fn steps(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    let update = |update| UpdateItem::new(&table, user("a"), update);
    let payload = |bytes: usize| Update::new().set(path("payload"), UpdateOperand::value("x".repeat(bytes)));
    for (what, change, expected) in [
        ("a new item", Update::new().add(path("n"), 1), 1.0),
        ("one that grows", payload(3000), 3.0),
        ("a small change of a large one", Update::new().add(path("n"), 1), 3.0),
        ("one that shrinks", payload(10), 3.0),
        ("a small change of a small one", Update::new().add(path("n"), 1), 1.0),
        ("no change", Update::new().set(path("n"), path("n")), 1.0),
    ] {
        same(what, units(&cx, update(change)).await?, expected)?;
    }
    Ok(())
}

/// What indexes cost would be found on the bill alone.
async fn indexes(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    put_all(&cx, &table, [entry("a", 1, "k", 5).with("note", "n").with("more", 1)]).await?;
    let alls = || charge(&table, 1.0, &[("local_all", 1.0)], &[("global_all", 1.0)]);
    let leaving = ["global_all", "global_keys", "global_note"].map(|index| (index, 1.0));
    for (what, change, expected) in [
        ("no change", Update::new().set(path("more"), UpdateOperand::value(1)), charge(&table, 1.0, &[], &[])),
        ("an attribute that some hold", Update::new().set(path("more"), UpdateOperand::value(2)), alls()),
        ("a key of all", Update::new().set(path("heat"), UpdateOperand::value(6)), charge_all(&table, 1.0, 2.0)),
        ("leaving some", Update::new().remove(path("kind")), charge(&table, 1.0, &[("local_all", 1.0)], &leaving)),
        ("in some of them", Update::new().remove(path("more")), charge(&table, 1.0, &[("local_all", 1.0)], &[])),
    ] {
        let in_full = ReturnConsumedCapacity::Indexes;
        let update = UpdateItem::new(&table, key("a", 1), change);
        let charged = cx.charged(UpdateItem { return_consumed_capacity: in_full, ..update }).await?;
        same(what, charged, [expected])?;
    }
    Ok(())
}
