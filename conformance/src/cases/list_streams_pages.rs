//! Pages of `ListStreams`.

use std::collections::BTreeSet;

use djamodb_core::plan::{ListStreams, StreamUpdate};
use djamodb_core::schema::StreamView;

use super::prelude::*;

case!(
    "list_streams/returns_the_stream_of_a_table",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    returns_the_stream_of_a_table
);
case!(
    "list_streams/continues_after_a_stream",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    continues_after_a_stream
);
case!(
    "list_streams/returns_nothing_for_a_table_without_a_stream",
    Theme::Stream,
    requires: [Requirement::GetRecords],
    returns_nothing_for_a_table_without_a_stream
);
case!(
    "list_streams/accepts_limits_of_1_to_100",
    Theme::Stream,
    requires: [Requirement::GetRecords],
    accepts_limits_of_1_to_100
);

/// Fails if the stream is missing, or differs from the description of its table.
async fn returns_the_stream_of_a_table(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::NewImage).await? else {
        return Ok(());
    };
    let streams = cx.run(ListStreams::of_table(&table)).await?.streams;
    let latest = describe_table(&cx, &table).await?.latest_stream;
    ensure_eq("stream ARN", latest.as_ref().map(|stream| stream.arn.clone()), Some(arn))?;
    let summary =
        |stream: &djamodb_core::plan::Stream| (stream.table.clone(), stream.arn.clone(), stream.label.clone());
    let expected = latest.map(|stream| (table, stream.arn, stream.label));
    ensure_eq("stream", streams.iter().map(summary).collect::<Vec<_>>(), expected.as_slice())
}

/// Fails if streams are missing from the pages, or the pages do not end.
async fn continues_after_a_stream(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::KeysOnly).await? else {
        return Ok(());
    };
    let mut expected = BTreeSet::from([arn]);
    for _ in 0..3 {
        update_table(&cx, UpdateTable::new(&table).stream(StreamUpdate::Disable)).await?;
        update_table(&cx, UpdateTable::new(&table).stream(StreamUpdate::Enable(StreamView::KeysOnly))).await?;
        expected.extend(describe_table(&cx, &table).await?.latest_stream.map(|stream| stream.arn));
    }
    ensure_eq("number of streams that were created", expected.len(), 4)?;
    for limit in [1, 3] {
        let mut list = ListStreams { limit: Some(limit), ..ListStreams::of_table(&table) };
        let mut found = Vec::new();
        for _ in 0..10 {
            let page = cx.run(list.clone()).await?;
            ensure("a page is not longer than the limit", page.streams.len() <= limit as usize)?;
            found.extend(page.streams.into_iter().map(|stream| stream.arn));
            list.exclusive_start_stream_arn = page.last_evaluated_stream_arn;
            if list.exclusive_start_stream_arn.is_none() {
                break;
            }
        }
        ensure_eq("number of listed streams", found.len(), 4)?;
        ensure_eq("ARNs of the listed streams", found.into_iter().collect::<BTreeSet<_>>(), expected.clone())?;
    }
    Ok(())
}

/// Fails if streams of another table are returned.
async fn returns_nothing_for_a_table_without_a_stream(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for table in [table, cx.table_name("missing")] {
        if let Some(listed) = cx.run_requiring(Requirement::GetRecords, ListStreams::of_table(table)).await? {
            let listed = listed?;
            ensure_eq("streams", (listed.streams, listed.last_evaluated_stream_arn), (vec![], None))?;
        }
    }
    Ok(())
}

/// Fails if an invalid limit is accepted.
async fn accepts_limits_of_1_to_100(cx: Context) -> CaseResult {
    let list = |limit| ListStreams { limit: Some(limit), ..ListStreams::default() };
    if let Some(listed) = cx.run_requiring(Requirement::GetRecords, list(100)).await? {
        listed?;
        cx.expect_validation_error(list(0)).await?;
        cx.expect_validation_error(list(101)).await?;
    }
    Ok(())
}
