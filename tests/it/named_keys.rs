//! Updates and deletes of items whose whole keys the lookups name: one request for each key, and none that reads.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use djamodb::driver::{Applied, Capability, Clock, Driver, DriverError, DriverErrorKind};
use djamodb::plan::{Outcome, PutItem, QueryPlan};
use djamodb::prelude::*;
use djamodb::queryset::Terminal;
use djamodb::{Error, MemoryDriver, MemoryOptions, async_trait};
use expect_test::expect;
use futures::executor::block_on;
use proptest::prelude::*;

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "lockers", time_to_live = expires, discriminator = "type", managed = false)]
#[model(global_index(by_owner, hash_key = owner, range_key = number))]
struct Locker {
    #[model(hash_key)]
    hall: String,
    #[model(range_key)]
    number: u32,
    owner: String,
    opened: u32,
    expires: Option<DateTime<Utc>>,
}

/// Another model in the same table.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "lockers", discriminator = "type", managed = false)]
struct Bench {
    #[model(hash_key)]
    hall: String,
    #[model(range_key)]
    number: u32,
    opened: u32,
}

/// A model with composed keys.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "locker_tickets", managed = false)]
#[model(hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "TICKET#{number:04}"))]
struct Ticket {
    customer: u32,
    number: u32,
    opened: u32,
}

/// The in-memory driver, which records the operations and fails requests for one key.
#[derive(Clone, Debug)]
struct RecordingDriver {
    memory: MemoryDriver,
    operations: Arc<Mutex<Vec<&'static str>>>,
    failing: Arc<Mutex<Option<u32>>>,
}

#[async_trait]
impl Driver for RecordingDriver {
    fn name(&self) -> &'static str {
        "recording"
    }

    fn capability(&self) -> Capability {
        self.memory.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.memory.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        self.operations.lock().unwrap().push(plan.operation());
        let key = match &plan {
            QueryPlan::UpdateItem(update) => Some(&update.key),
            QueryPlan::DeleteItem(delete) => Some(&delete.key),
            _ => None,
        };
        let number = key.and_then(|key| key.get("number")?.as_n());
        let failing = *self.failing.lock().unwrap();
        if number.is_some() && number == failing.map(Into::into) {
            let lost = DriverError::new(DriverErrorKind::Internal, plan.operation(), "the response was lost");
            return Err(lost.with_applied(Applied::Unknown));
        }
        self.memory.execute(plan).await
    }
}

impl RecordingDriver {
    fn new() -> Self {
        // Expired items are deleted much later.
        let options = MemoryOptions { expiry_delay: Duration::from_secs(2 * 24 * 3600), ..MemoryOptions::default() };
        Self { memory: MemoryDriver::with_options(options), operations: Arc::default(), failing: Arc::default() }
    }

    /// Returns the operations since the last call.
    fn operations(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.operations.lock().unwrap())
    }
}

fn locker(number: u32) -> Locker {
    let owner = if number.is_multiple_of(2) { "ann" } else { "bob" }.to_owned();
    Locker { hall: "east".to_owned(), number, owner, opened: 0, expires: None }
}

/// Returns a database with the lockers 1 to 5, of which 5 has expired, and the bench 6.
async fn lockers() -> (Database, RecordingDriver) {
    let driver = RecordingDriver::new();
    let db = Database::new(driver.clone());
    db.create_table::<Locker>().await.unwrap();
    for number in 1..=4 {
        locker(number).save(&db).await.unwrap();
    }
    let expires = Some(Utc::now() - TimeDelta::hours(1));
    Locker { expires, ..locker(5) }.save(&db).await.unwrap();
    Bench { hall: "east".to_owned(), number: 6, opened: 0 }.save(&db).await.unwrap();
    driver.operations();
    (db, driver)
}

fn numbers(numbers: impl IntoIterator<Item = u32>) -> QuerySet<Locker> {
    Locker::objects().set_hash_key("east").filter(Locker::NUMBER.is_in(numbers))
}

async fn opened(db: &Database) -> Vec<(u32, u32)> {
    Locker::objects().set_hash_key("east").values((Locker::NUMBER, Locker::OPENED)).all(db).await.unwrap()
}

#[tokio::test]
async fn one_key_is_one_request() {
    let (db, driver) = lockers().await;
    assert_eq!(numbers([1]).update(Locker::OPENED.add(1), &db).await.unwrap(), 1);
    assert_eq!(driver.operations(), ["UpdateItem"]);
    let of_bob = numbers([1]).filter(Locker::OWNER.eq("bob"));
    assert_eq!(of_bob.update(Locker::OPENED.add(1), &db).await.unwrap(), 1);
    assert_eq!(driver.operations(), ["UpdateItem"]);
    assert_eq!(numbers([2]).delete_checked(&db).await.unwrap(), 1);
    assert_eq!(driver.operations(), ["DeleteItem"]);
    assert_eq!(numbers([3]).delete(&db).await.unwrap(), 1);
    assert_eq!(driver.operations(), ["DeleteItem"]);
    assert_eq!(opened(&db).await, [(1, 2), (4, 0), (5, 0)]);
}

