//! Labels of tables.

use std::collections::BTreeMap;

use djamodb_core::plan::{DescribeTable, ListTagsOfResource, TagResource, UntagResource};
use djamodb_core::schema::Tag;
use djamodb_core::value::Name;

use crate::{Context, Failure, Refusal, Requirement};

/// Labels by their names.
pub(crate) type Labels = BTreeMap<String, String>;

/// The ARN of a table.
pub(crate) async fn arn(cx: &Context, table: &Name) -> Result<String, Failure> {
    Ok(cx.run(DescribeTable::new(table)).await?.table.arn.unwrap_or_default())
}

/// Labels a table; `false` where the driver lacks that, or the service behind it, which have then refused.
pub(crate) async fn tag(cx: &Context, arn: &str, labels: &[(&str, &str)]) -> Result<bool, Failure> {
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
pub(crate) async fn labels(cx: &Context, arn: &str) -> Result<Labels, Failure> {
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

/// Labels as they are expected.
pub(crate) fn expected(labels: &[(&str, &str)]) -> Labels {
    labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}
