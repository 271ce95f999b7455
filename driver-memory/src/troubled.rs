//! The execution of plans in the adversarial mode.

use std::num::NonZeroUsize;

use djamodb_core::driver::{CancellationCode, CancellationReason, ThrottlingReason};
use djamodb_core::plan::{Outcome, QueryPlan};
use djamodb_core::schema::Billing;
use djamodb_core::value::Name;

use crate::adversary::Trouble;
use crate::emulator::Emulator;
use crate::error::{CONFLICT_MESSAGE, Error};
use crate::op;
use crate::replicas::Replicas;

/// Message of a `ThrottlingException` of requests for tables, as users report it.
const CONTROL_PLANE_MESSAGE: &str = "Rate of requests exceeds the allowed throughput.";
/// Message of a `ThrottlingException` of requests for streams, as in <https://github.com/aws/aws-sdk-java-v2/issues/470>.
const STREAMS_MESSAGE: &str = "Rate exceeded";

/// Executes a plan, or fails as the service may.
pub(crate) fn execute(
    emulator: &Emulator,
    trouble: &Trouble,
    replicas: &Replicas,
    plan: QueryPlan,
) -> Result<Outcome, Error> {
    let Some(access) = Access::of(&plan) else { return op::execute(emulator, plan) };
    if let Some(error) = throttled(emulator, trouble, &plan, access) {
        return Err(error);
    }
    if let Some(actions) = conflicting_actions(&plan)
        && trouble.occurs(trouble.settings.conflicts)
    {
        return Err(conflict(trouble, &plan, actions));
    }
    if trouble.occurs(trouble.settings.internal_errors) {
        if access.is_write && trouble.occurs(0.5) {
            // The write is made and its response is lost, also that of a write that is refused.
            let _ = op::execute(emulator, plan);
        }
        return Err(Error::Internal);
    }
    replicas.refresh_at_random(emulator, trouble);
    if let Some(replica) = replicas.of(emulator, &plan)
        && trouble.occurs(trouble.settings.stale_reads)
        && let Ok(outcome) = op::execute(&replica, plan.clone())
    {
        return Ok(outcome);
    }
    // Also a read of a table that the replica does not have yet.
    op::execute(emulator, plan)
}

/// The part of the service that a request is for, and the kind of the request.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Access {
    part: Part,
    is_write: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Items,
    /// Tables and their settings: the control plane.
    Tables,
    Streams,
}

impl Access {
    /// Returns `None` for a plan that sends no request, or that the driver does not know.
    const fn of(plan: &QueryPlan) -> Option<Self> {
        let (part, is_write) = match plan {
            QueryPlan::GetItem(_)
            | QueryPlan::BatchGetItem(_)
            | QueryPlan::Query(_)
            | QueryPlan::Scan(_)
            | QueryPlan::TransactGetItems(_) => (Part::Items, false),
            QueryPlan::PutItem(_)
            | QueryPlan::UpdateItem(_)
            | QueryPlan::DeleteItem(_)
            | QueryPlan::BatchWriteItem(_)
            | QueryPlan::TransactWriteItems(_) => (Part::Items, true),
            QueryPlan::DescribeTable(_)
            | QueryPlan::ListTables(_)
            | QueryPlan::DescribeTimeToLive(_)
            | QueryPlan::DescribeContinuousBackups(_)
            | QueryPlan::DescribeLimits(_)
            | QueryPlan::DescribeEndpoints(_)
            | QueryPlan::ListTagsOfResource(_)
            | QueryPlan::GetResourcePolicy(_) => (Part::Tables, false),
            QueryPlan::CreateTable(_)
            | QueryPlan::UpdateTable(_)
            | QueryPlan::DeleteTable(_)
            | QueryPlan::UpdateTimeToLive(_)
            | QueryPlan::UpdateContinuousBackups(_)
            | QueryPlan::TagResource(_)
            | QueryPlan::UntagResource(_)
            | QueryPlan::PutResourcePolicy(_)
            | QueryPlan::DeleteResourcePolicy(_) => (Part::Tables, true),
            QueryPlan::ListStreams(_)
            | QueryPlan::DescribeStream(_)
            | QueryPlan::GetShardIterator(_)
            | QueryPlan::GetRecords(_) => (Part::Streams, false),
            _ => return None,
        };
        Some(Self { part, is_write })
    }
}

/// Returns the error of a request that is throttled, or `None` if it is not. Requests for items of several tables never are.
fn throttled(emulator: &Emulator, trouble: &Trouble, plan: &QueryPlan, access: Access) -> Option<Error> {
    let occurs = || trouble.occurs(trouble.settings.throttled);
    match access.part {
        Part::Items => {
            let table = plan.table().filter(|_| occurs())?;
            Some(Error::Throttled(throttling_reason(emulator, trouble, table, access.is_write)))
        }
        Part::Tables => occurs().then_some(Error::RateExceeded(CONTROL_PLANE_MESSAGE)),
        Part::Streams => occurs().then_some(Error::RateExceeded(STREAMS_MESSAGE)),
    }
}

fn throttling_reason(emulator: &Emulator, trouble: &Trouble, table: &Name, is_write: bool) -> ThrottlingReason {
    let billing = emulator.table(table).map(|table| table.layout.read().schema.billing);
    let limits: &[&str] = match billing {
        Ok(Billing::Provisioned(_)) => &["ProvisionedThroughputExceeded", "KeyRangeThroughputExceeded"],
        _ => &["KeyRangeThroughputExceeded", "AccountLimitExceeded"],
    };
    let limit = limits[trouble.below(limits.len())];
    let access = if is_write { "Write" } else { "Read" };
    ThrottlingReason::new(format!("Table{access}{limit}")).with_resource(emulator.arns.table(table))
}

/// Returns the error of a write that conflicts, or of a transaction of `actions` actions. A transaction with a client request token may also
/// be in progress.
fn conflict(trouble: &Trouble, plan: &QueryPlan, actions: NonZeroUsize) -> Error {
    if let QueryPlan::TransactWriteItems(write) = plan
        && write.client_request_token.is_some()
        && trouble.occurs(0.5)
    {
        return Error::TransactionInProgress;
    }
    if !matches!(plan, QueryPlan::TransactGetItems(_) | QueryPlan::TransactWriteItems(_)) {
        return Error::TransactionConflict;
    }
    let conflicting = trouble.below(actions.get());
    let reason = |at| {
        (at == conflicting).then(|| CancellationReason {
            code: CancellationCode::TransactionConflict,
            message: CONFLICT_MESSAGE.to_owned(),
            item: None,
        })
    };
    Error::TransactionCanceled((0..actions.get()).map(reason).collect())
}

/// Returns the number of actions of a plan that fails while a transaction on one of its items is in progress.
fn conflicting_actions(plan: &QueryPlan) -> Option<NonZeroUsize> {
    let actions = match plan {
        QueryPlan::PutItem(_) | QueryPlan::UpdateItem(_) | QueryPlan::DeleteItem(_) => 1,
        QueryPlan::TransactGetItems(get) => get.transact_items.len(),
        QueryPlan::TransactWriteItems(write) => write.transact_items.len(),
        _ => 0,
    };
    NonZeroUsize::new(actions)
}
