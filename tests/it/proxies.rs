//! Proxies: other types of a model's items, with managers and methods of their own.
//!
//! The tests run on the server at `DJAMODB_TEST_URL`, or else in memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use djamodb::database::Receiver;
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::{Batch, SignalError, Transaction};

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "days", global_index(by_kind, hash_key = kind, range_key = degrees))]
struct Day {
    #[model(hash_key)]
    city: String,
    #[model(range_key)]
    number: u32,
    kind: String,
    degrees: i32,
}

#[derive(Proxy, Debug, PartialEq)]
#[proxy(manager(objects, filter = Day::KIND.eq("rain")))]
#[proxy(manager(of_kind, index = DayByKind))]
#[proxy(manager(cold, filter = Day::DEGREES.lt(5), queryset = DayQuerySet))]
struct RainyDay(Day);

impl RainyDay {
    fn freezes(&self) -> bool {
        self.degrees < 0
    }
}

#[derive(Proxy, Debug)]
struct AnyDay(Day);

#[derive(CustomQuerySet)]
struct DayQuerySet<R = Day, I = DayPrimary> {
    queryset: QuerySet<Day, R, I>,
    degrees_min: i32,
}

impl<R, I: Index<Model = Day>> DayQuerySet<R, I> {
    fn with_minimum(&self, degrees_min: i32) -> Self {
        Self { degrees_min, ..self.clone() }
    }

    fn mild(&self) -> Self {
        self.filter(Day::DEGREES.gte(self.degrees_min))
    }
}

fn day(number: u32, kind: &str, degrees: i32) -> Day {
    Day { city: "Brno".to_owned(), number, kind: kind.to_owned(), degrees }
}

async fn fill(db: &Database) {
    let mut days = [day(1, "sun", 20), day(2, "rain", 8), day(3, "rain", -2), day(4, "snow", -5), day(5, "rain", 3)];
    Day::objects().bulk_create(&mut days, OnConflict::Fail, db).await.unwrap();
}

fn numbers(days: &[RainyDay]) -> Vec<u32> {
    days.iter().map(|day| day.number).collect()
}

#[djamodb::test(models = [Day])]
async fn the_rows_of_every_terminal_method_are_the_proxy(db: Database) {
    fill(&db).await;
    let rain = RainyDay::objects().set_hash_key("Brno");
    assert_eq!(numbers(&rain.all(&db).await.unwrap()), [2, 3, 5]);
    assert_eq!(rain.filter(Day::DEGREES.lt(0)).get(&db).await.unwrap(), RainyDay(day(3, "rain", -2)));
    assert!(rain.filter(Day::NUMBER.eq(4)).get(&db).await.is_err_and(|error| error.is_object_does_not_exist()));
    assert_eq!(rain.first(&db).await.unwrap().map(|day| day.freezes()), Some(false));
    assert_eq!(rain.last(&db).await.unwrap().map(|day| day.number), Some(5));
    assert_eq!(rain.latest(Day::NUMBER, &db).await.unwrap().number, 5);
    assert_eq!(rain.count(&db).await.unwrap(), 3);
    assert_eq!(rain.aggregate(Day::DEGREES.sum(), &db).await.unwrap(), Some(9));
    let streamed: Vec<RainyDay> = rain.stream(&db).try_collect().await.unwrap();
    assert_eq!(numbers(&streamed), [2, 3, 5]);
    let found = RainyDay::objects().in_bulk([("Brno", 1), ("Brno", 3)], &db).await.unwrap();
    assert!(found.len() == 1 && found[&("Brno", 3)].freezes(), "{found:?}");
    assert!(rain.contains(&day(3, "rain", -2), &db).await.unwrap());
    assert!(!rain.contains(&day(1, "sun", 20), &db).await.unwrap());
}

#[djamodb::test(models = [Day])]
async fn pages_and_cursors_have_rows_of_the_proxy(db: Database) {
    fill(&db).await;
    let two = RainyDay::objects().set_hash_key("Brno").set_limit(2);
    let page = two.page(&db).await.unwrap();
    assert_eq!(numbers(&page.items), [2, 3]);
    let rest = two.set_last_evaluated_key(page.last_evaluated_key).page(&db).await.unwrap();
    assert_eq!(numbers(&rest.items), [5]);
    let first = two.cursor().page(&db).await.unwrap();
    assert_eq!(numbers(&two.cursor().after(first.next.unwrap()).page(&db).await.unwrap().items), [5]);
}

#[djamodb::test(models = [Day])]
async fn managers_of_a_proxy_read_indexes_and_have_querysets_of_a_type(db: Database) {
    fill(&db).await;
    let coldest = RainyDay::of_kind().set_hash_key("rain").first(&db).await.unwrap();
    assert_eq!(coldest.map(|day| day.degrees), Some(-2));
    let by_kind = RainyDay::objects().set_index(Day::BY_KIND);
    assert_eq!(numbers(&by_kind.set_hash_key("rain").all(&db).await.unwrap()), [3, 5, 2]);
    assert_eq!(by_kind.set_hash_key("snow").count(&db).await.unwrap(), 0, "the manager's filter is kept");

    let cold: DayQuerySet<RainyDay> = RainyDay::cold().with_minimum(-3).set_hash_key("Brno").mild();
    assert_eq!(numbers(&cold.all(&db).await.unwrap()), [3, 5]);
}

