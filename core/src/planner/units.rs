//! Read units.

use std::fmt;

use serde::Serialize;

use crate::service::CapacityUnits;
use crate::service::limits::{ITEM_BYTES_MAX, PAGE_BYTES_MAX};

/// Size of an item in bytes that estimates assume, since a plan does not know it.
pub(super) const ITEM_BYTES_ASSUMED: usize = 1024;

/// Read units, counted exactly in halves.
///
/// See [capacity unit consumption](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct ReadUnits(CapacityUnits);

impl ReadUnits {
    /// No units.
    pub const ZERO: Self = Self(CapacityUnits::ZERO);

    /// Returns the units of one request that reads `bytes` eventually consistently.
    pub(super) fn eventual(bytes: usize) -> Self {
        Self(CapacityUnits::read(bytes, false))
    }

    /// Returns the maximum for one page of a `Query` or `Scan`: 1 MB and the item that exceeds it.
    pub(super) fn page_max() -> Self {
        Self::eventual(PAGE_BYTES_MAX + ITEM_BYTES_MAX)
    }

    /// Returns the maximum for one item.
    pub(super) fn item_max() -> Self {
        Self::eventual(ITEM_BYTES_MAX)
    }

    pub(super) fn times(self, count: usize) -> Self {
        Self(self.0 * u64::try_from(count).unwrap_or(u64::MAX))
    }

    /// Returns the number of units, a multiple of 0.5.
    pub fn as_f64(self) -> f64 {
        self.0.as_f64()
    }
}

impl fmt::Display for ReadUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
