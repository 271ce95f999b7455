//! Requests and units that a ledger records.

use djamodb_core::database::ModelExt;

use super::prelude::*;

case!("queryset/a_ledger_records_every_request", Theme::Capacity, a_ledger_records_every_request);
case!("queryset/a_ledger_separates_tables_and_indexes", Theme::Capacity, a_ledger_separates_tables_and_indexes);

/// Fails if requests or units of a page, a batch or a write are missing from the ledger.
async fn a_ledger_records_every_request(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let (db, ledger) = db.with_ledger();
    for at in 0..30 {
        Event::new("a", at).save(&db).await?;
    }
    ensure_eq(
        "requests, write units and read units of writes",
        (ledger.requests(), ledger.write_units(), ledger.read_units()),
        (30, 30.0, 0.0),
    )?;
    ledger.reset();
    let all = Event::objects().set_hash_key("a");
    Event::get_by_key(("a", 3), &db).await?;
    all.filter(Event::AT.eq(4)).consistent().get(&db).await?;
    all.set_limit(3).all(&db).await?;
    ensure_eq("requests and read units of reads", (ledger.requests(), ledger.read_units()), (3, 0.5 + 1.0 + 0.5))?;
    all.filter(Event::AT.lt(26)).delete_checked(&db).await?;
    ensure_eq(
        "requests and write units of a page and a delete per item",
        (ledger.requests(), ledger.write_units()),
        (30, 26.0),
    )?;
    all.update(Event::URGENT.set(true), &db).await?;
    ensure_eq(
        "requests and write units of a page and an update per item",
        (ledger.requests(), ledger.write_units()),
        (35, 30.0),
    )?;
    ensure_eq("estimated units", ledger.estimated_units(), 0.0)?;
    // The number of requests of a batch depends on the service, which may leave keys unprocessed.
    let before = ledger.read_units();
    all.in_bulk([("a", 27), ("a", 28), ("a", 29)], &db).await?;
    ensure("a batch consumes at least 1.5 units", ledger.read_units() >= before + 1.5)
}

/// Fails if capacity of an index is recorded for its table.
async fn a_ledger_separates_tables_and_indexes(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let (db, ledger) = db.with_ledger();
    let mut event = Event { kind: Some("door".to_owned()), ..Event::new("a", 1) };
    event.save(&db).await?;
    Event::kinds().set_hash_key("door").all(&db).await?;
    let units = |operation: &str, index: Option<&str>| {
        let snapshot = ledger.snapshot();
        let units = snapshot.units.iter().find(|units| units.operation == operation && units.index.as_deref() == index);
        units.map(|units| (units.sums.read_units, units.sums.write_units))
    };
    ensure_eq("units of writing the table", units("PutItem", None), Some((0.0, 1.0)))?;
    ensure_eq("units of writing the index", units("PutItem", Some("by_kind")), Some((0.0, 1.0)))?;
    ensure_eq("units of reading the index", units("Query", Some("by_kind")), Some((0.5, 0.0)))?;
    ensure_eq("units of reading the table", units("Query", None), None)
}
