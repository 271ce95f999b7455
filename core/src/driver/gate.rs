//! A driver that lets requests through no faster, and no further, than what they cost allows.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use super::estimate::Expected;
use super::rate::RateLimit;
use super::{Capability, Clock, Driver, DriverError, DriverErrorKind};
use crate::plan::{Outcome, QueryPlan, UnitKind};

/// So many units a second, which everything that is given this pace, or a clone of it, shares.
#[derive(Clone, Debug)]
pub struct Pace {
    units_per_second: f64,
    /// Nothing where that is no rate.
    limit: Option<Arc<Mutex<RateLimit>>>,
}

impl Pace {
    pub(crate) fn new(units_per_second: f64) -> Self {
        let limit = RateLimit::new(units_per_second).map(|limit| Arc::new(Mutex::new(limit)));
        Self { units_per_second, limit }
    }

    /// How many units a second.
    pub fn units_per_second(&self) -> f64 {
        self.units_per_second
    }

    /// Whether that is a finite number above 0.
    pub fn is_valid(&self) -> bool {
        self.limit.is_some()
    }

    /// How long to wait before the next request.
    fn wait_before(&self, clock: &dyn Clock) -> Duration {
        self.limit.as_ref().map_or(Duration::ZERO, |limit| locked(limit).wait_before(clock.now()))
    }

    fn spent(&self, units: f64, clock: &dyn Clock) {
        if let Some(limit) = &self.limit {
            locked(limit).spent(units, clock.now());
        }
    }
}

/// How many read units may be used together.
#[derive(Debug)]
pub(crate) struct Budget {
    units: f64,
    spent: Mutex<f64>,
}

impl Budget {
    pub(crate) fn new(units: f64) -> Self {
        Self { units, spent: Mutex::new(0.0) }
    }

    /// Refuses a request when nothing is left.
    fn check(&self, plan: &QueryPlan) -> Result<(), DriverError> {
        let spent = *locked(&self.spent);
        if spent < self.units {
            return Ok(());
        }
        let message = format!(
            "{spent} read units were used, and a scan may use {} here (ScanPolicy::Budget), so that it was not read to \
             its end; name a hash key, read a page at a time, or raise the budget",
            self.units
        );
        Err(DriverError::new(DriverErrorKind::BudgetExceeded, plan.operation(), message).on_table(plan.table()))
    }
}

/// Nothing but sums is done under these locks, so that a thread that panicked there has left them whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets requests through to another driver when they may be made.
#[derive(Debug)]
pub(crate) struct Gated<D> {
    pub(crate) inner: D,
    pub(crate) gate: Gate,
}

/// When requests may be made, by what those before have cost.
#[derive(Debug)]
pub(crate) enum Gate {
    /// At a pace.
    Pace(Pace),
    /// Reads only as long as a budget lasts, and everything else.
    ReadBudget(Budget),
}

impl Gate {
    /// Waits until the request may be made, or refuses it.
    async fn open(&self, plan: &QueryPlan, clock: &dyn Clock) -> Result<(), DriverError> {
        match self {
            Self::Pace(pace) => loop {
                let wait = pace.wait_before(clock);
                if wait.is_zero() {
                    return Ok(());
                }
                clock.sleep(wait).await;
            },
            Self::ReadBudget(budget) if plan.unit_kind() == Some(UnitKind::Read) => budget.check(plan),
            Self::ReadBudget(_) => Ok(()),
        }
    }

    fn spent(&self, expected: &Expected, units: f64, clock: &dyn Clock) {
        match self {
            Self::Pace(pace) => pace.spent(units, clock),
            Self::ReadBudget(budget) if expected.kind == Some(UnitKind::Read) => *locked(&budget.spent) += units,
            Self::ReadBudget(_) => {}
        }
    }
}

#[async_trait]
impl<D: Driver> Driver for Gated<D> {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn capability(&self) -> Capability {
        self.inner.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        let clock = self.inner.clock();
        self.gate.open(&plan, &*clock).await?;
        let expected = Expected::of(&plan);
        let answer = self.inner.execute(plan).await;
        self.gate.spent(&expected, expected.units(&answer), &*clock);
        answer
    }
}
