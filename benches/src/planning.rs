//! The layers above the driver alone: building, planning and reading a queryset whose request costs nothing.

use std::hint::black_box;
use std::sync::Arc;

use djamodb::{Database, MemoryDriver, async_trait};
use djamodb_core::driver::{Capability, Clock, Driver, DriverError};
use djamodb_core::plan::{Outcome, QueryOutput, QueryPlan};

use crate::operation::{Group, Operation, Subject};
use crate::reading::{self, Reading};
use crate::tables::ready;

/// A driver whose queries find nothing.
#[derive(Debug)]
struct EmptyDriver(MemoryDriver);

#[async_trait]
impl Driver for EmptyDriver {
    fn name(&self) -> &'static str {
        "empty"
    }

    fn capability(&self) -> Capability {
        self.0.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.0.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        match plan {
            QueryPlan::Query(_) => Ok(QueryOutput::default().into()),
            plan => Err(DriverError::unsupported(self.name(), plan.operation()).on_table(plan.table())),
        }
    }
}

/// Returns the operation that builds, plans and reads a queryset of three conditions.
pub(crate) fn operations() -> [Operation; 1] {
    let db = Database::new(EmptyDriver(MemoryDriver::new()));
    [Operation::new(Group::Plan, Subject::Models, move |number| {
        let queryset = Reading::objects()
            .set_hash_key(reading::station(number))
            .filter(Reading::DAY.gt(9))
            .filter(Reading::KIND.eq("rain"))
            .filter(Reading::MAX.lt(30.5));
        drop(black_box(ready(queryset.all(&db)).expect("the queryset can be planned")));
    })]
}
