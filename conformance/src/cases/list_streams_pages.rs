//! `ListStreams`: streams, page by page.

use std::collections::BTreeSet;

use djamodb_core::plan::{ListStreams, StreamUpdate};
use djamodb_core::schema::StreamView;

use super::prelude::*;

case!(
    "list_streams/a_tables_stream_is_listed",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    listed
);
case!(
    "list_streams/goes_on_after_a_stream",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    pages_of_two
);
case!("list_streams/a_table_without_a_stream_has_none", Theme::Stream, requires: [Requirement::GetRecords], none);
case!("list_streams/limits_are_1_to_100", Theme::Stream, requires: [Requirement::GetRecords], limits);

/// Nobody would find the stream of a table.
async fn listed(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::NewImage).await? else {
        return Ok(());
    };
    let streams = cx.run(ListStreams::of_table(&table)).await?.streams;
    let latest = describe_table(&cx, &table).await?.latest_stream;
    ensure_eq("the ARN", latest.as_ref().map(|stream| stream.arn.clone()), Some(arn))?;
    let told = |stream: &djamodb_core::plan::Stream| (stream.table.clone(), stream.arn.clone(), stream.label.clone());
    let expected = latest.map(|stream| (table, stream.arn, stream.label));
    ensure_eq("the stream", streams.iter().map(told).collect::<Vec<_>>(), expected.as_slice())
}

/// Streams would be left out, or the list never end.
async fn pages_of_two(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::KeysOnly).await? else {
        return Ok(());
    };
    let mut expected = BTreeSet::from([arn]);
    for _ in 0..3 {
        update_table(&cx, UpdateTable::new(&table).stream(StreamUpdate::Disable)).await?;
        update_table(&cx, UpdateTable::new(&table).stream(StreamUpdate::Enable(StreamView::KeysOnly))).await?;
        expected.extend(describe_table(&cx, &table).await?.latest_stream.map(|stream| stream.arn));
    }
    ensure_eq("how many streams there were", expected.len(), 4)?;
    for limit in [1, 3] {
        let mut list = ListStreams { limit: Some(limit), ..ListStreams::of_table(&table) };
        let mut found = Vec::new();
        for _ in 0..10 {
            let page = cx.run(list.clone()).await?;
            ensure("a page is no longer than its limit", page.streams.len() <= limit as usize)?;
            found.extend(page.streams.into_iter().map(|stream| stream.arn));
            list.exclusive_start_stream_arn = page.last_evaluated_stream_arn;
            if list.exclusive_start_stream_arn.is_none() {
                break;
            }
        }
        ensure_eq("how many are found", found.len(), 4)?;
        ensure_eq("each of them", found.into_iter().collect::<BTreeSet<_>>(), expected.clone())?;
    }
    Ok(())
}

/// The stream of another table would be read.
async fn none(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for table in [table, cx.table_name("missing")] {
        if let Some(listed) = cx.run_requiring(Requirement::GetRecords, ListStreams::of_table(table)).await? {
            let listed = listed?;
            ensure_eq("the streams", (listed.streams, listed.last_evaluated_stream_arn), (vec![], None))?;
        }
    }
    Ok(())
}

/// A limit would be ignored.
async fn limits(cx: Context) -> CaseResult {
    let list = |limit| ListStreams { limit: Some(limit), ..ListStreams::default() };
    if let Some(listed) = cx.run_requiring(Requirement::GetRecords, list(100)).await? {
        listed?;
        cx.expect_validation_error(list(0)).await?;
        cx.expect_validation_error(list(101)).await?;
    }
    Ok(())
}
