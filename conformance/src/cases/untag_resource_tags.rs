//! `UntagResource`: labels taken from a table.

use djamodb_core::plan::UntagResource;
use djamodb_core::schema::Tag;

use super::prelude::*;
use crate::tags::{Tags, all_tags, expected_tags, table_arn, tag_table};

case!("untag_resource/takes_the_labels_that_are_named", Theme::Table, requires: [Requirement::TagResource], taken);
case!("untag_resource/wrong_names_are_refused", Theme::Table, requires: [Requirement::TagResource], refused);

/// Other labels would be taken as well, or none.
async fn taken(cx: Context) -> CaseResult {
    let arn = table_arn(&cx, &create_users(&cx).await?).await?;
    if tag_table(&cx, &arn, &[("a", "1"), ("b", "2"), ("c", "3")]).await? {
        cx.run(UntagResource::new(&arn, ["b", "never there"])).await?;
        ensure_eq("what is left", all_tags(&cx, &arn).await?, expected_tags(&[("a", "1"), ("c", "3")]))?;
        cx.run(UntagResource::new(&arn, ["a", "c"])).await?;
        ensure_eq("in the end", all_tags(&cx, &arn).await?, Tags::new())?;
    }
    Ok(())
}

/// A mistake would look like a success.
async fn refused(cx: Context) -> CaseResult {
    let arn = table_arn(&cx, &create_users(&cx).await?).await?;
    if tag_table(&cx, &arn, &[("a", "1")]).await? {
        cx.expect_validation_error(UntagResource::new(&arn, Vec::<String>::new())).await?;
        cx.expect_validation_error(UntagResource::new("no arn", ["a"])).await?;
        for tags in
            [vec![], vec![Tag::new("", "x")], vec![Tag::new("aws:x", "x")], vec![Tag::new("x".repeat(129), "x")]]
        {
            cx.expect_validation_error(TagResource::new(&arn, tags)).await?;
        }
        ensure_eq("what is there", all_tags(&cx, &arn).await?, expected_tags(&[("a", "1")]))?;
    }
    Ok(())
}
