//! Changes of a model, read from the stream of its table.

use djamodb_core::database::{Change, ModelExt};
use djamodb_core::error::Error;
use djamodb_core::model::Model;
use djamodb_core::plan::ListStreams;
use djamodb_core::schema::{StreamView, TableSchema};
use futures_util::TryStreamExt;

use super::prelude::*;

case!(
    "model/changes_arrive_in_order",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    changes_arrive_in_order
);
case!(
    "model/changes_continue_after_a_position",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    changes_continue_after_a_position
);
case!("model/changes_require_a_stream", Theme::Stream, changes_require_a_stream);

/// A time to live that no test reaches, in seconds since 1970.
const LATER: i64 = 4_000_000_000;

fn session(id: &str, more: i64) -> Session {
    Session { id: id.to_owned(), expires: LATER + more }
}

/// Creates the table of the model with a stream. Returns `None` if the driver does not support streams.
async fn streamed_sessions(cx: &Context) -> Result<Option<()>, Failure> {
    let schema = TableSchema { stream: Some(StreamView::NewAndOldImages), ..Session::schema().table.clone() };
    let created = cx.create_table_requiring(Requirement::Stream, TableSchema { time_to_live: None, ..schema }).await?;
    let listed = cx.run_requiring(Requirement::GetRecords, ListStreams::of_table(cx.table_name("sessions"))).await?;
    Ok(created.and(listed).map(|_| ()))
}

/// Fails if a change is missing, out of order, or has other values than were written.
async fn changes_arrive_in_order(cx: Context) -> CaseResult {
    if streamed_sessions(&cx).await?.is_none() {
        return Ok(());
    }
    session("a", 1).save(cx.db()).await?;
    session("a", 2).save(cx.db()).await?;
    session("a", 2).delete(cx.db()).await?;
    let changes: Vec<Change<Session>> = Session::changes(cx.db()).until_idle().try_collect().await?;
    let expected = [
        Change::Inserted(session("a", 1)),
        Change::Modified { old: session("a", 1), new: session("a", 2) },
        Change::Removed { old: session("a", 2), expired: false },
    ];
    ensure_eq("changes", changes.as_slice(), &expected)
}

/// Fails if a resumed reader receives a change twice, or misses one.
async fn changes_continue_after_a_position(cx: Context) -> CaseResult {
    if streamed_sessions(&cx).await?.is_none() {
        return Ok(());
    }
    for id in ["a", "b", "c"] {
        session(id, 0).save(cx.db()).await?;
    }
    let mut feed = Session::changes(cx.db());
    let mut changes = vec![feed.try_next().await?];
    let position =
        feed.position().cloned().ok_or_else(|| Failure::new("expected the feed to have a position; received none"))?;
    session("d", 0).save(cx.db()).await?;
    let rest: Vec<Change<Session>> = Session::changes(cx.db()).after(position).until_idle().try_collect().await?;
    changes.extend(rest.into_iter().map(Some));
    let mut ids: Vec<String> = changes
        .into_iter()
        .flatten()
        .map(|change| match change {
            Change::Inserted(new) | Change::Modified { new, .. } => new.id,
            Change::Removed { old, .. } => old.id,
        })
        .collect();
    // The service does not order the changes of different items.
    ids.sort();
    ensure_eq("changes of both readers", ids.as_slice(), ["a", "b", "c", "d"])
}

/// Fails if reading changes of a table without a stream waits forever.
async fn changes_require_a_stream(cx: Context) -> CaseResult {
    cx.db().create_table::<Session>().await?;
    match Session::changes(cx.db()).try_next().await {
        Err(Error::NoStream { view: None, .. }) => Ok(()),
        other => Err(Failure::new(format_args!("expected NoStream without a view; received {other:?}"))),
    }
}
