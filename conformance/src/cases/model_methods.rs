//! Methods of single model values: `save`, `create`, `delete`, `refresh`, `get_by_key`.

use std::collections::{BTreeMap, BTreeSet};

use djamodb_core::database::ModelExt;
use djamodb_core::error::{Error, TableDifference};
use djamodb_core::model::Model;

use super::prelude::*;

case!("model/save_replaces_the_item", Theme::Model, save_replaces_the_item);
case!("model/create_rejects_an_existing_item", Theme::Model, create_rejects_an_existing_item);
case!("model/delete_deletes_the_item_of_the_key", Theme::Model, delete_deletes_the_item_of_the_key);
case!("model/refresh_reads_the_current_item", Theme::Model, refresh_reads_the_current_item);
case!("model/get_by_key_returns_the_item_of_the_key", Theme::Model, get_by_key_returns_the_item_of_the_key);
case!("model/every_method_accepts_a_condition", Theme::Condition, every_method_accepts_a_condition);
case!("model/fields_of_every_type_round_trip", Theme::Value, fields_of_every_type_round_trip);
case!(
    "model/an_edit_below_a_missing_parent_names_the_parent",
    Theme::Model,
    an_edit_below_a_missing_parent_names_the_parent
);
case!("model/tables_are_created_and_deleted", Theme::Table, tables_are_created_and_deleted);
case!("model/a_shared_table_serves_all_its_models", Theme::Table, a_shared_table_serves_all_its_models);
case!("model/an_existing_table_is_compared_with_the_model", Theme::Table, an_existing_table_is_compared_with_the_model);

fn expect_condition_failed(result: Result<(), Error>, method: &str) -> CaseResult {
    match result {
        Err(Error::ConditionFailed { operation, .. }) if operation == method => Ok(()),
        other => Err(Failure::new(format_args!("expected ConditionFailed of {method}; received {other:?}"))),
    }
}

/// Fails if fields that are no longer set remain in the table.
async fn save_replaces_the_item(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let mut event = Event::new("a", 1);
    event.note = Some("first".to_owned());
    event.tags = ["x".to_owned()].into();
    event.save(&db).await?;
    ensure_eq("event", Event::get_by_key(("a", 1), &db).await?, event.clone())?;
    event.note = None;
    event.tags.clear();
    event.level = 2.5;
    event.save(&db).await?;
    ensure_eq("changed event", Event::get_by_key(("a", 1), &db).await?, event)
}

/// Fails if `create` replaces an existing item.
async fn create_rejects_an_existing_item(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let mut first = Event::new("a", 1);
    first.note = Some("first".to_owned());
    first.create(&db).await?;
    match Event::new("a", 1).create(&db).await {
        Err(Error::ObjectAlreadyExists { model: "Event", .. }) => {}
        other => return Err(Failure::new(format_args!("unexpected result: {other:?}"))),
    }
    Event::new("a", 2).create(&db).await?;
    ensure_eq("first event", Event::get_by_key(("a", 1), &db).await?, first)
}

/// Fails if another item is deleted, or if deleting twice fails.
async fn delete_deletes_the_item_of_the_key(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    let event = Event::get_by_key(("a", 10), &db).await?;
    event.delete(&db).await?;
    event.delete(&db).await?;
    ensure_eq("remaining items", event_times(&Event::objects().set_hash_key("a").all(&db).await?), [0, 20])
}

/// Fails if an outdated value remains, or if a deleted item is not reported.
async fn refresh_reads_the_current_item(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let mut first = Event::new("a", 1);
    first.save(&db).await?;
    let mut second = first.clone();
    second.note = Some("second".to_owned());
    second.save(&db).await?;
    first.refresh(&db).await?;
    ensure_eq("event", first.clone(), second)?;
    first.delete(&db).await?;
    match first.refresh(&db).await {
        Err(error) if error.is_object_does_not_exist() => Ok(()),
        other => Err(Failure::new(format_args!("expected ObjectDoesNotExist after the deletion; received {other:?}"))),
    }
}

