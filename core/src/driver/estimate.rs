//! What requests cost of which the service tells nothing.

use crate::driver::{Applied, DriverError, DriverErrorKind};
use crate::plan::{
    BatchGetItem, BatchWriteItem, Outcome, QueryPlan, TransactGetItems, TransactWriteItem, TransactWriteItems,
    UnitKind, WriteRequest,
};
use crate::service::CapacityUnits;
use crate::value::size::item_bytes;
use crate::value::{Item, Name};

/// What is known of a request's cost before it is answered.
#[derive(Debug)]
pub(super) struct Expected {
    pub(super) operation: &'static str,
    pub(super) table: Option<Name>,
    /// What its units are; nothing when it costs none.
    pub(super) kind: Option<UnitKind>,
    /// What it does, in its order: one for each item, or for each page.
    pub(super) parts: Vec<Part>,
}

/// What is done with one item, or one page, and the least that it costs.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) table: Name,
    pub(super) units: f64,
}

impl Expected {
    pub(super) fn of(plan: &QueryPlan) -> Self {
        Self { operation: plan.operation(), table: plan.table().cloned(), kind: plan.unit_kind(), parts: parts(plan) }
    }

    /// What a request that failed is thought to have cost.
    pub(super) fn after(&self, error: &DriverError) -> Vec<Part> {
        match error.kind() {
            DriverErrorKind::ConditionalCheckFailed { item } => {
                self.parts.iter().map(|part| part.at_least(written(item.as_ref()))).collect()
            }
            DriverErrorKind::TransactionCanceled { reasons } => {
                let told = |at: usize| reasons.get(at).and_then(|reason| reason.as_ref()?.item.as_ref());
                let parts = self.parts.iter().enumerate();
                parts.map(|(at, part)| part.at_least(written(told(at)).in_transaction())).collect()
            }
            _ if error.applied() == Applied::Unknown => self.least(),
            _ => Vec::new(),
        }
    }

    /// What the request cost, as the answer tells, or else as it is thought to have.
    pub(super) fn units(&self, answer: &Result<Outcome, DriverError>) -> f64 {
        let sum = |parts: Vec<Part>| parts.iter().map(|part| part.units).sum();
        match answer {
            Err(error) => sum(self.after(error)),
            Ok(Outcome { metadata, .. }) if metadata.consumed_capacity.is_empty() => sum(self.least()),
            Ok(Outcome { metadata, .. }) => metadata.consumed_capacity.iter().map(|capacity| capacity.units).sum(),
        }
    }

    /// The least that the request costs.
    pub(super) fn least(&self) -> Vec<Part> {
        self.parts.iter().map(|part| part.at_least(CapacityUnits::ZERO)).collect()
    }
}

impl Part {
    fn new(table: &Name, units: CapacityUnits) -> Self {
        Self { table: table.clone(), units: units.as_f64() }
    }

    fn at_least(&self, units: CapacityUnits) -> Self {
        Self { table: self.table.clone(), units: self.units.max(units.as_f64()) }
    }
}

fn parts(plan: &QueryPlan) -> Vec<Part> {
    let one = |table: &Name, units| vec![Part::new(table, units)];
    match plan {
        QueryPlan::GetItem(get) => one(&get.table, read(get.consistent)),
        QueryPlan::Query(query) => one(&query.table, read(query.consistent)),
        QueryPlan::Scan(scan) => one(&scan.table, read(scan.consistent)),
        QueryPlan::BatchGetItem(batch) => keys(batch),
        QueryPlan::TransactGetItems(transaction) => gets(transaction),
        QueryPlan::PutItem(put) => one(&put.table, written(Some(&put.item))),
        QueryPlan::UpdateItem(update) => one(&update.table, written(None)),
        QueryPlan::DeleteItem(delete) => one(&delete.table, written(None)),
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
        | QueryPlan::DescribeLimits(_)
        | QueryPlan::DescribeEndpoints(_)
        | QueryPlan::ListStreams(_)
        | QueryPlan::DescribeStream(_)
        | QueryPlan::GetShardIterator(_)
        | QueryPlan::GetRecords(_) => Vec::new(),
    }
}

