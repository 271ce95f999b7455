//! The adversarial mode: what the service may do, and rarely does.

use std::time::Duration;

use parking_lot::Mutex;

/// Settings of the adversarial mode, in which a [`MemoryDriver`](crate::MemoryDriver) does at random what the service may do at any time.
///
/// Probabilities are from 0 to 1. A driver draws from the seed, so that the same requests in the same order meet the same trouble.
///
/// | trouble | on AWS |
/// |---|---|
/// | an eventually consistent read returns an earlier state | [read consistency](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html) |
/// | an entry of a global index appears later than its item, one of a local index together with it | [global secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.Writes) |
/// | a page ends early, with a `LastEvaluatedKey` and perhaps without items | [paginating the results](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html) |
/// | a batch leaves keys or writes unprocessed | [BatchGetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html) |
/// | a request for items is throttled, with a reason | [throttling](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-diagnosing.html) |
/// | a request for tables, settings or streams is throttled | [control plane](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-control-plane.html) |
/// | a write or a transaction conflicts with a transaction | [transaction conflicts](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling) |
/// | a transaction with a client request token is in progress | [TransactWriteItems](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#API_TransactWriteItems_Errors) |
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
    /// then. Half of the failures of transactions with a client request token say that the transaction itself is in progress.
    pub conflicts: f64,
    /// Probability that a request fails with an internal error. A write, also of a table or a setting, is made half of the time.
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

/// The draws of the adversarial mode of one driver.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) settings: Adversary,
    random: Mutex<fastrand::Rng>,
}

impl Trouble {
    pub(crate) fn new(settings: Adversary) -> Self {
        let random = Mutex::new(fastrand::Rng::with_seed(settings.seed));
        Self { settings, random }
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
    pub(crate) fn occurs(&self, probability: f64) -> bool {
        probability > 0.0 && self.random.lock().f64() < probability
    }

    /// Returns a number below `end`, which is not 0.
    pub(crate) fn below(&self, end: usize) -> usize {
        self.random.lock().usize(..end)
    }
}
