//! Managers with a base filter.

use djamodb_core::database::ModelExt;
use djamodb_core::queryset::Manager;

use super::prelude::*;

case!("queryset/managers_apply_their_base_filter", Theme::QuerySet, managers_apply_their_base_filter);

fn doors() -> Manager<Event> {
    Manager::new().with_filter(Event::KIND.eq("door"))
}

/// Fails if items outside the manager's filter are read, updated or deleted.
async fn managers_apply_their_base_filter(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 7).await?;
    Event::new("b", 7).save(&db).await?;
    let of_a = doors().set_hash_key("a");
    ensure_eq("of the table", event_times(&of_a.all(&db).await?), [0, 30, 60])?;
    ensure_eq("number of events", of_a.count(&db).await?, 3)?;
    let by_kind = doors().set_index(Event::BY_KIND);
    ensure_eq("through an index", event_times(&by_kind.set_hash_key("door").all(&db).await?), [0, 30, 60])?;
    ensure_eq(
        "events of another partition",
        event_times(&by_kind.set_hash_key("window").all(&db).await?),
        Vec::<i64>::new(),
    )?;
    let got = of_a.filter(Event::AT.eq(10)).get(&db).await;
    ensure("an event outside the base filter is not found", got.is_err_and(|error| error.is_object_does_not_exist()))?;
    let found = doors().in_bulk([("a", 0), ("a", 10)], &db).await?;
    ensure_eq("keys found by `in_bulk`", found.into_keys().collect::<Vec<_>>(), [("a", 0)])?;
    let mut window = Event::new("a", 10);
    ensure_eq("contains an event outside the base filter", doors().contains(&window, &db).await?, false)?;
    ensure_eq("number of updated events", of_a.update(Event::SIZE.set(1_u32), &db).await?, 3)?;
    window.refresh(&db).await?;
    ensure_eq("size of the event outside the base filter", window.size, None)?;
    ensure_eq("number of deleted events", of_a.delete(&db).await?, 3)?;
    ensure_eq("remaining events", event_times(&Event::objects().set_hash_key("a").all(&db).await?), [10, 20, 40, 50])
}
