//! The figures of a ledger as plain data.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

use crate::value::Name;

/// The figures of a ledger at one moment. Rows are sorted by operation, table and index.
///
/// `Display` writes a table with one row per operation and table or index, and a last row with the totals. With the feature
/// `serde`, it serialises with the fields as they are named.
///
/// ```
/// use djamodb_core::layer::{LedgerSnapshot, LedgerUnits, UnitSums};
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
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LedgerSnapshot {
    /// Requests by operation and table.
    pub requests: Vec<LedgerRequests>,
    /// Units by operation, table and index.
    pub units: Vec<LedgerUnits>,
}

/// Numbers of requests of one operation to one table.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LedgerRequests {
    /// Name of the operation in DynamoDB's API.
    pub operation: String,
    /// The table, or `None` if the requests name no table or several.
    pub table: Option<Name>,
    /// Number of requests.
    pub requests: u64,
    /// Number of attempts reported by the driver, at least one per request.
    pub attempts: u64,
    /// Number of requests that failed.
    pub failed: u64,
}

/// Units consumed by one operation on one table or index.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LedgerUnits {
    /// Name of the operation in DynamoDB's API.
    pub operation: String,
    /// The table.
    pub table: Name,
    /// The index, or `None` for the table itself.
    pub index: Option<Name>,
    /// The consumed units.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub sums: UnitSums,
}

/// Sums of capacity units. Reported and estimated units are disjoint.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UnitSums {
    /// Read units reported by the service.
    pub read_units: f64,
    /// Write units reported by the service.
    pub write_units: f64,
    /// Estimated read units of requests without a report. Not part of `read_units`.
    pub estimated_read_units: f64,
    /// Estimated write units of requests without a report. Not part of `write_units`.
    pub estimated_write_units: f64,
}

impl LedgerSnapshot {
    /// Returns the number of requests of all operations.
    pub fn request_count(&self) -> u64 {
        self.requests.iter().map(|row| row.requests).sum()
    }

    /// Returns the number of attempts of all operations.
    pub fn attempt_count(&self) -> u64 {
        self.requests.iter().map(|row| row.attempts).sum()
    }

    /// Returns the number of requests of one operation.
    pub fn request_count_of(&self, operation: &str) -> u64 {
        self.requests.iter().filter(|row| row.operation == operation).map(|row| row.requests).sum()
    }

    /// Returns the units of all requests.
    pub fn total(&self) -> UnitSums {
        self.sum(|_| true)
    }

    /// Returns the units of one operation on all tables and indexes.
    pub fn of_operation(&self, operation: &str) -> UnitSums {
        self.sum(|row| row.operation == operation)
    }

    /// Returns the units of one table and its indexes.
    pub fn of_table(&self, table: &str) -> UnitSums {
        self.sum(|row| row.table.as_str() == table)
    }

    /// Returns the units of one index of a table.
    pub fn of_index(&self, table: &str, index: &str) -> UnitSums {
        self.sum(|row| row.table.as_str() == table && row.index.as_deref() == Some(index))
    }

    fn sum(&self, predicate: impl Fn(&LedgerUnits) -> bool) -> UnitSums {
        self.units.iter().filter(|row| predicate(row)).map(|row| row.sums).sum()
    }
}

impl UnitSums {
    /// Returns the sum of estimated read and write units.
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
