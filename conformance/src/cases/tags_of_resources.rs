//! `ListTagsOfResource` and `UntagResource`: which labels a table has.

use std::collections::BTreeMap;

use djamodb_core::plan::{ListTagsOfResource, UntagResource};
use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema, Tag};

use super::prelude::*;

case!("list_tags_of_resource/labels_are_listed", Theme::Table, requires: [Requirement::TagResource], listed);
case!(
    "list_tags_of_resource/labels_of_creation_are_listed",
    Theme::Table,
    requires: [Requirement::Tags, Requirement::TagResource],
    of_creation
);
case!("list_tags_of_resource/fifty_labels_are_listed", Theme::Table, requires: [Requirement::TagResource], fifty);
case!("untag_resource/takes_the_labels_that_are_named", Theme::Table, requires: [Requirement::TagResource], taken);
case!("untag_resource/wrong_names_are_refused", Theme::Table, requires: [Requirement::TagResource], refused);
case!(
    "list_tags_of_resource/a_missing_table_is_said",
    Theme::MissingTable,
    requires: [Requirement::TagResource],
    missing
);

type Labels = BTreeMap<String, String>;

async fn arn(cx: &Context, table: &Name) -> Result<String, Failure> {
    Ok(described(cx, table).await?.arn.unwrap_or_default())
}

/// Labels a table; `false` where the driver lacks that, or the service behind it, which have then refused.
async fn tag(cx: &Context, arn: &str, labels: &[(&str, &str)]) -> Result<bool, Failure> {
    let tag = TagResource::new(arn, labels.iter().map(|(key, value)| Tag::new(*key, *value)).collect());
    let Some(result) = cx.attempt(Requirement::TagResource, tag.clone()).await? else {
        return Ok(false);
    };
    if cx.deviates("no-tags") {
        cx.refused(tag, Refusal::Unsupported).await?;
        cx.refused(ListTagsOfResource::new(arn), Refusal::Unsupported).await?;
        cx.refused(UntagResource::new(arn, ["a"]), Refusal::Unsupported).await?;
        return Ok(false);
    }
    result?;
    Ok(true)
}

/// Every label of a table, over as many pages as it takes.
async fn labels(cx: &Context, arn: &str) -> Result<Labels, Failure> {
    let mut list = ListTagsOfResource::new(arn);
    let mut labels = Labels::new();
    for _ in 0..50 {
        let page = cx.run(list.clone()).await?;
        labels.extend(page.tags.into_iter().map(|tag| (tag.key, tag.value)));
        list.next_token = page.next_token;
        if list.next_token.is_none() {
            return Ok(labels);
        }
    }
    Err(Failure::new("the labels do not end"))
}

fn expected(labels: &[(&str, &str)]) -> Labels {
    labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

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

/// Other labels would be taken as well, or none.
async fn taken(cx: Context) -> CaseResult {
    let arn = arn(&cx, &users(&cx).await?).await?;
    if tag(&cx, &arn, &[("a", "1"), ("b", "2"), ("c", "3")]).await? {
        cx.run(UntagResource::new(&arn, ["b", "never there"])).await?;
        same("what is left", labels(&cx, &arn).await?, expected(&[("a", "1"), ("c", "3")]))?;
        cx.run(UntagResource::new(&arn, ["a", "c"])).await?;
        same("in the end", labels(&cx, &arn).await?, Labels::new())?;
    }
    Ok(())
}

/// A mistake would look like a success.
async fn refused(cx: Context) -> CaseResult {
    let arn = arn(&cx, &users(&cx).await?).await?;
    if tag(&cx, &arn, &[("a", "1")]).await? {
        cx.invalid(UntagResource::new(&arn, Vec::<String>::new())).await?;
        cx.invalid(UntagResource::new("no arn", ["a"])).await?;
        for tags in
            [vec![], vec![Tag::new("", "x")], vec![Tag::new("aws:x", "x")], vec![Tag::new("x".repeat(129), "x")]]
        {
            cx.invalid(TagResource::new(&arn, tags)).await?;
        }
        same("what is there", labels(&cx, &arn).await?, expected(&[("a", "1")]))?;
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
