//! Updates and checked deletes of querysets, item by item on the condition that the item still matches.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use djamodb::driver::{Applied, Capability, Clock, Driver, DriverError, DriverErrorKind};
use djamodb::model::InvalidEdit;
use djamodb::plan::{Outcome, QueryPlan};
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use djamodb::{Error, MemoryDriver, TableDefaults, Transaction};

use crate::models::{Event, database, database_with, times};

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "shelves")]
struct Shelf {
    #[model(hash_key)]
    id: u32,
    books: u32,
    lent: u32,
    ratio: f64,
    title: Option<String>,
    #[model(default)]
    history: Vec<String>,
    years: BTreeSet<u32>,
    place: Place,
    loans: Vec<Option<BTreeSet<u32>>>,
}

#[derive(Document, Clone, Debug, PartialEq)]
struct Place {
    room: String,
    floor: Option<i32>,
}

async fn shelf() -> (Database, Shelf) {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Shelf>().await.unwrap();
    let place = Place { room: "hall".to_owned(), floor: Some(1) };
    let years = [1984, 2001].into();
    let mut shelf = Shelf {
        id: 1,
        books: 10,
        lent: 3,
        ratio: 0.3,
        title: None,
        history: vec![],
        years,
        place,
        loans: vec![Some([1].into()), Some([2].into())],
    };
    shelf.create(&db).await.unwrap();
    (db, shelf)
}

#[tokio::test]
async fn every_edit_changes_its_attribute() {
    let (db, mut shelf) = shelf().await;
    shelf
        .update((Shelf::BOOKS.set(F(Shelf::BOOKS) + 5), Shelf::LENT.set(F(Shelf::BOOKS) - F(Shelf::LENT))), &db)
        .await
        .unwrap();
    assert_eq!((shelf.books, shelf.lent), (15, 7), "every edit sees the item as it was");
    shelf.update(Shelf::RATIO.add(1) & Shelf::LENT.set(F(Shelf::BOOKS)), &db).await.unwrap();
    assert_eq!((shelf.ratio, shelf.lent), (1.3, 15));
    shelf.update([Shelf::YEARS.add([1999, 2001]), Shelf::HISTORY.append(["b", "c"])], &db).await.unwrap();
    shelf.update((Shelf::YEARS.delete(vec![1984, 1]), Shelf::HISTORY.prepend(["a"])), &db).await.unwrap();
    assert_eq!(shelf.years, [1999, 2001].into());
    assert_eq!(shelf.history, ["a", "b", "c"]);
    for title in ["first", "second"] {
        shelf.update(Shelf::TITLE.set_if_not_exists(title), &db).await.unwrap();
        assert_eq!(shelf.title.as_deref(), Some("first"));
    }
    shelf.update(Shelf::TITLE.remove() & Shelf::PLACE.at(Place::FLOOR).add(1), &db).await.unwrap();
    assert_eq!((&shelf.title, shelf.place.floor), (&None, Some(2)));
    let removed =
        (Shelf::PLACE.at(Place::FLOOR).remove(), Shelf::YEARS.set(BTreeSet::new()), Shelf::HISTORY.index(0).set("z"));
    shelf.update(removed, &db).await.unwrap();
    assert_eq!((shelf.place.floor, shelf.years.len(), shelf.history[0].as_str()), (None, 0, "z"));
    shelf.update(Vec::new(), &db).await.unwrap();
    assert_eq!(Shelf::get_by_key(1, &db).await.unwrap(), shelf);
}

