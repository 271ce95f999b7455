//! Writes of the attributes that differ from those that were read.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use djamodb::database::{Receiver, SignalContext};
use djamodb::driver::Clock as _;
use djamodb::model::InvalidEdit;
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use djamodb::value::{AttributeValue, Item};
use djamodb::{Error, MemoryDriver, SignalError, Tracked, Transaction, VirtualClock};
use expect_test::expect;
use proptest::prelude::*;

#[derive(Document, Clone, PartialEq, Debug, Default)]
struct Address {
    street: String,
    city: Option<String>,
}

#[derive(Model, Clone, PartialEq, Debug, Default)]
#[model(table = "people", managed = false, global_index(by_team, hash_key = team))]
struct Person {
    #[model(hash_key)]
    name: String,
    #[model(range_key)]
    number: u32,
    #[model(validate = max_value(150))]
    age: u8,
    team: Option<String>,
    #[model(rename = "where")]
    address: Option<Address>,
    skills: BTreeSet<String>,
    #[model(default = 7)]
    level: u8,
    #[model(rest)]
    others: Item,
}

#[derive(Model, Clone, PartialEq, Debug, Default)]
#[model(table = "notes", managed = false)]
struct Note {
    #[model(hash_key, generate = uuid_v7)]
    id: Uuid,
    text: String,
    count: u32,
    #[model(version)]
    version: u64,
    #[model(created_at)]
    created: DateTime<Utc>,
    #[model(updated_at)]
    updated: DateTime<Utc>,
}

fn ann() -> Person {
    Person { name: "ann".into(), number: 1, age: 30, team: Some("red".into()), ..Person::default() }
}

async fn database() -> (Database, VirtualClock) {
    let clock = VirtualClock::new(1);
    let db = Database::new(MemoryDriver::with_clock(Arc::new(clock.clone())));
    db.create_table::<Person>().await.unwrap();
    db.create_table::<Note>().await.unwrap();
    (db, clock)
}

async fn stored_ann(db: &Database) -> Tracked<Person> {
    Person::get_by_key(("ann", 1), db).await.unwrap().tracked()
}

async fn stored_note(text: &str, db: &Database) -> Tracked<Note> {
    let mut note = Note { text: text.to_owned(), ..Note::default() };
    note.create(db).await.unwrap();
    Note::get_by_key(note.id, db).await.unwrap().tracked()
}

#[tokio::test]
async fn only_the_changed_attributes_are_written() {
    let (db, _) = database().await;
    let others = Item::new().with("legacy", 1).with("old", "x");
    Person { others, ..ann() }.create(&db).await.unwrap();
    let mut person = stored_ann(&db).await;
    assert!(person.changed().unwrap().is_empty());

    // Another writer changes attributes that this one leaves.
    let edits = (Person::LEVEL.set(9), Person::SKILLS.set(BTreeSet::from(["go".to_owned()])));
    stored_ann(&db).await.update(edits, &db).await.unwrap();

    person.age += 1;
    person.team = None;
    person.address = Some(Address { street: "Mill Lane".into(), city: None });
    person.others.remove("old");
    person.others.insert("new", AttributeValue::n(2));
    assert_eq!(person.changed().unwrap(), ["age", "new", "old", "team", "where"]);
    let (ledger_db, ledger) = db.with_ledger();
    assert!(person.save_changes(&ledger_db).await.unwrap());
    djamodb::assert_requests!(ledger == 1);
    assert!(person.changed().unwrap().is_empty());
    assert!(!person.save_changes(&ledger_db).await.unwrap());
    djamodb::assert_requests!(ledger == 1);

    let expected = Person { level: 9, skills: ["go".to_owned()].into(), ..person.clone().into_inner() };
    assert_eq!(*stored_ann(&db).await, expected);
    assert_eq!(expected.others, Item::new().with("legacy", 1).with("new", 2));
}

#[tokio::test]
async fn a_default_that_the_item_lacks_is_no_change() {
    let (db, _) = database().await;
    ann().create(&db).await.unwrap();
    db.run(djamodb::plan::UpdateItem::new(
        db.table_name::<Person>(),
        ann().key().unwrap(),
        djamodb::expression::Update::new().remove(djamodb::expression::Path::new("level")),
    ))
    .await
    .unwrap();
    let mut person = stored_ann(&db).await;
    assert_eq!(person.level, 7);
    assert!(!person.save_changes(&db).await.unwrap());
    person.level = 8;
    assert_eq!(person.changed().unwrap(), ["level"]);
    assert!(person.save_changes(&db).await.unwrap());
    assert_eq!(stored_ann(&db).await.level, 8);
}

