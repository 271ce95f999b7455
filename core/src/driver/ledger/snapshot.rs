//! What a ledger has counted, as plain data.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

use serde::{Deserialize, Serialize};

use crate::value::Name;

/// What a ledger has counted, as plain data. Rows are in the order of their operations, tables and indexes.
///
/// ```
/// use djamodb_core::driver::{LedgerSnapshot, LedgerUnits, UnitSums};
///
/// let row = |index: Option<&str>, write_units| LedgerUnits {
///     operation: "PutItem".into(),
///     table: "weather".into(),
///     index: index.map(Into::into),
///     sums: UnitSums { write_units, ..UnitSums::default() },
/// };
/// let snapshot = LedgerSnapshot { requests: vec![], units: vec![row(None, 2.0), row(Some("by_kind"), 1.0)] };
/// assert_eq!(snapshot.of_table("weather").write_units, 3.0);
/// assert_eq!(snapshot.of_index("weather", "by_kind").write_units, 1.0);
/// let stored = serde_json::to_string(&snapshot).unwrap();
/// assert_eq!(serde_json::from_str::<LedgerSnapshot>(&stored).unwrap(), snapshot);
/// ```
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct LedgerSnapshot {
    /// How many requests were made.
    pub requests: Vec<LedgerRequests>,
    /// What they cost.
    pub units: Vec<LedgerUnits>,
}

/// How many requests of one operation were made to one table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LedgerRequests {
    /// The operation's name in DynamoDB's API.
    pub operation: String,
    /// The table; nothing when the request names none, or several.
    pub table: Option<Name>,
    /// How many requests.
    pub requests: u64,
    /// How often they were sent, as far as the driver tells; at least once each.
    pub attempts: u64,
    /// How many of them failed.
    pub failed: u64,
}

/// What the requests of one operation cost one table, or one of its indexes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LedgerUnits {
    /// The operation's name in DynamoDB's API.
    pub operation: String,
    /// The table.
    pub table: Name,
    /// The index; nothing for the table's own share.
    pub index: Option<Name>,
    /// The units.
    #[serde(flatten)]
    pub sums: UnitSums,
}

/// Capacity units: those that the service told, and beside them those that it did not.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct UnitSums {
    /// Read units that the service told.
    pub read_units: f64,
    /// Write units that the service told.
    pub write_units: f64,
    /// Read units that are estimated, since the service told nothing; not part of `read_units`.
    pub estimated_read_units: f64,
    /// Write units that are estimated, since the service told nothing; not part of `write_units`.
    pub estimated_write_units: f64,
}

impl LedgerSnapshot {
    /// How many requests were made, of all operations together.
    pub fn request_count(&self) -> u64 {
        self.requests.iter().map(|row| row.requests).sum()
    }

    /// How often they were sent.
    pub fn attempt_count(&self) -> u64 {
        self.requests.iter().map(|row| row.attempts).sum()
    }

    /// How many requests of one operation were made.
    pub fn request_count_of(&self, operation: &str) -> u64 {
        self.requests.iter().filter(|row| row.operation == operation).map(|row| row.requests).sum()
    }

    /// What all requests cost.
    pub fn total(&self) -> UnitSums {
        self.sum(|_| true)
    }

    /// What the requests of one operation cost, on all tables and indexes.
    pub fn of_operation(&self, operation: &str) -> UnitSums {
        self.sum(|row| row.operation == operation)
    }

    /// What one table was charged, its indexes included.
    pub fn of_table(&self, table: &str) -> UnitSums {
        self.sum(|row| row.table.as_str() == table)
    }

    /// What one index of a table was charged.
    pub fn of_index(&self, table: &str, index: &str) -> UnitSums {
        self.sum(|row| row.table.as_str() == table && row.index.as_deref() == Some(index))
    }

    fn sum(&self, belongs: impl Fn(&LedgerUnits) -> bool) -> UnitSums {
        self.units.iter().filter(|row| belongs(row)).map(|row| row.sums).sum()
    }
}

impl UnitSums {
    /// The estimated units, read and write together.
    pub fn estimated_units(&self) -> f64 {
        self.estimated_read_units + self.estimated_write_units
    }
}

impl Add for UnitSums {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            read_units: self.read_units + other.read_units,
            write_units: self.write_units + other.write_units,
            estimated_read_units: self.estimated_read_units + other.estimated_read_units,
            estimated_write_units: self.estimated_write_units + other.estimated_write_units,
        }
    }
}

impl AddAssign for UnitSums {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for UnitSums {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        sums.fold(Self::default(), Add::add)
    }
}