#[tokio::test]
async fn an_option_sets_an_attribute_or_removes_it() {
    let (db, mut shelf) = shelf().await;
    for title in [Some("atlas".to_owned()), None] {
        shelf.update((Shelf::TITLE.set(title.clone()), Shelf::PLACE.at(Place::FLOOR).set(Some(3))), &db).await.unwrap();
        assert_eq!((&shelf.title, shelf.place.floor), (&title, Some(3)));
    }
    shelf.update(Shelf::PLACE.at(Place::FLOOR).set(None), &db).await.unwrap();
    assert_eq!(shelf.place.floor, None);
    shelf.update(Shelf::TITLE.set_if_not_exists(None), &db).await.unwrap();
    assert_eq!(shelf.title, None);
    let stored = Shelf::objects().scan();
    assert_eq!(
        stored.filter(Shelf::TITLE.not_exists()).update(Shelf::TITLE.set(Some("b".into())), &db).await.unwrap(),
        1
    );
    let mut transaction = Transaction::new();
    transaction.update(&shelf, Shelf::TITLE.set(None));
    transaction.run(&db).await.unwrap();
    assert_eq!(Shelf::get_by_key(1, &db).await.unwrap().title, None);
    // `optional` gives a required attribute the type that `None` has, but not its meaning.
    let required = shelf.update(Shelf::BOOKS.optional().set(None), &db).await.unwrap_err();
    assert!(required.to_string().contains("`books` cannot be removed because the model requires it"), "{required}");
}

#[tokio::test]
async fn an_absent_value_of_a_list_is_null_and_moves_no_other() {
    let (db, mut shelf) = shelf().await;
    shelf.update(Shelf::LOANS.index(0).set(None), &db).await.unwrap();
    assert_eq!(shelf.loans, [None, Some([2].into())]);
    let empty = shelf.update(Shelf::LOANS.index(1).set(BTreeSet::new()), &db).await.unwrap_err().to_string();
    assert!(empty.contains("loans[1]"), "{empty}");
    shelf.update(Shelf::LOANS.index(1).set(BTreeSet::from([3])), &db).await.unwrap();
    assert_eq!(shelf.loans, [None, Some([3].into())]);
    shelf.update(Shelf::LOANS.index(0).remove(), &db).await.unwrap();
    assert_eq!(shelf.loans, [Some([3].into())]);
}

#[tokio::test]
async fn an_invalid_edit_is_refused_before_any_request() {
    let (db, mut shelf) = shelf().await;
    let invalid = |result: Result<u64, Error>| match result {
        Err(Error::Plan(PlanError::Edit { model: "Shelf", error })) => error,
        other => panic!("not refused: {other:?}"),
    };
    let all = Shelf::objects().scan();
    let twice = invalid(all.update(Shelf::BOOKS.set(1) & Shelf::BOOKS.add(1), &db).await);
    assert!(matches!(twice, InvalidEdit::Update(_)), "{twice}");
    let required = invalid(all.update(Shelf::BOOKS.remove(), &db).await);
    assert!(matches!(&required, InvalidEdit::Required { attribute } if *attribute == "books"), "{required}");
    let no_number = invalid(all.update(Shelf::RATIO.set(f64::NAN), &db).await);
    assert!(no_number.to_string().starts_with("attribute `ratio`"), "{no_number}");
    assert!(matches!(shelf.update(Shelf::BOOKS.remove(), &db).await.unwrap_err(), Error::Plan(_)));
}

#[tokio::test]
async fn an_update_of_a_value_creates_no_item() {
    let (db, mut shelf) = shelf().await;
    let failed = shelf.update(Shelf::BOOKS.set(0), &db).condition(Shelf::BOOKS.eq(F(Shelf::LENT))).await.unwrap_err();
    assert!(matches!(failed, Error::ConditionFailed { operation: "update", .. }), "{failed}");
    assert_eq!(shelf.books, 10);
    shelf.id = 2;
    assert!(shelf.update(Shelf::BOOKS.set(0), &db).await.unwrap_err().is_object_does_not_exist());
    assert_eq!(Shelf::objects().scan().count(&db).await.unwrap(), 1);
}

