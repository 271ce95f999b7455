//! Tags of tables.

use std::collections::BTreeMap;

use djamodb_core::plan::{DescribeTable, ListTagsOfResource, TagResource, UntagResource};
use djamodb_core::schema::Tag;
use djamodb_core::value::Name;

use crate::{Context, ExpectedError, Failure, Requirement};

/// Tag values by key.
pub(crate) type Tags = BTreeMap<String, String>;

/// Returns the ARN of a table.
pub(crate) async fn table_arn(cx: &Context, table: &Name) -> Result<String, Failure> {
    Ok(cx.run(DescribeTable::new(table)).await?.table.arn.unwrap_or_default())
}

/// Tags a table. Returns `false` after asserting the error if the driver or the backend does not support tags.
pub(crate) async fn tag_table(cx: &Context, arn: &str, tags: &[(&str, &str)]) -> Result<bool, Failure> {
    let tag = TagResource::new(arn, tags.iter().map(|(key, value)| Tag::new(*key, *value)).collect());
    let Some(result) = cx.run_requiring(Requirement::TagResource, tag.clone()).await? else {
        return Ok(false);
    };
    if cx.deviates("no-tags") {
        cx.expect_error(tag, ExpectedError::Unsupported).await?;
        cx.expect_error(ListTagsOfResource::new(arn), ExpectedError::Unsupported).await?;
        cx.expect_error(UntagResource::new(arn, ["a"]), ExpectedError::Unsupported).await?;
        return Ok(false);
    }
    result?;
    Ok(true)
}

/// Returns the tags of a table from all pages of `ListTagsOfResource`.
pub(crate) async fn all_tags(cx: &Context, arn: &str) -> Result<Tags, Failure> {
    let mut list = ListTagsOfResource::new(arn);
    let mut tags = Tags::new();
    for _ in 0..50 {
        let page = cx.run(list.clone()).await?;
        tags.extend(page.tags.into_iter().map(|tag| (tag.key, tag.value)));
        list.next_token = page.next_token;
        if list.next_token.is_none() {
            return Ok(tags);
        }
    }
    Err(Failure::new("the pages of tags do not end after 50 requests"))
}

/// Converts a literal to [`Tags`].
pub(crate) fn expected_tags(tags: &[(&str, &str)]) -> Tags {
    tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}
