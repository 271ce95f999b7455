//! Faults that change the output of an executed plan.

use djamodb_core::plan::{Output, Query, QueryPlan};
use djamodb_core::value::{AttributeValue, Item, Name};

/// Returns the key of the last item of each page that reaches its limit, whatever can follow it.
pub(crate) fn return_last_key_of_full_pages(plan: &QueryPlan, output: &mut Output) {
    if let (QueryPlan::Query(Query { limit: Some(limit), index: None, .. }), Output::Query(page)) = (plan, output)
        && page.last_evaluated_key.is_none()
        && page.scanned_count == u64::from(*limit)
    {
        page.last_evaluated_key = page.items.last().map(|item| item.pick(&["id", "at"].map(Name::from)));
    }
}

pub(crate) fn drop_last_evaluated_key(_: &QueryPlan, output: &mut Output) {
    match output {
        Output::Query(query) => query.last_evaluated_key = None,
        Output::Scan(scan) => scan.last_evaluated_key = None,
        _ => {}
    }
}

pub(crate) fn drop_unprocessed_keys(_: &QueryPlan, output: &mut Output) {
    if let Output::BatchGetItem(batch) = output {
        batch.unprocessed.clear();
    }
}

pub(crate) fn set_count_to_scanned_count(_: &QueryPlan, output: &mut Output) {
    match output {
        Output::Query(query) => query.count = query.scanned_count,
        Output::Scan(scan) => scan.count = scan.scanned_count,
        _ => {}
    }
}

pub(crate) fn set_scanned_count_to_count(_: &QueryPlan, output: &mut Output) {
    match output {
        Output::Query(query) => query.scanned_count = query.count,
        Output::Scan(scan) => scan.scanned_count = scan.count,
        _ => {}
    }
}

pub(crate) fn drop_one_item_of_a_batch(_: &QueryPlan, output: &mut Output) {
    if let Output::BatchGetItem(batch) = output
        && let Some((_, items)) = batch.items.first_mut()
        && items.len() > 1
    {
        items.pop();
    }
}

/// Sorts the items of a table query by a value that `key` derives from the range key `at`.
fn sort_by_range_key<K: Ord>(plan: &QueryPlan, output: &mut Output, key: fn(&AttributeValue) -> Option<K>) {
    let (QueryPlan::Query(query), Output::Query(output)) = (plan, output) else { return };
    if query.index.is_some() {
        return;
    }
    output.items.sort_by_key(|item| item.get("at").and_then(key));
    if !query.forward {
        output.items.reverse();
    }
}

pub(crate) fn order_strings_ignoring_case(plan: &QueryPlan, output: &mut Output) {
    sort_by_range_key(plan, output, |value| value.as_s().map(str::to_lowercase));
}

pub(crate) fn order_numbers_as_strings(plan: &QueryPlan, output: &mut Output) {
    sort_by_range_key(plan, output, |value| value.as_n().map(|number| number.to_string()));
}

pub(crate) fn order_bytes_as_signed(plan: &QueryPlan, output: &mut Output) {
    sort_by_range_key(plan, output, |value| {
        Some(value.as_b()?.iter().map(|byte| byte.cast_signed()).collect::<Vec<i8>>())
    });
}

pub(crate) fn use_key_of_the_item_before_the_last(_: &QueryPlan, output: &mut Output) {
    let Output::Query(query) = output else { return };
    let names: Option<Vec<Name>> =
        query.last_evaluated_key.as_ref().map(|key| key.iter().map(|(name, _)| name.clone()).collect());
    if let (Some(names), [.., before, _]) = (names, query.items.as_slice()) {
        let key: Item = before.pick(&names);
        query.last_evaluated_key = Some(key);
    }
}

pub(crate) fn drop_responses_of_missing_items(_: &QueryPlan, output: &mut Output) {
    if let Output::TransactGetItems(get) = output {
        get.responses.retain(Option::is_some);
    }
}

/// Returns an item for every key that is read with a projection.
pub(crate) fn return_empty_items_of_transactions(plan: &QueryPlan, output: &mut Output) {
    if let (QueryPlan::TransactGetItems(read), Output::TransactGetItems(get)) = (plan, output) {
        for (_, response) in
            read.transact_items.iter().zip(&mut get.responses).filter(|(get, _)| get.projection.is_some())
        {
            response.get_or_insert_default();
        }
    }
}

pub(crate) fn drop_item_collection_metrics(_: &QueryPlan, output: &mut Output) {
    match output {
        Output::PutItem(put) => put.item_collection_metrics = None,
        Output::UpdateItem(update) => update.item_collection_metrics = None,
        Output::DeleteItem(delete) => delete.item_collection_metrics = None,
        Output::BatchWriteItem(batch) => batch.item_collection_metrics.clear(),
        Output::TransactWriteItems(write) => write.item_collection_metrics.clear(),
        _ => {}
    }
}

pub(crate) fn end_list_tables_after_one_page(_: &QueryPlan, output: &mut Output) {
    if let Output::ListTables(list) = output {
        list.last_evaluated_table_name = None;
    }
}

pub(crate) fn end_list_streams_after_one_page(_: &QueryPlan, output: &mut Output) {
    if let Output::ListStreams(list) = output {
        list.last_evaluated_stream_arn = None;
    }
}

pub(crate) fn end_get_records_after_one_page(_: &QueryPlan, output: &mut Output) {
    if let Output::GetRecords(get) = output {
        get.next_shard_iterator = None;
    }
}

pub(crate) fn reverse_records(_: &QueryPlan, output: &mut Output) {
    if let Output::GetRecords(get) = output {
        get.records.reverse();
    }
}

pub(crate) fn drop_old_images(_: &QueryPlan, output: &mut Output) {
    if let Output::GetRecords(get) = output {
        get.records.iter_mut().for_each(|record| record.old_image = None);
    }
}

pub(crate) fn drop_user_identity(_: &QueryPlan, output: &mut Output) {
    if let Output::GetRecords(get) = output {
        get.records.iter_mut().for_each(|record| record.user_identity = None);
    }
}