#[tokio::test]
async fn several_keys_are_one_request_each() {
    let (db, driver) = lockers().await;
    let named = numbers([1, 2, 2, 9, 1]).filter(Locker::OWNER.eq("ann"));
    assert_eq!(named.update(Locker::OPENED.set(7), &db).await.unwrap(), 1);
    assert_eq!(driver.operations(), ["UpdateItem"; 3]);
    assert_eq!(named.delete_checked(&db).await.unwrap(), 1);
    assert_eq!(driver.operations(), ["DeleteItem"; 3]);
    assert_eq!(opened(&db).await, [(1, 0), (3, 0), (4, 0), (5, 0)]);
    driver.operations();
    // A batch deletes 25 items in one request, and has no conditions.
    assert_eq!(numbers([1, 3]).delete(&db).await.unwrap(), 2);
    assert_eq!(driver.operations(), ["BatchGetItem", "BatchWriteItem"]);
}

#[tokio::test]
async fn a_missing_item_is_neither_counted_nor_created() {
    let (db, driver) = lockers().await;
    assert_eq!(numbers([8]).update(Locker::OPENED.set(7), &db).await.unwrap(), 0);
    assert_eq!(numbers([8]).delete_checked(&db).await.unwrap(), 0);
    assert_eq!(numbers([8]).delete(&db).await.unwrap(), 0);
    assert_eq!(driver.operations(), ["UpdateItem", "DeleteItem", "DeleteItem"]);
    assert_eq!(opened(&db).await.len(), 5);
}

#[tokio::test]
async fn lookups_that_no_item_satisfies_send_nothing() {
    let (db, driver) = lockers().await;
    let never = numbers([1]).filter(Locker::NUMBER.eq(2));
    assert_eq!(never.update(Locker::OPENED.set(7), &db).await.unwrap(), 0);
    assert_eq!(never.delete(&db).await.unwrap() + never.delete_checked(&db).await.unwrap(), 0);
    assert_eq!(driver.operations(), Vec::<&str>::new());
}

#[tokio::test]
async fn keys_that_other_lookups_rule_out_are_not_written() {
    let (db, driver) = lockers().await;
    let two_of_ten = numbers(1..=10).filter(Locker::NUMBER.eq(2) | Locker::NUMBER.eq(9));
    assert_eq!(two_of_ten.update(Locker::OPENED.set(7), &db).await.unwrap(), 1);
    assert_eq!(driver.operations(), ["UpdateItem"; 2]);
}

#[tokio::test]
async fn an_item_whose_parts_differ_from_its_key_is_left() {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Ticket>().await.unwrap();
    let item = Ticket { customer: 7, number: 1, opened: 0 }.to_item().unwrap();
    db.run(PutItem::new("locker_tickets", item.with("customer", 8))).await.unwrap();
    Ticket { customer: 7, number: 2, opened: 0 }.save(&db).await.unwrap();
    let named = Ticket::objects().filter(Ticket::CUSTOMER.eq(7) & Ticket::NUMBER.is_in([1, 2, 3]));
    assert_eq!(named.update(Ticket::OPENED.set(1), &db).await.unwrap(), 1);
    assert_eq!(named.delete_checked(&db).await.unwrap(), 1);
}

#[tokio::test]
async fn several_hash_keys_have_conditions_of_their_own() {
    let (db, driver) = lockers().await;
    Locker { hall: "west".to_owned(), ..locker(1) }.save(&db).await.unwrap();
    driver.operations();
    let of_bob = Locker::HALL.eq("west") | Locker::OWNER.eq("ann");
    let both = Locker::objects().filter(Locker::HALL.is_in(["east", "west"]) & Locker::NUMBER.eq(1) & of_bob);
    assert_eq!(both.update(Locker::OPENED.set(7), &db).await.unwrap(), 1);
    assert_eq!(driver.operations(), ["UpdateItem"; 2]);
    assert_eq!(opened(&db).await[0], (1, 0));
}

#[tokio::test]
async fn items_of_other_models_and_expired_items_are_left() {
    let (db, _) = lockers().await;
    assert_eq!(numbers([5, 6]).unexpired().update(Locker::OPENED.set(7), &db).await.unwrap(), 0);
    assert_eq!(numbers([6]).delete(&db).await.unwrap() + numbers([6]).delete_checked(&db).await.unwrap(), 0);
    assert_eq!(Bench::get_by_key(("east", 6), &db).await.unwrap().opened, 0);
    assert_eq!(numbers([5]).update(Locker::OPENED.set(7), &db).await.unwrap(), 1);
}

