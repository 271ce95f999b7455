//! Changes of a model, read from the stream of its table.

use std::sync::atomic::{AtomicBool, Ordering};

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
case!(
    "model/changes_from_now_have_a_position_in_every_shard",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    changes_from_now_have_a_position_in_every_shard
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

/// Fails if a feed from now returns an earlier change, misses a later one, or has a position from which either happens.
async fn changes_from_now_have_a_position_in_every_shard(cx: Context) -> CaseResult {
    if streamed_sessions(&cx).await?.is_none() {
        return Ok(());
    }
    session("earlier", 0).save(cx.db()).await?;
    let earlier: Vec<Change<Session>> = Session::changes(cx.db()).until_idle().try_collect().await?;
    ensure_eq("number of earlier changes", earlier.len(), 1)?;
    let mut feed = Session::changes(cx.db()).from_now();
    // The feed may start at any time of these writes.
    let has_change = AtomicBool::new(false);
    let read = async {
        let change = feed.try_next().await;
        has_change.store(true, Ordering::Relaxed);
        change
    };
    let write = async {
        let mut saved = 0;
        while !has_change.load(Ordering::Relaxed) {
            saved += 1;
            session("later", saved).save(cx.db()).await?;
            pause(&cx).await;
        }
        Ok::<i64, Error>(saved)
    };
    let (first, saved) = futures_util::try_join!(read, write)?;
    let position =
        feed.position().cloned().ok_or_else(|| Failure::new("expected the feed to have a position; received none"))?;
    for shard in all_shards(&cx, &position.stream_arn).await? {
        ensure(format_args!("a position in the shard {}", shard.id), position.shards.contains_key(&shard.id))?;
    }
    session("last", 0).save(cx.db()).await?;
    let rest: Vec<Change<Session>> = Session::changes(cx.db()).after(position).until_idle().try_collect().await?;
    let changes = first.into_iter().chain(rest);
    let mut later = Vec::new();
    let mut others = Vec::new();
    for change in changes {
        match change {
            Change::Inserted(new) | Change::Modified { new, .. } if new.id == "later" => {
                later.push(new.expires - LATER);
            }
            other => others.push(other),
        }
    }
    ensure_eq("other changes", others.as_slice(), &[Change::Inserted(session("last", 0))])?;
    let first = later.first().copied().unwrap_or(1);
    ensure_eq("changes since the first one", later, (first..=saved).collect::<Vec<_>>())
}

/// Fails if reading changes of a table without a stream waits forever.
async fn changes_require_a_stream(cx: Context) -> CaseResult {
    cx.db().create_table::<Session>().await?;
    match Session::changes(cx.db()).try_next().await {
        Err(Error::NoStream { view: None, .. }) => Ok(()),
        other => Err(Failure::new(format_args!("expected NoStream without a view; received {other:?}"))),
    }
}
