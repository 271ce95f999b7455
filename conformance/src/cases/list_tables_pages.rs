//! Pages of `ListTables`.

use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};

use super::prelude::*;

case!("list_tables/continues_after_a_name_in_order", Theme::Table, continues_after_a_name_in_order);
case!("list_tables/starts_after_a_name_that_does_not_exist", Theme::Table, starts_after_a_name_that_does_not_exist);
case!("list_tables/accepts_limits_of_1_to_100", Theme::Table, accepts_limits_of_1_to_100);

/// Creates tables whose names end with `names`.
async fn create_tables(cx: &Context, names: &[&str]) -> Result<Vec<Name>, Failure> {
    let mut created = Vec::new();
    for name in names {
        created.push(cx.create_table(TableSchema::new(*name, KeySchema::hash(KeyAttribute::s("id")))).await?);
    }
    Ok(created)
}

/// Returns up to `limit` names after `start`. The server may contain tables of other cases.
async fn names_after(cx: &Context, start: &Name, limit: u32) -> Result<Vec<Name>, Failure> {
    let list = ListTables { exclusive_start_table_name: Some(start.clone()), limit: Some(limit) };
    let output = cx.run(list).await?;
    let names = output.table_names;
    if let Some(last) = output.last_evaluated_table_name {
        ensure_eq("last evaluated table name", Some(&last), names.last())?;
    }
    Ok(names)
}

/// Fails if names are missing, duplicated or out of order.
async fn continues_after_a_name_in_order(cx: Context) -> CaseResult {
    let created = create_tables(&cx, &["b", "C", "a.b", "a-b", "a_b", "a", "9"]).await?;
    let mut expected = created.clone();
    expected.sort();
    let before = cx.table_name("!");
    let before: Name = before.trim_end_matches("-!").into();
    ensure_eq("names on one page", names_after(&cx, &before, 7).await?, expected.clone())?;
    let (mut walked, mut start) = (Vec::new(), before);
    while walked.len() < expected.len() {
        let page = names_after(&cx, &start, 2).await?;
        ensure("a page contains one or two names", (1..=2).contains(&page.len()))?;
        start = page[page.len() - 1].clone();
        walked.extend(page);
    }
    walked.truncate(expected.len());
    ensure_eq("names on pages of two", walked, expected)
}

/// Fails if listing cannot continue after the table of the start name was deleted.
async fn starts_after_a_name_that_does_not_exist(cx: Context) -> CaseResult {
    let created = create_tables(&cx, &["a", "c"]).await?;
    ensure_eq("names after b", names_after(&cx, &cx.table_name("b"), 1).await?, created[1..].to_vec())?;
    ensure_eq("names after a", names_after(&cx, &created[0], 1).await?, created[1..].to_vec())
}

/// Fails if a limit is ignored, or an invalid one accepted.
async fn accepts_limits_of_1_to_100(cx: Context) -> CaseResult {
    create_tables(&cx, &["a", "b"]).await?;
    let limited = |limit| ListTables { limit: Some(limit), ..ListTables::default() };
    let page = cx.run(limited(1)).await?;
    ensure_eq("number of names", page.table_names.len(), 1)?;
    ensure_eq("last evaluated table name", page.last_evaluated_table_name.as_ref(), page.table_names.last())?;
    cx.run(limited(100)).await?;
    cx.expect_validation_error(limited(0)).await?;
    cx.expect_validation_error(limited(101)).await?;
    Ok(())
}
