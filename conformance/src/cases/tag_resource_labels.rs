//! `TagResource`: labels on a table.

use djamodb_core::schema::Tag;

use super::prelude::*;

case!("tag_resource/a_table_takes_labels", Theme::Table, requires: [Requirement::TagResource], labels);

/// Labels would be refused where a table has some, or the table be another.
async fn labels(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    let arn = cx.run(DescribeTable::new(table)).await?.table.arn.unwrap_or_default();
    let tag = |value: &str| TagResource::new(&arn, vec![Tag::new("team", value)]);
    if cx.deviates("no-tags") {
        // The driver has the operation; it is the service behind it that does not.
        cx.attempt(Requirement::TagResource, tag("weather")).await?;
        cx.refused(tag("weather"), Refusal::Unsupported).await?;
        return Ok(());
    }
    for value in ["weather", "climate"] {
        if let Some(result) = cx.attempt(Requirement::TagResource, tag(value)).await? {
            result?;
        }
    }
    Ok(())
}
