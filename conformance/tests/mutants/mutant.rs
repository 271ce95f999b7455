//! Mutants: the memory driver with one fault.

use std::sync::Arc;

use async_trait::async_trait;
use djamodb_conformance::Theme;
use djamodb_core::driver::{BoxFuture, Capability, Clock, Driver, DriverError};
use djamodb_core::plan::{ConsumedCapacity, Outcome, Output, QueryPlan};
use djamodb_driver_memory::MemoryDriver;

/// A fault and the theme whose cases must detect it.
pub(crate) struct Mutant {
    pub(crate) name: &'static str,
    pub(crate) theme: Theme,
    pub(crate) fault: Fault,
}

/// A fault, by the point at which it takes effect.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// Changes the plan before it is executed.
    Plan(fn(&mut QueryPlan)),
    /// Changes the output.
    Output(fn(&QueryPlan, &mut Output)),
    /// Changes the consumed capacity.
    Capacity(fn(&QueryPlan, &mut Vec<ConsumedCapacity>)),
    /// Replaces the execution.
    Execution(fn(MemoryDriver, QueryPlan) -> BoxFuture<'static, Result<Outcome, DriverError>>),
}

impl Mutant {
    pub(crate) const fn new(name: &'static str, theme: Theme, fault: Fault) -> Self {
        Self { name, theme, fault }
    }
}

/// The memory driver with a fault.
#[derive(Debug)]
pub(crate) struct FaultyDriver {
    pub(crate) inner: MemoryDriver,
    pub(crate) fault: Fault,
}

#[async_trait]
impl Driver for FaultyDriver {
    fn name(&self) -> &'static str {
        "mutant"
    }

    fn capability(&self) -> Capability {
        self.inner.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, mut plan: QueryPlan) -> Result<Outcome, DriverError> {
        match self.fault {
            Fault::Plan(change) => {
                change(&mut plan);
                self.inner.execute(plan).await
            }
            Fault::Output(change) => {
                let mut outcome = self.inner.execute(plan.clone()).await?;
                change(&plan, &mut outcome.output);
                Ok(outcome)
            }
            Fault::Capacity(change) => {
                let mut outcome = self.inner.execute(plan.clone()).await?;
                change(&plan, &mut outcome.metadata.consumed_capacity);
                Ok(outcome)
            }
            Fault::Execution(execute) => execute(self.inner.clone(), plan).await,
        }
    }
}
