//! Tags that `TagResource` sets.

use djamodb_core::schema::Tag;

use super::prelude::*;

case!(
    "tag_resource/accepts_tags_of_a_table",
    Theme::Table,
    requires: [Requirement::TagResource],
    accepts_tags_of_a_table
);

/// Fails if a table cannot be tagged, or a tag cannot be replaced.
async fn accepts_tags_of_a_table(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let arn = cx.run(DescribeTable::new(table)).await?.table.arn.unwrap_or_default();
    let tag = |value: &str| TagResource::new(&arn, vec![Tag::new("team", value)]);
    if cx.deviates("no-tags") {
        // The driver supports the operation, but the backend rejects it.
        cx.run_requiring(Requirement::TagResource, tag("weather")).await?;
        cx.expect_error(tag("weather"), ExpectedError::Unsupported).await?;
        return Ok(());
    }
    for value in ["weather", "climate"] {
        if let Some(result) = cx.run_requiring(Requirement::TagResource, tag(value)).await? {
            result?;
        }
    }
    Ok(())
}
