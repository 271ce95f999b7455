//! The ledger counts requests and units by the service's arithmetic, and keeps estimates apart.

use std::sync::Arc;

use djamodb::driver::DriverExt;
use djamodb::expression::{Comparator, Condition, Path, Update};
use djamodb::layer::{FaultRates, Faults, LedgerSnapshot, Retry, RetryPolicy, UnitSums};
use djamodb::plan::{
    BatchGetItem, ConditionCheck, DeleteItem, GetItem, ListTables, OldItemOnFailure, PutItem, QueryPlan,
    ReturnConsumedCapacity, TableKeys, TransactGet, TransactGetItems, TransactPut, TransactUpdate, TransactWriteItems,
};
use djamodb::prelude::*;
use djamodb::value::{AttributeValue, Item, Number};
use djamodb::{Error, Ledger, MemoryDriver, VirtualClock};
use djamodb::{assert_read_units, assert_requests, assert_write_units};

const TABLE: &str = "parcels";

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

/// Returns a parcel of a little less than `kilobytes` KB.
fn parcel(number: u32, kilobytes: usize) -> Parcel {
    let contents = "x".repeat(kilobytes * 1024 - 50);
    Parcel { sender: "ada".into(), number, city: None, weight: None, contents }
}

fn key(number: u32) -> Item {
    Item::new().with("sender", "ada").with("number", Number::from(number))
}

/// Returns a database with parcels of 1 KB, numbered from 0, and a ledger of the requests that follow.
async fn counted(parcels: u32) -> (Database, Ledger) {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Parcel>().await.unwrap();
    for number in 0..parcels {
        parcel(number, 1).save(&db).await.unwrap();
    }
    db.with_ledger()
}

fn read(read_units: f64) -> UnitSums {
    UnitSums { read_units, ..UnitSums::default() }
}

fn written(write_units: f64) -> UnitSums {
    UnitSums { write_units, ..UnitSums::default() }
}

fn estimated(estimated_write_units: f64) -> UnitSums {
    UnitSums { estimated_write_units, ..UnitSums::default() }
}

/// Returns the requests and units since the last call.
fn since(ledger: &Ledger) -> (u64, UnitSums) {
    let snapshot = ledger.snapshot();
    ledger.reset();
    (snapshot.request_count(), snapshot.total())
}

#[tokio::test]
async fn a_get_consumes_half_a_unit_per_4_kb_and_twice_as_much_if_consistent() {
    let (db, ledger) = counted(0).await;
    parcel(1, 9).save(&db).await.unwrap();
    assert_eq!(since(&ledger), (1, written(9.0)));
    Parcel::get_by_key(("ada", 1), &db).await.unwrap();
    assert_eq!(since(&ledger), (1, read(1.5)));
    parcel(1, 9).refresh(&db).await.unwrap();
    assert_eq!(since(&ledger), (1, read(3.0)));
    Parcel::get_by_key(("ada", 2), &db).await.unwrap_err();
    assert_eq!(since(&ledger), (1, read(0.5)), "a missing item consumes the minimum");
}

#[tokio::test]
async fn a_query_consumes_units_for_items_that_its_filter_drops() {
    let (db, ledger) = counted(20).await;
    let ada = Parcel::objects().set_hash_key("ada");
    assert_eq!(ada.all(&db).await.unwrap().len(), 20);
    assert_eq!(since(&ledger), (1, read(2.5)));
    assert_eq!(ada.filter(Parcel::CONTENTS.eq("nothing")).all(&db).await.unwrap().len(), 0);
    assert_eq!(since(&ledger), (1, read(2.5)));
    assert_eq!(ada.filter(Parcel::NUMBER.lt(4)).all(&db).await.unwrap().len(), 4);
    assert_eq!(since(&ledger), (1, read(0.5)), "a key condition reads only what it names");
    assert_eq!(ada.count(&db).await.unwrap(), 20);
    assert_eq!(since(&ledger), (1, read(2.5)), "counting consumes as much as reading");
}

