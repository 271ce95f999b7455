//! Batches of writes of several models.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use djamodb::driver::{Capability, Clock, Driver, DriverError, DriverErrorKind};
use djamodb::error::WriteState;
use djamodb::layer::{FaultRates, Faults, Retry, RetryPolicy};
use djamodb::plan::{Outcome, QueryPlan};
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use djamodb::value::Item;
use djamodb::{Batch, BatchIncomplete, Error, MemoryDriver};
use djamodb_driver_memory::VirtualClock;
use expect_test::expect;

use crate::models::{Event, times};

/// A device, whose table has another key than that of its events.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "devices", managed = false)]
struct Device {
    #[model(hash_key)]
    name: String,
    events: u32,
}

/// A view of the devices by another program.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "devices", managed = false)]
struct DeviceName {
    #[model(hash_key)]
    name: String,
}

fn device(name: &str, events: u32) -> Device {
    Device { name: name.to_owned(), events }
}

/// Returns a batch of 60 writes: 30 events and 20 devices are saved, and 10 other devices deleted.
fn import() -> Batch<'static> {
    let mut batch = Batch::new();
    for number in 0..30 {
        batch.save(&Event::new("a", number));
        match number {
            0..20 => batch.save(&device(&format!("new {number}"), 1)),
            _ => batch.delete(Device::item_key(format!("old {number}"))),
        }
    }
    batch
}

async fn database(driver: impl Driver) -> Database {
    let db = Database::new(driver);
    db.create_table::<Event>().await.unwrap();
    db.create_table::<Device>().await.unwrap();
    for number in 15..30 {
        device(&format!("old {number}"), 0).save(&db).await.unwrap();
    }
    db
}

fn incomplete(result: Result<(), Error>) -> BatchIncomplete {
    match result {
        Err(Error::BatchIncomplete(incomplete)) => *incomplete,
        other => panic!("no incomplete batch: {other:?}"),
    }
}

#[tokio::test]
async fn a_batch_of_several_models_shares_requests() {
    let (db, ledger) = database(MemoryDriver::new()).await.with_ledger();
    import().run(&db).await.unwrap();
    djamodb::assert_requests!(ledger == 3);
    assert_eq!(times(&Event::objects().set_hash_key("a").all(&db).await.unwrap()), (0..30).collect::<Vec<_>>());
    let mut names = Device::objects().scan().values(Device::NAME).all(&db).await.unwrap();
    names.sort();
    let mut expected: Vec<String> = (0..20).map(|number| format!("new {number}")).collect();
    expected.extend((15..20).map(|number| format!("old {number}")));
    expected.sort();
    assert_eq!(names, expected);
}

