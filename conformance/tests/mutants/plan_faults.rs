//! Faults that change a plan before it is executed.

use djamodb_core::expression::{Comparator, Condition, Operand, RangeCondition};
use djamodb_core::plan::{
    QueryPlan, ReturnConsumedCapacity, ReturnValues, Select, ShardPosition, TransactWriteItem, WriteRequest,
};
use djamodb_core::value::{AttributeValue, Item, Number};

pub(crate) fn drop_filter(plan: &mut QueryPlan) {
    match plan {
        QueryPlan::Query(query) => query.filter = None,
        QueryPlan::Scan(scan) => scan.filter = None,
        _ => {}
    }
}

pub(crate) fn always_forward(plan: &mut QueryPlan) {
    if let QueryPlan::Query(query) = plan {
        query.forward = true;
    }
}

pub(crate) fn drop_condition(plan: &mut QueryPlan) {
    match plan {
        QueryPlan::PutItem(put) => put.condition = None,
        QueryPlan::UpdateItem(update) => update.condition = None,
        QueryPlan::DeleteItem(delete) => delete.condition = None,
        _ => {}
    }
}

pub(crate) fn drop_limit(plan: &mut QueryPlan) {
    match plan {
        QueryPlan::Query(query) => query.limit = None,
        QueryPlan::Scan(scan) => scan.limit = None,
        _ => {}
    }
}

pub(crate) fn drop_projection(plan: &mut QueryPlan) {
    match plan {
        QueryPlan::GetItem(get) => get.projection = None,
        QueryPlan::Query(query) if matches!(query.select, Some(Select::SpecificAttributes(_))) => query.select = None,
        QueryPlan::Scan(scan) if matches!(scan.select, Some(Select::SpecificAttributes(_))) => scan.select = None,
        QueryPlan::BatchGetItem(batch) => batch.requests.iter_mut().for_each(|keys| keys.projection = None),
        _ => {}
    }
}

pub(crate) fn drop_index(plan: &mut QueryPlan) {
    match plan {
        QueryPlan::Query(query) => query.index = None,
        QueryPlan::Scan(scan) => scan.index = None,
        _ => {}
    }
}

pub(crate) fn drop_consistent(plan: &mut QueryPlan) {
    match plan {
        QueryPlan::Query(query) => query.consistent = false,
        QueryPlan::Scan(scan) => scan.consistent = false,
        _ => {}
    }
}

pub(crate) fn drop_segment(plan: &mut QueryPlan) {
    if let QueryPlan::Scan(scan) = plan {
        scan.segment = None;
    }
}

pub(crate) fn exclude_upper_bound(plan: &mut QueryPlan) {
    let QueryPlan::Query(query) = plan else { return };
    for (_, condition) in &mut query.key_condition.range {
        if let RangeCondition::Le(bound) = condition {
            *condition = RangeCondition::Lt(bound.clone());
        }
    }
}

pub(crate) fn drop_remove_clauses(plan: &mut QueryPlan) {
    if let QueryPlan::UpdateItem(update) = plan {
        update.update.remove.clear();
    }
}

pub(crate) fn return_old_values_for_new(plan: &mut QueryPlan) {
    if let QueryPlan::UpdateItem(update) = plan {
        update.return_values = match update.return_values {
            ReturnValues::AllNew => ReturnValues::AllOld,
            ReturnValues::UpdatedNew => ReturnValues::UpdatedOld,
            other => other,
        };
    }
}

pub(crate) fn drop_empty_strings(plan: &mut QueryPlan) {
    change_each_item(plan, |item| {
        let kept = item.iter().filter(|(_, value)| value.as_s() != Some(""));
        *item = kept.map(|(name, value)| (name.clone(), value.clone())).collect();
    });
}

pub(crate) fn round_numbers_to_floats(plan: &mut QueryPlan) {
    change_each_item(plan, |item| {
        let changed = item.iter().map(|(name, value)| (name.clone(), round_to_float(value)));
        *item = changed.collect();
    });
}

