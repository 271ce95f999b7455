//! `GetItem`: what it costs.

use djamodb_core::expression::Projection;
use djamodb_core::plan::ConsumedCapacity;

use super::prelude::*;

case!("get_item/costs_half_a_unit_for_each_4_kb", Theme::Capacity, steps);
case!("get_item/a_missing_item_costs_as_much_as_a_small_one", Theme::Capacity, missing);
case!("get_item/a_projection_costs_as_much_as_the_item", Theme::Capacity, projection);
case!("get_item/tells_as_much_of_the_cost_as_was_asked_for", Theme::Capacity, told);

fn reading(table: &Name, id: &str, consistent: bool) -> GetItem {
    GetItem { consistent, ..GetItem::new(table, user_key(id)) }
}

/// A bill would not be foreseen: reads would be told as cheaper than they are.
async fn steps(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for (bytes, expected) in [(20, 0.5), (4096, 0.5), (4097, 1.0), (8192, 1.0), (8193, 1.5)] {
        put_all(&cx, &table, [item_of_size(user_key("a"), bytes)]).await?;
        let eventual = consumed_units(&cx, reading(&table, "a", false)).await?;
        let consistent = consumed_units(&cx, reading(&table, "a", true)).await?;
        ensure_eq(format!("of {bytes} bytes"), (eventual, consistent), (expected, expected * 2.0))?;
    }
    Ok(())
}

/// Asking for what is not there would look as if it were free.
async fn missing(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    ensure_eq("eventually", consumed_units(&cx, reading(&table, "none", false)).await?, 0.5)?;
    ensure_eq("consistently", consumed_units(&cx, reading(&table, "none", true)).await?, 1.0)
}

/// A projection would be taken for a way to save.
async fn projection(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [item_of_size(user_key("a"), 9000)]).await?;
    let projection = Some(Projection::new([path("id")]));
    ensure_eq("the units", consumed_units(&cx, GetItem { projection, ..reading(&table, "a", false) }).await?, 1.5)
}

/// Whoever asked for nothing would be told something, or whoever asked be told nothing.
async fn told(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let asking = |told| GetItem { return_consumed_capacity: told, ..reading(&table, "a", false) };
    ensure_eq("nothing", cx.consumed_capacity(asking(ReturnConsumedCapacity::None)).await?, [])?;
    let total = cx.consumed_capacity(asking(ReturnConsumedCapacity::Total)).await?;
    ensure_eq("the total", total, [ConsumedCapacity::total(&table, 0.5)])?;
    ensure_eq(
        "by itself",
        cx.consumed_capacity(GetItem::new(&table, user_key("a"))).await?,
        [ConsumedCapacity::total(&table, 0.5)],
    )?;
    let indexes = cx.consumed_capacity(asking(ReturnConsumedCapacity::Indexes)).await?;
    ensure_eq("in full", indexes, [expected_capacity(&table, 0.5, &[], &[])])
}
