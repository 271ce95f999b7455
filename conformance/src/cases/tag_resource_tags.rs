//! `TagResource`: labels on a table.

use djamodb_core::schema::Tag;

use super::prelude::*;

case!("tag_resource/a_table_takes_labels", Theme::Table, requires: [Requirement::TagResource], retag);

/// Tags would be refused where a table has some, or the table be another.
async fn retag(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let arn = cx.run(DescribeTable::new(table)).await?.table.arn.unwrap_or_default();
    let tag = |value: &str| TagResource::new(&arn, vec![Tag::new("team", value)]);
    if cx.deviates("no-tags") {
        // The driver has the operation; it is the service behind it that does not.
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
