//! Execution of plans: paging, batches, unprocessed keys and writes, waits for tables, and reads of streams.
//!
//! Each is a state machine without I/O: `Machine::next` returns the next step, `Machine::supply` takes the result of a
//! request. `advance` runs all of them with a driver and its clock. Tests step through them without a driver.

mod batch_read;
mod batch_write;
mod hydrate;
mod item_page;
mod read;
mod repeat_check;
mod stream_read;
mod table_creation;
mod table_wait;
#[cfg(test)]
mod tests;

pub(crate) use batch_read::BatchRead;
pub(crate) use batch_write::BatchWrite;
pub use batch_write::WriteState;
pub(crate) use item_page::ItemPage;
pub(crate) use read::Read;
pub use stream_read::{ChangePosition, ShardProgress};
pub(crate) use stream_read::{ChangesFrom, StreamRead};
pub(crate) use table_creation::TableCreation;
pub(crate) use table_wait::TableWait;
pub use table_wait::{WaitFor, wait_for_table};

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use crate::driver::{Driver, DriverError, dispatch};
use crate::plan::{Outcome, QueryPlan};

/// The next step of a state machine.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "a step is moved once and never kept")]
pub(crate) enum Step<T> {
    /// Execute this plan and supply its result.
    Execute(QueryPlan),
    /// Sleep for this long.
    Sleep(Duration),
    /// Yield this value.
    Emit(T),
    /// Stop: nothing is left to do.
    Done,
}

/// A state machine that needs plans to be executed.
pub(crate) trait Machine {
    /// The type of the values that it yields.
    type Emit;

    /// Returns the next step. After [`Step::Execute`], [`supply`](Self::supply) is called before the next call.
    fn next(&mut self) -> Step<Self::Emit>;

    /// Takes the result of the plan that was executed. An error that it returns ends the run.
    fn supply(&mut self, outcome: Result<Outcome, DriverError>) -> Result<(), DriverError>;

    /// Returns `true` if a request was executed before the last value that was yielded, so that this is a long run.
    fn is_continuing(&self) -> bool {
        false
    }
}

/// Runs a machine until it yields a value. Returns `None` when it is done.
///
/// Lets the executor run other tasks before every request but the first.
pub(crate) async fn advance<M: Machine>(driver: &dyn Driver, machine: &mut M) -> Result<Option<M::Emit>, DriverError> {
    let mut is_continuing = false;
    loop {
        match machine.next() {
            Step::Execute(plan) => {
                if is_continuing || machine.is_continuing() {
                    yield_now().await;
                }
                is_continuing = true;
                let outcome = dispatch(driver, plan).await;
                machine.supply(outcome)?;
            }
            Step::Sleep(duration) => driver.clock().sleep(duration).await,
            Step::Emit(emitted) => return Ok(Some(emitted)),
            Step::Done => return Ok(None),
        }
    }
}

/// Runs a machine for one step, which is one request at most.
pub(crate) async fn step<M: Machine>(driver: &dyn Driver, machine: &mut M) -> Result<(), DriverError> {
    if let Step::Execute(plan) = machine.next() {
        let outcome = dispatch(driver, plan).await;
        machine.supply(outcome)?;
    }
    Ok(())
}

/// Lets the executor run its other tasks once, under any executor.
///
/// A driver that answers at once never returns `Poll::Pending`. Without this, a long read over it would keep its thread, and no
/// timeout around the read would end it.
pub(crate) async fn yield_now() {
    let mut has_yielded = false;
    poll_fn(|context| {
        if std::mem::replace(&mut has_yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