#[tokio::test]
async fn only_matching_items_are_written_and_counted() {
    let db = database_with("a", 50).await;
    let events = Event::objects().set_hash_key("a");
    let urgent = events.filter(Event::URGENT.eq(true));
    assert_eq!(urgent.update(Event::NOTE.set("seen"), &db).await.unwrap(), 25);
    assert_eq!(events.filter(Event::NOTE.exists()).count(&db).await.unwrap(), 25);
    assert_eq!(events.set_limit(3).update(Event::OWNER.set("o"), &db).await.unwrap(), 3);
    assert_eq!(events.filter(Event::AT.is_in([0, 10, 11])).update(Event::SIZE.set(7), &db).await.unwrap(), 2);
    assert_eq!(events.none().update(Event::SIZE.set(8), &db).await.unwrap(), 0);
    let owned = Event::objects().set_index(Event::BY_OWNER).set_hash_key("o");
    assert_eq!(owned.update(Event::OWNER.remove(), &db).await.unwrap(), 3);
    assert_eq!(owned.count(&db).await.unwrap(), 0);
    assert_eq!(urgent.delete_checked(&db).await.unwrap(), 25);
    assert_eq!(events.count(&db).await.unwrap(), 25);
}

#[tokio::test]
async fn an_item_that_an_update_moves_ahead_in_the_index_is_updated_once() {
    let db = database().await;
    // Three pages of a megabyte.
    let large = "x".repeat(50_000);
    for at in 0..60 {
        let mut event = Event::new("a", at);
        event.kind = Some("door".to_owned());
        event.level = f64::from(i32::try_from(at).unwrap());
        event.tags = [large.clone()].into();
        event.save(&db).await.unwrap();
    }
    let doors = Event::kinds().set_hash_key("door");
    assert_eq!(doors.update(Event::LEVEL.add(30), &db).await.unwrap(), 60);
    let levels: Vec<f64> = doors.all(&db).await.unwrap().iter().map(|event| event.level).collect();
    assert_eq!(levels, (30..90).map(f64::from).collect::<Vec<_>>());
}

#[tokio::test]
async fn updates_use_the_table_prefix() {
    let defaults = TableDefaults { prefix: Some("test".into()), ..TableDefaults::default() };
    let db = Database::with_defaults(MemoryDriver::new(), defaults);
    db.create_table::<Event>().await.unwrap();
    let (mut event, created) = Event::get_or_create(Event::new("a", 1), &db).await.unwrap();
    assert!(created);
    event.update(Event::NOTE.set("n"), &db).await.unwrap();
    let events = Event::objects().set_hash_key("a");
    assert_eq!(events.update(Event::SIZE.set(1), &db).await.unwrap(), 1);
    assert_eq!(events.delete_checked(&db).await.unwrap(), 1);
}

/// A driver that interferes before the first write.
#[derive(Debug)]
struct Meddling {
    inner: MemoryDriver,
    interference: Interference,
    writes: AtomicUsize,
}

#[derive(Clone, Copy, Debug)]
enum Interference {
    /// Another writer changes and deletes items after they were read.
    Others,
    /// Writes fail from this one on.
    FailFrom(usize, Applied),
}

#[async_trait::async_trait]
impl Driver for Meddling {
    fn name(&self) -> &'static str {
        "interfering"
    }

    fn capability(&self) -> Capability {
        self.inner.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        if matches!(plan, QueryPlan::UpdateItem(_) | QueryPlan::DeleteItem(_)) {
            let write = self.writes.fetch_add(1, Ordering::SeqCst);
            match self.interference {
                Interference::Others if write == 0 => {
                    let others = Database::new(self.inner.clone());
                    Event::new("a", 0).delete(&others).await.unwrap();
                    Event::new("a", 10).save(&others).await.unwrap();
                }
                Interference::FailFrom(first, applied) if write >= first => {
                    let error = DriverError::new(DriverErrorKind::Throttled, "UpdateItem", "slow down");
                    return Err(error.with_applied(applied));
                }
                _ => {}
            }
        }
        self.inner.execute(plan).await
    }
}

async fn interfering(interference: Interference) -> (Database, Database) {
    let inner = MemoryDriver::new();
    let sound = Database::new(inner.clone());
    sound.create_table::<Event>().await.unwrap();
    for number in 0..30 {
        let mut event = Event::new("a", number * 10);
        event.urgent = true;
        event.save(&sound).await.unwrap();
    }
    (Database::new(Meddling { inner, interference, writes: AtomicUsize::new(0) }), sound)
}

