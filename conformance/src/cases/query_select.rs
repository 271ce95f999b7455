//! `Query`: what it gives of each item.

use djamodb_core::expression::Projection;

use super::prelude::*;

case!("query/a_projection_gives_the_attributes_it_names", Theme::Projection, specific);
case!("query/a_projection_that_finds_nothing_gives_empty_items", Theme::Projection, nothing);
case!("query/a_projection_does_not_touch_the_key_to_go_on", Theme::Projection, last_key);
case!("query/all_attributes_are_given_without_a_projection", Theme::Projection, all_attributes);
case!("query/a_count_gives_no_items", Theme::Count, count);
case!("query/what_an_index_holds_cannot_be_asked_of_a_table", Theme::Projection, projected_of_table);

async fn three(cx: &Context) -> Result<Name, Failure> {
    let table = events(cx).await?;
    put_all(cx, &table, (0..3).map(|at| key("a", at).with("x", at).with("y", "y"))).await?;
    Ok(table)
}

fn selecting(table: &Name, select: Select) -> Query {
    Query { select: Some(select), ..partition(table, "a") }
}

fn names(paths: &[&str]) -> Select {
    Select::SpecificAttributes(Projection::new(paths.iter().map(|text| path(text))))
}

/// All attributes would be given.
async fn specific(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    let items = cx.run(selecting(&table, names(&["x", "none"]))).await?.items;
    same("x alone", items, [0, 1, 2].map(|x| Item::new().with("x", x)))?;
    let items = cx.run(selecting(&table, names(&["y", "at"]))).await?.items;
    same("y and at", items, [0, 1, 2].map(|at| Item::new().with("at", at).with("y", "y")))
}

/// Items that have none of the attributes would be left out, and not be counted.
async fn nothing(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    let page = cx.run(selecting(&table, names(&["none"]))).await?;
    same("the items", page.items, vec![Item::new(); 3])?;
    same("the counts", (page.count, page.scanned_count), (3, 3))
}

/// Reading could not go on, since the key is not among what is given.
async fn last_key(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    let page = cx.run(Query { limit: Some(2), ..selecting(&table, names(&["x"])) }).await?;
    same("where to go on", page.last_evaluated_key, Some(key("a", 1)))
}

/// Attributes would be lost on the way.
async fn all_attributes(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    let expected = [0, 1, 2].map(|at| key("a", at).with("x", at).with("y", "y"));
    same("by default", cx.run(partition(&table, "a")).await?.items, expected.clone())?;
    same("by name", cx.run(selecting(&table, Select::AllAttributes)).await?.items, expected)
}

/// Counting would cost as much traffic as reading, or count something else.
async fn count(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    let page = cx.run(selecting(&table, Select::Count)).await?;
    same("the counts", (page.count, page.scanned_count), (3, 3))?;
    same("the items", page.items, Vec::<Item>::new())?;
    let page = cx.run(Query { limit: Some(2), ..selecting(&table, Select::Count) }).await?;
    same("up to a limit", (page.count, page.last_evaluated_key), (2, Some(key("a", 1))))
}

/// A query that forgot its index would be answered from the table.
async fn projected_of_table(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    cx.invalid(selecting(&table, Select::AllProjectedAttributes)).await?;
    Ok(())
}
