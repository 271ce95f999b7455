//! `ListTables`: names, in order, page by page.

use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};

use super::prelude::*;

case!("list_tables/continues_after_a_name_in_order", Theme::Table, continues_after_a_name_in_order);
case!("list_tables/starts_after_a_name_that_does_not_exist", Theme::Table, starts_after_a_name_that_does_not_exist);
case!("list_tables/accepts_limits_of_1_to_100", Theme::Table, accepts_limits_of_1_to_100);

/// Creates tables of which the last part of the name is given.
async fn create(cx: &Context, names: &[&str]) -> Result<Vec<Name>, Failure> {
    let mut created = Vec::new();
    for name in names {
        created.push(cx.create_table(TableSchema::new(*name, KeySchema::hash(KeyAttribute::s("id")))).await?);
    }
    Ok(created)
}

/// The names after one, as many as asked for; other cases have tables on the same server.
async fn after(cx: &Context, start: &Name, limit: u32) -> Result<Vec<Name>, Failure> {
    let list = ListTables { exclusive_start_table_name: Some(start.clone()), limit: Some(limit) };
    let output = cx.run(list).await?;
    let names = output.table_names;
    if let Some(last) = output.last_evaluated_table_name {
        ensure_eq("where to go on", Some(&last), names.last())?;
    }
    Ok(names)
}

/// Fails if names are missing, duplicated or out of order.
async fn continues_after_a_name_in_order(cx: Context) -> CaseResult {
    let created = create(&cx, &["b", "C", "a.b", "a-b", "a_b", "a", "9"]).await?;
    let mut expected = created.clone();
    expected.sort();
    let before = cx.table_name("!");
    let before: Name = before.trim_end_matches("-!").into();
    ensure_eq("all at once", after(&cx, &before, 7).await?, expected.clone())?;
    let (mut walked, mut start) = (Vec::new(), before);
    while walked.len() < expected.len() {
        let page = after(&cx, &start, 2).await?;
        ensure("a page holds one or two names", (1..=2).contains(&page.len()))?;
        start = page[page.len() - 1].clone();
        walked.extend(page);
    }
    walked.truncate(expected.len());
    ensure_eq("two at a time", walked, expected)
}

/// Fails if listing cannot continue after the table of the start name was deleted.
async fn starts_after_a_name_that_does_not_exist(cx: Context) -> CaseResult {
    let created = create(&cx, &["a", "c"]).await?;
    ensure_eq("after b", after(&cx, &cx.table_name("b"), 1).await?, created[1..].to_vec())?;
    ensure_eq("after a", after(&cx, &created[0], 1).await?, created[1..].to_vec())
}

/// Fails if a limit is ignored, or an invalid one accepted.
async fn accepts_limits_of_1_to_100(cx: Context) -> CaseResult {
    create(&cx, &["a", "b"]).await?;
    let limited = |limit| ListTables { limit: Some(limit), ..ListTables::default() };
    let page = cx.run(limited(1)).await?;
    ensure_eq("one name", page.table_names.len(), 1)?;
    ensure_eq("where to go on", page.last_evaluated_table_name.as_ref(), page.table_names.last())?;
    cx.run(limited(100)).await?;
    cx.expect_validation_error(limited(0)).await?;
    cx.expect_validation_error(limited(101)).await?;
    Ok(())
}
