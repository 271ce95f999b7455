//! The layer that injects faults.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;

use super::lock;
use crate::driver::{
    Applied, Capability, Clock, Driver, DriverError, DriverErrorKind, OutOfRange, ThrottlingReason, check_range,
    is_read,
};
use crate::plan::{
    BatchGetItem, BatchGetItemOutput, BatchWriteItem, BatchWriteItemOutput, Outcome, Output, QueryPlan, TableKeys,
    TableWrites,
};

/// Probability of each fault, from 0 to 1.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct FaultRates {
    /// The request is throttled and not carried out.
    pub throttled: f64,
    /// The response times out. The request is carried out half of the time.
    pub timeout: f64,
    /// The connection breaks. The request is carried out half of the time.
    pub reset: f64,
    /// A batch leaves some or all of its keys or writes unprocessed.
    pub unprocessed: f64,
    /// The request is delivered twice. The caller receives the first response.
    pub duplicate: f64,
}

impl FaultRates {
    /// Returns the same probability for every fault.
    pub const fn all(rate: f64) -> Self {
        Self { throttled: rate, timeout: rate, reset: rate, unprocessed: rate, duplicate: rate }
    }

    /// Requires that each rate is from 0 to 1.
    fn check(&self) -> Result<(), OutOfRange> {
        for (setting, rate) in [
            ("throttled", self.throttled),
            ("timeout", self.timeout),
            ("reset", self.reset),
            ("unprocessed", self.unprocessed),
            ("duplicate", self.duplicate),
        ] {
            check_range(setting, rate, &(0.0..=1.0))?;
        }
        Ok(())
    }
}

/// A driver that fails at random as networks and services do, for tests.
///
/// Faults follow from the seed: the same requests on the same seed fail in the same way.
#[derive(Debug)]
pub struct Faults<D> {
    inner: D,
    rates: FaultRates,
    random: Mutex<fastrand::Rng>,
}

impl<D: Driver> Faults<D> {
    /// Creates a layer around `inner`.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`], if a rate is not from 0 to 1.
    pub fn new(inner: D, rates: FaultRates, seed: u64) -> Result<Self, OutOfRange> {
        rates.check()?;
        Ok(Self { inner, rates, random: Mutex::new(fastrand::Rng::with_seed(seed)) })
    }

    /// Returns `true` with this probability.
    fn occurs(&self, probability: f64) -> bool {
        lock(&self.random).f64() < probability
    }

    /// Returns the number of elements of a batch to process, from 0 to `len`.
    fn processed_of(&self, len: usize) -> usize {
        lock(&self.random).usize(0..=len)
    }

    /// Carries out a plan, at random only in part or twice.
    async fn deliver(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        let plan = match plan {
            QueryPlan::BatchGetItem(batch) if self.occurs(self.rates.unprocessed) => {
                return self.read_in_part(batch).await;
            }
            QueryPlan::BatchWriteItem(batch) if self.occurs(self.rates.unprocessed) => {
                return self.write_in_part(batch).await;
            }
            plan => plan,
        };
        let first = self.inner.execute(plan.clone()).await;
        if self.occurs(self.rates.duplicate) {
            // The caller never receives the response to a duplicate delivery.
            let _ = self.inner.execute(plan).await;
        }
        first
    }

    async fn read_in_part(&self, mut batch: BatchGetItem) -> Result<Outcome, DriverError> {
        let mut unprocessed: Vec<TableKeys> = Vec::new();
        for table in &mut batch.requests {
            let rest = table.keys.split_off(self.processed_of(table.keys.len()));
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
            let rest = table.writes.split_off(self.processed_of(table.writes.len()));
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
        if self.occurs(self.rates.throttled) {
            let access = if is_read(operation) { "Read" } else { "Write" };
            let reason = ThrottlingReason::new(format!("Table{access}ProvisionedThroughputExceeded"));
            let error = fail(DriverErrorKind::Throttled, "the request was throttled").with_applied(Applied::No);
            return Err(error.with_throttling_reasons(vec![reason]));
        }
        for (rate, kind, message) in [
            (self.rates.timeout, DriverErrorKind::Timeout, "no response arrived in time"),
            (self.rates.reset, DriverErrorKind::Connection, "the connection was reset"),
        ] {
            if self.occurs(rate) {
                let arrives = self.occurs(0.5);
                if arrives {
                    // The request is carried out and its response is lost.
                    let _ = self.deliver(plan).await;
                }
                return Err(fail(kind, message).with_applied(Applied::Unknown));
            }
        }
        self.deliver(plan).await
    }
}
