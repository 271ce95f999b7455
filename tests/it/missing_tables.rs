//! Creation of the tables that do not exist yet.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use djamodb::driver::{Capability, Clock, Driver, DriverError};
use djamodb::error::TableDifference;
use djamodb::model::managed;
use djamodb::plan::{DescribeTable, Outcome, QueryPlan, TableStatus};
use djamodb::prelude::*;
use djamodb::value::Name;
use djamodb::{Error, MemoryDriver, MemoryOptions, VirtualClock};

use crate::models::Event;
use crate::shared_tables::{Customer, Order};

/// Returns the names of all tables, each once.
fn all_names() -> Vec<Name> {
    let mut names: Vec<_> = managed().iter().map(|schema| schema.table.name.clone()).collect();
    names.dedup();
    names
}

#[tokio::test]
async fn only_missing_tables_are_created_and_named() {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Event>().await.unwrap();
    Event::new("a", 1).save(&db).await.unwrap();
    let created = db.create_missing_tables().await.unwrap();
    let expected: Vec<_> = all_names().into_iter().filter(|name| *name != "events").collect();
    assert_eq!(created, expected);
    assert_eq!(Event::objects().set_hash_key("a").count(&db).await.unwrap(), 1, "the others are left as they are");
    assert!(db.create_missing_tables().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_existing_table_without_an_index_of_a_model_is_an_error_that_names_it() {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Order>().await.unwrap();
    let error = db.create_missing_tables().await.unwrap_err();
    let Error::SomeTables { done, failed: 1, error } = error else { panic!("{error:?}") };
    assert_eq!(done.len(), all_names().len() - 1, "the other tables are created");
    let Error::TableMismatch(mismatch) = &*error else { panic!("{error:?}") };
    assert_eq!(mismatch.differences, [TableDifference::MissingIndex { index: "by_email".into(), local: false }]);
    assert_eq!(mismatch.models, ["Customer", "Order"]);
}

fn slow(clock: &VirtualClock) -> MemoryDriver {
    MemoryDriver::with_options(MemoryOptions {
        clock: Arc::new(clock.clone()),
        create_table_delay: Duration::from_secs(7),
        delete_table_delay: Duration::from_secs(9),
        ..MemoryOptions::default()
    })
}

#[tokio::test]
async fn tables_that_others_create_are_waited_for() {
    let db = Database::new(slow(&VirtualClock::new(1)));
    db.start_create_table::<Event>().await.unwrap();
    let created = db.create_missing_tables().await.unwrap();
    assert!(!created.iter().any(|name| *name == "events"));
    for name in all_names() {
        let table = db.run(DescribeTable::new(name)).await.unwrap().table;
        assert_eq!(table.status, TableStatus::Active, "{}", table.schema.name);
    }
}

#[tokio::test]
async fn a_table_that_is_being_deleted_is_created_again() {
    let db = Database::new(slow(&VirtualClock::new(1)));
    db.create_table::<Event>().await.unwrap();
    db.start_delete_table::<Event>().await.unwrap();
    let created = db.create_missing_tables().await.unwrap();
    assert!(created.iter().any(|name| *name == "events"), "{created:?}");
    Event::new("a", 1).save(&db).await.unwrap();
}

/// A driver on whose table another process is faster.
#[derive(Debug)]
struct Overtaken {
    inner: MemoryDriver,
    with: fn() -> djamodb::schema::TableSchema,
    overtaken: AtomicBool,
}

#[async_trait::async_trait]
impl Driver for Overtaken {
    fn name(&self) -> &'static str {
        "overtaken"
    }

    fn capability(&self) -> Capability {
        self.inner.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        if let QueryPlan::CreateTable(create) = &plan {
            let schema = (self.with)();
            if create.schema.name == schema.name && !self.overtaken.swap(true, Ordering::Relaxed) {
                self.inner.execute(djamodb::plan::CreateTable::new(schema).into()).await?;
            }
        }
        self.inner.execute(plan).await
    }
}

#[tokio::test]
async fn a_table_that_another_process_has_just_created_is_compared_and_not_named() {
    let overtaken = |with| {
        let inner = slow(&VirtualClock::new(1));
        Database::new(Overtaken { inner, with, overtaken: AtomicBool::new(false) })
    };
    let created = overtaken(|| Event::schema().table.clone()).create_missing_tables().await.unwrap();
    assert!(!created.iter().any(|name| *name == "events"), "{created:?}");

    let error = overtaken(|| Customer::schema().table.clone()).create_missing_tables().await.unwrap_err();
    assert!(error.to_string().contains("no local index `by_total`; it has no global index `by_status`"), "{error}");
}
