//! Carrying plans out: paging, chunking, asking again for what was left unprocessed, waiting for tables, reading
//! streams.
//!
//! Each is a state machine that does no I/O: [`Machine::next`] says what to do, [`Machine::supply`] takes the answer. One short
//! loop, [`advance`], drives them all with a driver and its clock; tests drive them by hand.

mod batch_read;
mod batch_write;
mod hydrate;
mod item_page;
mod read;
mod stream_read;
mod table_creation;
mod table_wait;
#[cfg(test)]
mod tests;

pub use batch_read::BatchRead;
pub use batch_write::{BatchWrite, BatchWriteReport};
pub use item_page::ItemPage;
pub use read::Read;
pub use stream_read::{ChangePosition, ChangesFrom, ShardProgress, StreamRead};
pub use table_creation::TableCreation;
pub use table_wait::{TableWait, WaitFor};

use std::time::Duration;

use crate::driver::{Driver, DriverError, dispatch};
use crate::plan::{Outcome, QueryPlan};

/// What a state machine wants next.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "a step is moved once and never kept")]
pub enum Step<T> {
    /// This plan executed, and its answer supplied.
    Execute(QueryPlan),
    /// To be left alone for a while.
    Sleep(Duration),
    /// To hand this on.
    Emit(T),
    /// Nothing more.
    Done,
}

/// A state machine that asks for plans to be executed.
pub trait Machine {
    /// What it hands on.
    type Emit;

    /// What it wants next. After [`Step::Execute`], [`supply`](Self::supply) comes before the next call.
    fn next(&mut self) -> Step<Self::Emit>;

    /// Takes the answer to what was executed. An error given back ends the run.
    fn supply(&mut self, outcome: Result<Outcome, DriverError>) -> Result<(), DriverError>;
}

/// Drives a machine until it hands something on; nothing when it is done.
pub async fn advance<M: Machine>(driver: &dyn Driver, machine: &mut M) -> Result<Option<M::Emit>, DriverError> {
    loop {
        match machine.next() {
            Step::Execute(plan) => {
                let outcome = dispatch(driver, plan).await;
                machine.supply(outcome)?;
            }
            Step::Sleep(duration) => driver.clock().sleep(duration).await,
            Step::Emit(emitted) => return Ok(Some(emitted)),
            Step::Done => return Ok(None),
        }
    }
}

/// Drives a machine through one request, and no further.
pub async fn step<M: Machine>(driver: &dyn Driver, machine: &mut M) -> Result<(), DriverError> {
    if let Step::Execute(plan) = machine.next() {
        let outcome = dispatch(driver, plan).await;
        machine.supply(outcome)?;
    }
    Ok(())
}
