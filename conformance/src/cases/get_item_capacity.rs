//! Consumed capacity of `GetItem`.

use djamodb_core::expression::ProjectionExpression;
use djamodb_core::plan::ConsumedCapacity;

use super::prelude::*;

case!("get_item/consumes_half_a_unit_for_each_4_kb", Theme::Capacity, consumes_half_a_unit_for_each_4_kb);
case!(
    "get_item/consumes_minimum_capacity_for_a_missing_item",
    Theme::Capacity,
    consumes_minimum_capacity_for_a_missing_item
);
case!(
    "get_item/consumes_the_capacity_of_the_whole_item_with_a_projection",
    Theme::Capacity,
    consumes_the_capacity_of_the_whole_item_with_a_projection
);
case!("get_item/returns_the_requested_capacity_detail", Theme::Capacity, returns_the_requested_capacity_detail);

fn get_with(table: &Name, id: &str, consistent: bool) -> GetItem {
    GetItem { consistent, ..GetItem::new(table, user_key(id)) }
}

/// Fails if a read consumes capacity by another size or rate.
async fn consumes_half_a_unit_for_each_4_kb(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for (bytes, expected) in [(20, 0.5), (4096, 0.5), (4097, 1.0), (8192, 1.0), (8193, 1.5)] {
        put_all(&cx, &table, [item_of_size(user_key("a"), bytes)]).await?;
        let eventual = consumed_units(&cx, get_with(&table, "a", false)).await?;
        let consistent = consumed_units(&cx, get_with(&table, "a", true)).await?;
        ensure_eq(
            format!("capacity with an item of {bytes} bytes"),
            (eventual, consistent),
            (expected, expected * 2.0),
        )?;
    }
    Ok(())
}

/// Fails if reading a missing item consumes no capacity.
async fn consumes_minimum_capacity_for_a_missing_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    ensure_eq("eventually consistent read", consumed_units(&cx, get_with(&table, "none", false)).await?, 0.5)?;
    ensure_eq("strongly consistent read", consumed_units(&cx, get_with(&table, "none", true)).await?, 1.0)
}

/// Fails if a projection reduces the consumed capacity.
async fn consumes_the_capacity_of_the_whole_item_with_a_projection(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [item_of_size(user_key("a"), 9000)]).await?;
    let projection = Some(ProjectionExpression::new([path("id")]));
    ensure_eq("consumed units", consumed_units(&cx, GetItem { projection, ..get_with(&table, "a", false) }).await?, 1.5)
}

/// Fails if the consumed capacity has another level of detail than requested.
async fn returns_the_requested_capacity_detail(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let requesting = |detail| GetItem { return_consumed_capacity: detail, ..get_with(&table, "a", false) };
    ensure_eq("capacity with `NONE`", cx.consumed_capacity(requesting(ReturnConsumedCapacity::None)).await?, [])?;
    let total = cx.consumed_capacity(requesting(ReturnConsumedCapacity::Total)).await?;
    ensure_eq("capacity with `TOTAL`", total, [ConsumedCapacity::total(&table, 0.5)])?;
    ensure_eq(
        "capacity by default",
        cx.consumed_capacity(GetItem::new(&table, user_key("a"))).await?,
        [ConsumedCapacity::total(&table, 0.5)],
    )?;
    let indexes = cx.consumed_capacity(requesting(ReturnConsumedCapacity::Indexes)).await?;
    ensure_eq("capacity with `INDEXES`", indexes, [expected_capacity(&table, 0.5, &[], &[])])
}
