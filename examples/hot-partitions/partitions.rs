//! A driver that throttles writes as the partitions of a table do.

use std::sync::{Arc, Mutex};

use djamodb::driver::{Capability, Clock, Driver, DriverError, DriverErrorKind};
use djamodb::plan::{Outcome, QueryPlan};
use djamodb::value::AttributeValue;
use djamodb::{MemoryDriver, async_trait};

/// Number of partitions of the table.
const PARTITIONS: usize = 16;

/// Write units that a partition serves per second. DynamoDB's burst capacity does not exceed this either.
const UNITS_PER_SECOND: u64 = 1_000;

/// The in-memory driver behind partitions. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Partitioned {
    memory: MemoryDriver,
    state: Arc<Mutex<State>>,
    /// Write units of each put.
    units: u64,
}

#[derive(Debug)]
struct State {
    /// The time of the simulation, in milliseconds.
    now: u64,
    partitions: [Partition; PARTITIONS],
}

/// The units that a partition has left, at the time of its last request.
#[derive(Clone, Copy, Debug)]
struct Partition {
    left: u64,
    at: u64,
}

impl Partitioned {
    /// Creates a driver whose puts consume this many units each.
    pub(crate) fn new(units: u64) -> Self {
        let partitions = [Partition { left: UNITS_PER_SECOND, at: 0 }; PARTITIONS];
        Self { memory: MemoryDriver::new(), state: Arc::new(Mutex::new(State { now: 0, partitions })), units }
    }

    /// Sets the time of the simulation, in milliseconds.
    pub(crate) fn set_time(&self, now: u64) {
        self.state.lock().expect("no request panics").now = now;
    }

    /// Consumes the units of a put of this hash key, or returns `false` if its partition has too few.
    fn consume(&self, hash_key: &AttributeValue) -> bool {
        let mut state = self.state.lock().expect("no request panics");
        let now = state.now;
        let partition = &mut state.partitions[partition_of(hash_key)];
        partition.left = UNITS_PER_SECOND.min(partition.left + (now - partition.at) * UNITS_PER_SECOND / 1000);
        partition.at = now;
        let is_served = partition.left >= self.units;
        if is_served {
            partition.left -= self.units;
        }
        is_served
    }
}

/// Returns the partition of a hash key, by the hash FNV-1a of its text.
fn partition_of(hash_key: &AttributeValue) -> usize {
    let text = hash_key.to_string();
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    // The low byte, which depends on each byte of the text.
    usize::from(hash.to_le_bytes()[0]) % PARTITIONS
}

#[async_trait]
impl Driver for Partitioned {
    fn name(&self) -> &'static str {
        "partitioned"
    }

    fn capability(&self) -> Capability {
        self.memory.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.memory.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        if let QueryPlan::PutItem(put) = &plan {
            let hash_key = put.item.get("pk").or_else(|| put.item.get("kind"));
            if hash_key.is_some_and(|hash_key| !self.consume(hash_key)) {
                let message = "The level of configured provisioned throughput for the table was exceeded";
                return Err(DriverError::new(DriverErrorKind::Throttled, plan.operation(), message));
            }
        }
        self.memory.execute(plan).await
    }
}
