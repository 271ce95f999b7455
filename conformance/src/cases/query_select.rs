//! `Query`: what it gives of each item.

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

async fn three(cx: &Context) -> Result<Name, Failure> {
    let table = create_events(cx).await?;
    put_all(cx, &table, (0..3).map(|at| key("a", at).with("x", at).with("y", "y"))).await?;
    Ok(table)
}

fn selecting(table: &Name, select: Select) -> Query {
    Query { select: Some(select), ..partition_query(table, "a") }
}

fn names(paths: &[&str]) -> Select {
    Select::SpecificAttributes(ProjectionExpression::new(paths.iter().map(|text| path(text))))
}

/// Fails if other attributes than the projected ones are returned.
async fn returns_only_projected_attributes(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    let items = cx.run(selecting(&table, names(&["x", "none"]))).await?.items;
    ensure_eq("x alone", items, [0, 1, 2].map(|x| Item::new().with("x", x)))?;
    let items = cx.run(selecting(&table, names(&["y", "at"]))).await?.items;
    ensure_eq("y and at", items, [0, 1, 2].map(|at| Item::new().with("at", at).with("y", "y")))
}

/// Fails if items without the projected attributes are dropped or not counted.
async fn returns_empty_items_if_no_path_exists(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    let page = cx.run(selecting(&table, names(&["none"]))).await?;
    ensure_eq("the items", page.items, vec![Item::new(); 3])?;
    ensure_eq("the counts", (page.count, page.scanned_count), (3, 3))
}

/// Fails if `LastEvaluatedKey` lacks a key attribute that is not projected.
async fn a_projection_keeps_the_last_evaluated_key(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    let page = cx.run(Query { limit: Some(2), ..selecting(&table, names(&["x"])) }).await?;
    ensure_eq("where to go on", page.last_evaluated_key, Some(key("a", 1)))
}

/// Fails if attributes are missing from the items.
async fn returns_all_attributes_by_default(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    let expected = [0, 1, 2].map(|at| key("a", at).with("x", at).with("y", "y"));
    ensure_eq("by default", cx.run(partition_query(&table, "a")).await?.items, expected.clone())?;
    ensure_eq("by name", cx.run(selecting(&table, Select::AllAttributes)).await?.items, expected)
}

/// Fails if `COUNT` returns items, or a wrong count.
async fn a_count_returns_no_items(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    let page = cx.run(selecting(&table, Select::Count)).await?;
    ensure_eq("the counts", (page.count, page.scanned_count), (3, 3))?;
    ensure_eq("the items", page.items, Vec::<Item>::new())?;
    let page = cx.run(Query { limit: Some(2), ..selecting(&table, Select::Count) }).await?;
    ensure_eq("up to a limit", (page.count, page.last_evaluated_key), (2, Some(key("a", 1))))
}

/// Fails if `ALL_PROJECTED_ATTRIBUTES` is accepted without an index.
async fn rejects_all_projected_attributes_of_a_table(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    cx.expect_validation_error(selecting(&table, Select::AllProjectedAttributes)).await?;
    Ok(())
}
