//! Waiting for a table to be ready, or gone.

use std::time::Duration;

use super::{Machine, Step};
use crate::driver::{DriverError, DriverErrorKind, output_of};
use crate::plan::{DescribeTable, Operation, Outcome, TableStatus};
use crate::value::Name;

/// What is waited for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WaitFor {
    /// The table can be used.
    Active,
    /// The table is gone.
    Gone,
}

/// Asks for a table's state, less and less often, until it is what is waited for; at most five minutes.
#[derive(Debug)]
pub struct TableWait {
    table: Name,
    wait_for: WaitFor,
    pause: Duration,
    waited: Duration,
    state: TableWaitState,
}

#[derive(Debug)]
enum TableWaitState {
    Ask,
    Sleep,
    Reached,
    Ended,
}

const PAUSE_FIRST: Duration = Duration::from_millis(100);
const PAUSE_MAX: Duration = Duration::from_secs(5);
const WAIT_MAX: Duration = Duration::from_mins(5);

impl TableWait {
    /// Waits for a table.
    pub fn new(table: Name, wait_for: WaitFor) -> Self {
        Self { table, wait_for, pause: PAUSE_FIRST, waited: Duration::ZERO, state: TableWaitState::Ask }
    }
}

impl Machine for TableWait {
    /// Once, when the table is as it was waited for.
    type Emit = ();

    fn next(&mut self) -> Step<Self::Emit> {
        match self.state {
            TableWaitState::Ask => Step::Execute(DescribeTable::new(self.table.clone()).into()),
            TableWaitState::Sleep => {
                self.state = TableWaitState::Ask;
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
            // A table that was just created may not be known everywhere yet.
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
                        format!("the table is {status:?} after {} s, not yet {wait_for:?}", self.waited.as_secs()),
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
