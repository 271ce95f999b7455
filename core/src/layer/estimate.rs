//! Estimated units of requests for which the service reports none.

use crate::driver::{DriverError, DriverErrorKind};
use crate::plan::{
    BatchGetItem, BatchWriteItem, Outcome, QueryPlan, TransactGetItems, TransactWriteItem, TransactWriteItems,
    UnitKind, WriteRequest,
};
use crate::service::CapacityUnits;
use crate::value::size::item_bytes;
use crate::value::{Item, Name};

/// Units of a request as far as its plan determines them.
#[derive(Debug)]
pub(super) struct RequestEstimate {
    pub(super) operation: &'static str,
    pub(super) table: Option<Name>,
    /// Kind of the request's units, or `None` if it consumes none.
    pub(super) kind: Option<UnitKind>,
    /// One entry per item or page, in the order of the plan.
    pub(super) accesses: Vec<AccessEstimate>,
}

/// Minimum units of reading or writing one item, or of reading one page.
#[derive(Debug)]
pub(super) struct AccessEstimate {
    pub(super) table: Name,
    pub(super) units: CapacityUnits,
}

impl RequestEstimate {
    pub(super) fn of(plan: &QueryPlan) -> Self {
        let (operation, table) = (plan.operation(), plan.table().cloned());
        Self { operation, table, kind: plan.unit_kind(), accesses: accesses(plan) }
    }

    /// Returns the estimated units of the request after it failed with `error`.
    pub(super) fn after(&self, error: &DriverError) -> Vec<AccessEstimate> {
        match error.kind() {
            DriverErrorKind::ConditionalCheckFailed { item } => {
                self.accesses.iter().map(|access| access.at_least(write_units(item.as_ref()))).collect()
            }
            DriverErrorKind::TransactionCanceled { reasons } => {
                let item = |action: usize| reasons.get(action).and_then(|reason| reason.as_ref()?.item.as_ref());
                let actions = self.accesses.iter().enumerate();
                actions.map(|(action, access)| access.at_least(write_units(item(action)).in_transaction())).collect()
            }
            _ if error.may_be_processed() => self.minimum(),
            _ => Vec::new(),
        }
    }

    /// Returns the units that the response reports, or the estimated ones if it reports none.
    pub(super) fn units(&self, result: &Result<Outcome, DriverError>) -> f64 {
        let sum =
            |accesses: Vec<AccessEstimate>| accesses.iter().map(|access| access.units).sum::<CapacityUnits>().as_f64();
        match result {
            Err(error) => sum(self.after(error)),
            Ok(Outcome { metadata, .. }) if metadata.consumed_capacity.is_empty() => sum(self.minimum()),
            Ok(Outcome { metadata, .. }) => metadata.consumed_capacity.iter().map(|capacity| capacity.units).sum(),
        }
    }

    /// Returns the minimum units of the request.
    pub(super) fn minimum(&self) -> Vec<AccessEstimate> {
        self.accesses.iter().map(|access| access.at_least(CapacityUnits::ZERO)).collect()
    }
}

impl AccessEstimate {
    fn new(table: &Name, units: CapacityUnits) -> Self {
        Self { table: table.clone(), units }
    }

    fn at_least(&self, units: CapacityUnits) -> Self {
        Self::new(&self.table, self.units.max(units))
    }
}

