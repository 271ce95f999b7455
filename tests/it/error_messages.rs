//! Errors name the table, the item and the way out.

use djamodb::driver::DriverErrorKind;
use djamodb::plan::{CreateTable, PutItem, UpdateTable};
use djamodb::prelude::*;
use djamodb::schema::{IndexProjection, KeyAttribute, KeySchema, TableSchema};
use djamodb::value::{AttributeValue, Item};
use djamodb::{Error, MemoryDriver, TableDefaults, Transaction};

use crate::models::{Event, database, database_with, times};

/// A gauge, whose level is no key, so that other programs can store a value of any type.
#[derive(Model, Clone, Debug)]
#[model(table = "gauges", global_index(by_place, hash_key = place))]
struct Gauge {
    #[model(hash_key)]
    id: String,
    #[model(range_key)]
    at: u32,
    place: String,
    level: f64,
}

/// Returns a database with a gauge whose level is a text.
async fn gauges() -> Database {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Gauge>().await.unwrap();
    Gauge { id: "g".into(), at: 1, place: "dam".into(), level: 1.0 }.save(&db).await.unwrap();
    let item = Item::new().with("id", "g").with("at", 9).with("place", "dam").with("level", "high");
    db.run(PutItem::new("gauges", item)).await.unwrap();
    db
}

fn prefixed() -> Database {
    let defaults = TableDefaults { prefix: Some("staging".into()), ..TableDefaults::default() };
    Database::with_defaults(MemoryDriver::new(), defaults)
}

/// Returns the error of the driver, which must be of this kind.
#[track_caller]
fn driver_error(error: Error, kind: &DriverErrorKind) -> djamodb::driver::DriverError {
    match error {
        Error::Driver(error) if error.kind() == kind => error,
        other => panic!("an error of another kind: {other}"),
    }
}

#[tokio::test]
async fn a_missing_table_is_named_with_the_call_that_creates_it() {
    let db = prefixed();
    let event = Event::new("a", 1);
    let mut saved = event.clone();
    let mut transaction = Transaction::new();
    transaction.save(&event);
    let events = Event::objects().set_hash_key("a");
    let errors = [
        saved.save(&db).await.unwrap_err(),
        saved.delete(&db).await.unwrap_err(),
        saved.refresh(&db).await.unwrap_err(),
        saved.update(Event::NOTE.set("n"), &db).await.unwrap_err(),
        Event::get_by_key(("a", 1), &db).await.unwrap_err(),
        Event::get_or_create(event.clone(), &db).await.unwrap_err(),
        events.all(&db).await.unwrap_err(),
        events.count(&db).await.unwrap_err(),
        events.delete(&db).await.unwrap_err(),
        events.stream(&db).try_next().await.unwrap_err(),
        events.aggregate(Event::LEVEL.sum(), &db).await.unwrap_err(),
        events.cursor().page(&db).await.unwrap_err(),
        Event::objects().scan().parallel_scan(2).all(&db).await.unwrap_err(),
        Event::objects().in_bulk([("a", 1), ("a", 2)], &db).await.unwrap_err(),
        Event::changes(&db).try_next().await.unwrap_err(),
        Transaction::get(Event::item_key(("a", 1)), &db).await.unwrap_err(),
        transaction.run(&db).await.unwrap_err(),
    ];
    for error in errors {
        let text = error.to_string();
        for shown in
            ["staging-events", "Requested resource not found", "create_table::<Event>()", "`staging`", "the region"]
        {
            assert!(text.contains(shown), "{shown}: {text}");
        }
        let error = driver_error(error, &DriverErrorKind::ResourceNotFound);
        assert!(error.message().starts_with("Requested resource not found"), "the service's message is unchanged");
    }
    let deleted = db.delete_table::<Event>().await.unwrap_err().to_string();
    assert!(deleted.contains("check the table prefix") && !deleted.contains("create_table"), "{deleted}");
}

#[tokio::test]
async fn a_bulk_write_to_a_missing_table_says_the_same() {
    let db = prefixed();
    let mut values = [Event::new("a", 1)];
    for policy in [djamodb::queryset::OnConflict::Fail, djamodb::queryset::OnConflict::Overwrite] {
        let error = Event::objects().bulk_create(&mut values, policy, &db).await.unwrap_err();
        assert!(error.to_string().contains("create_table::<Event>()"), "{error}");
    }
}