#[tokio::test]
async fn a_changed_key_is_refused_before_any_request() {
    let (db, ledger) = database().await.0.with_ledger();
    let mut person = ann().tracked();
    person.number = 2;
    person.age = 31;
    match person.save_changes(&db).await.unwrap_err() {
        Error::Plan(PlanError::Edit { error: InvalidEdit::Key { attribute }, .. }) => assert_eq!(attribute, *"number"),
        error => panic!("another error: {error}"),
    }
    let mut transaction = Transaction::new();
    transaction.save_changes(&mut person);
    expect!["cannot update Person: `number` is part of the table's key and cannot be changed; save an item with the new key and delete the old one"]
        .assert_eq(&transaction.run(&db).await.unwrap_err().to_string());
    djamodb::assert_requests!(ledger == 0);
}

#[tokio::test]
async fn the_item_must_exist_and_none_is_created() {
    let (db, _) = database().await;
    let mut person = ann().tracked();
    person.age = 31;
    let error = person.save_changes(&db).await.unwrap_err();
    assert!(error.is_object_does_not_exist(), "{error}");
    let error = person.save_changes(&db).condition(Person::AGE.eq(30)).await.unwrap_err();
    assert!(matches!(error, Error::ConditionFailed { operation: "save_changes", .. }), "{error}");
    assert_eq!(Person::objects().scan().count(&db).await.unwrap(), 0);
    assert_eq!(person.changed().unwrap(), ["age"], "a failed call records nothing");

    person.create(&db).await.unwrap();
    assert!(person.changed().unwrap().is_empty());
}

#[tokio::test]
async fn a_condition_is_checked_on_the_stored_item() {
    let (db, _) = database().await;
    ann().create(&db).await.unwrap();
    let mut person = stored_ann(&db).await;
    person.age = 31;
    let call = person.save_changes(&db).condition(Person::TEAM.eq("blue")).returning_old_item();
    let error = call.await.unwrap_err();
    assert_eq!(error.old_item::<Person>().unwrap(), Some(ann()));
    assert!(person.save_changes(&db).condition(Person::TEAM.eq("red")).await.unwrap());
    assert_eq!(stored_ann(&db).await.age, 31);
}

#[tokio::test]
async fn the_version_is_compared_and_counted_and_the_time_is_set() {
    let (db, clock) = database().await;
    let mut note = stored_note("a", &db).await;
    let (mut stale, created) = (note.clone(), note.created);
    assert!(!note.save_changes(&db).await.unwrap());
    assert_eq!(note.version, 1, "nothing was written");

    clock.advance(Duration::from_secs(60));
    note.text.push('b');
    assert!(note.save_changes(&db).await.unwrap());
    assert_eq!((note.version, note.created, note.updated), (2, created, clock.now()));
    assert_eq!(*note, Note::get_by_key(note.id, &db).await.unwrap());
    assert!(note.changed().unwrap().is_empty());

    stale.count = 1;
    let error = stale.save_changes(&db).await.unwrap_err();
    assert!(error.is_stale(), "{error}");
    assert_eq!(stale.version, 1);
    stale.refresh(&db).await.unwrap();
    assert!(stale.changed().unwrap().is_empty());
    stale.count = 1;
    assert!(stale.save_changes(&db).await.unwrap());
    assert_eq!((stale.version, stale.text.as_str()), (3, "ab"));

    stale.clone().into_inner().delete(&db).await.unwrap();
    stale.count = 2;
    assert!(stale.save_changes(&db).await.unwrap_err().is_object_does_not_exist());
}

#[tokio::test]
async fn other_writes_of_the_value_record_its_item() {
    let (db, clock) = database().await;
    let mut note = stored_note("a", &db).await;
    clock.advance(Duration::from_secs(60));
    note.text.push('b');
    note.save(&db).await.unwrap();
    assert!(note.changed().unwrap().is_empty());
    note.update(Note::COUNT.add(1), &db).await.unwrap();
    assert_eq!((note.count, note.version), (1, 3));
    assert!(note.changed().unwrap().is_empty());
    note.text.push('c');
    note.save_changes(&db).await.unwrap();
    assert_eq!(*note, Note::get_by_key(note.id, &db).await.unwrap());
    assert!(note.save(&db).condition(Note::COUNT.eq(5)).await.is_err());
}

