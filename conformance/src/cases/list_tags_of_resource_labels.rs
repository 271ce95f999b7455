//! `ListTagsOfResource`: which labels a table has.

use djamodb_core::plan::{ListTagsOfResource, UntagResource};
use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema, Tag};

use super::prelude::*;
use crate::labels::{Labels, arn, expected, labels, tag};

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
    let (table, other) = (users(&cx).await?, also_users(&cx).await?);
    let (arn, other) = (arn(&cx, &table).await?, arn(&cx, &other).await?);
    if tag(&cx, &arn, &[("team", "weather"), ("empty", "")]).await? {
        same("the labels", labels(&cx, &arn).await?, expected(&[("team", "weather"), ("empty", "")]))?;
        tag(&cx, &arn, &[("team", "climate"), ("stage", "test")]).await?;
        let now = expected(&[("team", "climate"), ("empty", ""), ("stage", "test")]);
        same("the labels after another was put on", labels(&cx, &arn).await?, now)?;
        same("of the other table", labels(&cx, &other).await?, Labels::new())?;
    }
    Ok(())
}

/// Labels that a table was created with would be lost.
async fn of_creation(cx: Context) -> CaseResult {
    let mut schema = TableSchema::new("tagged", KeySchema::hash(KeyAttribute::s("id")));
    schema.tags = vec![Tag::new("team", "weather")];
    let created = cx.create_with(Requirement::Tags, schema).await?;
    let table = match &created {
        Some(table) => table.clone(),
        None => users(&cx).await?,
    };
    let arn = arn(&cx, &table).await?;
    if tag(&cx, &arn, &[("stage", "test")]).await? && created.is_some() {
        same("the labels", labels(&cx, &arn).await?, expected(&[("team", "weather"), ("stage", "test")]))?;
    }
    Ok(())
}

/// Labels after the first few would be lost.
async fn fifty(cx: Context) -> CaseResult {
    let arn = arn(&cx, &users(&cx).await?).await?;
    let names: Vec<String> = (0..50).map(|n| format!("label {n}")).collect();
    let all: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x")).collect();
    if tag(&cx, &arn, &all).await? {
        same("the labels", labels(&cx, &arn).await?, expected(&all))?;
        cx.invalid(TagResource::new(&arn, vec![Tag::new("one more", "x")])).await?;
    }
    Ok(())
}

/// A typing error in a table's name would look like a table without labels.
async fn missing(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    let arn = format!("{}-missing", arn(&cx, &table).await?);
    let list = ListTagsOfResource::new(&arn);
    if cx.attempt(Requirement::TagResource, list.clone()).await?.is_none() {
        return Ok(());
    }
    let refusal = if cx.deviates("no-tags") { Refusal::Unsupported } else { Refusal::ResourceNotFound };
    cx.refused(list, refusal).await?;
    cx.refused(UntagResource::new(&arn, ["a"]), refusal).await?;
    Ok(())
}
