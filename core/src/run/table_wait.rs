//! Waits until a table is active or deleted.

use std::time::Duration;

use super::{Machine, Step, advance};
use crate::driver::{Driver, DriverError, DriverErrorKind, output_of};
use crate::plan::{DescribeTable, Operation, Outcome, TableStatus};
use crate::value::Name;

/// The condition that ends a wait for a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WaitFor {
    /// The table is active.
    Active,
    /// The table does not exist.
    Gone,
}

/// Waits until a table is active or deleted. Requests its description in intervals from 100 ms to 5 s, for 5 minutes at most.
///
/// # Errors
///
/// Returns [`DriverErrorKind::Timeout`] after 5 minutes, and the error of a `DescribeTable` request that fails for another reason
/// than a missing table.
pub async fn wait_for_table(driver: &dyn Driver, table: Name, wait_for: WaitFor) -> Result<(), DriverError> {
    advance(driver, &mut TableWait::new(table, wait_for)).await.map(|_| ())
}

/// The state machine of [`wait_for_table`].
#[derive(Debug)]
pub(crate) struct TableWait {
    table: Name,
    wait_for: WaitFor,
    pause: Duration,
    waited: Duration,
    state: TableWaitState,
}

#[derive(Debug)]
enum TableWaitState {
    Describe,
    Sleep,
    Reached,
    Ended,
}

const PAUSE_FIRST: Duration = Duration::from_millis(100);
const PAUSE_MAX: Duration = Duration::from_secs(5);
const WAIT_MAX: Duration = Duration::from_secs(300);

impl TableWait {
    pub(crate) fn new(table: Name, wait_for: WaitFor) -> Self {
        Self { table, wait_for, pause: PAUSE_FIRST, waited: Duration::ZERO, state: TableWaitState::Describe }
    }
}

impl Machine for TableWait {
    /// Yielded once, when the condition holds.
    type Emit = ();

    fn next(&mut self) -> Step<Self::Emit> {
        match self.state {
            TableWaitState::Describe => Step::Execute(DescribeTable::new(self.table.clone()).into()),
            TableWaitState::Sleep => {
                self.state = TableWaitState::Describe;
                self.waited += self.pause;
                let pause = self.pause;
                self.pause = (pause * 2).min(PAUSE_MAX);
                Step::Sleep(pause)
            }
            TableWaitState::Reached => {
                self.state = TableWaitState::Ended;
                Step::Emit(())
            }
            TableWaitState::Ended => Step::Done,
        }
    }

    fn supply(&mut self, outcome: Result<Outcome, DriverError>) -> Result<(), DriverError> {
        let table = match outcome.and_then(output_of::<DescribeTable>) {
            Ok(output) => Some(output.table),
            // The service can report a table that was just created as missing.
            Err(error) if error.is_resource_not_found() => None,
            Err(error) => return Err(error),
        };
        match (self.wait_for, table) {
            (WaitFor::Active, Some(table)) if table.status == TableStatus::Active => {
                self.state = TableWaitState::Reached;
            }
            (WaitFor::Gone, None) => self.state = TableWaitState::Reached,
            (wait_for, table) => {
                let status = table.map(|table| table.status);
                if self.waited >= WAIT_MAX {
                    return Err(DriverError::new(
                        DriverErrorKind::Timeout,
                        DescribeTable::NAME,
                        format!(
                            "{}, not {} after {} s; wait longer, or look at the table in the console",
                            described(status.as_ref()),
                            goal(wait_for),
                            self.waited.as_secs()
                        ),
                    )
                    .on_table(Some(&self.table)));
                }
                tracing::info!(target: "djamodb::table", table = %self.table, ?status, ?wait_for, "waiting for a table");
                self.state = TableWaitState::Sleep;
            }
        }
        Ok(())
    }
}

fn described(status: Option<&TableStatus>) -> String {
    status.map_or_else(|| "the table does not exist".to_owned(), |status| format!("the table is {status:?}"))
}

const fn goal(wait_for: WaitFor) -> &'static str {
    match wait_for {
        WaitFor::Active => "active",
        WaitFor::Gone => "deleted",
    }
}
