//! Batches of writes of several models: `Batch`.

use djamodb_core::database::{Batch, ModelExt};
use djamodb_core::error::Error;
use djamodb_core::planner::PlanError;

use super::prelude::*;

case!("model/batches_write_items_of_several_models", Theme::Batch, batches_write_items_of_several_models);
case!("model/batches_replace_whole_items", Theme::Batch, batches_replace_whole_items);
case!("model/batches_write_items_of_more_than_a_request", Theme::Batch, batches_write_items_of_more_than_a_request);
case!("model/batches_refuse_two_writes_of_one_item", Theme::Batch, batches_refuse_two_writes_of_one_item);

/// Fails if a write of a further request or of another table is left out.
async fn batches_write_items_of_several_models(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    db.create_table::<Session>().await?;
    let mut batch = Batch::new();
    for number in 0..30 {
        batch.save(&Event::new("b", number));
        batch.save(&Session { id: number.to_string(), expires: number });
    }
    batch.delete(Event::item_key(("a", 10)));
    batch.delete(Session::item_key("missing"));
    batch.run(&db).await?;
    ensure_eq("events", event_times(&Event::objects().set_hash_key("a").all(&db).await?), [0, 20])?;
    let saved = event_times(&Event::objects().set_hash_key("b").all(&db).await?);
    ensure_eq("saved events", saved, (0..30).collect::<Vec<_>>())?;
    ensure_eq("number of sessions", Session::objects().scan().count(&db).await?, 30)?;
    let session = Session::get_by_key("29", &db).await?;
    ensure_eq("session", session, Session { id: "29".to_owned(), expires: 29 })
}

/// Fails if an attribute of the replaced item is left.
async fn batches_replace_whole_items(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 1).await?;
    let replacement = Event::new("a", 0);
    let mut batch = Batch::new();
    batch.save(&replacement);
    batch.run(&db).await?;
    ensure_eq("event", Event::get_by_key(("a", 0), &db).await?, replacement)
}

/// Fails if the items of a batch, 24 MB in JSON, are sent in one request, or if one of them is left out.
async fn batches_write_items_of_more_than_a_request(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let mut batch = Batch::new();
    for at in 0..20 {
        // A control character is six bytes in JSON.
        batch.save(&Event { tags: ["\u{1}".repeat(200_000)].into(), ..Event::new("a", at) });
    }
    batch.run(&db).await?;
    let found = Event::objects().set_hash_key("a").count(&db).await?;
    ensure_eq("number of events", found, 20)
}

/// Fails if the first of the writes is made.
async fn batches_refuse_two_writes_of_one_item(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 1).await?;
    let mut batch = Batch::new();
    batch.delete(Event::item_key(("a", 0)));
    batch.save(&Event::new("a", 0));
    match batch.run(&db).await {
        Err(Error::Plan(PlanError::BatchItemTwice { .. })) => {}
        other => return Err(Failure::new(format_args!("expected BatchItemTwice; received {other:?}"))),
    }
    ensure_eq("number of events", Event::objects().set_hash_key("a").count(&db).await?, 1)
}
