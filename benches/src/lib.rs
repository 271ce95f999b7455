//! The main operations of djamodb, each by several subjects that give the same answers.
//!
//! | subject | contents |
//! |---|---|
//! | `bare map` | a `BTreeMap` of `Arc<Item>`, and one for each index: the cost of the data structure alone |
//! | `rows by hand` | the bare map, whose items are decoded into the model by hand-written code |
//! | `driver` | a plan that the in-memory driver executes |
//! | `models` | a call of a model or a queryset |
//!
//! [`operations`] lists them. `benches/operations.rs` and `benches/scale.rs` measure their times, `tests/budget.rs` counts their allocations, and
//! `src/bin/repeat.rs` runs one of them for a tool that counts instructions. `cargo xtask bench` prints the times as a table.

mod bare;
mod driver;
mod measured;
mod models;
mod operation;
mod planning;
mod reading;
mod tables;

pub use measured::{Measured, STRIDE};
pub use operation::{Group, Operation, Subject};
pub use reading::{IndexedOnce, IndexedThrice, Numbered, Reading};
pub use tables::{TableHandle, Tables};

/// Returns the operations of the driver. Only the table without indexes has items, this many.
pub fn operations_in_memory(items: usize) -> Vec<Operation> {
    driver::operations(&Tables::filled_in_memory(items))
}

/// Returns all operations on tables of this many items.
pub fn operations(items: usize) -> Vec<Operation> {
    let tables = Tables::filled(items);
    let mut operations = Vec::new();
    operations.extend(bare::operations(&tables));
    operations.extend(driver::operations(&tables));
    operations.extend(models::operations(&tables));
    operations.extend(planning::operations());
    operations
}
