//! The ledger of the same requests on DynamoDB Local and in memory.
//!
//! Transactions and reads of missing items are left out, because DynamoDB Local reports other capacity for them than AWS.

use std::ops::Range;
use std::time::{SystemTime, UNIX_EPOCH};

use djamodb::expression::{Comparator, Condition, Path};
use djamodb::layer::LedgerSnapshot;
use djamodb::plan::{DeleteItem, OldItemOnFailure};
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::value::Item;
use djamodb::{Settings, assert_read_units, assert_requests, assert_write_units};
use libtest_mimic::Failed;

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "parcels")]
#[model(global_index(by_city, hash_key = city, range_key = number))]
#[model(local_index(by_weight, range_key = weight, projection = keys_only))]
#[model(manager(in_city, index = by_city))]
struct Parcel {
    #[model(hash_key)]
    sender: String,
    #[model(range_key)]
    number: u32,
    city: Option<String>,
    weight: Option<u32>,
    contents: String,
}

pub(crate) fn the_ledger_agrees_with_the_memory_driver(url: &str) -> Result<(), Failed> {
    let time = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
    let prefix = format!("ledger-{time:x}-{:x}", std::process::id());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = runtime.block_on(record_requests(url, &prefix))?;
    let memory = runtime.block_on(record_requests("memory://", &prefix))?;
    if local == memory {
        return Ok(());
    }
    Err(format!("DynamoDB Local:\n{local}\n\nin memory:\n{memory}").into())
}

async fn record_requests(url: &str, prefix: &str) -> Result<LedgerSnapshot, Failed> {
    let db = djamodb::connect(Settings::builder().url(url).table_prefix(prefix).build()?).await?;
    db.create_table::<Parcel>().await?;
    let snapshot = send_requests(&db).await;
    db.delete_table::<Parcel>().await?;
    snapshot
}

/// Sends every kind of request for which both report the same capacity.
async fn send_requests(db: &Database) -> Result<LedgerSnapshot, Failed> {
    let (db, ledger) = db.with_ledger();
    for number in 0..30 {
        parcel("ada", number, 1).save(&db).await?;
    }
    assert_write_units!(ledger == 30.0);
    let mut sent = parcel("ada", 0, 9);
    for (city, weight) in [(None, None), (Some("Oslo"), Some(3)), (Some("Rome"), Some(3)), (Some("Rome"), None)] {
        (sent.city, sent.weight) = (city.map(str::to_owned), weight);
        sent.save(&db).await?;
    }

    let ada = Parcel::objects().set_hash_key("ada");
    Parcel::get_by_key(("ada", 0), &db).await?;
    sent.refresh(&db).await?;
    assert_read_units!(ledger == 1.5 + 3.0);
    ada.all(&db).await?;
    ada.filter(Parcel::CONTENTS.eq("nothing")).all(&db).await?;
    ada.filter(Parcel::NUMBER.lt(4)).count(&db).await?;
    ada.filter(Parcel::NUMBER.is_in([1, 2, 3])).all(&db).await?;
    ada.set_limit(2).page(&db).await?;
    Parcel::in_city().set_hash_key("Rome").all(&db).await?;

    sent.create(&db).await.err().ok_or("expected create to fail for an existing item")?;
    let condition = Some(Condition::compare(Path::new("number"), Comparator::Gt, 100));
    let key = Item::new().with("sender", "ada").with("number", 0);
    let old_item_on_failure = OldItemOnFailure::AllOld;
    let delete = DeleteItem { condition, old_item_on_failure, ..DeleteItem::new(db.table_name::<Parcel>(), key) };
    db.run(delete).await.err().ok_or("expected the condition of the delete to fail")?;

    let requests = ledger.requests();
    ada.delete(&db).await?;
    assert_requests!(ledger == requests + 3);

    send_bulk_writes(&db).await?;
    send_reads(&db).await?;
    send_updates_and_deletes(&db).await?;
    Ok(ledger.snapshot())
}