fn accesses(plan: &QueryPlan) -> Vec<AccessEstimate> {
    let one = |table: &Name, units| vec![AccessEstimate::new(table, units)];
    match plan {
        QueryPlan::GetItem(get) => one(&get.table, read_units_min(get.consistent)),
        QueryPlan::Query(query) => one(&query.table, read_units_min(query.consistent)),
        QueryPlan::Scan(scan) => one(&scan.table, read_units_min(scan.consistent)),
        QueryPlan::BatchGetItem(batch) => keys(batch),
        QueryPlan::TransactGetItems(transaction) => gets(transaction),
        QueryPlan::PutItem(put) => one(&put.table, write_units(Some(&put.item))),
        QueryPlan::UpdateItem(update) => one(&update.table, write_units(None)),
        QueryPlan::DeleteItem(delete) => one(&delete.table, write_units(None)),
        QueryPlan::BatchWriteItem(batch) => writes(batch),
        QueryPlan::TransactWriteItems(transaction) => actions(transaction),
        QueryPlan::Empty
        | QueryPlan::Unsupported(_)
        | QueryPlan::CreateTable(_)
        | QueryPlan::UpdateTable(_)
        | QueryPlan::DescribeTable(_)
        | QueryPlan::DeleteTable(_)
        | QueryPlan::ListTables(_)
        | QueryPlan::UpdateTimeToLive(_)
        | QueryPlan::DescribeTimeToLive(_)
        | QueryPlan::UpdateContinuousBackups(_)
        | QueryPlan::DescribeContinuousBackups(_)
        | QueryPlan::TagResource(_)
        | QueryPlan::UntagResource(_)
        | QueryPlan::ListTagsOfResource(_)
        | QueryPlan::GetResourcePolicy(_)
        | QueryPlan::PutResourcePolicy(_)
        | QueryPlan::DeleteResourcePolicy(_)
        | QueryPlan::DescribeLimits(_)
        | QueryPlan::DescribeEndpoints(_)
        | QueryPlan::ListStreams(_)
        | QueryPlan::DescribeStream(_)
        | QueryPlan::GetShardIterator(_)
        | QueryPlan::GetRecords(_) => Vec::new(),
    }
}

fn keys(batch: &BatchGetItem) -> Vec<AccessEstimate> {
    let by_key = batch.requests.iter().flat_map(|table| table.keys.iter().map(move |_| table));
    by_key.map(|table| AccessEstimate::new(&table.table, read_units_min(table.consistent))).collect()
}

fn gets(transaction: &TransactGetItems) -> Vec<AccessEstimate> {
    let units = read_units_min(true).in_transaction();
    transaction.transact_items.iter().map(|get| AccessEstimate::new(&get.table, units)).collect()
}

fn writes(batch: &BatchWriteItem) -> Vec<AccessEstimate> {
    let by_write = batch.requests.iter().flat_map(|table| table.writes.iter().map(move |write| (&table.table, write)));
    by_write.map(|(table, write)| AccessEstimate::new(table, write_units(put_in_batch(write)))).collect()
}

fn put_in_batch(write: &WriteRequest) -> Option<&Item> {
    match write {
        WriteRequest::Put(item) => Some(item),
        WriteRequest::Delete(_) => None,
    }
}

fn actions(transaction: &TransactWriteItems) -> Vec<AccessEstimate> {
    let access = |action: &TransactWriteItem| {
        let item = if let TransactWriteItem::Put(put) = action { Some(&put.item) } else { None };
        AccessEstimate::new(action.table(), write_units(item).in_transaction())
    };
    transaction.transact_items.iter().map(access).collect()
}

/// Returns the minimum read units of one item or page.
fn read_units_min(consistent: bool) -> CapacityUnits {
    CapacityUnits::read(0, consistent)
}

