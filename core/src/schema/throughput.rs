//! Throughput of tables and global indexes: provisioned units, maximums of on-demand tables, warm throughput.

use std::fmt;

/// Provisioned throughput in units per second.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Throughput {
    /// Read units per second, at least 1. One unit is a strongly consistent read of up to 4 KB.
    pub read_units: u64,
    /// Write units per second, at least 1. One unit is a write of up to 1 KB.
    pub write_units: u64,
}

/// Writes the units, such as `5 read and 1 write units`.
impl fmt::Display for Throughput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} read and {} write units", self.read_units, self.write_units)
    }
}

/// The most units per second that a table or a global index serves and is billed for, if it is billed per request
/// (`OnDemandThroughput`). Requests beyond a maximum are throttled.
///
/// See [OnDemandThroughput](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_OnDemandThroughput.html) and
/// [maximum throughput](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html).
///
/// ```
/// use djamodb_core::schema::OnDemandMaximum;
///
/// assert_eq!(OnDemandMaximum::default(), OnDemandMaximum::NONE);
/// assert_eq!(OnDemandMaximum::new(500, 100).to_string(), "500 read and 100 write units");
/// assert_eq!(OnDemandMaximum::write(100).to_string(), "100 write units");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OnDemandMaximum {
    /// Maximum of read units per second, at least 1; no maximum if `None`.
    pub read_units: Option<u64>,
    /// Maximum of write units per second, at least 1; no maximum if `None`.
    pub write_units: Option<u64>,
}

impl OnDemandMaximum {
    /// No maximum.
    pub const NONE: Self = Self { read_units: None, write_units: None };

    /// Returns a maximum of read and of write units.
    pub const fn new(read_units: u64, write_units: u64) -> Self {
        Self { read_units: Some(read_units), write_units: Some(write_units) }
    }

    /// Returns a maximum of read units only.
    pub const fn read(units: u64) -> Self {
        Self { read_units: Some(units), write_units: None }
    }

    /// Returns a maximum of write units only.
    pub const fn write(units: u64) -> Self {
        Self { read_units: None, write_units: Some(units) }
    }
}

/// Writes the units that have a maximum, or `none`.
impl fmt::Display for OnDemandMaximum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_units(self.read_units, self.write_units, f)
    }
}

/// The units per second that a table or a global index is prepared to serve at once (`WarmThroughput`). It can be raised only.
///
/// A new table that is billed per request has at least 12,000 read and 4,000 write units, one with provisioned throughput at least
/// that. The service raises the values as the use of the table grows.
///
/// See [WarmThroughput](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_WarmThroughput.html) and
/// [warm throughput](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html).
///
/// ```
/// use djamodb_core::schema::WarmThroughput;
///
/// assert_eq!(WarmThroughput::default(), WarmThroughput::UNSPECIFIED);
/// assert_eq!(WarmThroughput::new(40_000, 10_000).to_string(), "40000 read and 10000 write units");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct WarmThroughput {
    /// Read units per second; left to the service if `None`.
    pub read_units: Option<u64>,
    /// Write units per second; left to the service if `None`.
    pub write_units: Option<u64>,
}

impl WarmThroughput {
    /// No value: the service chooses it for a new table, and leaves that of an existing table unchanged.
    pub const UNSPECIFIED: Self = Self { read_units: None, write_units: None };

    /// Returns a warm throughput of read and of write units.
    pub const fn new(read_units: u64, write_units: u64) -> Self {
        Self { read_units: Some(read_units), write_units: Some(write_units) }
    }

    /// Returns a warm throughput of read units only.
    pub const fn read(units: u64) -> Self {
        Self { read_units: Some(units), write_units: None }
    }

    /// Returns a warm throughput of write units only.
    pub const fn write(units: u64) -> Self {
        Self { read_units: None, write_units: Some(units) }
    }
}

/// Writes the units that are given, or `none`.
impl fmt::Display for WarmThroughput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_units(self.read_units, self.write_units, f)
    }
}

fn write_units(read: Option<u64>, write: Option<u64>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match (read, write) {
        (Some(read), Some(write)) => write!(f, "{read} read and {write} write units"),
        (Some(read), None) => write!(f, "{read} read units"),
        (None, Some(write)) => write!(f, "{write} write units"),
        (None, None) => f.write_str("none"),
    }
}