#[djamodb::test(models = [Day])]
async fn writes_of_querysets_concern_the_items_that_the_manager_keeps(db: Database) {
    fill(&db).await;
    let rain = RainyDay::objects().set_hash_key("Brno");
    assert_eq!(rain.update(Day::DEGREES.set(1), &db).await.unwrap(), 3);
    assert_eq!(rain.filter(Day::NUMBER.eq(2)).delete_checked(&db).await.unwrap(), 1);
    assert_eq!(rain.delete(&db).await.unwrap(), 2);
    assert_eq!(Day::objects().set_hash_key("Brno").values(Day::DEGREES).all(&db).await.unwrap(), [20, -5]);
}

#[djamodb::test(models = [Day])]
async fn a_value_has_the_fields_and_the_methods_of_its_base(db: Database) {
    fill(&db).await;
    let mut wet = RainyDay::objects().set_hash_key("Brno").first(&db).await.unwrap().unwrap();
    wet.degrees = 12;
    wet.save(&db).await.unwrap();
    assert_eq!(Day::get_by_key(("Brno", 2), &db).await.unwrap().degrees, 12);
    wet.update(Day::DEGREES.set(13), &db).await.unwrap();
    wet.refresh(&db).await.unwrap();
    assert_eq!(wet.degrees, 13);
    wet.delete(&db).await.unwrap();
    assert!(!Day::objects().set_hash_key("Brno").filter(Day::NUMBER.eq(2)).exists(&db).await.unwrap());

    let day: Day = wet.into();
    assert_eq!(RainyDay::from(day.clone()), RainyDay(day));
    let third = RainyDay::from(Day::get_by_key(("Brno", 3), &db).await.unwrap());
    assert!(third.freezes());
}

#[djamodb::test(models = [Day])]
async fn transactions_and_batches_take_the_base_of_a_value(db: Database) {
    let mut one = RainyDay::from(day(1, "rain", 1));
    let mut transaction = Transaction::new();
    transaction.create(&mut *one);
    transaction.run(&db).await.unwrap();
    let two = RainyDay::from(day(2, "rain", 2));
    let mut batch = Batch::new();
    batch.save(&*two);
    batch.run(&db).await.unwrap();
    assert_eq!(RainyDay::objects().set_hash_key("Brno").count(&db).await.unwrap(), 2);
}

#[djamodb::test(models = [Day])]
async fn any_queryset_of_the_base_has_rows_of_a_proxy(db: Database) {
    fill(&db).await;
    let rain = RainyDay::objects().set_hash_key("Brno");
    let any = AnyDay::objects().set_hash_key("Brno").filter(Day::NUMBER.lte(2));
    let both = any.union(&rain.as_proxy::<AnyDay>());
    let days = both.all(&db).await.unwrap();
    assert_eq!(days.iter().map(|day| day.number).collect::<Vec<_>>(), [1, 2, 3, 5]);
    // Parts of an item are those of the base.
    assert_eq!(rain.values(Day::DEGREES).all(&db).await.unwrap(), [8, -2, 3]);
    assert_eq!(Day::objects().as_proxy::<RainyDay>().set_hash_key("Brno").count(&db).await.unwrap(), 5);
}

#[test]
fn the_plan_of_a_proxy_is_that_of_the_base() {
    let proxy = RainyDay::objects().set_hash_key("Brno");
    let base = Day::objects().set_hash_key("Brno").filter(Day::KIND.eq("rain"));
    assert_eq!(proxy.explain().unwrap().to_string(), base.explain().unwrap().to_string());
    assert_eq!(
        proxy.explain_for(Terminal::Delete).unwrap().to_string(),
        base.explain_for(Terminal::Delete).unwrap().to_string(),
    );
}

/// Counts the values that were read.
struct Reads(Arc<AtomicUsize>);

impl Receiver<Day> for Reads {
    fn post_init(&self, _: &mut Day) -> Result<(), SignalError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

#[djamodb::test(models = [Day])]
async fn receivers_of_the_base_are_called_for_rows_of_a_proxy(db: Database) {
    fill(&db).await;
    let reads = Arc::new(AtomicUsize::new(0));
    let db = db.with_receiver::<Day>(Reads(Arc::clone(&reads)));
    RainyDay::objects().set_hash_key("Brno").all(&db).await.unwrap();
    RainyDay::objects().set_hash_key("Brno").first(&db).await.unwrap();
    assert_eq!(reads.load(Ordering::Relaxed), 4);
}