/// Sends bulk writes, `get_or_create` and `update_or_create`.
async fn send_bulk_writes(db: &Database) -> Result<(), Failed> {
    let parcels = |numbers: Range<u32>| numbers.map(|number| parcel("eve", number, 2)).collect::<Vec<_>>();
    let all = Parcel::objects();
    all.bulk_create(&mut parcels(0..30), OnConflict::Overwrite, db).await?;
    all.bulk_create(&mut parcels(28..32), OnConflict::Ignore, db).await?;
    all.bulk_create(&mut parcels(31..34), OnConflict::Fail, db)
        .await
        .err()
        .ok_or("expected bulk_create to fail for an existing item")?;
    let mut heavy = parcels(30..36);
    for parcel in &mut heavy {
        parcel.weight = Some(9);
    }
    let report = all.bulk_update(&mut heavy, (Parcel::WEIGHT, Parcel::CITY), db).await?;
    ensure_eq("written by bulk_update", report.written.len(), 4)?;

    let created = [
        Parcel::get_or_create(parcel("eve", 0, 3), db).await?.1,
        Parcel::get_or_create(parcel("eve", 40, 3), db).await?.1,
        Parcel::update_or_create(parcel("eve", 0, 1), Parcel::WEIGHT.add(1), db).await?.1,
        Parcel::update_or_create(parcel("eve", 41, 1), Parcel::WEIGHT.add(1), db).await?.1,
    ];
    ensure_eq("created", created, [false, true, false, true])
}

/// Sends aggregates, projections, batches, cursors and scans.
///
/// Missing keys and projections of a local index are left out, because DynamoDB Local reports other capacity for them. Parallel
/// scans have one segment, because the service assigns items to segments and the units of each segment are rounded up.
async fn send_reads(db: &Database) -> Result<(), Failed> {
    let eve = Parcel::objects().set_hash_key("eve");
    let (items, _, heaviest) = eve.aggregate((count(), Parcel::NUMBER.sum(), Parcel::WEIGHT.max()), db).await?;
    ensure_eq("items", (items, heaviest), (36, Some(9)))?;
    eve.values(Parcel::CITY).all(db).await?;
    eve.sort_in_memory(Parcel::WEIGHT.desc()).first(db).await?;
    eve.set_index(Parcel::BY_WEIGHT).all(db).await?;
    ensure_eq("found", Parcel::objects().in_bulk((0..30).map(|number| ("eve", number)), db).await?.len(), 30)?;
    Parcel::objects().contains(&parcel("eve", 3, 1), db).await?;
    eve.earliest(Parcel::NUMBER, db).await?;
    eve.consistent().latest(Parcel::NUMBER, db).await?;

    let cursor = eve.set_limit(5).cursor();
    let first = cursor.page(db).await?;
    let second = cursor.after(first.next.clone().ok_or("expected a next cursor")?).page(db).await?;
    let back = cursor.before(second.previous.ok_or("expected a previous cursor")?).page(db).await?;
    ensure_eq("pages", back.items, first.items)?;

    ensure_eq("scanned", Parcel::objects().parallel_scan(1).count(db).await?, 36)
}

/// Sends updates and deletes of matching items, also through an index whose key they change.
async fn send_updates_and_deletes(db: &Database) -> Result<(), Failed> {
    let eve = Parcel::objects().set_hash_key("eve");
    let changed = [
        eve.filter(Parcel::NUMBER.lt(5)).update(Parcel::CITY.set("Oslo"), db).await?,
        eve.filter(Parcel::CITY.exists()).set_limit(3).update(Parcel::WEIGHT.set(4), db).await?,
        Parcel::in_city().set_hash_key("Oslo").update((Parcel::CITY.set("Rome"), Parcel::WEIGHT.remove()), db).await?,
        Parcel::in_city().set_hash_key("Rome").filter(Parcel::NUMBER.gt(2)).delete_checked(db).await?,
        Parcel::in_city().set_hash_key("Rome").delete(db).await?,
        eve.delete_checked(db).await?,
    ];
    ensure_eq("changed", changed, [5, 3, 5, 2, 3, 31])
}

fn ensure_eq<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), Failed> {
    if found == expected { Ok(()) } else { Err(format!("{what}: expected {expected:?}, received {found:?}").into()) }
}

/// Creates a parcel of slightly less than `kilobytes` KB.
fn parcel(sender: &str, number: u32, kilobytes: usize) -> Parcel {
    let contents = "x".repeat(kilobytes * 1024 - 50);
    Parcel { sender: sender.into(), number, city: None, weight: None, contents }
}