#[tokio::test]
async fn every_page_is_a_request() {
    let (db, ledger) = counted(0).await;
    for number in 0..5 {
        parcel(number, 390).save(&db).await.unwrap();
    }
    assert_eq!(since(&ledger), (5, written(5.0 * 390.0)));
    let ada = Parcel::objects().set_hash_key("ada");
    assert_eq!(ada.count(&db).await.unwrap(), 5);
    // The first page passes 1 MB with 1170 KB and 780 KB remain: 292.5 and 195 times 4 KB.
    assert_eq!(since(&ledger), (2, read(293.0 / 2.0 + 195.0 / 2.0)));
    let mut token = None;
    for _ in 0..3 {
        token = ada.set_limit(2).set_last_evaluated_key(token).page(&db).await.unwrap().last_evaluated_key;
    }
    assert_eq!(since(&ledger).0, 3);
}

#[tokio::test]
async fn an_empty_plan_sends_no_request() {
    let (db, ledger) = counted(1).await;
    let ada = Parcel::objects().set_hash_key("ada");
    assert_eq!(ada.filter(Parcel::NUMBER.lt(1) & Parcel::NUMBER.gt(2)).count(&db).await.unwrap(), 0);
    assert_eq!(ada.none().count(&db).await.unwrap(), 0);
    db.driver().execute(QueryPlan::Empty).await.unwrap();
    assert_eq!(ledger.snapshot(), LedgerSnapshot::default());
}

#[tokio::test]
async fn a_write_consumes_units_of_the_indexes_that_it_changes() {
    let (db, ledger) = counted(0).await;
    let charged = |snapshot: &LedgerSnapshot| {
        let index = |name| snapshot.of_index(TABLE, name).write_units;
        let own = snapshot.units.iter().filter(|row| row.index.is_none()).map(|row| row.sums.write_units).sum();
        ledger.reset();
        (own, index("by_city"), index("by_weight"))
    };
    let mut sent = parcel(1, 2);
    sent.save(&db).await.unwrap();
    assert_eq!(charged(&ledger.snapshot()), (2.0, 0.0, 0.0), "an item without the attribute is in no index");
    (sent.city, sent.weight) = (Some("Oslo".into()), Some(3));
    sent.save(&db).await.unwrap();
    assert_eq!(charged(&ledger.snapshot()), (2.0, 2.0, 1.0), "an index of keys is charged for the keys");
    sent.save(&db).await.unwrap();
    assert_eq!(charged(&ledger.snapshot()), (2.0, 0.0, 0.0), "an unchanged index consumes nothing");
    sent.city = Some("Rome".into());
    sent.save(&db).await.unwrap();
    assert_eq!(charged(&ledger.snapshot()), (2.0, 4.0, 0.0), "another key is a delete and a put");
    ModelExt::delete(&sent, &db).await.unwrap();
    assert_eq!(charged(&ledger.snapshot()), (2.0, 2.0, 1.0));
}

#[tokio::test]
async fn a_read_of_an_index_consumes_units_of_the_index() {
    let (db, ledger) = counted(0).await;
    let mut sent = parcel(1, 5);
    sent.city = Some("Oslo".into());
    sent.save(&db).await.unwrap();
    ledger.reset();
    assert_eq!(Parcel::in_city().set_hash_key("Oslo").all(&db).await.unwrap(), [sent]);
    let snapshot = ledger.snapshot();
    assert_eq!(snapshot.of_index(TABLE, "by_city"), read(1.0));
    assert_eq!(snapshot.of_table(TABLE), read(1.0), "the table itself consumes nothing");
    assert_eq!(snapshot.of_operation("Query"), read(1.0));
    assert_eq!(snapshot.units.len(), 1);
}

#[tokio::test]
async fn a_batch_consumes_units_for_each_item() {
    let (db, ledger) = counted(60).await;
    let keys = Parcel::objects().set_hash_key("ada").filter(Parcel::NUMBER.is_in([1, 2, 3, 99]));
    assert_eq!(keys.all(&db).await.unwrap().len(), 3);
    let snapshot = ledger.snapshot();
    assert_eq!((snapshot.request_count_of("BatchGetItem"), snapshot.total()), (1, read(2.0)));
    ledger.reset();

    assert_eq!(Parcel::objects().set_hash_key("ada").delete(&db).await.unwrap(), 60);
    let snapshot = ledger.snapshot();
    assert_eq!((snapshot.request_count_of("BatchWriteItem"), snapshot.request_count_of("Query")), (3, 1));
    assert_eq!(snapshot.of_operation("BatchWriteItem"), written(60.0));
    assert_eq!(snapshot.of_operation("Query"), read(7.5));
}