#[tokio::test]
async fn a_limit_below_the_number_of_keys_and_an_index_are_read() {
    let (db, driver) = lockers().await;
    assert_eq!(numbers([8, 2, 3]).set_limit(1).update(Locker::OPENED.set(7), &db).await.unwrap(), 1);
    assert_eq!(driver.operations(), ["BatchGetItem", "UpdateItem"]);
    let by_owner = Locker::objects().set_index(Locker::BY_OWNER).set_hash_key("ann").filter(Locker::NUMBER.eq(4));
    assert_eq!(by_owner.update(Locker::OPENED.set(7), &db).await.unwrap(), 1);
    assert_eq!(driver.operations(), ["Query", "UpdateItem"]);
    assert_eq!(numbers([1, 3]).set_limit(2).update(Locker::OPENED.set(7), &db).await.unwrap(), 2);
    assert_eq!(driver.operations(), ["UpdateItem"; 2]);
}

#[tokio::test]
async fn a_lost_response_is_reported_with_its_key() {
    let (db, driver) = lockers().await;
    *driver.failing.lock().unwrap() = Some(2);
    let error = numbers([1, 2]).update(Locker::OPENED.set(7), &db).await.unwrap_err();
    let Error::WritesIncomplete(incomplete) = error else { panic!("{error}") };
    assert_eq!((incomplete.done, incomplete.written.len(), incomplete.may_have_more), (1, 1, false));
    assert_eq!(incomplete.unknown[0].get("number"), Some(&2.into()));
}

#[test]
fn explain_shows_the_writes_and_their_cost() {
    let one = numbers([1]).filter(Locker::OWNER.eq("bob"));
    expect![[r#"
        UpdateItem lockers; key: hall = "east", number = 1; update: SET opened = 7; condition: attribute_exists(hall) AND (owner = "bob" AND type = "Locker")
        one request: about 1 write unit, at most 400
        warning: nothing is read: an item that is missing, or does not match, consumes the write units of a failed condition, 1 per KB; a write also consumes 1 write unit per KB in every index that changes"#]]
    .assert_eq(&one.explain_update(Locker::OPENED.set(7)).unwrap().to_string());
    expect![[r#"
        DeleteItem lockers; keys: 3, from (hall = "east", number = 1) to (hall = "east", number = 3); condition: attribute_exists(hall) AND type = "Locker"
        3 requests, together about 3 write units, at most 1200
        warning: nothing is read: an item that is missing, or does not match, consumes the write units of a failed condition, 1 per KB; a write also consumes 1 write unit per KB in every index that changes"#]].assert_eq(&numbers(1..=3).explain_for(Terminal::DeleteChecked).unwrap().to_string());
    expect![[r#"
        DeleteItem lockers; key: hall = "east", number = 1; condition: attribute_exists(hall) AND type = "Locker"
        one request: about 1 write unit, at most 400
        warning: nothing is read: an item that is missing, or does not match, consumes the write units of a failed condition, 1 per KB; a write also consumes 1 write unit per KB in every index that changes"#]].assert_eq(&numbers([1]).explain_for(Terminal::Delete).unwrap().to_string());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The same lookups through a range of the key, which is read, write the same items.
    #[test]
    fn named_keys_are_written_as_keys_that_are_read(
        named in proptest::collection::vec(1_u32..9, 1..5),
        owner in proptest::option::of(prop_oneof![Just("ann"), Just("bob"), Just("eve")]),
        deletes in any::<bool>(),
    ) {
        let run = |read: bool| {
            let (named, owner) = (named.clone(), owner);
            block_on(async move {
                let (db, driver) = lockers().await;
                let mut queryset = if read {
                    let any_of = named.iter().map(|number| Locker::NUMBER.between(*number, *number) | Locker::NUMBER.eq(*number));
                    let any_of = any_of.reduce(|any, one| any | one).unwrap();
                    Locker::objects().set_hash_key("east").filter(any_of)
                } else {
                    numbers(named)
                };
                if let Some(owner) = owner {
                    queryset = queryset.filter(Locker::OWNER.eq(owner));
                }
                let count = if deletes {
                    queryset.delete_checked(&db).await.unwrap()
                } else {
                    queryset.update(Locker::OPENED.add(1), &db).await.unwrap()
                };
                let reads = driver.operations().iter().filter(|name| **name == "Query" || **name == "BatchGetItem").count();
                (count, opened(&db).await, reads > 0)
            })
        };
        let (direct, through_read) = (run(false), run(true));
        prop_assert_eq!((direct.0, direct.1), (through_read.0, through_read.1));
        prop_assert_eq!((direct.2, through_read.2), (false, true));
    }
}
