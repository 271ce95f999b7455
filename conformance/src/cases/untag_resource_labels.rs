//! `UntagResource`: labels taken from a table.

use djamodb_core::plan::UntagResource;
use djamodb_core::schema::Tag;

use super::prelude::*;
use crate::labels::{Labels, arn, expected, labels, tag};

case!("untag_resource/takes_the_labels_that_are_named", Theme::Table, requires: [Requirement::TagResource], taken);
case!("untag_resource/wrong_names_are_refused", Theme::Table, requires: [Requirement::TagResource], refused);

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