#[tokio::test]
async fn a_batch_over_several_tables_is_one_request_with_units_for_each_table() {
    let (db, ledger) = counted(2).await;
    let mut schema = db.table_schema::<Parcel>();
    schema.name = "letters".into();
    db.run(djamodb::plan::CreateTable::new(schema)).await.unwrap();
    ledger.reset();
    db.run(BatchGetItem::new([TableKeys::new(TABLE, [key(0), key(1)]), TableKeys::new("letters", [key(0)])]))
        .await
        .unwrap();
    let snapshot = ledger.snapshot();
    assert_eq!((snapshot.requests[0].table.clone(), snapshot.requests[0].requests), (None, 1));
    assert_eq!((snapshot.of_table(TABLE), snapshot.of_table("letters")), (read(1.0), read(0.5)));
}

#[tokio::test]
async fn a_failed_condition_is_estimated_from_the_known_items() {
    let (db, ledger) = counted(1).await;
    let Err(Error::ObjectAlreadyExists { .. }) = parcel(0, 1).create(&db).await else { panic!("it exists") };
    assert_eq!(since(&ledger), (1, estimated(1.0)));
    let failing = Condition::compare(Path::new("number"), Comparator::Gt, 100);
    for number in [0, 99] {
        let condition = Some(failing.clone());
        db.run(DeleteItem { condition, ..DeleteItem::new(TABLE, key(number)) }).await.unwrap_err();
        assert_eq!(since(&ledger), (1, estimated(1.0)), "no write of {number} was recorded");
    }
    parcel(3, 3).save(&db).await.unwrap();
    ledger.reset();
    let condition = Some(failing);
    let delete =
        DeleteItem { condition, old_item_on_failure: OldItemOnFailure::AllOld, ..DeleteItem::new(TABLE, key(3)) };
    db.run(delete).await.unwrap_err();
    assert_eq!(since(&ledger), (1, estimated(3.0)), "the error holds an item of 3 KB");
}

#[tokio::test]
async fn transactions_consume_twice_the_units_of_the_table_and_cancelled_ones_are_estimated() {
    let (db, ledger) = counted(2).await;
    db.run(TransactGetItems::new([TransactGet::new(TABLE, key(0)), TransactGet::new(TABLE, key(1))])).await.unwrap();
    assert_eq!(since(&ledger), (1, read(4.0)));

    let weigh = Update::new().set(Path::new("weight"), AttributeValue::n(3));
    let writes = [
        TransactPut::new(TABLE, parcel(5, 2).to_item().unwrap()).into(),
        TransactUpdate::new(TABLE, key(0), weigh).into(),
    ];
    let transaction = TransactWriteItems::new(writes).with_token("once");
    db.run(transaction.clone()).await.unwrap();
    let snapshot = ledger.snapshot();
    assert_eq!(snapshot.total(), written(2.0 * (2.0 + 1.0) + 1.0));
    assert_eq!(snapshot.of_index(TABLE, "by_weight"), written(1.0));
    ledger.reset();
    db.run(transaction).await.unwrap();
    assert_eq!(since(&ledger), (1, read(4.0)), "a replayed transaction consumes read units");

    let failing = Condition::compare(Path::new("number"), Comparator::Gt, 5);
    let check = ConditionCheck::new(TABLE, key(0), failing);
    let put = TransactPut::new(TABLE, parcel(9, 1).to_item().unwrap());
    db.run(TransactWriteItems::new([check.into(), put.into()])).await.unwrap_err();
    assert_eq!(since(&ledger), (1, estimated(4.0)));
}

#[tokio::test]
async fn a_refused_request_is_counted_without_units() {
    let (db, ledger) = counted(0).await;
    db.run(GetItem::new("missing", key(0))).await.unwrap_err();
    db.run(GetItem::new(TABLE, Item::new())).await.unwrap_err();
    let snapshot = ledger.snapshot();
    assert_eq!((snapshot.request_count(), snapshot.total()), (2, UnitSums::default()));
    assert_eq!(snapshot.requests.iter().map(|row| row.failed).sum::<u64>(), 2);
}