#[tokio::test]
async fn an_invalid_value_is_refused_if_something_has_changed() {
    let (db, ledger) = database().await.0.with_ledger();
    let mut person = Person { age: 151, ..ann() }.tracked();
    assert!(!person.save_changes(&db).await.unwrap(), "nothing is written");
    person.level = 1;
    let error = person.save_changes(&db).await.unwrap_err();
    expect![[r#"save_changes failed: Person with the key name = "ann", number = 1 is invalid: `age`: must be at most 150; nothing was sent"#]]
        .assert_eq(&error.to_string());
    let mut transaction = Transaction::new();
    transaction.save_changes(&mut person);
    assert!(matches!(transaction.run(&db).await.unwrap_err(), Error::ValidationFailed(_)));

    let mut person = ann().tracked();
    person.team = Some(String::new());
    let error = person.save_changes(&db).await.unwrap_err();
    assert!(matches!(&error, Error::InvalidValue(invalid) if invalid.error.path() == "team"), "{error}");
    djamodb::assert_requests!(ledger == 0);
}

#[tokio::test]
async fn a_transaction_writes_changes_and_compares_versions() {
    let (db, clock) = database().await;
    ann().create(&db).await.unwrap();
    let (mut person, mut note) = (stored_ann(&db).await, stored_note("a", &db).await);
    let (mut unchanged, mut stale) = (stored_note("u", &db).await, note.clone());
    person.age = 31;
    note.text.push('b');
    clock.advance(Duration::from_secs(60));

    let mut transaction = Transaction::new();
    transaction.save_changes(&mut person).condition(Person::AGE.eq(30));
    transaction.save_changes(&mut note);
    transaction.save_changes(&mut unchanged).condition(Note::COUNT.eq(5));
    assert_eq!(transaction.len(), 2);
    let explained = transaction.explain().unwrap().plan.to_string().replace(&note_id(&transaction), "ID");
    expect![[r#"
        TransactWriteItems
          Update people; key: name = "ann", number = 1; update: SET age = 31; condition: attribute_exists(name) AND age = 30
          Update notes; key: id = "ID"; update: SET text = "ab" ADD version 1; condition: attribute_exists(id) AND version = 1
    "#]]
    .assert_eq(&explained);
    transaction.run(&db).await.unwrap();
    drop(transaction);
    assert!(person.changed().unwrap().is_empty() && note.changed().unwrap().is_empty());
    assert_eq!((note.version, note.updated), (2, clock.now()));
    assert_eq!(*note, Note::get_by_key(note.id, &db).await.unwrap());
    assert_eq!(*person, *stored_ann(&db).await);
    assert_eq!(unchanged.version, 1);

    stale.text.push('c');
    let mut transaction = Transaction::new();
    transaction.save_changes(&mut stale);
    let error = transaction.run(&db).await.unwrap_err();
    assert!(matches!(error, Error::TransactionCanceled(_)), "{error}");
    assert!(error.to_string().contains("the stored item has the version 2"), "{error}");
    drop(transaction);
    assert_eq!((stale.version, stale.changed().unwrap()), (1, vec!["text".into()]));
}

/// Returns the identifier in the plan of a transaction.
fn note_id(transaction: &Transaction<'_>) -> String {
    let plan = transaction.explain().unwrap().plan.to_string();
    plan.split("id = \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_transaction_that_is_repeated_sets_the_same_version() {
    let (db, _) = database().await;
    let mut note = stored_note("a", &db).await;
    note.text.push('b');
    let mut transaction = Transaction::with_token("once");
    transaction.save_changes(&mut note);
    transaction.run(&db).await.unwrap();
    transaction.run(&db).await.unwrap();
    drop(transaction);
    assert_eq!(note.version, 2);
    assert_eq!(*note, Note::get_by_key(note.id, &db).await.unwrap());
}

#[tokio::test]
async fn a_value_that_cannot_be_recorded_is_an_error_of_the_write() {
    let (db, _) = database().await;
    let mut person = Person { others: Item::new().with("age", 1), ..ann() }.tracked();
    person.others = Item::new();
    let error = person.save_changes(&db).await.unwrap_err();
    assert!(matches!(&error, Error::InvalidValue(invalid) if invalid.error.path() == "age"), "{error}");
    person.save(&db).await.unwrap();
    assert!(!person.save_changes(&db).await.unwrap());
}

/// Counts the signals, and raises the age that it finds.
#[derive(Clone, Default)]
struct Birthday(Arc<AtomicUsize>);

#[djamodb::async_trait]
impl Receiver<Person> for Birthday {
    async fn pre_save(&self, person: &mut Person, context: &SignalContext<'_>) -> Result<(), SignalError> {
        assert_eq!((context.operation, context.created), ("save_changes", Some(false)));
        person.age += 1;
        Ok(())
    }

    async fn post_save(&self, _: &mut Person, _: &SignalContext<'_>) -> Result<(), SignalError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

#[tokio::test]
async fn signals_are_sent_for_changes_and_validators_run_after_them() {
    let (db, _) = database().await;
    Person { age: 149, ..ann() }.create(&db).await.unwrap();
    let birthday = Birthday::default();
    let mut person = stored_ann(&db).await;
    let db = db.with_receiver::<Person>(birthday.clone());
    assert!(!person.save_changes(&db).await.unwrap());
    assert_eq!((person.age, birthday.0.load(Ordering::Relaxed)), (149, 0));
    person.level = 1;
    assert!(person.save_changes(&db).await.unwrap());
    assert_eq!((stored_ann(&db).await.age, birthday.0.load(Ordering::Relaxed)), (150, 1));
    assert!(person.changed().unwrap().is_empty());
    person.level = 2;
    assert!(matches!(person.save_changes(&db).await.unwrap_err(), Error::ValidationFailed(_)));
    assert_eq!((stored_ann(&db).await.age, birthday.0.load(Ordering::Relaxed)), (150, 1));
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "tickets", managed = false, discriminator = "type")]
#[model(hash_key(pk = "EVENT#{event}"), range_key(sk = "SEAT#{seat:03}"))]
#[model(global_index(by_state, hash_key(gsi1pk = "STATE#{state}"), range_key(gsi1sk = "{price:04}#{note}")))]
struct Ticket {
    event: String,
    seat: u32,
    state: String,
    price: u32,
    note: Option<String>,
}

#[tokio::test]
async fn composed_keys_of_indexes_change_with_their_parts() {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Ticket>().await.unwrap();
    let mut ticket = Ticket { event: "e".into(), seat: 7, state: "free".into(), price: 20, note: Some("n".into()) };
    ticket.create(&db).await.unwrap();
    let mut ticket = ticket.tracked();
    ticket.state = "sold".to_owned();
    assert_eq!(ticket.changed().unwrap(), ["gsi1pk", "state"]);
    assert!(ticket.save_changes(&db).await.unwrap());
    let sold = Ticket::objects().set_index(Ticket::BY_STATE).set_hash_key("sold");
    assert_eq!(sold.all(&db).await.unwrap(), [ticket.clone().into_inner()]);

    ticket.note = None;
    assert!(ticket.save_changes(&db).await.unwrap());
    assert_eq!(sold.count(&db).await.unwrap(), 0, "an item that lacks a part is not in the index");
    assert_eq!(Ticket::get_by_key(("e", 7), &db).await.unwrap(), *ticket);

    ticket.seat = 8;
    let error = ticket.save_changes(&db).await.unwrap_err();
    let expected = "cannot update Ticket: `seat` is part of the table's key and cannot be changed; save an item with the new key and delete the old one";
    assert_eq!(error.to_string(), expected);
}

fn people() -> impl Strategy<Value = Person> {
    let address = proptest::option::of((any::<u8>(), proptest::option::of(any::<u8>())));
    let others = prop::collection::btree_map("[w-z]", any::<i8>(), 0..3);
    (0..=150_u8, proptest::option::of(1..3_u8), address, prop::collection::btree_set("[a-c]", 0..3), 6..9_u8, others)
        .prop_map(|(age, team, address, skills, level, others)| Person {
            age,
            team: team.map(|team| team.to_string()),
            address: address
                .map(|(street, city)| Address { street: street.to_string(), city: city.map(|city| city.to_string()) }),
            skills,
            level,
            others: others.into_iter().fold(Item::new(), |item, (name, value)| item.with(name, value)),
            ..ann()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Fails if a change is lost, or if a request is sent without one.
    #[test]
    fn saving_the_changes_stores_the_value(before in people(), after in people()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (db, _) = database().await;
            let mut stored = before.clone();
            stored.create(&db).await.unwrap();
            let mut tracked = stored_ann(&db).await;
            *tracked = after.clone();
            let (db, ledger) = db.with_ledger();
            prop_assert_eq!(tracked.save_changes(&db).await.unwrap(), before != after);
            djamodb::assert_requests!(ledger == u64::from(before != after));
            prop_assert_eq!(&*stored_ann(&db).await, &after);
            prop_assert!(tracked.changed().unwrap().is_empty());
            Ok(())
        })?;
    }
}