#[tokio::test]
async fn items_that_stopped_matching_are_not_written_or_counted() {
    let urgent = Event::objects().set_hash_key("a").filter(Event::URGENT.eq(true));
    let (db, sound) = interfering(Interference::Others).await;
    assert_eq!(urgent.update(Event::NOTE.set("seen"), &db).await.unwrap(), 28);
    let noted = Event::objects().set_hash_key("a").filter(Event::NOTE.exists());
    assert_eq!(noted.count(&sound).await.unwrap(), 28);
    assert!(Event::get_by_key(("a", 0), &sound).await.unwrap_err().is_object_does_not_exist(), "no item is made");

    let (db, sound) = interfering(Interference::Others).await;
    assert_eq!(urgent.delete_checked(&db).await.unwrap(), 28);
    assert_eq!(times(&Event::objects().set_hash_key("a").all(&sound).await.unwrap()), [10]);
}

#[tokio::test]
async fn lookups_on_an_index_are_checked_again() {
    let inner = MemoryDriver::new();
    let sound = Database::new(inner.clone());
    sound.create_table::<Event>().await.unwrap();
    for at in [10, 20] {
        let mut event = Event::new("a", at);
        event.kind = Some("door".to_owned());
        event.save(&sound).await.unwrap();
    }
    let db = Database::new(Meddling { inner, interference: Interference::Others, writes: AtomicUsize::new(0) });
    let doors = Event::kinds().set_hash_key("door");
    assert_eq!(doors.update(Event::NOTE.set("seen"), &db).await.unwrap(), 1, "one of the two is not a door any more");
}

#[tokio::test]
async fn an_incomplete_update_lists_done_remaining_and_unknown_items() {
    for applied in [Applied::No, Applied::Unknown] {
        let (db, sound) = interfering(Interference::FailFrom(12, applied)).await;
        let all = Event::objects().set_hash_key("a");
        let error = all.update(Event::NOTE.set("seen"), &db).await.unwrap_err();
        let Error::WritesIncomplete(incomplete) = &error else { panic!("{error}") };
        let noted = all.filter(Event::NOTE.exists()).count(&sound).await.unwrap();
        assert_eq!((incomplete.done, noted, incomplete.operation), (12, 12, "update"));
        assert_eq!(incomplete.unprocessed.len() + incomplete.unknown.len(), 18);
        assert_eq!(incomplete.unknown.is_empty(), applied == Applied::No);
        assert!(incomplete.error.is_some());
        assert!(error.to_string().starts_with("update of Event is incomplete: 12 done"), "{error}");
    }
}

#[tokio::test]
async fn an_update_can_be_made_on_another_thread() {
    let db = database_with("a", 3).await;
    let task = tokio::spawn(async move {
        let changed = Event::objects().set_hash_key("a").update(Event::NOTE.set("seen"), &db).await?;
        let report = Event::objects().bulk_update(&mut [Event::new("a", 0)], Event::NOTE, &db).await?;
        let (_, created) = Event::update_or_create(Event::new("a", 0), Event::NOTE.set("n"), &db).await?;
        Ok::<_, Error>((changed, report.written.len(), created))
    });
    assert_eq!(task.await.unwrap().unwrap(), (3, 1, false));
}

#[tokio::test]
async fn lookups_that_no_condition_can_express_are_refused_before_any_write() {
    let db = database_with("a", 12).await;
    let (db, ledger) = db.with_ledger();
    let kinds = (0..900).map(|number| format!("kind {number}")).chain(["door".to_owned()]);
    let many = Event::objects().set_hash_key("a").filter(Event::KIND.is_in(kinds));
    assert_eq!(many.count(&db).await.unwrap(), 4, "a read checks them on the client");
    for result in [many.update(Event::URGENT.set(true), &db).await, many.delete_checked(&db).await] {
        assert!(matches!(result, Err(Error::Plan(PlanError::ConditionTooLong { model: "Event" }))), "{result:?}");
    }
    djamodb::assert_write_units!(ledger == 0.0);
    assert_eq!(many.delete(&db).await.unwrap(), 4, "batches have no conditions");
}
