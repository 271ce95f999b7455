//! What a mutant is.

use std::sync::Arc;

use async_trait::async_trait;
use djamodb_conformance::Theme;
use djamodb_core::driver::{BoxFuture, Capability, Clock, Driver, DriverError};
use djamodb_core::plan::{ConsumedCapacity, Outcome, Output, QueryPlan};
use djamodb_driver_memory::MemoryDriver;

/// A broken driver.
pub(crate) struct Mutant {
    pub(crate) name: &'static str,
    /// The theme whose cases have to notice.
    pub(crate) theme: Theme,
    pub(crate) fault: Fault,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// It carries out another plan.
    Asks(fn(&mut QueryPlan)),
    /// It changes what it has to answer.
    Answers(fn(&QueryPlan, &mut Output)),
    /// It changes what it tells of the cost.
    Measures(fn(&QueryPlan, &mut Vec<ConsumedCapacity>)),
    /// It does something of its own.
    Does(fn(MemoryDriver, QueryPlan) -> BoxFuture<'static, Result<Outcome, DriverError>>),
}

impl Mutant {
    pub(crate) const fn new(name: &'static str, theme: Theme, fault: Fault) -> Self {
        Self { name, theme, fault }
    }
}

/// The memory driver with a fault.
#[derive(Debug)]
pub(crate) struct Mutated {
    pub(crate) inner: MemoryDriver,
    pub(crate) fault: Fault,
}

#[async_trait]
impl Driver for Mutated {
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
            Fault::Asks(change) => {
                change(&mut plan);
                self.inner.execute(plan).await
            }
            Fault::Answers(change) => {
                let mut outcome = self.inner.execute(plan.clone()).await?;
                change(&plan, &mut outcome.output);
                Ok(outcome)
            }
            Fault::Measures(change) => {
                let mut outcome = self.inner.execute(plan.clone()).await?;
                change(&plan, &mut outcome.metadata.consumed_capacity);
                Ok(outcome)
            }
            Fault::Does(execute) => execute(self.inner.clone(), plan).await,
        }
    }
}
