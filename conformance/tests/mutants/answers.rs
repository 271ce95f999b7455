//! Mutants that do what they are asked and then answer something else.

use djamodb_core::plan::{Output, QueryPlan};
use djamodb_core::value::{AttributeValue, Item, Name};

pub(crate) fn without_last_key(_: &QueryPlan, output: &mut Output) {
    match output {
        Output::Query(query) => query.last_evaluated_key = None,
        Output::Scan(scan) => scan.last_evaluated_key = None,
        _ => {}
    }
}

pub(crate) fn without_unprocessed(_: &QueryPlan, output: &mut Output) {
    if let Output::BatchGetItem(batch) = output {
        batch.unprocessed.clear();
    }
}

pub(crate) fn count_is_scanned(_: &QueryPlan, output: &mut Output) {
    match output {
        Output::Query(query) => query.count = query.scanned_count,
        Output::Scan(scan) => scan.count = scan.scanned_count,
        _ => {}
    }
}

pub(crate) fn scanned_is_count(_: &QueryPlan, output: &mut Output) {
    match output {
        Output::Query(query) => query.scanned_count = query.count,
        Output::Scan(scan) => scan.scanned_count = scan.count,
        _ => {}
    }
}

pub(crate) fn one_item_less(_: &QueryPlan, output: &mut Output) {
    if let Output::BatchGetItem(batch) = output
        && let Some((_, items)) = batch.items.first_mut()
        && items.len() > 1
    {
        items.pop();
    }
}

/// Orders what a query of a table gives by something that is made of the range key `at`.
fn by_range_key<K: Ord>(plan: &QueryPlan, output: &mut Output, key: fn(&AttributeValue) -> Option<K>) {
    let (QueryPlan::Query(asked), Output::Query(query)) = (plan, output) else { return };
    if asked.index.is_some() {
        return;
    }
    query.items.sort_by_key(|item| item.get("at").and_then(key));
    if !asked.forward {
        query.items.reverse();
    }
}

pub(crate) fn texts_without_case(plan: &QueryPlan, output: &mut Output) {
    by_range_key(plan, output, |value| value.as_s().map(str::to_lowercase));
}

pub(crate) fn numbers_as_texts(plan: &QueryPlan, output: &mut Output) {
    by_range_key(plan, output, |value| value.as_n().map(|number| number.to_string()));
}

pub(crate) fn signed_bytes(plan: &QueryPlan, output: &mut Output) {
    by_range_key(plan, output, |value| Some(value.as_b()?.iter().map(|byte| byte.cast_signed()).collect::<Vec<i8>>()));
}

pub(crate) fn last_key_of_the_item_before(_: &QueryPlan, output: &mut Output) {
    let Output::Query(query) = output else { return };
    let names: Option<Vec<Name>> =
        query.last_evaluated_key.as_ref().map(|key| key.iter().map(|(name, _)| name.clone()).collect());
    if let (Some(names), [.., before, _]) = (names, query.items.as_slice()) {
        let key: Item = before.pick(&names);
        query.last_evaluated_key = Some(key);
    }
}

pub(crate) fn without_missing(_: &QueryPlan, output: &mut Output) {
    if let Output::TransactGetItems(get) = output {
        get.responses.retain(Option::is_some);
    }
}

pub(crate) fn without_collections(_: &QueryPlan, output: &mut Output) {
    match output {
        Output::PutItem(put) => put.item_collection_metrics = None,
        Output::UpdateItem(update) => update.item_collection_metrics = None,
        Output::DeleteItem(delete) => delete.item_collection_metrics = None,
        Output::BatchWriteItem(batch) => batch.item_collection_metrics.clear(),
        Output::TransactWriteItems(write) => write.item_collection_metrics.clear(),
        _ => {}
    }
}

pub(crate) fn one_page_of_tables(_: &QueryPlan, output: &mut Output) {
    if let Output::ListTables(list) = output {
        list.last_evaluated_table_name = None;
    }
}

pub(crate) fn one_page_of_streams(_: &QueryPlan, output: &mut Output) {
    if let Output::ListStreams(list) = output {
        list.last_evaluated_stream_arn = None;
    }
}

pub(crate) fn one_page_of_records(_: &QueryPlan, output: &mut Output) {
    if let Output::GetRecords(get) = output {
        get.next_shard_iterator = None;
    }
}

pub(crate) fn records_reversed(_: &QueryPlan, output: &mut Output) {
    if let Output::GetRecords(get) = output {
        get.records.reverse();
    }
}

pub(crate) fn without_old_images(_: &QueryPlan, output: &mut Output) {
    if let Output::GetRecords(get) = output {
        get.records.iter_mut().for_each(|record| record.old_image = None);
    }
}

pub(crate) fn by_a_user(_: &QueryPlan, output: &mut Output) {
    if let Output::GetRecords(get) = output {
        get.records.iter_mut().for_each(|record| record.user_identity = None);
    }
}
