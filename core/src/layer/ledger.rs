//! The record of requests and consumed capacity.

mod recorded;
mod snapshot;
mod table;
mod totals;

pub use snapshot::{LedgerRequests, LedgerSnapshot, LedgerUnits, UnitSums};

use std::fmt;
use std::sync::{Arc, Mutex};

use self::recorded::Recorded;
use self::totals::LedgerTotals;
use super::lock;
use crate::driver::Driver;

/// A record of the requests sent through a database and of the capacity that they consumed. Create one with
/// [`Database::with_ledger`](crate::database::Database::with_ledger).
///
/// The handle is cheap to clone, and clones share one record. Figures are summed by operation, table and index, so the memory
/// that a ledger needs does not grow with the number of requests. Each request of a page or batch counts. A queryset that is
/// known to be empty sends no request and adds nothing.
///
/// # Sources of the figures
///
/// | response | units recorded |
/// |---|---|
/// | success | the consumed capacity in the response, by table and by index; every request is made to ask for it |
/// | success without consumed capacity, from a service that does not report it | estimated: the minimum of the operation |
/// | a failed condition | estimated: one write unit per KB of the larger of the new item and the item in the error, at least one ([write operations](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html#write-operation-consumption)) |
/// | a cancelled transaction | estimated: twice that per action, or two read units, since each item is prepared and committed ([transactions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-capacity-handling)) |
/// | no response: a timeout, a broken connection, an internal error of the service, a dropped future | estimated: the minimum of the operation, if the request may have been carried out |
/// | any other error: throttled, invalid, not found, not supported, not authorized | none |
///
/// The minimum of a read is half a read unit per item or page, one if consistent, two in a transaction. The minimum of a write
/// is one write unit per item, or per KB of an item that is put, and twice that in a transaction. Estimates do not include
/// indexes.
///
/// Estimates are kept apart: [`read_units`](Self::read_units) and [`write_units`](Self::write_units) contain only figures
/// reported by the service, [`estimated_units`](Self::estimated_units) contains the others.
///
/// Attempts are recorded as the driver reports them. A request without such a report, for example one that failed, counts as
/// one attempt.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::{City, city_database};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = city_database().await?;
/// let (db, ledger) = db.with_ledger();
/// let mut seattle = City::new("Seattle", 1);
/// seattle.create(&db).await?;
/// assert!(seattle.create(&db).await.is_err());
/// seattle.refresh(&db).await?;
/// assert_eq!(
///     ledger.to_string(),
///     "\
/// operation  table   index  requests  attempts  read units  write units  estimated
/// GetItem    cities  -             1         1           1            0          0
/// PutItem    cities  -             2         2           0            1          1
/// total                            3         3           1            1          1"
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Ledger {
    totals: Arc<Mutex<LedgerTotals>>,
}

impl Ledger {
    /// Returns the figures recorded so far as plain data.
    pub fn snapshot(&self) -> LedgerSnapshot {
        self.with_totals(|totals| totals.snapshot())
    }

    /// Removes all figures. A request without a response so far is recorded when it ends.
    pub fn reset(&self) {
        self.with_totals(|totals| *totals = LedgerTotals::default());
    }

    /// Returns the number of requests.
    pub fn requests(&self) -> u64 {
        self.snapshot().request_count()
    }

    /// Returns the number of attempts, including those that a driver repeated and reported.
    pub fn attempts(&self) -> u64 {
        self.snapshot().attempt_count()
    }

    /// Returns the read units reported by the service, summed over all operations.
    pub fn read_units(&self) -> f64 {
        self.snapshot().total().read_units
    }

    /// Returns the write units reported by the service, summed over all operations.
    pub fn write_units(&self) -> f64 {
        self.snapshot().total().write_units
    }

    /// Returns the estimated read and write units, summed over all operations.
    pub fn estimated_units(&self) -> f64 {
        self.snapshot().total().estimated_units()
    }

    /// Wraps a driver in a layer that records its requests in this ledger.
    pub(crate) fn around<D: Driver>(&self, driver: D) -> impl Driver + use<D> {
        Recorded::new(driver, self.clone())
    }

    fn with_totals<T>(&self, access: impl FnOnce(&mut LedgerTotals) -> T) -> T {
        access(&mut lock(&self.totals))
    }
}

/// Formats the figures as a table, see [`LedgerSnapshot`].
impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.snapshot().fmt(f)
    }
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ledger").field(&self.snapshot()).finish()
    }
}