#[tokio::test]
async fn a_missing_index_is_named_with_the_way_to_create_it() {
    let db = Database::new(MemoryDriver::new());
    let mut table = db.table_schema::<Event>();
    table.global_indexes.retain(|index| index.name != "by_owner");
    db.run(CreateTable::new(table)).await.unwrap();
    let owned = Event::objects().set_index(Event::BY_OWNER).set_hash_key("me");
    for error in
        [owned.count(&db).await.unwrap_err(), owned.values(Event::AT).stream(&db).try_next().await.unwrap_err()]
    {
        let text = error.to_string();
        assert!(text.contains("The table does not have the specified index: by_owner"), "{text}");
        assert!(text.contains("Event declares the index `by_owner`, but table events lacks it"), "{text}");
        assert!(text.contains("UpdateTable"), "{text}");
    }
}

#[tokio::test]
async fn another_key_than_the_tables_is_shown_beside_it() {
    let db = Database::new(MemoryDriver::new());
    let key = KeySchema::hash(KeyAttribute::n("id"));
    db.run(CreateTable::new(TableSchema::new("events", key))).await.unwrap();
    let mut event = Event::new("a", 1);
    for error in [
        event.save(&db).await.unwrap_err(),
        event.refresh(&db).await.unwrap_err(),
        Event::objects().set_hash_key("a").all(&db).await.unwrap_err(),
    ] {
        let text = error.to_string();
        assert!(
            text.contains("the key of Event is hash key device (S), range key at (N), but the key of table events is hash key id (N)"),
            "{text}"
        );
        driver_error(error, &DriverErrorKind::Validation);
    }
}

#[tokio::test]
async fn another_key_of_an_index_is_shown_beside_the_models() {
    let db = Database::new(MemoryDriver::new());
    let mut table = db.table_schema::<Event>();
    for index in table.global_indexes.iter_mut().filter(|index| index.name == "by_owner") {
        index.key = KeySchema::hash(KeyAttribute::s("keeper"));
        index.projection = IndexProjection::KeysOnly;
    }
    db.run(CreateTable::new(table)).await.unwrap();
    let error = Event::objects().set_index(Event::BY_OWNER).set_hash_key("me").count(&db).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains(
            "the key of the index `by_owner` is hash key owner (S) in Event, but hash key keeper (S) in table events"
        ),
        "{text}"
    );
}

#[tokio::test]
async fn an_item_that_is_too_large_is_named_with_its_size_before_any_request() {
    let (db, ledger) = database().await.with_ledger();
    let large = |bytes| Event { tags: ["x".repeat(bytes)].into(), ..Event::new("a", 7) };
    let mut event = large(500_000);
    let mut transaction = Transaction::new();
    transaction.save(&event);
    for error in [
        transaction.run(&db).await.unwrap_err(),
        event.save(&db).await.unwrap_err(),
        event.create(&db).await.unwrap_err(),
        Event::get_or_create(event.clone(), &db).await.unwrap_err(),
        Event::update_or_create(event.clone(), Event::LEVEL.set(1.0), &db).await.unwrap_err(),
        Event::objects()
            .bulk_create(std::slice::from_mut(&mut event), djamodb::queryset::OnConflict::Overwrite, &db)
            .await
            .unwrap_err(),
    ] {
        let text = error.to_string();
        for shown in ["Event", "device = \"a\"", "at = 7", "500", "409600"] {
            assert!(text.contains(shown), "{shown}: {text}");
        }
    }
    djamodb::assert_requests!(ledger == 0);
    large(400_000).save(&db).await.unwrap();
}

/// Writes an item without a level, which the model requires.
async fn put_without_level(db: &Database, at: i32) {
    let item = Item::new().with("device", "a").with("at", at).with("owner", "me").with("kind", "door");
    db.run(PutItem::new("events", item)).await.unwrap();
}

#[tokio::test]
async fn an_item_that_cannot_be_decoded_is_named_by_table_and_key() {
    let db = database_with("a", 3).await;
    put_without_level(&db, 15).await;
    let events = Event::objects().set_hash_key("a");
    let only = events.filter(Event::AT.eq(15));
    let mut event = Event::new("a", 15);
    for error in [
        events.all(&db).await.unwrap_err(),
        only.first(&db).await.unwrap_err(),
        only.get(&db).await.unwrap_err(),
        only.last(&db).await.unwrap_err(),
        events.page(&db).await.unwrap_err(),
        events.cursor().page(&db).await.unwrap_err(),
        events.values(Event::LEVEL).all(&db).await.unwrap_err(),
        events.set_limit(3).latest(Event::AT, &db).await.err().unwrap_or(events.all(&db).await.unwrap_err()),
        Event::objects().in_bulk([("a", 15)], &db).await.unwrap_err(),
        Transaction::get(Event::item_key(("a", 15)), &db).await.unwrap_err(),
        Event::get_by_key(("a", 15), &db).await.unwrap_err(),
        event.refresh(&db).await.unwrap_err(),
        event.update(Event::NOTE.set("n"), &db).await.unwrap_err(),
        Event::get_or_create(Event::new("a", 15), &db).await.unwrap_err(),
        Event::update_or_create(Event::new("a", 15), Event::NOTE.set("n"), &db).await.unwrap_err(),
        events.sort_in_memory(Event::AT.desc()).all(&db).await.unwrap_err(),
        Event::objects().scan().all(&db).await.unwrap_err(),
    ] {
        let text = error.to_string();
        for shown in ["Event", "table events", "device = \"a\"", "at = 15", "attribute `level`", "is missing", "rename"]
        {
            assert!(text.contains(shown), "{shown}: {text}");
        }
        let Error::Decode { table, key, .. } = error else { panic!("another error: {error}") };
        assert_eq!((table.as_str(), key), ("events", Item::new().with("device", "a").with("at", 15)));
    }
}

