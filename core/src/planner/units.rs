//! Read units.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::value::size::{ITEM_BYTES_MAX, PAGE_BYTES_MAX};

/// How many bytes an item is taken to have where nothing is known of it.
pub(super) const ITEM_BYTES_ASSUMED: usize = 1024;
/// One read unit reads this many bytes, strongly consistent; half a unit reads them eventually consistent.
const UNIT_BYTES: usize = 4 * 1024;

/// Read units, exact: eventually consistent reads cost halves.
///
/// See [capacity units](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ReadUnits {
    halves: u64,
}

impl ReadUnits {
    /// Nothing.
    pub const ZERO: Self = Self { halves: 0 };

    /// An eventually consistent read of this many bytes by one request.
    pub(super) fn eventual(bytes: usize) -> Self {
        Self { halves: u64::try_from(bytes.div_ceil(UNIT_BYTES).max(1)).unwrap_or(u64::MAX) }
    }

    /// The most that one page of a `Query` costs: 1 MB, and the item that crosses it.
    pub(super) fn page_max() -> Self {
        Self::eventual(PAGE_BYTES_MAX + ITEM_BYTES_MAX)
    }

    /// The most that one item costs.
    pub(super) fn item_max() -> Self {
        Self::eventual(ITEM_BYTES_MAX)
    }

    pub(super) fn times(self, count: usize) -> Self {
        Self { halves: self.halves.saturating_mul(u64::try_from(count).unwrap_or(u64::MAX)) }
    }

    /// As a number of units.
    #[allow(clippy::cast_precision_loss, reason = "no plan costs 2^52 units")]
    pub fn as_f64(self) -> f64 {
        self.halves as f64 / 2.0
    }
}

impl fmt::Display for ReadUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.halves / 2)?;
        if self.halves % 2 == 1 { f.write_str(".5") } else { Ok(()) }
    }
}

impl Serialize for ReadUnits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.as_f64())
    }
}