fn round_to_float(value: &AttributeValue) -> AttributeValue {
    let float = |number: Number| number.to_string().parse().ok().and_then(|float| Number::from_f64(float).ok());
    match value {
        AttributeValue::N(number) => AttributeValue::N(float(*number).unwrap_or(*number)),
        value => value.clone(),
    }
}

fn change_each_item(plan: &mut QueryPlan, change: fn(&mut Item)) {
    match plan {
        QueryPlan::PutItem(put) => change(&mut put.item),
        QueryPlan::BatchWriteItem(batch) => {
            for write in batch.requests.iter_mut().flat_map(|writes| &mut writes.writes) {
                if let WriteRequest::Put(item) = write {
                    change(item);
                }
            }
        }
        _ => {}
    }
}

pub(crate) fn require_attribute_for_ne(plan: &mut QueryPlan) {
    let filter = match plan {
        QueryPlan::Query(query) => &mut query.filter,
        QueryPlan::Scan(scan) => &mut scan.filter,
        _ => return,
    };
    if let Some(Condition::Compare(Operand::Path(path), Comparator::Ne, _)) = filter {
        let exists = Condition::AttributeExists(path.clone());
        *filter = filter.take().map(|unequal| exists.and(unequal));
    }
}

pub(crate) fn select_projected_attributes_only(plan: &mut QueryPlan) {
    if let QueryPlan::Query(query) = plan
        && query.index.is_some()
        && query.select == Some(Select::AllAttributes)
    {
        query.select = None;
    }
}

pub(crate) fn drop_half_of_the_actions(plan: &mut QueryPlan) {
    if let QueryPlan::TransactWriteItems(write) = plan {
        write.transact_items.truncate(write.transact_items.len().div_ceil(2));
    }
}

pub(crate) fn drop_empty_updates(plan: &mut QueryPlan) {
    if let QueryPlan::TransactWriteItems(write) = plan {
        write
            .transact_items
            .retain(|item| !matches!(item, TransactWriteItem::Update(update) if update.update.is_empty()));
    }
}

pub(crate) fn drop_condition_checks(plan: &mut QueryPlan) {
    let is_check = |action: &TransactWriteItem| matches!(action, TransactWriteItem::ConditionCheck(_));
    if let QueryPlan::TransactWriteItems(write) = plan
        && !write.transact_items.iter().all(is_check)
    {
        write.transact_items.retain(|action| !is_check(action));
    }
}

pub(crate) fn drop_client_request_token(plan: &mut QueryPlan) {
    if let QueryPlan::TransactWriteItems(write) = plan {
        write.client_request_token = None;
    }
}

pub(crate) fn always_return_total_capacity(plan: &mut QueryPlan) {
    if plan.return_consumed_capacity() == ReturnConsumedCapacity::None {
        *plan = plan.clone().with_return_consumed_capacity(ReturnConsumedCapacity::Total);
    }
}

pub(crate) fn start_at_instead_of_after(plan: &mut QueryPlan) {
    if let QueryPlan::GetShardIterator(get) = plan
        && let ShardPosition::AfterSequenceNumber(number) = &get.position
    {
        get.position = ShardPosition::AtSequenceNumber(number.clone());
    }
}

pub(crate) fn start_at_oldest_instead_of_latest(plan: &mut QueryPlan) {
    if let QueryPlan::GetShardIterator(get) = plan
        && get.position == ShardPosition::Latest
    {
        get.position = ShardPosition::TrimHorizon;
    }
}

pub(crate) fn expire_a_century_late(plan: &mut QueryPlan) {
    shift_expiry(plan, 100 * 365 * 24 * 60 * 60);
}

pub(crate) fn expire_two_hours_early(plan: &mut QueryPlan) {
    shift_expiry(plan, -2 * 60 * 60);
}

fn shift_expiry(plan: &mut QueryPlan, seconds: i64) {
    let QueryPlan::PutItem(put) = plan else { return };
    let expires = put.item.get("expires").and_then(AttributeValue::as_n).and_then(Number::to_i128);
    if let Some(expires) = expires.and_then(|expires| i64::try_from(expires).ok()) {
        put.item.insert("expires", AttributeValue::N(Number::from(expires + seconds)));
    }
}
