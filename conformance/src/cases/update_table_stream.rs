//! Streams that `UpdateTable` enables and disables.

use djamodb_core::plan::{ListStreams, StreamUpdate};
use djamodb_core::schema::StreamView;

use super::prelude::*;

case!(
    "update_table/enables_and_disables_the_stream",
    Theme::Stream,
    requires: [Requirement::Stream],
    enables_and_disables_the_stream
);
case!(
    "update_table/rejects_disabling_a_missing_stream",
    Theme::Stream,
    requires: [Requirement::Stream],
    rejects_disabling_a_missing_stream
);
case!(
    "update_table/enabling_again_creates_a_new_stream",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    enabling_again_creates_a_new_stream
);

fn enable(table: &Name) -> UpdateTable {
    UpdateTable::new(table).stream(StreamUpdate::Enable(StreamView::NewAndOldImages))
}

fn disable(table: &Name) -> UpdateTable {
    UpdateTable::new(table).stream(StreamUpdate::Disable)
}

/// Fails if the stream is not enabled, or not disabled.
async fn enables_and_disables_the_stream(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    ensure_eq("latest stream before enabling", describe_table(&cx, &table).await?.latest_stream, None)?;
    if !update_table_requiring(&cx, Requirement::Stream, enable(&table)).await? {
        return Ok(());
    }
    let enabled = describe_table(&cx, &table).await?;
    ensure_eq("stream view", enabled.schema.stream, Some(StreamView::NewAndOldImages))?;
    let stream = enabled.latest_stream.ok_or_else(|| Failure::new("expected a latest stream; received none"))?;
    ensure("the ARN ends with the label", stream.arn.ends_with(&format!("/stream/{}", stream.label)))?;
    cx.expect_validation_error(enable(&table)).await?;
    update_table(&cx, disable(&table)).await?;
    let disabled = describe_table(&cx, &table).await?;
    ensure_eq("stream view after disabling", disabled.schema.stream, None)?;
    ensure_eq("latest stream after disabling", disabled.latest_stream, Some(stream))
}

/// Fails if disabling the stream of a table without one succeeds.
async fn rejects_disabling_a_missing_stream(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let Some(result) = cx.run_requiring(Requirement::Stream, disable(&table)).await? else {
        return Ok(());
    };
    ensure("the update is rejected", result.is_err())?;
    cx.expect_validation_error(disable(&table)).await?;
    Ok(())
}

/// Fails if the records of the second stream appear in the first.
async fn enabling_again_creates_a_new_stream(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn: first }) = create_streamed(&cx, StreamView::KeysOnly).await? else {
        return Ok(());
    };
    put_all(&cx, &table, [key("a", 1)]).await?;
    update_table(&cx, disable(&table)).await?;
    put_all(&cx, &table, [key("a", 2)]).await?;
    update_table(&cx, enable(&table)).await?;
    put_all(&cx, &table, [key("a", 3)]).await?;
    let second = describe_table(&cx, &table).await?.latest_stream.map(|stream| stream.arn).unwrap_or_default();
    ensure("the second stream has another ARN", second != first)?;
    let keys = |records: Vec<StreamRecord>| records.into_iter().map(|record| record.keys).collect::<Vec<Item>>();
    ensure_eq("keys in the first stream", keys(wait_for_records(&cx, &first, 1).await?), [key("a", 1)])?;
    ensure_eq("keys in the second stream", keys(wait_for_records(&cx, &second, 1).await?), [key("a", 3)])?;
    let mut listed: Vec<String> =
        cx.run(ListStreams::of_table(&table)).await?.streams.into_iter().map(|stream| stream.arn).collect();
    listed.sort_unstable();
    let mut expected = [first, second];
    expected.sort_unstable();
    ensure_eq("ARNs of the listed streams", listed, expected)
}
