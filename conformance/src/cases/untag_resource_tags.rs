//! Tags that `UntagResource` removes.

use djamodb_core::plan::UntagResource;
use djamodb_core::schema::Tag;

use super::prelude::*;
use crate::tags::{Tags, all_tags, expected_tags, table_arn, tag_table};

case!(
    "untag_resource/removes_the_named_tags",
    Theme::Table,
    requires: [Requirement::TagResource],
    removes_the_named_tags
);
case!("untag_resource/rejects_invalid_keys", Theme::Table, requires: [Requirement::TagResource], rejects_invalid_keys);

/// Fails if other tags are removed, or the named ones remain.
async fn removes_the_named_tags(cx: Context) -> CaseResult {
    let arn = table_arn(&cx, &create_users(&cx).await?).await?;
    if tag_table(&cx, &arn, &[("a", "1"), ("b", "2"), ("c", "3")]).await? {
        cx.run(UntagResource::new(&arn, ["b", "never there"])).await?;
        ensure_eq("remaining tags", all_tags(&cx, &arn).await?, expected_tags(&[("a", "1"), ("c", "3")]))?;
        cx.run(UntagResource::new(&arn, ["a", "c"])).await?;
        ensure_eq("tags after removing all", all_tags(&cx, &arn).await?, Tags::new())?;
    }
    Ok(())
}

/// Fails if an invalid tag key or ARN is accepted.
async fn rejects_invalid_keys(cx: Context) -> CaseResult {
    let arn = table_arn(&cx, &create_users(&cx).await?).await?;
    if tag_table(&cx, &arn, &[("a", "1")]).await? {
        cx.expect_validation_error(UntagResource::new(&arn, Vec::<String>::new())).await?;
        cx.expect_validation_error(UntagResource::new("no arn", ["a"])).await?;
        for tags in
            [vec![], vec![Tag::new("", "x")], vec![Tag::new("aws:x", "x")], vec![Tag::new("x".repeat(129), "x")]]
        {
            cx.expect_validation_error(TagResource::new(&arn, tags)).await?;
        }
        ensure_eq("stored tags", all_tags(&cx, &arn).await?, expected_tags(&[("a", "1")]))?;
    }
    Ok(())
}
