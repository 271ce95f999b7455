//! Tables of readings, in memory and as bare maps.

use std::cell::RefCell;
use std::hint::black_box;
use std::rc::Rc;

use djamodb::{Database, MemoryDriver};
use djamodb_core::driver::Driver as _;
use djamodb_core::plan::{PutItem, QueryPlan};
use djamodb_core::value::Name;
use futures::FutureExt as _;

use crate::bare::{self, BareTable};
use crate::driver;
use crate::reading::{self, IndexedOnce, IndexedThrice, PARTITION_ITEMS, Reading};

/// Filled tables without indexes, with one global index and with three, in memory and as bare maps.
pub struct Tables {
    /// Number of items of each table.
    pub(crate) items: usize,
    pub(crate) driver: MemoryDriver,
    pub(crate) db: Database,
    pub(crate) bare: [bare::Table; 3],
}

/// The tables in the order of [`Tables::bare`].
pub(crate) const TABLES: [Name; 3] = [
    Name::from_static("readings"),
    Name::from_static("readings_indexed_once"),
    Name::from_static("readings_indexed_thrice"),
];

impl Tables {
    /// Creates tables of this many items, rounded up to whole partitions.
    ///
    /// # Panics
    ///
    /// Panics if the in-memory driver refuses a request, which would be a fault of it.
    pub fn filled(items: usize) -> Self {
        let tables = Self::empty(items);
        for number in 0..tables.items {
            for (table, bare) in TABLES.iter().zip(&tables.bare) {
                bare.borrow_mut().put(number, reading::item(number, 0));
                run(&tables.driver, PutItem::new(table.clone(), reading::item(number, 0)));
            }
        }
        tables
    }

    /// Creates the tables, of which only the one in memory without indexes has this many items.
    ///
    /// # Panics
    ///
    /// Panics if the in-memory driver refuses a request, which would be a fault of it.
    pub fn filled_in_memory(items: usize) -> Self {
        let tables = Self::empty(items);
        for number in 0..tables.items {
            run(&tables.driver, PutItem::new(TABLES[0].clone(), reading::item(number, 0)));
        }
        tables
    }

    fn empty(items: usize) -> Self {
        let items = items.next_multiple_of(PARTITION_ITEMS);
        let driver = MemoryDriver::new();
        let db = Database::new(driver.clone());
        ready(db.create_table::<Reading>()).expect("no table exists");
        ready(db.create_table::<IndexedOnce>()).expect("no table exists");
        ready(db.create_table::<IndexedThrice>()).expect("no table exists");
        let indexes = [("kind", "max"), ("source", "min"), ("station", "wind")];
        let bare = [0, 1, 3].map(|count| Rc::new(RefCell::new(BareTable::new(&indexes[..count]))));
        Self { items, driver, db, bare }
    }

    /// Numbers of global indexes whose bytes are counted, with names for them.
    pub const STORED: [(&str, usize); 2] = [("no index", 0), ("3 indexes", 3)];

    /// Creates one table in memory, with 0, 1 or 3 global indexes and this many items, and returns its driver.
    ///
    /// # Panics
    ///
    /// Panics if the in-memory driver refuses a request, which would be a fault of it.
    pub fn stored(indexes: usize, items: usize) -> TableHandle {
        let driver = MemoryDriver::new();
        let db = Database::new(driver.clone());
        let table = match indexes {
            0 => ready(db.create_table::<Reading>()),
            1 => ready(db.create_table::<IndexedOnce>()),
            _ => ready(db.create_table::<IndexedThrice>()),
        };
        let table = table.expect("no table exists");
        for number in 0..items {
            run(&driver, PutItem::new(table.clone(), reading::item(number, 0)));
        }
        TableHandle(driver)
    }

    /// Returns a handle of the table without indexes, for a thread.
    pub fn handle(&self) -> TableHandle {
        TableHandle(self.driver.clone())
    }
}

/// The table without indexes in memory.
#[derive(Clone, Debug)]
pub struct TableHandle(MemoryDriver);

impl TableHandle {
    /// Reads an item.
    pub fn get(&self, number: usize) {
        drop(black_box(run(&self.0, driver::get(&TABLES[0], number))));
    }

    /// Replaces an item.
    pub fn put(&self, number: usize) {
        drop(black_box(run(&self.0, driver::put(&TABLES[0], number))));
    }
}

impl std::fmt::Debug for Tables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tables").field("items", &self.items).finish_non_exhaustive()
    }
}

/// Executes a plan. The in-memory driver never waits, so that one poll completes the request and no runtime is measured.
pub(crate) fn run(driver: &MemoryDriver, plan: impl Into<QueryPlan>) -> djamodb_core::plan::Output {
    ready(driver.execute(plan.into())).expect("the request is valid").output
}

/// Returns the output of a future that never waits.
pub(crate) fn ready<F: Future>(future: F) -> F::Output {
    future.now_or_never().expect("the in-memory driver never waits")
}
