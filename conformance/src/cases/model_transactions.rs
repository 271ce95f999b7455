//! Transactions over models: `Transaction`.

use djamodb_core::database::{ModelExt, Transaction};
use djamodb_core::error::{CanceledAction, Error, TransactionCanceled};

use super::prelude::*;

case!("model/transactions_write_all_items_or_none", Theme::Transaction, transactions_write_all_items_or_none);
case!("model/cancelled_transactions_name_each_reason", Theme::Transaction, cancelled_transactions_name_each_reason);
case!("model/transactions_read_items_of_several_models", Theme::Transaction, transactions_read_items_of_several_models);
case!(
    "model/a_repeated_transaction_is_carried_out_once",
    Theme::Transaction,
    a_repeated_transaction_is_carried_out_once
);

fn expect_canceled(result: Result<(), Error>) -> Result<Box<TransactionCanceled>, Failure> {
    match result {
        Err(Error::TransactionCanceled(canceled)) => Ok(canceled),
        other => Err(Failure::new(format_args!("expected TransactionCanceled; received {other:?}"))),
    }
}

/// Fails if an action is left out, or if the actions before a refused one are carried out.
async fn transactions_write_all_items_or_none(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    db.create_table::<Session>().await?;
    let session = Session { id: "a".to_owned(), expires: 1 };
    let mut writing = Transaction::new();
    writing.create(&session);
    writing.update(Event::item_key(("a", 0)), Event::NOTE.set("seen")).condition(Event::URGENT.eq(true));
    writing.delete(Event::item_key(("a", 10)));
    writing.check(Event::item_key(("a", 20)), Event::LEVEL.eq(2));
    writing.run(&db).await?;
    ensure_eq("events", event_times(&Event::objects().set_hash_key("a").all(&db).await?), [0, 20])?;
    ensure_eq("note", Event::get_by_key(("a", 0), &db).await?.note.as_deref(), Some("seen"))?;
    ensure_eq("session", Session::get_by_key("a", &db).await?, session)?;

    let mut refused = Transaction::new();
    refused.save(&Event::new("b", 1));
    refused.check(Event::item_key(("a", 20)), Event::LEVEL.gt(2));
    expect_canceled(refused.run(&db).await)?;
    ensure_eq("number of events of b", Event::objects().set_hash_key("b").count(&db).await?, 0)
}

/// Fails if a reason stands at another action, or if a requested item is missing.
async fn cancelled_transactions_name_each_reason(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 2).await?;
    let first = Event::get_by_key(("a", 0), &db).await?;
    let mut refused = Transaction::new();
    refused.create(&Event::new("a", 10));
    refused.delete(Event::item_key(("a", 5)));
    refused.update(&first, Event::LEVEL.add(1)).condition(Event::LEVEL.gt(5)).returning_old_item();
    refused.update(Event::item_key(("a", 7)), Event::LEVEL.add(1)).returning_old_item();
    let canceled = expect_canceled(refused.run(&db).await)?;
    let codes: Vec<_> =
        canceled.actions.iter().map(|action| action.reason.as_ref().map(|reason| &reason.code)).collect();
    let failed = Some(&CancellationCode::ConditionalCheckFailed);
    ensure_eq("reasons", codes, [failed, None, failed, failed])?;
    let old: Vec<Option<Event>> =
        canceled.actions.iter().map(CanceledAction::old_item).collect::<Result<_, Error>>()?;
    ensure_eq("old items", old, [None, None, Some(first), None])
}

/// Fails if an item is missing, stands at another key, or is of another model.
async fn transactions_read_items_of_several_models(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 2).await?;
    db.create_table::<Session>().await?;
    let session = Session { id: "a".to_owned(), expires: 1 };
    session.clone().save(&db).await?;
    let event = Event::get_by_key(("a", 10), &db).await?;
    let keys = ([Event::item_key(("a", 10)), Event::item_key(("a", 5))], &session, Session::item_key("b"));
    let found = Transaction::get(keys, &db).await?;
    ensure_eq("items", found, (vec![Some(event), None], Some(session), None))
}

/// Fails if a client request token is not sent.
async fn a_repeated_transaction_is_carried_out_once(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 1).await?;
    // Tokens are the account's, and other targets may run this case at the same time.
    let token: String = cx.table_name("add").chars().take(TransactWriteItems::TOKEN_MAX).collect();
    let mut adding = Transaction::with_token(token);
    adding.update(Event::item_key(("a", 0)), Event::LEVEL.add(2.5));
    adding.run(&db).await?;
    adding.run(&db).await?;
    ensure_eq("level", Event::get_by_key(("a", 0), &db).await?.level, 2.5)
}
