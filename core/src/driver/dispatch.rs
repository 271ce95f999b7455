//! The one way of a plan to a driver: checked before, traced after.

use super::{Driver, DriverError};
use crate::plan::{Outcome, QueryPlan};
use crate::value::Name;

/// Executes one plan, if the driver can do what it asks, and traces what came of it: one event for each request, at the level
/// `debug`, with what it cost as far as the answer tells.
pub(crate) async fn dispatch<D: Driver + ?Sized>(driver: &D, plan: QueryPlan) -> Result<Outcome, DriverError> {
    driver.capability().check(&plan)?;
    let operation = plan.operation();
    let table = plan.table().cloned();
    let answer = driver.execute(plan).await;
    let driver = driver.name();
    let table = table.as_ref().map(Name::as_str);
    match &answer {
        Ok(Outcome { metadata, .. }) => {
            let told = !metadata.consumed_capacity.is_empty();
            let units = told.then(|| metadata.consumed_capacity.iter().map(|capacity| capacity.units).sum::<f64>());
            tracing::debug!(driver, operation, table, units, attempts = metadata.attempts, "executed");
        }
        Err(error) => tracing::debug!(driver, operation, table, %error, "failed"),
    }
    answer
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use async_trait::async_trait;
    use futures_util::FutureExt as _;

    use super::*;
    use crate::driver::recorded_events::RecordedEvents;
    use crate::driver::{Capability, Clock, DriverErrorKind, DriverExt};
    use crate::plan::{ConsumedCapacity, GetItem, GetItemOutput, ListTables, Unsupported};
    use crate::value::Item;

    /// Reads nothing for half a unit, and is throttled otherwise.
    #[derive(Debug)]
    struct Half;

    #[async_trait]
    impl Driver for Half {
        fn name(&self) -> &'static str {
            "half"
        }

        fn capability(&self) -> Capability {
            Capability::default()
        }

        fn clock(&self) -> Arc<dyn Clock> {
            unreachable!("nothing waits here")
        }

        async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
            let QueryPlan::GetItem(get) = plan else {
                return Err(DriverError::new(DriverErrorKind::Throttled, plan.operation(), "slow down"));
            };
            let mut outcome = Outcome::from(GetItemOutput::default());
            outcome.metadata.consumed_capacity.push(ConsumedCapacity::total(get.table, 0.5));
            Ok(outcome)
        }
    }

    #[test]
    fn each_request_is_one_event_with_what_it_cost() {
        let events = RecordedEvents::default();
        tracing::subscriber::with_default(events.clone(), || {
            let get = Half.run(GetItem::new("weather", Item::new()));
            get.now_or_never().unwrap().unwrap();
            Half.run(ListTables::default()).now_or_never().unwrap().unwrap_err();
            dispatch(&Half, Unsupported::ExecuteStatement.into()).now_or_never().unwrap().unwrap_err();
        });
        assert_eq!(
            events.lines(),
            [
                "message=executed driver=\"half\" operation=\"GetItem\" table=\"weather\" units=0.5 attempts=0 ",
                "message=failed driver=\"half\" operation=\"ListTables\" error=ListTables: slow down ",
            ]
        );
    }
}
