//! What requests cost, counted.

mod book;
mod counting;
mod snapshot;
mod table;

pub use snapshot::{LedgerRequests, LedgerSnapshot, LedgerUnits, UnitSums};

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use self::book::Book;
use self::counting::Counting;
use super::Driver;

/// What everything that went through a database has cost: see [`Database::with_ledger`](crate::database::Database::with_ledger).
///
/// A handle that is cheap to clone; clones are the same ledger. It holds sums by operation, table and index, so that it stays
/// small however much is counted. Every request is counted, also those of pages and batches; a queryset that is known to be
/// empty asks nothing and counts nothing.
///
/// # Where the figures come from
///
/// | answer | what is counted |
/// |---|---|
/// | success | the units that the answer tells, which every request is made to ask for, by table and by index |
/// | success that tells none, of a service that cannot tell | estimated: the least that the operation costs |
/// | a failed condition | estimated: one write unit for each KB of the larger of the item that was put and the item that the error tells, at least one ([write operations](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html#write-operation-consumption)) |
/// | a cancelled transaction | estimated: for each of its actions twice that, or two read units, since each item is prepared and committed ([transactions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-capacity-handling)) |
/// | no answer, or an answer that was lost: a timeout, a broken connection, a failure of the service, a future that was dropped | estimated: the least that the operation costs, if the request may have been carried out |
/// | any other error: throttled, not valid, not found, not supported, not allowed | nothing |
///
/// The least that an operation costs is half a read unit for each item or page, one if consistent, two in a transaction; one write
/// unit for each item, or for each KB of an item that is put, and two in a transaction. Estimates leave indexes out.
///
/// Estimates are kept apart: [`read_units`](Self::read_units) and [`write_units`](Self::write_units) are what the service told,
/// [`estimated_units`](Self::estimated_units) what it did not.
///
/// Attempts are counted as far as a driver tells them, and as one where it does not: of failed requests, for example.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model)]
/// # #[model(table = "weather")]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Weather>().await?;
/// let (db, ledger) = db.with_ledger();
/// let mut seattle = Weather { location: "Seattle".into() };
/// seattle.create(&db).await?;
/// assert!(seattle.create(&db).await.is_err());
/// seattle.refresh(&db).await?;
/// assert_eq!(
///     ledger.to_string(),
///     "\
/// operation  table    index  requests  attempts  read units  write units  estimated
/// GetItem    weather  -             1         1           1            0          0
/// PutItem    weather  -             2         2           0            1          1
/// total                             3         3           1            1          1"
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Ledger {
    book: Arc<Mutex<Book>>,
}

impl Ledger {
    /// What has been counted so far, as plain data.
    pub fn snapshot(&self) -> LedgerSnapshot {
        self.with(|book| book.snapshot())
    }

    /// Forgets everything that was counted. What is under way is counted when it ends.
    pub fn reset(&self) {
        self.with(|book| *book = Book::default());
    }

    /// How many requests were made.
    pub fn requests(&self) -> u64 {
        self.snapshot().request_count()
    }

    /// How often requests were sent, those that a driver sent again included, as far as it tells.
    pub fn attempts(&self) -> u64 {
        self.snapshot().attempt_count()
    }

    /// The read units that the service told, of all operations together.
    pub fn read_units(&self) -> f64 {
        self.snapshot().total().read_units
    }

    /// The write units that the service told, of all operations together.
    pub fn write_units(&self) -> f64 {
        self.snapshot().total().write_units
    }

    /// The read and write units that the service did not tell, together.
    pub fn estimated_units(&self) -> f64 {
        self.snapshot().total().estimated_units()
    }

    /// A driver that counts here what goes through it to another one.
    pub(crate) fn around<D: Driver>(&self, driver: D) -> impl Driver + use<D> {
        Counting::new(driver, self.clone())
    }

    /// Looks into the book. A thread that panicked there has left it whole, since nothing but sums is done in it.
    fn with<T>(&self, look: impl FnOnce(&mut Book) -> T) -> T {
        look(&mut self.book.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The figures as a small table.
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
