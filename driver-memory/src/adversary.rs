//! The adversarial mode: what the service may do, and rarely does.

mod replica;

use std::num::NonZeroU32;
use std::time::Duration;

use djamodb_core::driver::{CancellationCode, CancellationReason, ThrottlingReason};
use djamodb_core::plan::{Outcome, QueryPlan};
use djamodb_core::schema::Billing;
use djamodb_core::value::Name;
use parking_lot::Mutex;

use self::replica::Replicas;
use crate::emulator::Emulator;
use crate::error::Error;
use crate::op;
use crate::table::table_arn;

/// Settings of the adversarial mode, in which a [`MemoryDriver`](crate::MemoryDriver) does at random what the service may do at any time.
///
/// Probabilities are from 0 to 1. A driver draws from the seed, so that the same requests in the same order meet the same trouble.
///
/// | trouble | on AWS |
/// |---|---|
/// | an eventually consistent read returns an earlier state | [read consistency](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html) |
/// | an entry of a global index appears later than its item | [global secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.Writes) |
/// | a page ends early, with a `LastEvaluatedKey` and perhaps without items | [paginating the results](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html) |
/// | a batch leaves keys or writes unprocessed | [BatchGetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html) |
/// | a request is throttled, with a reason | [throttling](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-diagnosing.html) |
/// | a write or a transaction conflicts with a transaction | [transaction conflicts](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling) |
/// | a request fails with an internal error, and a write may have been made | [error handling](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html) |
///
/// ```
/// use djamodb_core::layer::{Retry, RetryPolicy};
/// use djamodb_driver_memory::{Adversary, MemoryDriver, MemoryOptions};
///
/// # fn main() -> Result<(), djamodb_core::driver::OutOfRange> {
/// let adversary = Adversary { internal_errors: 0.0, ..Adversary::new(7) };
/// let driver = MemoryDriver::with_options(MemoryOptions { adversary: Some(adversary), ..MemoryOptions::default() });
/// // Like the SDKs, the layer repeats requests that were throttled or conflicted.
/// let driver = Retry::new(driver, RetryPolicy::default())?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Adversary {
    /// Seed of everything that is drawn.
    pub seed: u64,
    /// Probability that a request is throttled. It has no effect then.
    pub throttled: f64,
    /// Probability that a write of one item, or a transaction, fails because a transaction on an item is in progress. It has no effect
    /// then.
    pub conflicts: f64,
    /// Probability that a request fails with an internal error. A write is made half of the time.
    pub internal_errors: f64,
    /// Probability that a batch processes only some of its keys or writes, at least one.
    pub unprocessed: f64,
    /// Probability that a page of a query or scan ends after one to ten rows.
    pub short_pages: f64,
    /// Probability that an eventually consistent read is made on a state that may be out of date.
    pub stale_reads: f64,
    /// Longest time, by the driver's clock, after which a write is seen by every read. A state is also brought up to date at random, by
    /// one request of ten.
    pub lag_max: Duration,
}

impl Adversary {
    /// Creates the default settings: each trouble with a probability of 10%, internal errors of 2%, stale reads of 50%, and a lag of at most
    /// a second.
    pub const fn new(seed: u64) -> Self {
        Self {
            seed,
            throttled: 0.1,
            conflicts: 0.1,
            internal_errors: 0.02,
            unprocessed: 0.1,
            short_pages: 0.1,
            stale_reads: 0.5,
            lag_max: Duration::from_secs(1),
        }
    }
}

/// Largest number of rows of a page that ends early.
const SHORT_PAGE_ROWS_MAX: u32 = 10;

/// The state of the adversarial mode of one driver.
#[derive(Debug)]
pub(crate) struct Trouble {
    settings: Adversary,
    random: Mutex<fastrand::Rng>,
    replicas: Replicas,
}

impl Trouble {
    pub(crate) fn new(settings: Adversary) -> Self {
        let random = Mutex::new(fastrand::Rng::with_seed(settings.seed));
        Self { settings, random, replicas: Replicas::default() }
    }

