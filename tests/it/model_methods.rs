//! Methods of model values, and tables.

use djamodb::prelude::*;
use djamodb::{Error, TableDefaults};

use crate::models::{Event, database};

#[tokio::test]
async fn save_replaces_an_item_and_create_refuses_to() {
    let db = database().await;
    let mut event = Event::new("a", 1);
    event.create(&db).await.unwrap();
    event.note = Some("changed".into());
    let error = event.create(&db).await.unwrap_err();
    assert!(matches!(&error, Error::ObjectAlreadyExists { model: "Event", .. }), "{error}");
    assert!(error.to_string().contains(r#"device = "a""#), "{error}");
    assert_eq!(Event::get_by_key(("a", 1), &db).await.unwrap().note, None);
    event.save(&db).await.unwrap();
    assert_eq!(Event::get_by_key(("a", 1), &db).await.unwrap(), event);
}

#[tokio::test]
async fn refresh_reads_the_latest_item() {
    let db = database().await;
    let mut mine = Event::new("a", 1);
    mine.save(&db).await.unwrap();
    let mut theirs = mine.clone();
    theirs.note = Some("theirs".into());
    theirs.save(&db).await.unwrap();
    mine.refresh(&db).await.unwrap();
    assert_eq!(mine, theirs);
    mine.delete(&db).await.unwrap();
    assert!(mine.refresh(&db).await.unwrap_err().is_object_does_not_exist());
    mine.delete(&db).await.unwrap();
}

#[tokio::test]
async fn get_by_key_names_the_missing_key() {
    let db = database().await;
    let error = Event::get_by_key(("a", 1), &db).await.unwrap_err();
    assert!(error.is_object_does_not_exist());
    assert!(error.to_string().contains(r#"at = 1, device = "a""#), "{error}");
}

#[tokio::test]
async fn every_method_accepts_a_condition() {
    let db = database().await;
    let mut event = Event::new("a", 1);
    event.save(&db).await.unwrap();
    let failed = |result: Result<(), Error>, operation: &str| match result {
        Err(Error::ConditionFailed { operation: failed, .. }) => assert_eq!(failed, operation),
        other => panic!("not refused: {other:?}"),
    };

    event.note = Some("urgent".into());
    failed(event.save(&db).condition(Event::URGENT.eq(true)).await, "save");
    event.save(&db).condition(Event::URGENT.eq(false)).condition(Event::AT.eq(1)).await.unwrap();
    failed(event.delete(&db).condition(Event::NOTE.not_exists()).await, "delete");
    failed(event.refresh(&db).condition(Event::NOTE.eq("calm")).await, "refresh");
    event.refresh(&db).condition(Event::NOTE.startswith("urg")).await.unwrap();
    failed(Event::get_by_key(("a", 1), &db).condition(Event::KIND.exists()).await.map(|_| ()), "get_by_key");
    assert_eq!(Event::get_by_key(("a", 1), &db).condition(Event::KIND.not_exists()).await.unwrap(), event);
    // A condition that folds to false refuses the write, and one that folds to true does not.
    failed(event.delete(&db).condition(Event::NOTE.is_in(Vec::<String>::new())).await, "delete");
    event.delete(&db).condition(!Event::NOTE.between("z", "a")).await.unwrap();

    let mut other = Event::new("b", 1);
    let refused = other.create(&db).condition(Event::NOTE.exists()).await.unwrap_err();
    assert!(matches!(refused, Error::ObjectAlreadyExists { .. } | Error::ConditionFailed { .. }), "{refused}");
    other.create(&db).condition(Event::NOTE.not_exists()).await.unwrap();
}

#[tokio::test]
async fn a_call_sends_no_request_before_it_is_awaited() {
    let db = database().await;
    let mut event = Event::new("a", 1);
    drop(event.save(&db));
    assert_eq!(Event::objects().set_hash_key("a").count(&db).await.unwrap(), 0);
}

#[tokio::test]
async fn a_value_that_is_not_mutable_is_saved_and_created() {
    let db = database().await;
    let mut events = [Event::new("a", 1), Event::new("a", 2)];
    for event in &mut events {
        event.create(&db).await.unwrap();
        event.save(&db).await.unwrap();
    }
    assert_eq!(Event::objects().set_hash_key("a").all(&db).await.unwrap(), events);
}

#[tokio::test]
async fn the_condition_of_a_write_is_made_from_the_value_that_is_written() {
    let db = database().await;
    let mut event = Event::new("a", 1);
    let absent = Event::LEVEL.ne(event.level);
    event.create(&db).condition(absent).await.unwrap();
    let unchanged = Event::LEVEL.eq(event.level);
    event.level += 1.0;
    event.save(&db).condition(unchanged.clone()).await.unwrap();
    let error = event.save(&db).condition(unchanged).await.unwrap_err();
    assert!(matches!(error, Error::ConditionFailed { operation: "save", .. }), "{error}");
    event.delete(&db).condition(Event::LEVEL.eq(event.level)).await.unwrap();
}

#[tokio::test]
async fn tables_are_created_under_their_prefix_and_deleted() {
    let driver = djamodb::MemoryDriver::new();
    let defaults = |prefix: &str| TableDefaults { prefix: Some(prefix.into()), ..TableDefaults::default() };
    let staging = Database::with_defaults(driver.clone(), defaults("staging"));
    let test = Database::with_defaults(driver, defaults("test"));
    assert_eq!(staging.create_table::<Event>().await.unwrap(), "staging-events");
    assert!(staging.table_exists::<Event>().await.unwrap());
    assert!(!test.table_exists::<Event>().await.unwrap());
    let error = staging.create_table::<Event>().await.unwrap_err();
    assert!(matches!(&error, Error::Driver(error) if error.is_resource_in_use()), "{error}");
    let error = test.delete_table::<Event>().await.unwrap_err();
    assert!(matches!(&error, Error::Driver(error) if error.is_resource_not_found()), "{error}");
    let error = Event::new("a", 1).save(&test).await.unwrap_err();
    assert!(error.to_string().contains("test-events"), "{error}");
    staging.start_delete_table::<Event>().await.unwrap();
    assert!(!staging.table_exists::<Event>().await.unwrap());
}

#[tokio::test]
async fn an_item_that_cannot_be_decoded_is_an_error_that_names_the_attribute() {
    let db = database().await;
    let item = Event::new("a", 1).to_item().unwrap().with("urgent", "very");
    db.run(djamodb::plan::PutItem::new("events", item)).await.unwrap();
    let error = Event::objects().set_hash_key("a").all(&db).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot decode the item at = 1, device = \"a\" of table events into Event: attribute `urgent`: expected true or false, \
         found a value of type S"
    );
    let mut item = Event::new("b", 1).to_item().unwrap();
    item.remove("level");
    item.remove("urgent");
    db.run(djamodb::plan::PutItem::new("events", item)).await.unwrap();
    let error = Event::objects().set_hash_key("b").get(&db).await.unwrap_err();
    assert!(error.to_string().contains(" into Event: attribute `level`: the attribute is missing"), "{error}");
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "sessions", time_to_live = expires)]
struct Session {
    #[model(hash_key)]
    id: u32,
    expires: u64,
}

#[tokio::test]
async fn a_table_is_created_with_the_settings_of_its_model_and_its_database() {
    use djamodb::plan::UpdateTimeToLive;
    use djamodb::schema::Tag;

    let defaults = TableDefaults {
        tags: vec![Tag::new("table", "{table_name}")],
        point_in_time_recovery: true,
        ..TableDefaults::default()
    };
    let db = Database::with_defaults(djamodb::MemoryDriver::new(), defaults);
    for waits in [true, false] {
        let name = if waits { db.create_table::<Session>().await } else { db.start_create_table::<Session>().await };
        let again = db.run(UpdateTimeToLive::enable(name.unwrap(), "expires")).await.unwrap_err();
        assert_eq!(again.message(), "TimeToLive is already enabled");
        db.delete_table::<Session>().await.unwrap();
    }
}

#[tokio::test]
async fn save_drops_attributes_that_the_model_does_not_declare_and_update_keeps_them() {
    let db = database().await;
    let mut event = Event::new("a", 1);
    let extended = event.to_item().unwrap().with("colour", "red");
    db.run(djamodb::plan::PutItem::new("events", extended.clone())).await.unwrap();
    let stored = || async {
        let get = djamodb::plan::GetItem::new("events", Event::new("a", 1).key().unwrap());
        db.run(get).await.unwrap().item.unwrap()
    };
    event.update(Event::NOTE.set("seen"), &db).await.unwrap();
    assert_eq!(stored().await, extended.with("note", "seen"));
    let mut read = Event::get_by_key(("a", 1), &db).await.unwrap();
    read.save(&db).await.unwrap();
    assert!(!stored().await.contains_key("colour"));
}

#[tokio::test]
async fn a_failed_condition_returns_the_stored_item_where_it_was_requested() {
    let db = database().await;
    let mut stored = Event { note: Some("stored".to_owned()), ..Event::new("a", 1) };
    stored.save(&db).await.unwrap();
    let mut mine = Event::new("a", 1);
    let never = || Event::NOTE.eq("mine");
    for error in [
        mine.save(&db).condition(never()).returning_old_item().await.unwrap_err(),
        mine.delete(&db).condition(never()).returning_old_item().await.unwrap_err(),
        mine.update(Event::NOTE.set("x"), &db).condition(never()).returning_old_item().await.unwrap_err(),
        mine.refresh(&db).condition(never()).returning_old_item().await.unwrap_err(),
    ] {
        assert_eq!(error.old_item::<Event>().unwrap(), Some(stored.clone()), "{error}");
    }
    let error = mine.save(&db).condition(never()).await.unwrap_err();
    assert_eq!(error.old_item::<Event>().unwrap(), None, "it was not requested");
    let mut missing = Event::new("a", 2);
    let error = missing.save(&db).condition(never()).returning_old_item().await.unwrap_err();
    assert_eq!(error.old_item::<Event>().unwrap(), None, "there is no item");
}

#[tokio::test]
async fn create_on_a_condition_distinguishes_an_existing_item_from_a_condition_that_does_not_hold() {
    let db = database().await;
    let mut event = Event::new("a", 1);
    let error = event.create(&db).condition(Event::NOTE.exists()).await.unwrap_err();
    assert!(matches!(error, djamodb::Error::ConditionFailed { operation: "create", .. }), "{error}");
    event.create(&db).condition(Event::NOTE.not_exists()).await.unwrap();
    let always = !Event::NOTE.is_in(Vec::<String>::new());
    for condition in [Event::NOTE.not_exists(), Event::NOTE.exists(), always] {
        let error = event.create(&db).condition(condition).await.unwrap_err();
        assert!(matches!(error, djamodb::Error::ObjectAlreadyExists { .. }), "{error}");
    }
}