/// Returns the write units of an item, or the minimum if the item is not known.
fn write_units(item: Option<&Item>) -> CapacityUnits {
    CapacityUnits::write(item.map_or(0, item_bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::driver::{Applied, CancellationCode, CancellationReason};
    use crate::expression::{Comparator, Condition, Path, Update};
    use crate::plan::{ConditionCheck, DeleteItem, GetItem, PutItem, TableKeys, TableWrites, TransactGet, UpdateItem};

    fn item(kilobytes: usize) -> Item {
        Item::new().with("id", "x".repeat(kilobytes * 1024 - 2))
    }

    fn key() -> Item {
        Item::new().with("id", "x")
    }

    fn units(accesses: &[AccessEstimate]) -> Vec<f64> {
        accesses.iter().map(|access| access.units.as_f64()).collect()
    }

    fn after(plan: impl Into<QueryPlan>, kind: DriverErrorKind) -> Vec<f64> {
        let plan = plan.into();
        units(&RequestEstimate::of(&plan).after(&DriverError::new(kind, plan.operation(), "failed")))
    }

    #[test]
    fn a_failed_condition_consumes_the_units_of_the_larger_item() {
        let failed = |item| DriverErrorKind::ConditionalCheckFailed { item };
        assert_eq!(after(DeleteItem::new("t", key()), failed(None)), [1.0]);
        assert_eq!(after(UpdateItem::new("t", key(), Update::new()), failed(Some(item(3)))), [3.0]);
        assert_eq!(after(PutItem::new("t", item(2)), failed(None)), [2.0]);
        assert_eq!(after(PutItem::new("t", item(2)), failed(Some(item(3)))), [3.0]);
        assert_eq!(after(PutItem::new("t", item(4)), failed(Some(item(3)))), [4.0]);
    }

    #[test]
    fn a_cancelled_transaction_consumes_two_units_per_known_kilobyte() {
        let holds = Condition::compare(Path::new("id"), Comparator::Eq, "y");
        let check = TransactWriteItem::from(ConditionCheck::new("a", key(), holds));
        let put = TransactWriteItem::from(crate::plan::TransactPut::new("b", item(2)));
        let code = CancellationCode::ConditionalCheckFailed;
        let reason = CancellationReason { code, message: String::new(), item: Some(item(3)) };
        let plan = TransactWriteItems::new([check, put]);
        for (reasons, expected) in [(vec![], [2.0, 4.0]), (vec![Some(reason), None], [6.0, 4.0])] {
            assert_eq!(after(plan.clone(), DriverErrorKind::TransactionCanceled { reasons }), expected);
        }
        let reads = TransactGetItems::new([TransactGet::new("t", key()), TransactGet::new("t", item(1))]);
        assert_eq!(after(reads, DriverErrorKind::TransactionCanceled { reasons: vec![] }), [2.0, 2.0]);
    }

    #[test]
    fn rejected_requests_consume_nothing_and_lost_responses_the_minimum() {
        let consistent = GetItem { consistent: true, ..GetItem::new("t", key()) };
        for kind in [
            DriverErrorKind::Throttled,
            DriverErrorKind::Validation,
            DriverErrorKind::Unsupported,
            DriverErrorKind::ResourceNotFound,
            DriverErrorKind::TransactionConflict,
        ] {
            assert_eq!(after(consistent.clone(), kind), [0.0; 0]);
        }
        for kind in [DriverErrorKind::Timeout, DriverErrorKind::Connection, DriverErrorKind::Internal] {
            assert_eq!(after(consistent.clone(), kind.clone()), [1.0]);
            assert_eq!(after(GetItem::new("t", key()), kind.clone()), [0.5]);
            let batch = BatchGetItem::new([TableKeys::new("t", [key(), item(1)])]);
            assert_eq!(after(batch, kind.clone()), [0.5, 0.5]);
            let writes = [WriteRequest::Put(item(2)), WriteRequest::Delete(key())];
            assert_eq!(after(BatchWriteItem::new([TableWrites::new("t", writes)]), kind.clone()), [2.0, 1.0]);
            assert_eq!(after(crate::plan::ListTables::default(), kind), [0.0; 0]);
        }
    }

    #[test]
    fn applied_decides_between_nothing_and_the_minimum() {
        let plan = QueryPlan::from(GetItem::new("t", key()));
        let estimate = RequestEstimate::of(&plan);
        let error = |kind, applied| DriverError::new(kind, "GetItem", "failed").with_applied(applied);
        assert!(estimate.after(&error(DriverErrorKind::Connection, Applied::No)).is_empty());
        assert_eq!(units(&estimate.after(&error(DriverErrorKind::Throttled, Applied::Unknown))), [0.5]);
    }
}