    /// Executes a plan, or fails as the service may.
    pub(crate) fn execute(&self, emulator: &Emulator, plan: QueryPlan) -> Result<Outcome, Error> {
        let is_write = !is_read(&plan);
        if let Some(table) = plan.table().filter(|_| accesses_items(&plan))
            && self.occurs(self.settings.throttled)
        {
            return Err(Error::Throttled(self.throttling_reason(emulator, table, is_write)));
        }
        if let Some(actions) = conflicting_actions(&plan)
            && self.occurs(self.settings.conflicts)
        {
            return Err(self.conflict(&plan, actions));
        }
        if accesses_items(&plan) && self.occurs(self.settings.internal_errors) {
            if is_write && self.occurs(0.5) {
                // The write is made and its response is lost, also that of a write that is refused.
                let _ = op::execute(emulator, plan);
            }
            return Err(Error::Internal);
        }
        self.replicas.refresh_at_random(emulator, &self.random, self.settings.lag_max);
        if let Some(replica) = self.replicas.of(&plan)
            && self.occurs(self.settings.stale_reads)
            && let Ok(outcome) = op::execute(&replica, plan.clone())
        {
            return Ok(outcome);
        }
        // Also a read of a table that the replica does not have yet.
        op::execute(emulator, plan)
    }

    /// Returns the number of rows at which a page ends, given the limit of the request.
    pub(crate) fn page_limit(&self, limit: Option<u32>) -> Option<u32> {
        if !self.occurs(self.settings.short_pages) {
            return limit;
        }
        let rows = self.random.lock().u32(1..=SHORT_PAGE_ROWS_MAX);
        Some(limit.map_or(rows, |limit| limit.min(rows)))
    }

    /// Returns the number of keys or writes of a batch of `count` that are processed.
    pub(crate) fn batch_limit(&self, count: usize) -> usize {
        if count <= 1 || !self.occurs(self.settings.unprocessed) { count } else { self.random.lock().usize(1..count) }
    }

    /// Returns `true` with this probability.
    fn occurs(&self, probability: f64) -> bool {
        probability > 0.0 && self.random.lock().f64() < probability
    }

    fn throttling_reason(&self, emulator: &Emulator, table: &Name, is_write: bool) -> ThrottlingReason {
        let billing = emulator.table(table).map(|table| table.layout.read().schema.billing);
        let limits: &[&str] = match billing {
            Ok(Billing::Provisioned(_)) => &["ProvisionedThroughputExceeded", "KeyRangeThroughputExceeded"],
            _ => &["KeyRangeThroughputExceeded", "AccountLimitExceeded"],
        };
        let limit = limits[self.random.lock().usize(..limits.len())];
        let access = if is_write { "Write" } else { "Read" };
        ThrottlingReason::new(format!("Table{access}{limit}")).with_resource(table_arn(table))
    }

    /// Returns the error of a write that conflicts, or of a transaction of `actions` actions.
    fn conflict(&self, plan: &QueryPlan, actions: NonZeroU32) -> Error {
        if !matches!(plan, QueryPlan::TransactGetItems(_) | QueryPlan::TransactWriteItems(_)) {
            return Error::TransactionConflict;
        }
        let conflicting = self.random.lock().u32(..actions.get());
        let reason = |at| {
            (at == conflicting).then(|| CancellationReason {
                code: CancellationCode::TransactionConflict,
                message: CONFLICT_MESSAGE.to_owned(),
                item: None,
            })
        };
        Error::TransactionCanceled((0..actions.get()).map(reason).collect())
    }
}

/// The service's message of a conflict.
pub(crate) const CONFLICT_MESSAGE: &str = "Transaction is ongoing for the item";

/// Returns `true` if the plan reads or writes items.
fn accesses_items(plan: &QueryPlan) -> bool {
    is_item_read(plan) || conflicting_actions(plan).is_some() || matches!(plan, QueryPlan::BatchWriteItem(_))
}

fn is_item_read(plan: &QueryPlan) -> bool {
    matches!(plan, QueryPlan::GetItem(_) | QueryPlan::BatchGetItem(_) | QueryPlan::Query(_) | QueryPlan::Scan(_))
}

fn is_read(plan: &QueryPlan) -> bool {
    is_item_read(plan) || matches!(plan, QueryPlan::TransactGetItems(_))
}

/// Returns the number of actions of a plan that fails while a transaction on one of its items is in progress.
fn conflicting_actions(plan: &QueryPlan) -> Option<NonZeroU32> {
    let actions = match plan {
        QueryPlan::PutItem(_) | QueryPlan::UpdateItem(_) | QueryPlan::DeleteItem(_) => 1,
        QueryPlan::TransactGetItems(get) => get.transact_items.len(),
        QueryPlan::TransactWriteItems(write) => write.transact_items.len(),
        _ => 0,
    };
    NonZeroU32::new(u32::try_from(actions).ok()?)
}
