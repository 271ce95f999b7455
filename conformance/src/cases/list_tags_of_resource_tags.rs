//! Tags that `ListTagsOfResource` returns.

use djamodb_core::plan::{ListTagsOfResource, UntagResource};
use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema, Tag};

use super::prelude::*;
use crate::tags::{Tags, all_tags, expected_tags, table_arn, tag_table};

case!(
    "list_tags_of_resource/returns_the_current_tags",
    Theme::Table,
    requires: [Requirement::TagResource],
    returns_the_current_tags
);
case!(
    "list_tags_of_resource/returns_the_tags_of_a_new_table",
    Theme::Table,
    requires: [Requirement::Tags, Requirement::TagResource],
    returns_the_tags_of_a_new_table
);
case!("list_tags_of_resource/returns_50_tags", Theme::Table, requires: [Requirement::TagResource], returns_50_tags);
case!(
    "list_tags_of_resource/reports_a_missing_table",
    Theme::MissingTable,
    requires: [Requirement::TagResource],
    reports_a_missing_table
);

/// Fails if a tag is missing, outdated, or belongs to another table.
async fn returns_the_current_tags(cx: Context) -> CaseResult {
    let (table, other) = (create_users(&cx).await?, create_other_users(&cx).await?);
    let (arn, other) = (table_arn(&cx, &table).await?, table_arn(&cx, &other).await?);
    if tag_table(&cx, &arn, &[("team", "weather"), ("empty", "")]).await? {
        ensure_eq("tags", all_tags(&cx, &arn).await?, expected_tags(&[("team", "weather"), ("empty", "")]))?;
        tag_table(&cx, &arn, &[("team", "climate"), ("stage", "test")]).await?;
        let now = expected_tags(&[("team", "climate"), ("empty", ""), ("stage", "test")]);
        ensure_eq("tags after replacing one", all_tags(&cx, &arn).await?, now)?;
        ensure_eq("tags of the other table", all_tags(&cx, &other).await?, Tags::new())?;
    }
    Ok(())
}

/// Fails if tags of `CreateTable` are lost.
async fn returns_the_tags_of_a_new_table(cx: Context) -> CaseResult {
    let mut schema = TableSchema::new("tagged", KeySchema::hash(KeyAttribute::s("id")));
    schema.tags = vec![Tag::new("team", "weather")];
    let created = cx.create_table_requiring(Requirement::Tags, schema).await?;
    let table = match &created {
        Some(table) => table.clone(),
        None => create_users(&cx).await?,
    };
    let arn = table_arn(&cx, &table).await?;
    if tag_table(&cx, &arn, &[("stage", "test")]).await? && created.is_some() {
        ensure_eq("tags", all_tags(&cx, &arn).await?, expected_tags(&[("team", "weather"), ("stage", "test")]))?;
    }
    Ok(())
}

/// Fails if tags beyond the first page are lost, or if a 51st tag is accepted.
async fn returns_50_tags(cx: Context) -> CaseResult {
    let arn = table_arn(&cx, &create_users(&cx).await?).await?;
    let names: Vec<String> = (0..50).map(|n| format!("tag {n}")).collect();
    let all: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x")).collect();
    if tag_table(&cx, &arn, &all).await? {
        ensure_eq("tags", all_tags(&cx, &arn).await?, expected_tags(&all))?;
        cx.expect_validation_error(TagResource::new(&arn, vec![Tag::new("one more", "x")])).await?;
    }
    Ok(())
}

/// Fails if a misspelled table name looks like a table without tags.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let arn = format!("{}-missing", table_arn(&cx, &table).await?);
    let list = ListTagsOfResource::new(&arn);
    if cx.run_requiring(Requirement::TagResource, list.clone()).await?.is_none() {
        return Ok(());
    }
    let refusal = if cx.deviates("no-tags") { ExpectedError::Unsupported } else { ExpectedError::ResourceNotFound };
    cx.expect_error(list, refusal).await?;
    cx.expect_error(UntagResource::new(&arn, ["a"]), refusal).await?;
    Ok(())
}
