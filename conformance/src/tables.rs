//! Descriptions and changes of tables.

use std::time::Duration;

use djamodb_core::driver::{DriverError, DriverExt};
use djamodb_core::plan::{DescribeTable, IndexStatus, TableDescription, TableStatus, UpdateTable};
use djamodb_core::value::Name;

use crate::{CaseResult, Context, Failure, Requirement};

/// Maximum number of polls, one each [`PAUSE`], for a change that takes effect after some time.
pub(crate) const POLLS_MAX: u32 = 300;
const PAUSE: Duration = Duration::from_millis(100);
const UPDATE_RETRIES_MAX: u32 = 8;

/// Waits for 100 ms by the driver's clock.
pub(crate) async fn pause(cx: &Context) {
    cx.driver().clock().sleep(PAUSE).await;
}

/// Returns the current description of a table.
pub(crate) async fn describe_table(cx: &Context, table: &Name) -> Result<TableDescription, Failure> {
    Ok(cx.run(DescribeTable::new(table)).await?.table)
}

/// Runs `UpdateTable` and waits until the change is complete. Retryable errors are retried.
pub(crate) async fn update_table(cx: &Context, update: UpdateTable) -> CaseResult {
    let first = cx.driver().run(update.clone()).await;
    finish_update(cx, update, first.map(|_| ())).await
}

/// Runs `UpdateTable` as [`update_table`] does, if the driver meets `requirement`.
///
/// Otherwise asserts that the driver rejects the update as unsupported, and returns `false`.
pub(crate) async fn update_table_requiring(
    cx: &Context,
    requirement: Requirement,
    update: UpdateTable,
) -> Result<bool, Failure> {
    let Some(first) = cx.run_requiring(requirement, update.clone()).await? else {
        return Ok(false);
    };
    finish_update(cx, update, first.map(|_| ())).await.map(|()| true)
}

/// Retries an update whose first attempt had the result `first`, then waits until the change is complete.
async fn finish_update(cx: &Context, update: UpdateTable, first: Result<(), DriverError>) -> CaseResult {
    let table = update.table.clone();
    let (mut last, mut retries) = (first, 0);
    while let Err(error) = last {
        if retries < UPDATE_RETRIES_MAX && error.retryable() {
            retries += 1;
            pause(cx).await;
            last = cx.driver().run(update.clone()).await.map(|_| ());
        } else if retries > 0 {
            // An earlier attempt may have made the change although it returned an error. The case verifies the table anyway.
            break;
        } else {
            return Err(error.into());
        }
    }
    wait_until_active(cx, &table).await
}

/// Waits until a table and all its indexes are active.
pub(crate) async fn wait_until_active(cx: &Context, table: &Name) -> CaseResult {
    for _ in 0..POLLS_MAX {
        let description = describe_table(cx, table).await?;
        let is_active = |status: Option<IndexStatus>| status.is_none_or(|status| status == IndexStatus::Active);
        if description.status == TableStatus::Active && description.indexes.iter().all(|index| is_active(index.status))
        {
            return Ok(());
        }
        pause(cx).await;
    }
    Err(Failure::new(format_args!("the table {table} did not become active within {POLLS_MAX} polls")))
}