fn keys(batch: &BatchGetItem) -> Vec<Part> {
    let of_table = batch.requests.iter().flat_map(|table| table.keys.iter().map(move |_| table));
    of_table.map(|table| Part::new(&table.table, read(table.consistent))).collect()
}

fn gets(transaction: &TransactGetItems) -> Vec<Part> {
    let units = read(true).in_transaction();
    transaction.transact_items.iter().map(|get| Part::new(&get.table, units)).collect()
}

fn writes(batch: &BatchWriteItem) -> Vec<Part> {
    let of_table = batch.requests.iter().flat_map(|table| table.writes.iter().map(move |write| (&table.table, write)));
    of_table.map(|(table, write)| Part::new(table, written(put_in_batch(write)))).collect()
}

fn put_in_batch(write: &WriteRequest) -> Option<&Item> {
    match write {
        WriteRequest::Put(item) => Some(item),
        WriteRequest::Delete(_) => None,
    }
}

fn actions(transaction: &TransactWriteItems) -> Vec<Part> {
    let part = |action: &TransactWriteItem| {
        let item = if let TransactWriteItem::Put(put) = action { Some(&put.item) } else { None };
        Part::new(action.table(), written(item).in_transaction())
    };
    transaction.transact_items.iter().map(part).collect()
}

/// The least that reading one item, or one page, costs.
fn read(consistent: bool) -> CapacityUnits {
    CapacityUnits::read(0, consistent)
}

/// What writing an item costs; the least where nothing is known of it.
fn written(item: Option<&Item>) -> CapacityUnits {
    CapacityUnits::write(item.map_or(0, item_bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::driver::{CancellationCode, CancellationReason};
    use crate::expression::{Comparator, Condition, Path, Update};
    use crate::plan::{ConditionCheck, DeleteItem, GetItem, PutItem, TableKeys, TableWrites, TransactGet, UpdateItem};

    fn item(kilobytes: usize) -> Item {
        Item::new().with("id", "x".repeat(kilobytes * 1024 - 2))
    }

    fn key() -> Item {
        Item::new().with("id", "x")
    }

    fn units(parts: &[Part]) -> Vec<f64> {
        parts.iter().map(|part| part.units).collect()
    }

    fn after(plan: impl Into<QueryPlan>, kind: DriverErrorKind) -> Vec<f64> {
        let plan = plan.into();
        units(&Expected::of(&plan).after(&DriverError::new(kind, plan.operation(), "it failed")))
    }

    #[test]
    fn a_failed_condition_costs_the_larger_of_both_items() {
        let failed = |item| DriverErrorKind::ConditionalCheckFailed { item };
        assert_eq!(after(DeleteItem::new("t", key()), failed(None)), [1.0]);
        assert_eq!(after(UpdateItem::new("t", key(), Update::new()), failed(Some(item(3)))), [3.0]);
        assert_eq!(after(PutItem::new("t", item(2)), failed(None)), [2.0]);
        assert_eq!(after(PutItem::new("t", item(2)), failed(Some(item(3)))), [3.0]);
        assert_eq!(after(PutItem::new("t", item(4)), failed(Some(item(3)))), [4.0]);
    }

    #[test]
    fn a_cancelled_transaction_costs_two_units_for_each_kilobyte_that_is_known() {
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
    fn what_was_refused_costs_nothing_and_what_may_have_been_done_the_least() {
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
    fn a_request_that_never_arrived_costs_nothing_and_a_throttled_one_after_a_lost_one_the_least() {
        let plan = QueryPlan::from(GetItem::new("t", key()));
        let expected = Expected::of(&plan);
        let error = |kind, applied| DriverError::new(kind, "GetItem", "it failed").with_applied(applied);
        assert!(expected.after(&error(DriverErrorKind::Connection, Applied::No)).is_empty());
        assert_eq!(units(&expected.after(&error(DriverErrorKind::Throttled, Applied::Unknown))), [0.5]);
    }
}
