//! Pages of `GetRecords`, and the end of a shard.

use djamodb_core::plan::StreamUpdate;
use djamodb_core::schema::StreamView;

use super::prelude::*;

case!(
    "get_records/limits_the_records_of_a_page",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    limits_the_records_of_a_page
);
case!(
    "get_records/limits_the_bytes_of_a_page",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    limits_the_bytes_of_a_page
);
case!(
    "get_records/continues_in_an_open_shard",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    continues_in_an_open_shard
);
case!(
    "get_records/ends_a_closed_shard",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    ends_a_closed_shard
);

fn keys(records: &[StreamRecord]) -> Vec<i64> {
    range_keys(&records.iter().map(|record| record.keys.clone()).collect::<Vec<Item>>())
}

/// Creates a stream with the changes of seven items. Returns it with an iterator at the start of the shard that contains them.
async fn create_seven_records(cx: &Context) -> Result<Option<(StreamedTable, String)>, Failure> {
    let Some(stream) = create_streamed(cx, StreamView::KeysOnly).await? else {
        return Ok(None);
    };
    put_all(cx, &stream.table, (0..7).map(|at| key("a", at))).await?;
    wait_for_records(cx, &stream.arn, 7).await?;
    let oldest = oldest_record(cx, &stream.arn).await?;
    Ok(Some((stream, oldest)))
}

/// Returns an iterator at the start of the first shard that has changes.
async fn oldest_record(cx: &Context, arn: &str) -> Result<String, Failure> {
    for shard in all_shards(cx, arn).await? {
        let oldest = shard_iterator(cx, arn, &shard, ShardPosition::TrimHorizon).await?;
        if !read_records(cx, oldest.clone()).await?.is_empty() {
            return Ok(oldest);
        }
    }
    Err(Failure::new("expected a shard with changes; all are empty"))
}

/// Fails if a page exceeds the limit, or if records are lost between pages.
async fn limits_the_records_of_a_page(cx: Context) -> CaseResult {
    let Some((_, oldest)) = create_seven_records(&cx).await? else {
        return Ok(());
    };
    let limited = |iterator: &str, limit| GetRecords { limit: Some(limit), ..GetRecords::new(iterator) };
    let mut next = oldest.clone();
    let mut found = Vec::new();
    for expected in [3, 3, 1] {
        let page = cx.run(limited(&next, 3)).await?;
        ensure_eq("number of records", page.records.len(), expected)?;
        found.extend(page.records);
        next = page.next_shard_iterator.unwrap_or_default();
    }
    ensure_eq("range keys of all pages", keys(&found), (0..7).collect::<Vec<i64>>())?;
    for limit in [0, 1001] {
        cx.expect_validation_error(limited(&oldest, limit)).await?;
    }
    Ok(())
}

/// Fails if a page has more than 1 MB, or if records are lost between pages.
async fn limits_the_bytes_of_a_page(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::NewImage).await? else {
        return Ok(());
    };
    put_all(&cx, &table, (0..5).map(|at| key("a", at).with("x", "x".repeat(300_000)))).await?;
    wait_for_records(&cx, &arn, 5).await?;
    let mut next = oldest_record(&cx, &arn).await?;
    let mut found = Vec::new();
    let pages: &[usize] = if cx.deviates("pages-of-records-have-any-size") { &[5] } else { &[3, 2] };
    for &expected in pages {
        let page = cx.run(GetRecords::new(next)).await?;
        ensure_eq("number of records", page.records.len(), expected)?;
        found.extend(page.records);
        next = page.next_shard_iterator.unwrap_or_default();
    }
    ensure_eq("range keys of all pages", keys(&found), (0..5).collect::<Vec<i64>>())
}

/// Fails if reading ends when all records have been read, so that later ones are lost.
async fn continues_in_an_open_shard(cx: Context) -> CaseResult {
    let Some((StreamedTable { table, arn }, oldest)) = create_seven_records(&cx).await? else {
        return Ok(());
    };
    let next = |page: djamodb_core::plan::GetRecordsOutput| {
        page.next_shard_iterator.ok_or_else(|| Failure::new("expected a next shard iterator; received none"))
    };
    let end = next(cx.run(GetRecords::new(oldest)).await?)?;
    let nothing = cx.run(GetRecords::new(&end)).await?;
    ensure_eq("records after the last one", nothing.records.clone(), [])?;
    let later = next(nothing)?;
    put_all(&cx, &table, [key("a", 8)]).await?;
    wait_for_records(&cx, &arn, 8).await?;
    ensure_eq("range keys of later records", keys(&read_records(&cx, later).await?), [8])?;
    ensure_eq("range keys of later records from an older iterator", keys(&read_records(&cx, end).await?), [8])
}

/// Fails if reading a closed shard never ends, or ends before its last record.
async fn ends_a_closed_shard(cx: Context) -> CaseResult {
    let Some((StreamedTable { table, .. }, oldest)) = create_seven_records(&cx).await? else {
        return Ok(());
    };
    update_table(&cx, UpdateTable::new(&table).stream(StreamUpdate::Disable)).await?;
    put_all(&cx, &table, [key("a", 8)]).await?;
    let mut next = Some(oldest);
    let mut found = Vec::new();
    for _ in 0..20 {
        let Some(iterator) = next else {
            return ensure_eq("range keys up to the end of the shard", keys(&found), (0..7).collect::<Vec<i64>>());
        };
        let page = cx.run(GetRecords { limit: Some(4), ..GetRecords::new(iterator) }).await?;
        found.extend(page.records);
        next = page.next_shard_iterator;
    }
    Err(Failure::new("expected the closed shard to end within 20 pages"))
}