/// Fails if a missing item is not reported.
async fn get_by_key_returns_the_item_of_the_key(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    ensure_eq("event", Event::get_by_key(("a", 20), &db).await?.level, 2.0)?;
    match Event::get_by_key(("a", 25), &db).await {
        Err(error) if error.is_object_does_not_exist() => Ok(()),
        other => Err(Failure::new(format_args!("expected ObjectDoesNotExist; received {other:?}"))),
    }
}

/// Fails if a method ignores its condition.
async fn every_method_accepts_a_condition(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let mut event = Event::new("a", 1);
    event.save(&db).await?;
    event.note = Some("urgent".to_owned());
    expect_condition_failed(event.save(&db).condition(Event::URGENT.eq(true)).await, "save")?;
    expect_condition_failed(event.refresh(&db).condition(Event::NOTE.eq("calm")).await, "refresh")?;
    event.note = Some("urgent".to_owned());
    event.save(&db).condition(Event::URGENT.eq(false)).condition(Event::NOTE.not_exists()).await?;
    expect_condition_failed(event.delete(&db).condition(Event::NOTE.not_exists()).await, "delete")?;
    event.refresh(&db).condition(Event::NOTE.startswith("urg")).await?;
    let with_kind = Event::get_by_key(("a", 1), &db).condition(Event::KIND.exists());
    expect_condition_failed(with_kind.await.map(|_| ()), "get_by_key")?;
    let without_kind = Event::get_by_key(("a", 1), &db).condition(Event::KIND.not_exists());
    ensure_eq("event", without_kind.await?, event.clone())?;
    // A condition that is never true rejects the write; one that is always true does not.
    expect_condition_failed(event.delete(&db).condition(Event::NOTE.is_in(Vec::<String>::new())).await, "delete")?;
    event.delete(&db).condition(!Event::NOTE.between("z", "a")).await?;
    ensure_eq("remaining items", Event::objects().set_hash_key("a").count(&db).await?, 0)
}

/// Fails if a field has another value after a round trip.
async fn fields_of_every_type_round_trip(cx: Context) -> CaseResult {
    let db = cx.db();
    db.create_table::<Sample>().await?;
    let mut sample = sample()?;
    sample.create(db).await?;
    ensure_eq("sample", Sample::get_by_key(u64::MAX, db).await?, sample.clone())?;
    let found = Sample::objects().set_hash_key(u64::MAX).filter(
        Sample::COLOUR.eq(Colour::DarkBlue)
            & Sample::LOCATION.at(Location::CITY).startswith("Zü")
            & Sample::SCORES.key("no.go").lt(0)
            & Sample::LIST.contains(i64::MIN)
            & Sample::NUMBERS.contains(5),
    );
    ensure_eq("sample found by a filter", found.get(db).await?, sample.clone())?;
    sample = Sample { id: 0, colour: Colour::Green, location: None, numbers: BTreeSet::new(), ..sample };
    sample.save(db).await?;
    ensure_eq("another sample", Sample::get_by_key(0_u64, db).await?, sample)
}

fn sample() -> Result<Sample, Failure> {
    Ok(Sample {
        id: u64::MAX,
        colour: Colour::DarkBlue,
        location: Some(Location { city: "Zürich".to_owned(), floor: Some(-1) }),
        bytes: bytes::Bytes::from_static(b"\x00\xff"),
        list: vec![Some(1), None, Some(i64::MIN)],
        numbers: [-3, 5].into(),
        scores: BTreeMap::from([("go".to_owned(), 0.1), (String::from("no.go"), -1e100)]),
        json: serde_json::json!({"a": [1, {"b": null}]}),
        exact: "0.1000000000000000000000000000000000001".parse()?,
    })
}

