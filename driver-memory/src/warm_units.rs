//! Warm throughput of tables and global indexes.

use djamodb_core::schema::{Billing, Throughput, WarmThroughput};
use djamodb_core::service::limits::{WARM_READ_UNITS_ON_DEMAND, WARM_WRITE_UNITS_ON_DEMAND};

/// The units per second that a table or a global index serves at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct WarmUnits {
    pub(crate) read: u64,
    pub(crate) write: u64,
}

impl WarmUnits {
    /// Returns the units of a new table of this billing. `of_index` is the throughput of an index, if it has one of its own.
    pub(crate) fn initial(billing: Billing, of_index: Option<Throughput>) -> Self {
        match billing {
            Billing::PayPerRequest => Self { read: WARM_READ_UNITS_ON_DEMAND, write: WARM_WRITE_UNITS_ON_DEMAND },
            Billing::Provisioned(table) => Self::from(of_index.unwrap_or(table)),
        }
    }

    /// Returns these units with those that a request gives.
    pub(crate) fn with(self, requested: WarmThroughput) -> Self {
        Self { read: requested.read_units.unwrap_or(self.read), write: requested.write_units.unwrap_or(self.write) }
    }

    /// Returns the greater units of each kind.
    pub(crate) fn max(self, other: Self) -> Self {
        Self { read: self.read.max(other.read), write: self.write.max(other.write) }
    }
}

impl From<Throughput> for WarmUnits {
    fn from(Throughput { read_units, write_units }: Throughput) -> Self {
        Self { read: read_units, write: write_units }
    }
}
