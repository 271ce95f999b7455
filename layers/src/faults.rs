//! Making things fail.

use std::sync::Arc;

use async_trait::async_trait;
use djamodb_core::driver::{Applied, Capability, Clock, Driver, DriverError, DriverErrorKind};
use djamodb_core::plan::{
    BatchGetItem, BatchGetItemOutput, BatchWriteItem, BatchWriteItemOutput, Outcome, Output, QueryPlan, TableKeys,
    TableWrites,
};

use crate::random::Random;

/// How likely each fault is, from 0 to 1.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct FaultRates {
    /// The request is refused, and nothing is done.
    pub throttled: f64,
    /// The answer does not come in time; the request may have been carried out.
    pub timeout: f64,
    /// The connection breaks; the request may have been carried out.
    pub reset: f64,
    /// A batch leaves some of its keys or writes, or all of them, unprocessed.
    pub unprocessed: f64,
    /// The request is delivered twice; the answer is that to the first delivery.
    pub duplicate: f64,
}

impl FaultRates {
    /// All faults equally likely.
    pub const fn all(rate: f64) -> Self {
        Self { throttled: rate, timeout: rate, reset: rate, unprocessed: rate, duplicate: rate }
    }
}

/// Makes things fail as networks and services do, on a seed: the same seed fails the same way.
#[derive(Debug)]
pub struct Faults<D> {
    inner: D,
    rates: FaultRates,
    random: Random,
}

impl<D: Driver> Faults<D> {
    /// A layer around a driver.
    pub fn new(inner: D, rates: FaultRates, seed: u64) -> Self {
        Self { inner, rates, random: Random::new(seed) }
    }

    /// Carries a plan out as the service does when it has a bad day: batches in part, deliveries twice.
    async fn deliver(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        let plan = match plan {
            QueryPlan::BatchGetItem(batch) if self.random.happens(self.rates.unprocessed) => {
                return self.read_in_part(batch).await;
            }
            QueryPlan::BatchWriteItem(batch) if self.random.happens(self.rates.unprocessed) => {
                return self.write_in_part(batch).await;
            }
            plan => plan,
        };
        let first = self.inner.execute(plan.clone()).await;
        if self.random.happens(self.rates.duplicate) {
            // Whatever comes of the second delivery, nobody hears of it.
            let _ = self.inner.execute(plan).await;
        }
        first
    }

    async fn read_in_part(&self, mut batch: BatchGetItem) -> Result<Outcome, DriverError> {
        let mut unprocessed: Vec<TableKeys> = Vec::new();
        for table in &mut batch.requests {
            let rest = table.keys.split_off(self.random.below(table.keys.len() + 1));
            if !rest.is_empty() {
                unprocessed.push(TableKeys { keys: rest, ..table.clone() });
            }
        }
        batch.requests.retain(|table| !table.keys.is_empty());
        if batch.requests.is_empty() {
            return Ok(BatchGetItemOutput { items: Vec::new(), unprocessed }.into());
        }
        let mut outcome = self.inner.execute(batch.into()).await?;
        if let Output::BatchGetItem(output) = &mut outcome.output {
            output.unprocessed.extend(unprocessed);
        }
        Ok(outcome)
    }

    async fn write_in_part(&self, mut batch: BatchWriteItem) -> Result<Outcome, DriverError> {
        let mut unprocessed: Vec<TableWrites> = Vec::new();
        for table in &mut batch.requests {
            let rest = table.writes.split_off(self.random.below(table.writes.len() + 1));
            if !rest.is_empty() {
                unprocessed.push(TableWrites { writes: rest, ..table.clone() });
            }
        }
        batch.requests.retain(|table| !table.writes.is_empty());
        if batch.requests.is_empty() {
            return Ok(BatchWriteItemOutput { unprocessed, ..BatchWriteItemOutput::default() }.into());
        }
        let mut outcome = self.inner.execute(batch.into()).await?;
        if let Output::BatchWriteItem(output) = &mut outcome.output {
            output.unprocessed.extend(unprocessed);
        }
        Ok(outcome)
    }
}

#[async_trait]
impl<D: Driver> Driver for Faults<D> {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn capability(&self) -> Capability {
        let mut capability = self.inner.capability();
        capability.retries_requests = false;
        capability
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        let operation = plan.operation();
        let table = plan.table().cloned();
        let fail = |kind, message: &str| DriverError::new(kind, operation, message).on_table(table.as_ref());
        if self.random.happens(self.rates.throttled) {
            return Err(fail(DriverErrorKind::Throttled, "the request was throttled").with_applied(Applied::No));
        }
        for (rate, kind, message) in [
            (self.rates.timeout, DriverErrorKind::Timeout, "no answer came in time"),
            (self.rates.reset, DriverErrorKind::Connection, "the connection was reset"),
        ] {
            if self.random.happens(rate) {
                let arrived = self.random.happens(0.5);
                if arrived {
                    // It was carried out, and the answer was lost.
                    let _ = self.deliver(plan).await;
                }
                return Err(fail(kind, message).with_applied(Applied::Unknown));
            }
        }
        self.deliver(plan).await
    }
}
