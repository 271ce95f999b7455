//! Models whose items expire.

use chrono::{DateTime, TimeDelta, Utc};
use djamodb_core::database::{Database, ModelExt};
use djamodb_core::model::{Expiring, Model};
use djamodb_core::queryset::QuerySet;
use djamodb_core::schema::TableSchema;

use super::prelude::*;

case!("model/a_time_to_live_is_whole_seconds", Theme::Value, a_time_to_live_is_whole_seconds);
case!("queryset/unexpired_leaves_out_expired_items", Theme::Filter, unexpired_leaves_out_expired_items);
case!("queryset/unexpired_is_a_key_condition", Theme::KeyCondition, unexpired_is_a_key_condition);
case!("queryset/unexpired_items_of_an_index_are_hydrated", Theme::IndexProjection, unexpired_items_are_hydrated);
case!("queryset/unexpired_is_checked_by_writes", Theme::Condition, unexpired_is_checked_by_writes);

/// Creates four tickets: 1 has expired, 2 expired more than five years ago, 3 expires in an hour, 4 never expires.
async fn database_with_tickets(cx: &Context) -> Result<(Database, DateTime<Utc>), Failure> {
    cx.create_table(TableSchema { time_to_live: None, ..Ticket::schema().table.clone() }).await?;
    let (db, now) = (cx.db().clone(), cx.db().now());
    for (number, hours) in [(1, Some(-1)), (2, Some(-6 * 366 * 24)), (3, Some(1)), (4, None)] {
        let expires = hours.map(|hours| now + TimeDelta::hours(hours));
        let seat = if number == 4 { "b" } else { "a" }.to_owned();
        Ticket { show: "opera".to_owned(), number, seat, expires }.save(&db).await?;
    }
    Ok((db, now))
}

fn tickets() -> QuerySet<Ticket> {
    Ticket::objects().set_hash_key("opera")
}

fn numbers(tickets: &[Ticket]) -> Vec<u32> {
    tickets.iter().map(|ticket| ticket.number).collect()
}

/// Fails if a time is stored in another form than whole seconds, or if lookups compare it otherwise.
async fn a_time_to_live_is_whole_seconds(cx: Context) -> CaseResult {
    let (db, now) = database_with_tickets(&cx).await?;
    let key = Item::new().with("show", "opera").with("number", 3);
    let stored = cx.run(GetItem::new(db.table_name::<Ticket>(), key)).await?.item;
    let whole = (now + TimeDelta::hours(1) + TimeDelta::nanoseconds(999_999_999)).timestamp();
    let expires = stored.as_ref().and_then(|item| item.get("expires"));
    ensure_eq("stored time", expires, Some(&AttributeValue::n(whole)))?;
    let ticket = Ticket::get_by_key(("opera", 3), &db).await?;
    ensure_eq("time that is read", ticket.expires_at(), DateTime::from_timestamp(whole, 0))?;
    ensure("the ticket has not expired", !ticket.is_expired(now))?;
    let later = tickets().filter(Ticket::EXPIRES.gt(now));
    ensure_eq("tickets that expire later", numbers(&later.all(&db).await?), [3])?;
    let half = DateTime::from_timestamp(whole, 0).unwrap_or(now) - TimeDelta::milliseconds(500);
    let between = tickets().filter(Ticket::EXPIRES.between(half, half + TimeDelta::seconds(1)));
    ensure_eq("tickets between two fractions", numbers(&between.all(&db).await?), [3])
}

/// Fails if an expired item is returned or counted, or another is left out.
async fn unexpired_leaves_out_expired_items(cx: Context) -> CaseResult {
    let (db, _) = database_with_tickets(&cx).await?;
    let valid = tickets().unexpired();
    ensure_eq("all tickets", numbers(&tickets().all(&db).await?), [1, 2, 3, 4])?;
    ensure_eq("valid tickets", numbers(&valid.all(&db).await?), [3, 4])?;
    ensure_eq("number of valid tickets", valid.count(&db).await?, 2)?;
    ensure_eq("first page", numbers(&valid.set_limit(1).page(&db).await?.items), [3])?;
    let first = valid.set_limit(1).cursor().page(&db).await?;
    let second = valid.set_limit(1).cursor().after(first.next.unwrap_or_default()).page(&db).await?;
    ensure_eq("second page", numbers(&second.items), [4])?;
    ensure_eq("scan", Ticket::objects().scan().unexpired().count(&db).await?, 2)?;
    let found = Ticket::objects().unexpired().in_bulk([("opera", 1), ("opera", 3)], &db).await?;
    ensure_eq("by key", found.into_keys().collect::<Vec<_>>(), [("opera", 3)])?;
    let union = tickets().filter(Ticket::SEAT.eq("b")).union(&tickets()).unexpired();
    ensure_eq("union", numbers(&union.all(&db).await?), [4, 3])
}

/// Fails if the key condition on the time returns other items.
async fn unexpired_is_a_key_condition(cx: Context) -> CaseResult {
    let (db, _) = database_with_tickets(&cx).await?;
    let by_expiry = Ticket::objects().set_index(Ticket::BY_EXPIRY).set_hash_key("opera");
    ensure_eq("tickets in the order of expiry", numbers(&by_expiry.all(&db).await?), [2, 1, 3])?;
    ensure_eq("valid tickets", numbers(&by_expiry.unexpired().all(&db).await?), [3])
}

/// Fails if an expired item is returned from an index that does not hold its time.
async fn unexpired_items_are_hydrated(cx: Context) -> CaseResult {
    let (db, _) = database_with_tickets(&cx).await?;
    let by_seat = Ticket::objects().set_index(Ticket::BY_SEAT).set_hash_key("a").unexpired();
    ensure("without hydrate, the read is refused", by_seat.all(&db).await.is_err())?;
    ensure_eq("valid tickets", numbers(&by_seat.hydrate().all(&db).await?), [3])
}

/// Fails if an expired item is changed or deleted.
async fn unexpired_is_checked_by_writes(cx: Context) -> CaseResult {
    let (db, now) = database_with_tickets(&cx).await?;
    let valid = tickets().unexpired();
    ensure_eq("updated tickets", valid.update(Ticket::SEAT.set("c"), &db).await?, 2)?;
    let mut expired = Ticket::get_by_key(("opera", 1), &db).await?;
    ensure_eq("seat of an expired ticket", expired.seat.as_str(), "a")?;
    let changed = expired.update(Ticket::SEAT.set("c"), &db).condition(Ticket::unexpired_at(now)).await;
    ensure("an expired ticket is not changed", changed.is_err())?;
    ensure_eq("deleted tickets", valid.delete_checked(&db).await?, 2)?;
    ensure_eq("tickets that remain", numbers(&tickets().all(&db).await?), [1, 2])
}