#[tokio::test]
async fn an_empty_batch_sends_nothing() {
    let (db, ledger) = Database::new(MemoryDriver::new()).with_ledger();
    Batch::new().run(&db).await.unwrap();
    djamodb::assert_requests!(ledger == 0);
    assert!(Batch::new().is_empty());
    expect![[r"
        Empty batch: it has no writes
        no request"]]
    .assert_eq(&Batch::new().explain().unwrap().to_string());
}

#[tokio::test]
async fn two_writes_of_one_item_are_refused_before_sending() {
    let (db, ledger) = database(MemoryDriver::new()).await.with_ledger();
    let mut batch = import();
    batch.delete(DeviceName::item_key("new 7"));
    let error = batch.run(&db).await.unwrap_err();
    assert!(matches!(error, Error::Plan(PlanError::BatchItemTwice { model: "DeviceName", other: "Device", .. })));
    expect![[
        r#"cannot run the batch: two writes, of Device and of DeviceName, name the item with the key name = "new 7"; their order would be undefined, so leave out one of them"#
    ]]
    .assert_eq(&error.to_string());
    djamodb::assert_requests!(ledger == 0);
}

#[tokio::test]
async fn values_are_checked_before_sending() {
    let (db, ledger) = database(MemoryDriver::new()).await.with_ledger();
    let mut batch = Batch::new();
    batch.save(&device("a", 1));
    batch.save(&Event { size: Some(1), note: Some(String::new()), ..Event::new("a", 1) });
    batch.delete(Device::item_key(""));
    let error = batch.run(&db).await.unwrap_err();
    let Error::Plan(PlanError::BatchValue { model: "Event", position: 1, key: Some(_), .. }) = &error else {
        panic!("{error}")
    };
    expect![[r#"cannot add Event to the batch as the write at index 1 with the key at = 1, device = "a": attribute `note`: the value is empty, and the key of the index `by_note` cannot be; make the field an Option, whose None leaves the item out of the index"#]]
        .assert_eq(&error.to_string());
    let mut deleting = Batch::new();
    deleting.delete(Device::item_key(""));
    assert!(matches!(deleting.explain(), Err(PlanError::BatchValue { model: "Device", position: 0, .. })));
    djamodb::assert_requests!(ledger == 0);
}

#[test]
fn the_plan_of_many_writes_counts_them() {
    expect![[r"
        Concurrently
          BatchWriteItem events, devices; puts: 25
          BatchWriteItem devices, events; puts: 20; deletes: 5
          BatchWriteItem events, devices; puts: 5; deletes: 5
        3 requests, together about 60 write units, at most 24000
        warning: each index that a write changes consumes 1 write unit per KB more"]]
    .assert_eq(&import().explain().unwrap().to_string());
}

/// A driver that throttles the batches from the one with this number on.
#[derive(Debug)]
struct ThrottledLater {
    inner: MemoryDriver,
    after: usize,
    batches: Arc<AtomicUsize>,
}

#[async_trait::async_trait]
impl Driver for ThrottledLater {
    fn name(&self) -> &'static str {
        "throttled later"
    }

    fn capability(&self) -> Capability {
        self.inner.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        if matches!(plan, QueryPlan::BatchWriteItem(_)) {
            let number = self.batches.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
            if number >= self.after {
                return Err(DriverError::new(DriverErrorKind::Throttled, "BatchWriteItem", "slow down"));
            }
        }
        self.inner.execute(plan).await
    }
}

#[tokio::test]
async fn after_a_failure_no_further_request_is_begun() {
    for concurrency in [1, 4] {
        let batches = Arc::new(AtomicUsize::new(0));
        let driver = ThrottledLater { inner: MemoryDriver::new(), after: 2, batches: batches.clone() };
        let db = database(driver).await.with_write_concurrency(concurrency).unwrap();
        let mut batch = Batch::new();
        for number in 0..1000 {
            batch.save(&Event::new("a", number));
        }
        let incomplete = incomplete(batch.run(&db).await);
        let requests = batches.load(Ordering::Relaxed);
        assert!((3..=2 + 2 * concurrency).contains(&requests), "{requests} requests");
        let written: Vec<i64> = times(&Event::objects().set_hash_key("a").all(&db).await.unwrap());
        assert_eq!(written, (0..50).collect::<Vec<_>>());
        assert_eq!((incomplete.written().count(), incomplete.unprocessed().count()), (50, 950));
        assert!(incomplete.writes[..50].iter().all(|write| write.state == WriteState::Written), "in order");
        expect![[
            r#"the batch is incomplete: 50 of 1000 writes done, 950 not done (save of Event with the key at = 50, device = "a"; save of Event with the key at = 51, device = "a"; save of Event with the key at = 52, device = "a"; …): BatchWriteItem: slow down"#
        ]]
        .assert_eq(&incomplete.to_string());
    }
}

#[tokio::test]
async fn a_missing_table_is_named_with_advice() {
    let db = Database::new(MemoryDriver::new());
    let mut batch = Batch::new();
    batch.save(&device("a", 1));
    let error = batch.run(&db).await.unwrap_err();
    assert!(error.to_string().contains("create it with create_table::<Device>()"), "{error}");
}

#[tokio::test]
async fn under_faults_each_write_of_a_batch_has_its_true_state() {
    let (mut whole, mut states) = (0, [0; 3]);
    for seed in 0..150 {
        let memory = MemoryDriver::with_clock(Arc::new(VirtualClock::new(seed)));
        let sound = database(memory.clone()).await;
        let lost = if seed.is_multiple_of(2) { 0.04 } else { 0.0 };
        let rates = FaultRates { throttled: 0.3, timeout: lost, reset: lost, unprocessed: 0.5, duplicate: 0.1 };
        let policy = RetryPolicy { attempts_max: 3, ..RetryPolicy::default() };
        let faulty = Database::new(Retry::new(Faults::new(memory, rates, seed).unwrap(), policy).unwrap());
        let mut batch = import();
        let result = batch.run(&faulty.with_write_concurrency(1 + usize::try_from(seed % 3).unwrap()).unwrap()).await;
        let mut keys: Vec<(String, Item)> = Vec::new();
        for event in Event::objects().scan().all(&sound).await.unwrap() {
            keys.push(("Event".to_owned(), event.key().unwrap()));
        }
        for device in Device::objects().scan().all(&sound).await.unwrap() {
            keys.push(("Device".to_owned(), device.key().unwrap()));
        }
        if result.is_ok() {
            whole += 1;
            assert_eq!(keys.len(), 30 + 20 + 5, "seed {seed}");
            continue;
        }
        let report = incomplete(result);
        assert_eq!(report.writes.len(), batch.len(), "seed {seed}");
        for write in &report.writes {
            let exists = keys.contains(&(write.model.to_owned(), write.key.clone()));
            let is_written = exists == (write.method == "save");
            match write.state {
                WriteState::Written => assert!(is_written, "seed {seed}: {write}"),
                WriteState::Unprocessed => assert!(!is_written, "seed {seed}: {write}"),
                WriteState::Unknown => {}
            }
            states[write.state as usize] += 1;
        }
    }
    assert!(whole > 0 && states.iter().all(|count| *count > 0), "{whole} whole, states {states:?}");
}
