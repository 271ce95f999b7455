//! `ListTagsOfResource`: which labels a table has.

use djamodb_core::plan::{ListTagsOfResource, UntagResource};
use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema, Tag};

use super::prelude::*;
use crate::tags::{Tags, all_tags, expected_tags, table_arn, tag_table};

case!("list_tags_of_resource/labels_are_listed", Theme::Table, requires: [Requirement::TagResource], listed);
case!(
    "list_tags_of_resource/labels_of_creation_are_listed",
    Theme::Table,
    requires: [Requirement::Tags, Requirement::TagResource],
    of_creation
);
case!("list_tags_of_resource/fifty_labels_are_listed", Theme::Table, requires: [Requirement::TagResource], fifty);
case!(
    "list_tags_of_resource/a_missing_table_is_said",
    Theme::MissingTable,
    requires: [Requirement::TagResource],
    missing
);

/// Who pays for a table could not be told, or would be told wrongly after it has changed.
async fn listed(cx: Context) -> CaseResult {
    let (table, other) = (create_users(&cx).await?, create_other_users(&cx).await?);
    let (arn, other) = (table_arn(&cx, &table).await?, table_arn(&cx, &other).await?);
    if tag_table(&cx, &arn, &[("team", "weather"), ("empty", "")]).await? {
        ensure_eq("the labels", all_tags(&cx, &arn).await?, expected_tags(&[("team", "weather"), ("empty", "")]))?;
        tag_table(&cx, &arn, &[("team", "climate"), ("stage", "test")]).await?;
        let now = expected_tags(&[("team", "climate"), ("empty", ""), ("stage", "test")]);
        ensure_eq("the labels after another was put on", all_tags(&cx, &arn).await?, now)?;
        ensure_eq("of the other table", all_tags(&cx, &other).await?, Tags::new())?;
    }
    Ok(())
}

/// Tags that a table was created with would be lost.
async fn of_creation(cx: Context) -> CaseResult {
    let mut schema = TableSchema::new("tagged", KeySchema::hash(KeyAttribute::s("id")));
    schema.tags = vec![Tag::new("team", "weather")];
    let created = cx.create_table_requiring(Requirement::Tags, schema).await?;
    let table = match &created {
        Some(table) => table.clone(),
        None => create_users(&cx).await?,
    };
    let arn = table_arn(&cx, &table).await?;
    if tag_table(&cx, &arn, &[("stage", "test")]).await? && created.is_some() {
        ensure_eq("the labels", all_tags(&cx, &arn).await?, expected_tags(&[("team", "weather"), ("stage", "test")]))?;
    }
    Ok(())
}

/// Tags after the first few would be lost.
async fn fifty(cx: Context) -> CaseResult {
    let arn = table_arn(&cx, &create_users(&cx).await?).await?;
    let names: Vec<String> = (0..50).map(|n| format!("label {n}")).collect();
    let all: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x")).collect();
    if tag_table(&cx, &arn, &all).await? {
        ensure_eq("the labels", all_tags(&cx, &arn).await?, expected_tags(&all))?;
        cx.expect_validation_error(TagResource::new(&arn, vec![Tag::new("one more", "x")])).await?;
    }
    Ok(())
}

/// A typing error in a table's name would look like a table without labels.
async fn missing(cx: Context) -> CaseResult {
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