#[tokio::test]
async fn an_item_that_was_read_through_an_index_is_named_by_the_key_of_its_table() {
    let db = database().await;
    put_without_level(&db, 4).await;
    let owned = Event::objects().set_index(Event::BY_OWNER).set_hash_key("me").hydrate();
    let error = owned.all(&db).await.unwrap_err();
    assert!(error.to_string().contains("the item at = 4, device = \"a\" of table events"), "{error}");
    let db = gauges().await;
    let at_the_dam = Gauge::objects().set_index(Gauge::BY_PLACE).set_hash_key("dam");
    for error in [
        at_the_dam.all(&db).await.unwrap_err(),
        at_the_dam.values(Gauge::LEVEL).all(&db).await.unwrap_err(),
        at_the_dam.values(Gauge::LEVEL).stream(&db).try_collect::<Vec<_>>().await.unwrap_err(),
    ] {
        assert!(error.to_string().contains("the item at = 9, id = \"g\" of table gauges"), "{error}");
    }
}

#[tokio::test]
async fn a_value_that_an_aggregate_cannot_decode_is_named_by_the_key_of_its_item() {
    let db = gauges().await;
    let gauges = Gauge::objects().set_hash_key("g");
    for error in [
        gauges.aggregate(Gauge::LEVEL.sum(), &db).await.unwrap_err(),
        gauges.aggregate(Gauge::LEVEL.max(), &db).await.unwrap_err(),
        gauges.aggregate(Gauge::LEVEL.min(), &db).await.unwrap_err(),
        gauges.aggregate(Gauge::LEVEL.avg(), &db).await.unwrap_err(),
    ] {
        assert!(error.to_string().contains("the item at = 9, id = \"g\" of table gauges"), "{error}");
        assert!(error.to_string().contains("attribute `level`"), "{error}");
    }
}

#[tokio::test]
async fn a_stream_goes_on_after_an_item_that_cannot_be_decoded() {
    let db = database_with("a", 3).await;
    put_without_level(&db, 5).await;
    put_without_level(&db, 15).await;
    for limit in [None, Some(5)] {
        let mut events = Event::objects().set_hash_key("a");
        if let Some(limit) = limit {
            events = events.set_limit(limit);
        }
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        let mut rows = events.stream(&db);
        while let Some(row) = rows.next().await {
            match row {
                Ok(event) => good.push(event),
                Err(Error::Decode { key, .. }) => bad.push(key.get("at").cloned()),
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(times(&good), [0, 10, 20]);
        assert_eq!(bad, [Some(AttributeValue::n(5)), Some(AttributeValue::n(15))]);
    }
    let collected: Result<Vec<Event>, Error> = Event::objects().set_hash_key("a").stream(&db).try_collect().await;
    assert!(collected.is_err(), "a caller that stops at the first error still does");
}

#[tokio::test]
async fn a_stream_ends_after_a_failed_request() {
    let db = Database::new(MemoryDriver::new());
    let mut rows = Event::objects().set_hash_key("a").stream(&db);
    assert!(rows.next().await.is_some_and(|row| row.is_err()));
    assert!(rows.next().await.is_none());
}

#[tokio::test]
async fn a_table_without_a_stream_names_the_option_of_the_model() {
    let db = database().await;
    let error = Event::changes(&db).try_next().await.unwrap_err();
    assert!(error.to_string().contains("#[model(stream = new_and_old_images)]"), "{error}");
}

#[tokio::test]
async fn other_invalid_requests_keep_the_message_of_the_service_alone() {
    let db = database().await;
    let update = UpdateTable::new("events");
    let error = db.run(update).await.unwrap_err();
    assert_eq!(error.advice(), None);
    let long = "x".repeat(3000);
    let error = Event::get_by_key((long.as_str(), 1), &db).await.unwrap_err();
    assert_eq!(driver_error(error, &DriverErrorKind::Validation).advice(), None);
}
