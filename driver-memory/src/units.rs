//! Read and write units, by the service's arithmetic.
//!
//! See [Read and write operations](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul};

const READ_UNIT_BYTES: usize = 4 * 1024;
const WRITE_UNIT_BYTES: usize = 1024;

/// A number of capacity units, counted in halves because an eventually consistent read consumes half a unit per 4 KB.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct CapacityUnits(u64);

impl CapacityUnits {
    pub(crate) const ZERO: Self = Self(0);

    /// Returns the read units for `bytes`: per 4 KB one if consistent, else half a unit. Zero bytes count as 4 KB.
    pub(crate) fn read(bytes: usize, consistent: bool) -> Self {
        let halves = round_up(bytes, READ_UNIT_BYTES);
        Self(if consistent { 2 * halves } else { halves })
    }

    /// Returns the write units for `bytes`: one per 1 KB. Zero bytes count as 1 KB.
    pub(crate) fn write(bytes: usize) -> Self {
        Self(2 * round_up(bytes, WRITE_UNIT_BYTES))
    }

    #[allow(clippy::cast_precision_loss, reason = "an f64 holds every count below 2^53 exactly")]
    pub(crate) fn as_f64(self) -> f64 {
        self.0 as f64 / 2.0
    }
}

fn round_up(bytes: usize, unit: usize) -> u64 {
    u64::try_from(bytes.div_ceil(unit).max(1)).unwrap_or(u64::MAX)
}

impl Add for CapacityUnits {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
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
        Self(self.0.saturating_mul(factor))
    }
}

impl Sum for CapacityUnits {
    fn sum<I: Iterator<Item = Self>>(units: I) -> Self {
        units.fold(Self::ZERO, Add::add)
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
}