/// Fails if the driver changes the service's message, by which the cause is recognised.
async fn an_edit_below_a_missing_parent_names_the_parent(cx: Context) -> CaseResult {
    let db = cx.db();
    db.create_table::<Sample>().await?;
    let mut sample = Sample { location: None, ..sample()? };
    sample.save(db).await?;
    match sample.update(Sample::LOCATION.at(Location::CITY).set("Bern"), db).await {
        Err(Error::Driver(error)) if error.advice().is_some_and(|advice| advice.contains("`location.city`")) => Ok(()),
        other => Err(Failure::new(format_args!("expected advice on `location.city`; received {other:?}"))),
    }
}

/// Fails if a table is created twice, or exists before it is created or after it is deleted.
async fn tables_are_created_and_deleted(cx: Context) -> CaseResult {
    let db = cx.db();
    ensure_eq("table exists before creation", db.table_exists::<Event>().await?, false)?;
    ensure_eq("table name", db.create_table::<Event>().await?, cx.table_name("events"))?;
    ensure_eq("table exists after creation", db.table_exists::<Event>().await?, true)?;
    match db.create_table::<Event>().await {
        Err(Error::Driver(error)) if error.is_resource_in_use() => {}
        other => return Err(Failure::new(format_args!("expected ResourceInUse; received {other:?}"))),
    }
    Event::new("a", 1).save(db).await?;
    db.delete_table::<Event>().await?;
    ensure_eq("table exists after deletion", db.table_exists::<Event>().await?, false)
}

/// Fails if a table of two models lacks an index or the time to live of one of them, or is deleted twice.
async fn a_shared_table_serves_all_its_models(cx: Context) -> CaseResult {
    let db = cx.db();
    let models = [Customer::schema(), Order::schema()];
    ensure_eq("created tables", db.create_tables(&models).await?, vec![cx.table_name("shop")])?;
    let (name, part) = ("ada".to_owned(), "profile".to_owned());
    Customer { account: name.clone(), part, email: "ada@example.com".to_owned() }.save(db).await?;
    let (part, status, note) = ("order-1".to_owned(), "open".to_owned(), "soon".to_owned());
    let mut order = Order { account: name, part, status, total: 5, note, expires: None };
    order.save(db).await?;
    let by_email = Customer::objects().set_index(Customer::BY_EMAIL).set_hash_key("ada@example.com");
    ensure_eq("items of the index by_email", by_email.count(db).await?, 1)?;
    let open = Order::objects().set_index(Order::BY_STATUS).set_hash_key("open");
    ensure_eq("items of the index by_status", open.values(Order::NOTE).all(db).await?, vec!["soon".to_owned()])?;
    let by_total = Order::objects().set_index(Order::BY_TOTAL).set_hash_key("ada");
    ensure_eq("items of the index by_total", by_total.all(db).await?, vec![order])?;
    ensure_eq("deleted tables", db.delete_tables(&models).await?, vec![cx.table_name("shop")])
}

/// Fails if the description of a table hides or alters an index, its key or its projection.
async fn an_existing_table_is_compared_with_the_model(cx: Context) -> CaseResult {
    let db = cx.db();
    db.create_table::<Customer>().await?;
    let Err(Error::TableMismatch(mismatch)) = db.create_table::<Order>().await else {
        return Err(Failure::new("a table without the indexes of the model counts as that of the model"));
    };
    let lacking = |index: &'static str, local| TableDifference::MissingIndex { index: index.into(), local };
    ensure_eq("differences", mismatch.differences, vec![lacking("by_total", true), lacking("by_status", false)])?;
    db.delete_table::<Customer>().await?;
    db.create_table::<Order>().await?;
    match db.create_table::<Order>().await {
        Err(Error::Driver(error)) if error.is_resource_in_use() => Ok(()),
        other => Err(Failure::new(format_args!("expected ResourceInUse; received {other:?}"))),
    }
}
