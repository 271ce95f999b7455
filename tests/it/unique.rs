//! Unique attributes.

use std::time::Duration;

use djamodb::driver::Clock as _;
use djamodb::model::{CodecErrorKind, InvalidEdit};
use djamodb::plan::{DeleteItem, GetItem, PutItem, Scan};
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::value::Item;
use djamodb::{Batch, Error, MemoryDriver, Transaction, VirtualClock};
use expect_test::expect;

/// Its guard items have a table of their own.
#[derive(Model, Clone, PartialEq, Debug, Default)]
#[model(table = "users", managed = false, unique_together = (tenant, number), time_to_live = expires)]
struct User {
    #[model(hash_key)]
    id: u32,
    #[model(unique)]
    email: Option<String>,
    tenant: String,
    number: Option<u32>,
    visits: u32,
    expires: Option<u64>,
}

/// Its guard items are in its table.
#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "unique_shop", managed = false, discriminator = "type")]
#[model(hash_key(pk = "CUSTOMER#{id}"), range_key(sk = "PROFILE"))]
struct Customer {
    id: u32,
    #[model(unique, rename = "mail")]
    email: String,
    #[model(version)]
    version: u64,
}

/// Its keys can begin as those of guard items.
#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "unique_shop", managed = false, discriminator = "type")]
struct Note {
    #[model(hash_key)]
    pk: String,
    #[model(range_key)]
    sk: String,
}

/// Its unique attribute is a part of the key of an index.
#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "tickets", managed = false)]
#[model(global_index(by_state, hash_key(gsi = "STATE#{state}#{code}")))]
struct Ticket {
    #[model(hash_key)]
    id: u32,
    state: String,
    #[model(unique)]
    code: String,
}

fn user(id: u32, email: &str) -> User {
    User { id, email: Some(email.to_owned()), tenant: "t".to_owned(), ..User::default() }
}

fn customer(id: u32, email: &str) -> Customer {
    Customer { id, email: email.to_owned(), version: 0 }
}

async fn users() -> Database {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<User>().await.unwrap();
    db
}

async fn shop() -> Database {
    let db = Database::new(MemoryDriver::new());
    db.create_tables(&[Customer::schema(), Note::schema()]).await.unwrap();
    db
}

/// Returns the hash keys of the guard items.
async fn guards(db: &Database) -> Vec<String> {
    let has_own_table = db.table_exists::<User>().await.unwrap();
    let (table, key) = if has_own_table { ("users-unique", "guard") } else { ("unique_shop", "pk") };
    let items = db.run(Scan::new(table)).await.unwrap().items;
    let mut keys: Vec<String> = items
        .iter()
        .filter(|item| item.get("unique_owner").is_some())
        .map(|item| item.get(key).unwrap().as_s().unwrap().to_owned())
        .collect();
    keys.sort();
    keys
}