#[tokio::test]
async fn lost_responses_are_estimated_and_throttled_requests_are_not() {
    for (rates, units) in [
        (FaultRates { timeout: 1.0, ..FaultRates::default() }, 2.0),
        (FaultRates { throttled: 1.0, ..FaultRates::default() }, 0.0),
    ] {
        let memory = MemoryDriver::with_clock(Arc::new(VirtualClock::new(1)));
        Database::new(memory.clone()).create_table::<Parcel>().await.unwrap();
        let policy = RetryPolicy { attempts_max: 3, ..RetryPolicy::default() };
        let (db, ledger) =
            Database::new(Retry::new(Faults::new(memory, rates, 1).unwrap(), policy).unwrap()).with_ledger();
        parcel(1, 2).save(&db).await.unwrap_err();
        assert_eq!(since(&ledger), (1, estimated(units)));
    }
}

#[tokio::test]
async fn a_request_whose_future_is_dropped_is_counted_as_lost() {
    #[derive(Debug)]
    struct Silent(MemoryDriver);

    #[async_trait::async_trait]
    impl djamodb::driver::Driver for Silent {
        fn name(&self) -> &'static str {
            "silent"
        }

        fn capability(&self) -> djamodb::driver::Capability {
            self.0.capability()
        }

        fn clock(&self) -> Arc<dyn djamodb::driver::Clock> {
            self.0.clock()
        }

        async fn execute(&self, _: QueryPlan) -> Result<djamodb::plan::Outcome, djamodb::driver::DriverError> {
            std::future::pending().await
        }
    }

    let (db, ledger) = Database::new(Silent(MemoryDriver::new())).with_ledger();
    let put = db.run(PutItem::new(TABLE, parcel(1, 2).to_item().unwrap()));
    assert!(at_once(put).is_none());
    assert_eq!(since(&ledger), (1, estimated(2.0)));
}

/// Returns the output of a future that is ready, and drops one that is not.
fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(value) => Some(value),
        std::task::Poll::Pending => None,
    }
}

#[tokio::test]
async fn a_response_reports_no_more_capacity_than_requested() {
    let (db, ledger) = counted(1).await;
    for returned in [ReturnConsumedCapacity::None, ReturnConsumedCapacity::Total, ReturnConsumedCapacity::Indexes] {
        let put =
            PutItem { return_consumed_capacity: returned, ..PutItem::new(TABLE, parcel(0, 1).to_item().unwrap()) };
        let outside = djamodb::connect("memory://").await.unwrap();
        outside.create_table::<Parcel>().await.unwrap();
        parcel(0, 1).save(&outside).await.unwrap();
        let expected = outside.driver().execute(put.clone().into()).await.unwrap();
        assert_eq!(db.driver().execute(put.into()).await.unwrap(), expected, "{returned:?}");
        assert_eq!(since(&ledger), (1, written(1.0)), "{returned:?}");
    }
}

#[tokio::test]
async fn every_ledger_of_a_database_counts_its_requests_and_no_others() {
    let (db, outer) = counted(1).await;
    let (inside, inner) = db.with_ledger();
    db.run(ListTables::default()).await.unwrap();
    assert_requests!(inner == 0);
    inside.with_retry_policy(RetryPolicy::default()).unwrap().driver().run(ListTables::default()).await.unwrap();
    assert_requests!(inner == 1);
    assert_requests!(outer == 2);
    assert_eq!(inner.attempts(), 1);
    assert_eq!(inner.clone().snapshot(), inner.snapshot());
}

#[tokio::test]
async fn ledger_assertions_compare_by_their_operator() {
    let (db, ledger) = counted(1).await;
    parcel(0, 1).save(&db).await.unwrap();
    parcel(0, 1).refresh(&db).await.unwrap();
    assert_requests!(ledger == 2);
    assert_requests!(ledger <= 2);
    assert_read_units!(ledger < 1.5);
    assert_read_units!((&ledger) >= 1.0);
    assert_write_units!(ledger > 0.5);
    assert_write_units!(ledger == ledger.snapshot().total().write_units);
}

#[tokio::test]
#[should_panic(
    expected = "2 write units, expected <= 1:\noperation  table    index    requests  attempts  read units  write units  estimated\n\
                PutItem    parcels  -               1         1           0            1          0\n\
                PutItem    parcels  by_city                               0            1          0\n\
                total                               1         1           0            2          0"
)]
async fn a_failed_ledger_assertion_shows_the_ledger() {
    let (db, ledger) = counted(0).await;
    let mut sent = parcel(1, 1);
    sent.city = Some("Oslo".into());
    sent.save(&db).await.unwrap();
    assert_write_units!(ledger <= 1.0);
}
