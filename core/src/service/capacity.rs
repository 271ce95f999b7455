//! The arithmetic of capacity units.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul};

use serde::{Serialize, Serializer};

/// Bytes that one read unit reads strongly consistently.
const READ_UNIT_BYTES: usize = 4 * 1024;
/// Bytes that one write unit writes.
const WRITE_UNIT_BYTES: usize = 1024;
/// Factor by which a transaction multiplies the units of its reads and writes.
const TRANSACTION_FACTOR: u64 = 2;

/// Read or write units, counted exactly in halves.
///
/// A strongly consistent read consumes one read unit for every 4 KB, an eventually consistent read half a unit. A write
/// consumes one write unit for every 1 KB. Transactions consume twice as much of a table, but no more of its indexes. Sizes
/// round up, and reading nothing consumes as much as reading a small item.
///
/// See [capacity unit consumption](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)
/// and [capacity unit sizes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-capacity-units).
///
/// ```
/// use djamodb_core::service::CapacityUnits;
///
/// assert_eq!(CapacityUnits::read(5000, true).as_f64(), 2.0);
/// assert_eq!(CapacityUnits::read(5000, false).as_f64(), 1.0);
/// assert_eq!(CapacityUnits::write(5000).in_transaction().as_f64(), 10.0);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct CapacityUnits {
    halves: u64,
}

impl CapacityUnits {
    /// No units.
    pub const ZERO: Self = Self { halves: 0 };

    /// Returns the read units of one request that reads `bytes` outside a transaction.
    pub fn read(bytes: usize, consistent: bool) -> Self {
        let halves = rounded_up(bytes, READ_UNIT_BYTES);
        Self { halves: if consistent { halves.saturating_mul(2) } else { halves } }
    }

    /// Returns the write units of one write of `bytes` outside a transaction. `bytes` is the size of the item before or after
    /// the write, whichever is larger.
    pub fn write(bytes: usize) -> Self {
        Self { halves: rounded_up(bytes, WRITE_UNIT_BYTES).saturating_mul(2) }
    }

    /// Returns the units that the same read or write of a table's item consumes inside a transaction. Writes of index entries
    /// consume the same units inside and outside.
    #[must_use]
    pub fn in_transaction(self) -> Self {
        self * TRANSACTION_FACTOR
    }

    /// Returns `true` if there are no units.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(crate) fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }

    /// Returns the number of units, a multiple of 0.5.
    #[allow(clippy::cast_precision_loss, reason = "no request consumes 2^52 units")]
    pub fn as_f64(self) -> f64 {
        self.halves as f64 / 2.0
    }
}

fn rounded_up(bytes: usize, unit_bytes: usize) -> u64 {
    u64::try_from(bytes.div_ceil(unit_bytes).max(1)).unwrap_or(u64::MAX)
}

impl Add for CapacityUnits {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { halves: self.halves.saturating_add(other.halves) }
    }
}

impl AddAssign for CapacityUnits {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Mul<u64> for CapacityUnits {
    type Output = Self;

    fn mul(self, factor: u64) -> Self {
        Self { halves: self.halves.saturating_mul(factor) }
    }
}

impl Sum for CapacityUnits {
    fn sum<I: Iterator<Item = Self>>(units: I) -> Self {
        units.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for CapacityUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.halves / 2)?;
        if self.halves % 2 == 1 { f.write_str(".5") } else { Ok(()) }
    }
}

impl Serialize for CapacityUnits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.as_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_round_up_to_4_kb_and_writes_to_1_kb() {
        for (bytes, eventual, consistent) in [(0, 0.5, 1.0), (4096, 0.5, 1.0), (4097, 1.0, 2.0), (8193, 1.5, 3.0)] {
            assert_eq!(CapacityUnits::read(bytes, false).as_f64().to_bits(), f64::to_bits(eventual), "{bytes}");
            assert_eq!(CapacityUnits::read(bytes, true).as_f64().to_bits(), f64::to_bits(consistent), "{bytes}");
        }
        for (bytes, units) in [(0, 1.0), (1024, 1.0), (1025, 2.0)] {
            assert_eq!(CapacityUnits::write(bytes).as_f64().to_bits(), f64::to_bits(units), "{bytes}");
        }
    }

    #[test]
    fn transactions_double_the_units() {
        assert_eq!(CapacityUnits::read(4097, true).in_transaction().to_string(), "4");
        assert_eq!(CapacityUnits::write(1).in_transaction().to_string(), "2");
    }

    #[test]
    fn halves_are_displayed_and_sums_saturate() {
        let half = CapacityUnits::read(1, false);
        assert_eq!((half + half + half).to_string(), "1.5");
        assert_eq!([half * u64::MAX, half].into_iter().sum::<CapacityUnits>(), half * u64::MAX);
    }
}