fn owner(error: &Error) -> Option<Item> {
    match error {
        Error::NotUnique(error) => error.owner.clone(),
        error => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_value_that_another_item_has_is_refused() {
    let db = users().await;
    user(1, "ann").create(&db).await.unwrap();
    let error = user(2, "ann").create(&db).await.unwrap_err();
    assert!(error.is_not_unique());
    expect![[r#"create of User with the key id = 2 failed: `email` is unique, and the item with the key id = 1 has the value "ann" already; nothing was written"#]]
        .assert_eq(&error.to_string());
    assert_eq!(owner(&error), Some(Item::new().with("id", 1)));
    assert!(user(2, "ann").save(&db).await.unwrap_err().is_not_unique());
    assert!(User::get_or_create(user(2, "ann"), &db).await.unwrap_err().is_not_unique());
    assert!(User::update_or_create(user(2, "ann"), User::VISITS.add(1), &db).await.unwrap_err().is_not_unique());
    assert_eq!(User::objects().scan().count(&db).await.unwrap(), 1);

    let mut bob = user(2, "bob");
    bob.create(&db).await.unwrap();
    assert!(bob.update(User::EMAIL.set("ann"), &db).await.unwrap_err().is_not_unique());
    let mut tracked = bob.clone().tracked();
    tracked.email = Some("ann".to_owned());
    assert!(tracked.save_changes(&db).await.unwrap_err().is_not_unique());
    bob.refresh(&db).await.unwrap();
    assert_eq!(bob.email.as_deref(), Some("bob"));
    assert_eq!(guards(&db).await, ["UNIQUE##email#ann", "UNIQUE##email#bob"]);
}

#[tokio::test]
async fn values_are_freed_by_writes_and_deletes() {
    let db = users().await;
    let mut ann = user(1, "ann");
    ann.create(&db).await.unwrap();
    ann.email = Some("anna".to_owned());
    ann.save(&db).await.unwrap();
    assert_eq!(guards(&db).await, ["UNIQUE##email#anna"]);
    ann.update(User::EMAIL.set("annie"), &db).await.unwrap();
    assert_eq!((ann.email.as_deref(), guards(&db).await), (Some("annie"), vec!["UNIQUE##email#annie".to_owned()]));
    let mut tracked = ann.clone().tracked();
    tracked.email = None;
    assert!(tracked.save_changes(&db).await.unwrap());
    assert!(guards(&db).await.is_empty());
    ann.update((User::EMAIL.set("ann"), User::VISITS.add(1)), &db).await.unwrap();
    ann.update(User::EMAIL.remove(), &db).await.unwrap();
    assert_eq!((ann.email.clone(), ann.visits), (None, 1));
    assert!(guards(&db).await.is_empty());

    user(2, "bob").create(&db).await.unwrap();
    // The value is an older one.
    user(2, "rob").delete(&db).await.unwrap();
    assert!(guards(&db).await.is_empty());
    user(2, "rob").delete(&db).await.unwrap();
    user(3, "bob").create(&db).await.unwrap();
}

#[tokio::test]
async fn several_attributes_are_unique_together() {
    let db = users().await;
    let of = |id, tenant: &str, number| User { id, tenant: tenant.to_owned(), number, ..User::default() };
    of(1, "a#1", Some(2)).create(&db).await.unwrap();
    // Other values, whose texts would be the same without escapes.
    of(2, "a", Some(12)).create(&db).await.unwrap();
    of(3, "a%231", Some(2)).create(&db).await.unwrap();
    let error = of(4, "a#1", Some(2)).create(&db).await.unwrap_err();
    expect![[r#"create of User with the key id = 4 failed: `tenant` and `number` are unique together, and the item with the key id = 1 has number = 2, tenant = "a#1" already; nothing was written"#]]
        .assert_eq(&error.to_string());
    // Without one of them there is no value.
    of(4, "a#1", None).create(&db).await.unwrap();
    of(5, "a#1", None).create(&db).await.unwrap();
    // An edit of one takes the other from the stored item.
    assert!(of(5, "other", None).update(User::NUMBER.set(2), &db).await.unwrap_err().is_not_unique());
    of(5, "other", None).update(User::NUMBER.set(3), &db).await.unwrap();
    assert_eq!(
        guards(&db).await,
        [
            "UNIQUE##tenant+number#a#12",
            "UNIQUE##tenant+number#a%231#2",
            "UNIQUE##tenant+number#a%231#3",
            "UNIQUE##tenant+number#a%25231#2"
        ]
    );
}

#[tokio::test]
async fn a_table_of_several_kinds_of_items_holds_the_guard_items() {
    let db = shop().await;
    assert_eq!(Customer::schema().guard_table(), None);
    let mut ann = customer(1, "ann");
    ann.create(&db).await.unwrap();
    assert_eq!(guards(&db).await, ["UNIQUE#Customer#mail#ann"]);
    let key = Item::new().with("pk", "UNIQUE#Customer#mail#ann").with("sk", "UNIQUE");
    let guard = db.run(GetItem::new("unique_shop", key.clone())).await.unwrap().item.unwrap();
    assert_eq!(guard.get("unique_owner").unwrap().to_string(), r#"{"pk": "CUSTOMER#1", "sk": "PROFILE"}"#);

    // No model reads them.
    assert_eq!(Customer::objects().scan().all(&db).await.unwrap(), [ann.clone()]);
    assert_eq!(Note::objects().scan().count(&db).await.unwrap(), 0);
    let notes = Note::objects().set_hash_key("UNIQUE#Customer#mail#ann");
    assert_eq!(notes.count(&db).await.unwrap(), 0);
    assert!(notes.filter(Note::SK.eq("UNIQUE")).first(&db).await.unwrap().is_none());

    // A stale value changes nothing.
    let mut stale = ann.clone();
    ann.email = "anna".to_owned();
    ann.save(&db).await.unwrap();
    stale.email = "annie".to_owned();
    assert!(stale.save(&db).await.unwrap_err().is_stale());
    assert!(stale.delete(&db).await.unwrap_err().is_stale());
    assert!(stale.update(Customer::EMAIL.set("x"), &db).await.unwrap_err().is_stale());
    assert_eq!(guards(&db).await, ["UNIQUE#Customer#mail#anna"]);
    let other = customer(1, "other").create(&db).await.unwrap_err();
    assert!(matches!(other, Error::ObjectAlreadyExists { .. }), "{other}");
}

#[tokio::test]
async fn conditions_of_calls_decide_as_without_unique_values() {
    let db = users().await;
    let mut ann = user(1, "ann");
    ann.create(&db).await.unwrap();
    ann.email = Some("anna".to_owned());
    let error = ann.save(&db).condition(User::VISITS.gt(0)).returning_old_item().await.unwrap_err();
    assert!(matches!(error, Error::ConditionFailed { .. }), "{error}");
    assert_eq!(error.old_item::<User>().unwrap().unwrap().email.as_deref(), Some("ann"));
    assert!(matches!(
        ann.delete(&db).condition(User::VISITS.gt(0)).await.unwrap_err(),
        Error::ConditionFailed { item: None, .. }
    ));
    let edit = ann.update(User::EMAIL.set("x"), &db).condition(User::VISITS.gt(0)).await.unwrap_err();
    assert!(matches!(edit, Error::ConditionFailed { .. }), "{edit}");
    assert!(user(9, "x").update(User::EMAIL.set("y"), &db).await.unwrap_err().is_object_does_not_exist());
    assert_eq!(guards(&db).await, ["UNIQUE##email#ann"]);
    ann.save(&db).condition(User::VISITS.eq(0)).await.unwrap();
    ann.delete(&db).condition(User::VISITS.eq(0)).await.unwrap();
    assert!(guards(&db).await.is_empty());
}

#[tokio::test]
async fn an_unchanged_value_costs_one_plain_write() {
    let (db, ledger) = users().await.with_ledger();
    let mut ann = user(1, "ann");
    ann.create(&db).await.unwrap();
    ledger.reset();
    ann.visits = 5;
    ann.save(&db).await.unwrap();
    ann.update(User::VISITS.add(1), &db).await.unwrap();
    assert_eq!((ledger.requests(), ledger.write_units()), (2, 2.0));
}

#[tokio::test]
async fn transactions_keep_values_unique() {
    let db = users().await;
    let (mut ann, mut bob) = (user(1, "ann"), user(2, "bob"));
    let mut both = Transaction::new();
    both.create(&mut ann);
    both.create(&mut bob);
    expect![[r#"
        TransactWriteItems
          Put users; key: id = 1; condition: attribute_not_exists(id)
          Put users; key: id = 2; condition: attribute_not_exists(id)
          Put users-unique; key: guard = "UNIQUE##email#ann"; condition: attribute_not_exists(guard) OR unique_owner = {"id": 1}
          Put users-unique; key: guard = "UNIQUE##email#bob"; condition: attribute_not_exists(guard) OR unique_owner = {"id": 2}
    "#]]
    .assert_eq(&both.explain().unwrap().plan.to_string());
    both.run(&db).await.unwrap();

    // The two exchange their values.
    let mut exchange = Transaction::new();
    exchange.update(&ann, User::EMAIL.set("bob"));
    exchange.update(User::item_key(2), User::EMAIL.set("ann"));
    exchange.run(&db).await.unwrap();
    ann.refresh(&db).await.unwrap();
    assert_eq!(ann.email.as_deref(), Some("bob"));
    assert!(user(3, "bob").create(&db).await.unwrap_err().is_not_unique());

    // A value passes from an item that is deleted to one that is created.
    let mut successor = Transaction::new();
    successor.delete(User::item_key(1));
    successor.create(&user(3, "bob"));
    successor.run(&db).await.unwrap();
    assert_eq!(owner(&user(4, "bob").create(&db).await.unwrap_err()), Some(Item::new().with("id", 3)));

    let mut refused = Transaction::new();
    refused.create(&user(5, "eve"));
    refused.save(&user(6, "ann"));
    let error = refused.run(&db).await.unwrap_err();
    expect![[r#"transaction of User with the key id = 6 failed, action 1 of the transaction: `email` is unique, and the item with the key id = 2 has the value "ann" already; nothing was written"#]].assert_eq(&error.to_string());

    let mut twice = Transaction::new();
    twice.create(&user(5, "eve"));
    twice.create(&user(6, "eve"));
    let error = twice.run(&db).await.unwrap_err();
    expect!["two actions of the transaction give `email` of User the same value, which is unique: those on the items with the keys id = 5 and id = 6"].assert_eq(&error.to_string());
    assert_eq!(guards(&db).await, ["UNIQUE##email#ann", "UNIQUE##email#bob"]);
}

#[tokio::test]
async fn a_transaction_is_repeated_with_the_same_guard_items() {
    let db = users().await;
    user(1, "ann").create(&db).await.unwrap();
    let moved = user(1, "anna");
    let mut moving = Transaction::with_token("moving");
    moving.save(&moved);
    moving.run(&db).await.unwrap();
    moving.run(&db).await.unwrap();
    assert_eq!(guards(&db).await, ["UNIQUE##email#anna"]);
}

#[tokio::test]
async fn a_check_and_unrelated_edits_change_no_guard_items() {
    let db = users().await;
    user(1, "ann").create(&db).await.unwrap();
    let mut transaction = Transaction::new();
    transaction.check(User::item_key(1), User::EMAIL.eq("ann"));
    transaction.update(User::item_key(2), User::VISITS.add(1));
    let error = transaction.run(&db).await.unwrap_err();
    assert!(
        error.to_string().contains("update of User with the key id = 2: there is no item with this key"),
        "{error}"
    );
    assert_eq!(guards(&db).await, ["UNIQUE##email#ann"]);
}

#[tokio::test]
async fn querysets_free_the_values_of_the_items_that_they_delete() {
    let db = users().await;
    for id in 0..60 {
        User { visits: id % 2, ..user(id, &format!("user{id}")) }.create(&db).await.unwrap();
    }
    let even = User::objects().scan().filter(User::VISITS.eq(0));
    assert_eq!(even.delete(&db).await.unwrap(), 30);
    assert_eq!(guards(&db).await.len(), 30);
    assert_eq!(User::objects().scan().delete_checked(&db).await.unwrap(), 30);
    assert!(guards(&db).await.is_empty());
}

#[tokio::test]
async fn bulk_create_keeps_values_unique() {
    let db = users().await;
    user(1, "ann").create(&db).await.unwrap();
    let mut values = [user(2, "bob"), user(3, "ann"), user(4, "eve"), user(1, "new")];
    let report = User::objects().bulk_create(&mut values, OnConflict::Ignore, &db).await.unwrap();
    assert_eq!(report.written, [Item::new().with("id", 2), Item::new().with("id", 4)]);
    assert_eq!(report.skipped, [Item::new().with("id", 3), Item::new().with("id", 1)]);
    let error = User::objects().bulk_create(&mut [user(5, "bob"), user(6, "six")], OnConflict::Fail, &db).await;
    expect!["bulk_create of User is incomplete: 1 done, 1 with a unique value that another item has (id = 5)"]
        .assert_eq(&error.unwrap_err().to_string());
    assert_eq!(guards(&db).await.len(), 4);
}

#[tokio::test]
async fn writes_that_cannot_keep_values_unique_are_refused() {
    let db = users().await;
    user(1, "ann").create(&db).await.unwrap();
    let is_refused = |result: Result<(), Error>| {
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Plan(PlanError::UniqueInMany { model: "User", .. })), "{error}");
        error.to_string()
    };
    let mut batch = Batch::new();
    batch.save(&user(2, "x"));
    expect!["a batch cannot write items of User, because `email` and `number` and `tenant` must stay unique, and its guard items are written in a transaction with each item; use save(), create() and delete() of each value, bulk_create(), or a transaction"]
        .assert_eq(&is_refused(batch.run(&db).await));
    let mut batch = Batch::new();
    batch.delete(User::item_key(1));
    is_refused(batch.run(&db).await);
    let objects = User::objects();
    is_refused(objects.bulk_create(&mut [user(2, "x")], OnConflict::Overwrite, &db).await.map(drop));
    is_refused(objects.bulk_update(&mut [user(1, "x")], User::EMAIL, &db).await.map(drop));
    is_refused(objects.set_hash_key(1).update(User::EMAIL.set("x"), &db).await.map(drop));
    assert_eq!(objects.set_hash_key(1).update(User::VISITS.set(3), &db).await.unwrap(), 1);
    assert_eq!(objects.bulk_update(&mut [user(1, "x")], User::VISITS, &db).await.unwrap().written.len(), 1);

    // A value that is not known before the request.
    let error = user(1, "ann").update(User::EMAIL.set_if_not_exists("x"), &db).await.unwrap_err();
    assert!(matches!(error, Error::Plan(PlanError::Edit { error: InvalidEdit::Unique { .. }, .. })), "{error}");
    let error = user(2, &"x".repeat(2100)).create(&db).await.unwrap_err();
    let Error::InvalidValue(invalid) = &error else { panic!("{error}") };
    assert!(matches!(invalid.error.kind(), CodecErrorKind::UniqueTooLong { .. }), "{error}");
    assert_eq!(guards(&db).await, ["UNIQUE##email#ann"]);
}

#[tokio::test]
async fn values_of_items_that_vanished_are_free() {
    let clock = VirtualClock::new(1);
    let db = Database::new(MemoryDriver::with_clock(std::sync::Arc::new(clock.clone())));
    db.create_table::<User>().await.unwrap();
    let soon = u64::try_from(clock.now().timestamp()).unwrap() + 60;
    User { expires: Some(soon), ..user(1, "ann") }.create(&db).await.unwrap();
    user(2, "bob").create(&db).await.unwrap();
    // Another program deletes an item, and overwrites a value.
    db.run(DeleteItem::new("users", Item::new().with("id", 2))).await.unwrap();
    user(3, "bob").create(&db).await.unwrap();
    clock.advance(Duration::from_secs(100 * 3600));
    user(4, "ann").create(&db).await.unwrap();
    assert_eq!(owner(&user(5, "ann").create(&db).await.unwrap_err()), Some(Item::new().with("id", 4)));
    assert_eq!(owner(&user(5, "bob").create(&db).await.unwrap_err()), Some(Item::new().with("id", 3)));
    // A late delete of an old value does not free that of the new owner.
    user(2, "bob").delete(&db).await.unwrap();
    assert_eq!(guards(&db).await, ["UNIQUE##email#ann", "UNIQUE##email#bob"]);
}

#[tokio::test]
async fn a_unique_part_of_an_index_key_is_written_with_its_guard_item() {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Ticket>().await.unwrap();
    let ticket = |id, code: &str| Ticket { id, state: "open".to_owned(), code: code.to_owned() };
    ticket(1, "a").create(&db).await.unwrap();
    let mut stale = Ticket::get_by_key(1, &db).await.unwrap().tracked();
    ticket(1, "b").save(&db).await.unwrap();
    ticket(2, "a").create(&db).await.unwrap();
    // The key of the index needs the code, which another item has by now.
    stale.state = "done".to_owned();
    assert!(stale.save_changes(&db).await.unwrap_err().is_not_unique());
    let error = Ticket::objects().bulk_update(&mut [ticket(1, "a")], Ticket::STATE, &db).await.unwrap_err();
    assert!(matches!(error, Error::Plan(PlanError::UniqueInMany { .. })), "{error}");
    assert_eq!(Ticket::get_by_key(1, &db).await.unwrap(), ticket(1, "b"));
}

#[tokio::test]
async fn guard_items_are_added_to_items_of_other_programs() {
    let db = users().await;
    user(9, "ann").create(&db).await.unwrap();
    let numbered = User { email: None, number: Some(1), ..user(3, "") };
    for user in [user(1, "bob"), user(2, "bob"), numbered, User { email: None, ..user(4, "") }, user(5, "ann")] {
        db.run(PutItem::new("users", user.to_item().unwrap())).await.unwrap();
    }
    for _ in 0..2 {
        let duplicates = User::objects().scan().add_guards(&db).await.unwrap();
        assert_eq!(duplicates.len(), 2, "{duplicates:?}");
        assert!(duplicates.iter().any(|duplicate| duplicate.key == Item::new().with("id", 5)), "{duplicates:?}");
        assert_eq!(guards(&db).await, ["UNIQUE##email#ann", "UNIQUE##email#bob", "UNIQUE##tenant+number#t#1"]);
    }
    User::objects().set_hash_key(5).delete(&db).await.unwrap();
    assert!(user(6, "ann").create(&db).await.unwrap_err().is_not_unique());
}

#[tokio::test]
async fn concurrent_writers_agree_on_one_owner() {
    let db = users().await;
    let tasks = (0..20).map(|id| {
        let db = db.clone();
        tokio::spawn(async move { user(id, "ann").create(&db).await.is_ok() })
    });
    let mut created = 0;
    for task in tasks.collect::<Vec<_>>() {
        created += u32::from(task.await.unwrap());
    }
    assert_eq!((created, User::objects().scan().count(&db).await.unwrap()), (1, 1));
}

#[tokio::test]
async fn the_table_of_guard_items_is_created_and_deleted_with_that_of_the_model() {
    let db = Database::new(MemoryDriver::new());
    assert_eq!(db.create_tables(&[User::schema()]).await.unwrap(), ["users", "users-unique"]);
    assert_eq!(db.delete_tables(&[User::schema()]).await.unwrap(), ["users", "users-unique"]);
    db.create_table::<User>().await.unwrap();
    db.delete_table::<User>().await.unwrap();
    db.create_table::<User>().await.unwrap();
    user(1, "ann").create(&db).await.unwrap();
    db.run(djamodb::plan::DeleteTable::new("users-unique")).await.unwrap();
    let error = user(2, "bob").create(&db).await.unwrap_err();
    assert!(
        error.to_string().contains("its writes are transactions over the tables users and users-unique"),
        "{error}"
    );
    assert_eq!(db.delete_tables(&[User::schema()]).await.unwrap(), ["users"]);
}

#[test]
fn explain_says_that_a_transaction_reads_the_stored_values() {
    let mut transaction = Transaction::new();
    transaction.delete(User::item_key(1));
    let explain = transaction.explain().unwrap();
    assert!(explain.warnings.iter().any(|warning| warning.contains("unique values of stored items are read first")));
}
