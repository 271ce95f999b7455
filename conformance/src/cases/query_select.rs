//! `Select` and projections of `Query`.

use djamodb_core::expression::ProjectionExpression;

use super::prelude::*;

case!("query/returns_only_projected_attributes", Theme::Projection, returns_only_projected_attributes);
case!("query/returns_empty_items_if_no_path_exists", Theme::Projection, returns_empty_items_if_no_path_exists);
case!("query/a_projection_keeps_the_last_evaluated_key", Theme::Projection, a_projection_keeps_the_last_evaluated_key);
case!("query/returns_all_attributes_by_default", Theme::Projection, returns_all_attributes_by_default);
case!("query/a_count_returns_no_items", Theme::Count, a_count_returns_no_items);
case!(
    "query/rejects_all_projected_attributes_of_a_table",
    Theme::Projection,
    rejects_all_projected_attributes_of_a_table
);

async fn create_three_items(cx: &Context) -> Result<Name, Failure> {
    let table = create_events(cx).await?;
    put_all(cx, &table, (0..3).map(|at| key("a", at).with("x", at).with("y", "y"))).await?;
    Ok(table)
}

fn query_selecting(table: &Name, select: Select) -> Query {
    Query { select: Some(select), ..partition_query(table, "a") }
}

fn names(paths: &[&str]) -> Select {
    Select::SpecificAttributes(ProjectionExpression::new(paths.iter().map(|text| path(text))))
}

/// Fails if other attributes than the projected ones are returned.
async fn returns_only_projected_attributes(cx: Context) -> CaseResult {
    let table = create_three_items(&cx).await?;
    let items = cx.run(query_selecting(&table, names(&["x", "none"]))).await?.items;
    ensure_eq("attribute x", items, [0, 1, 2].map(|x| Item::new().with("x", x)))?;
    let items = cx.run(query_selecting(&table, names(&["y", "at"]))).await?.items;
    ensure_eq("attributes y and at", items, [0, 1, 2].map(|at| Item::new().with("at", at).with("y", "y")))
}

/// Fails if items without the projected attributes are dropped or not counted.
async fn returns_empty_items_if_no_path_exists(cx: Context) -> CaseResult {
    let table = create_three_items(&cx).await?;
    let page = cx.run(query_selecting(&table, names(&["none"]))).await?;
    ensure_eq("items", page.items, vec![Item::new(); 3])?;
    ensure_eq("count and scanned count", (page.count, page.scanned_count), (3, 3))
}

/// Fails if `LastEvaluatedKey` lacks a key attribute that is not projected.
async fn a_projection_keeps_the_last_evaluated_key(cx: Context) -> CaseResult {
    let table = create_three_items(&cx).await?;
    let page = cx.run(Query { limit: Some(2), ..query_selecting(&table, names(&["x"])) }).await?;
    ensure_eq("last evaluated key", page.last_evaluated_key, Some(key("a", 1)))
}

/// Fails if attributes are missing from the items.
async fn returns_all_attributes_by_default(cx: Context) -> CaseResult {
    let table = create_three_items(&cx).await?;
    let expected = [0, 1, 2].map(|at| key("a", at).with("x", at).with("y", "y"));
    ensure_eq("items by default", cx.run(partition_query(&table, "a")).await?.items, expected.clone())?;
    ensure_eq(
        "items with `ALL_ATTRIBUTES`",
        cx.run(query_selecting(&table, Select::AllAttributes)).await?.items,
        expected,
    )
}

/// Fails if `COUNT` returns items, or a wrong count.
async fn a_count_returns_no_items(cx: Context) -> CaseResult {
    let table = create_three_items(&cx).await?;
    let page = cx.run(query_selecting(&table, Select::Count)).await?;
    ensure_eq("count and scanned count", (page.count, page.scanned_count), (3, 3))?;
    ensure_eq("items", page.items, Vec::<Item>::new())?;
    let page = cx.run(Query { limit: Some(2), ..query_selecting(&table, Select::Count) }).await?;
    ensure_eq("count and last key with a limit", (page.count, page.last_evaluated_key), (2, Some(key("a", 1))))
}

/// Fails if `ALL_PROJECTED_ATTRIBUTES` is accepted without an index.
async fn rejects_all_projected_attributes_of_a_table(cx: Context) -> CaseResult {
    let table = create_three_items(&cx).await?;
    cx.expect_validation_error(query_selecting(&table, Select::AllProjectedAttributes)).await?;
    Ok(())
}
