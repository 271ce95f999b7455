//! Consumed capacity, to half a unit.

use std::fmt::Write;

use djamodb_core::driver::{Driver, DriverExt};
use djamodb_core::expression::{Comparator, Condition, KeyCondition, ProjectionExpression, Update, UpdateOperand};
use djamodb_core::plan::{
    BatchGetItem, BatchWriteItem, ConditionCheck, ConsumedCapacity, CreateTable, DeleteItem, GetItem,
    ItemCollectionMetrics, PutItem, Query, QueryPlan, ReturnConsumedCapacity, Scan, Select, TableKeys, TableWrites,
    TransactDelete, TransactGet, TransactGetItems, TransactPut, TransactUpdate, TransactWriteItems, UpdateItem,
    WriteRequest,
};
use djamodb_core::schema::{GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, TableSchema};
use djamodb_core::value::{AttributeValue, Item, Name};
use djamodb_driver_memory::MemoryDriver;

use crate::support::{error, key, path, put, sized, weather, with};

/// Returns a driver with `weather` without indexes, so that only the table consumes units.
async fn plain() -> MemoryDriver {
    with(TableSchema::new("weather", KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n("at")))).await
}

/// Returns a driver with `weather` and an index of each kind: global ones on `g`, local ones on `l`. One includes `p`.
async fn indexed() -> MemoryDriver {
    let mut schema =
        TableSchema::new("weather", KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n("at")));
    let by_g = || KeySchema::hash(KeyAttribute::s("g"));
    schema.global_indexes = vec![
        GlobalIndex::new("gkeys", by_g(), IndexProjection::KeysOnly),
        GlobalIndex::new("gall", by_g(), IndexProjection::All),
        GlobalIndex::new("ginc", by_g(), IndexProjection::Include(vec!["p".into()])),
    ];
    let by_l = || KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::s("l"));
    schema.local_indexes = vec![
        LocalIndex::new("lkey", by_l(), IndexProjection::KeysOnly),
        LocalIndex::new("lall", by_l(), IndexProjection::All),
    ];
    with(schema).await
}

/// Returns an item that is in every index.
fn full() -> Item {
    key("a", 1).with("g", "g").with("l", "l").with("p", "p").with("o", "o")
}

/// Runs a plan and returns the units of each table as text: `3 = 1 + gall 1 + lall 1`, the table's own units first.
async fn report(driver: &MemoryDriver, plan: impl Into<QueryPlan>) -> String {
    let plan = plan.into().with_return_consumed_capacity(ReturnConsumedCapacity::Indexes);
    let consumed = driver.execute(plan).await.unwrap().metadata.consumed_capacity;
    let tables: Vec<_> = consumed.iter().map(as_text).collect();
    tables.join("; ")
}

fn as_text(consumed: &ConsumedCapacity) -> String {
    let mut text = format!("{} = {}", consumed.units, consumed.table_units.unwrap());
    for index in consumed.global_indexes.iter().chain(&consumed.local_indexes) {
        write!(text, " + {} {}", index.index, index.units).unwrap();
    }
    text
}

/// Runs a plan and returns its total units.
async fn total(driver: &MemoryDriver, plan: impl Into<QueryPlan>) -> String {
    let consumed = driver.execute(plan.into()).await.unwrap().metadata.consumed_capacity;
    let tables: Vec<_> = consumed.iter().map(|consumed| consumed.units.to_string()).collect();
    tables.join("; ")
}

fn put_plan(item: Item) -> PutItem {
    PutItem::new("weather", item)
}

fn update_plan(update: Update) -> UpdateItem {
    UpdateItem::new("weather", key("a", 1), update)
}

fn set(name: &str, value: &str) -> Update {
    Update::new().set(path(name), UpdateOperand::value(value))
}

fn partition(id: &str) -> Query {
    Query::new("weather", KeyCondition::hash("id", id))
}

fn of_index(index: &'static str, attribute: &'static str, value: &str) -> Query {
    Query { index: Some(Name::from_static(index)), ..Query::new("weather", KeyCondition::hash(attribute, value)) }
}

#[tokio::test]
async fn reads_round_up_to_4_kb() {
    let driver = plain().await;
    for (bytes, eventual, consistent, transaction) in [
        (100, "0.5", "1", "2"),
        (4096, "0.5", "1", "2"),
        (4097, "1", "2", "4"),
        (8192, "1", "2", "4"),
        (8193, "1.5", "3", "6"),
    ] {
        put(&driver, sized(key("a", 1), bytes)).await;
        let mut get = GetItem::new("weather", key("a", 1));
        get.consistent = false;
        assert_eq!(total(&driver, get.clone()).await, eventual, "{bytes}");
        // The projection does not matter.
        get.projection = Some(ProjectionExpression::new([path("at")]));
        assert_eq!(total(&driver, get.clone()).await, eventual, "{bytes}");
        get.consistent = true;
        assert_eq!(total(&driver, get).await, consistent, "{bytes}");
        let get = TransactGet {
            projection: Some(ProjectionExpression::new([path("at")])),
            ..TransactGet::new("weather", key("a", 1))
        };
        assert_eq!(total(&driver, TransactGetItems::new([get])).await, transaction, "{bytes}");
    }
}

#[tokio::test]
async fn missing_items_consume_the_minimum() {
    let driver = plain().await;
    let get = |consistent| GetItem { consistent, ..GetItem::new("weather", key("a", 1)) };
    assert_eq!(total(&driver, get(false)).await, "0.5");
    assert_eq!(total(&driver, get(true)).await, "1");
    assert_eq!(total(&driver, TransactGetItems::new([TransactGet::new("weather", key("a", 1))])).await, "2");
    let keys = |consistent| {
        BatchGetItem::new([TableKeys { consistent, ..TableKeys::new("weather", [key("a", 1), key("a", 2)]) }])
    };
    assert_eq!(total(&driver, keys(false)).await, "1");
    assert_eq!(total(&driver, keys(true)).await, "2");
    assert_eq!(total(&driver, partition("a")).await, "0.5");
    assert_eq!(total(&driver, Query { consistent: true, ..partition("a") }).await, "1");
    assert_eq!(total(&driver, Scan::new("weather")).await, "0.5");
    assert_eq!(total(&driver, DeleteItem::new("weather", key("a", 1))).await, "1");
    let delete = WriteRequest::Delete(key("a", 1));
    assert_eq!(total(&driver, BatchWriteItem::new([TableWrites::new("weather", [delete])])).await, "1");
    let delete = TransactDelete::new("weather", key("a", 1)).into();
    let check = ConditionCheck::new("weather", key("a", 2), Condition::AttributeNotExists(path("id"))).into();
    assert_eq!(total(&driver, TransactWriteItems::new([delete, check])).await, "4");
}

#[tokio::test]
async fn writes_consume_by_the_larger_of_the_old_and_new_item() {
    let driver = plain().await;
    for (bytes, units) in [
        (20, "1"),
        (1024, "1"),
        (1025, "2"),
        // The old item counts too.
        (3072, "3"),
        (20, "3"),
        (3073, "4"),
        (3073, "4"),
    ] {
        assert_eq!(total(&driver, put_plan(sized(key("a", 1), bytes))).await, units, "{bytes}");
    }
    let delete = || DeleteItem::new("weather", key("a", 1));
    assert_eq!(total(&driver, delete()).await, "4");
    put(&driver, sized(key("a", 1), 3072)).await;
    assert_eq!(total(&driver, update_plan(Update::new())).await, "3");
    assert_eq!(total(&driver, update_plan(set("x", "y"))).await, "4");
    assert_eq!(total(&driver, update_plan(Update::new().remove(path("note")))).await, "4");
    assert_eq!(total(&driver, update_plan(set("note", &"x".repeat(2000)))).await, "2");
    assert_eq!(total(&driver, delete()).await, "2");
    assert_eq!(total(&driver, update_plan(Update::new())).await, "1");
}

#[tokio::test]
async fn batches_round_up_each_item() {
    let driver = plain().await;
    let puts = |bytes: &[usize]| {
        let writes = bytes.iter().zip(0..).map(|(bytes, at)| WriteRequest::Put(sized(key("a", at), *bytes)));
        BatchWriteItem::new([TableWrites::new("weather", writes)])
    };
    // Each item is rounded up: together they have 6 KB.
    assert_eq!(total(&driver, puts(&[1025, 2049, 2900])).await, "8");
    assert_eq!(total(&driver, puts(&[20, 20, 20])).await, "8");
    put(&driver, sized(key("a", 0), 4097)).await;
    let keys = |consistent| {
        let keys = TableKeys::new("weather", (0..4).map(|at| key("a", at)));
        BatchGetItem::new([TableKeys { consistent, projection: Some(ProjectionExpression::new([path("at")])), ..keys }])
    };
    assert_eq!(total(&driver, keys(false)).await, "2.5");
    assert_eq!(total(&driver, keys(true)).await, "5");

    // Tables are reported separately, even one without any of the items.
    driver.run(CreateTable::new(TableSchema::new("other", KeySchema::hash(KeyAttribute::s("id"))))).await.unwrap();
    let mut two = keys(true);
    two.requests.push(TableKeys::new("other", [Item::new().with("id", "x")]));
    two.requests[1].consistent = true;
    assert_eq!(report(&driver, two).await, "5 = 5; 1 = 1");
}

#[tokio::test]
async fn queries_round_up_the_total_of_all_items() {
    let driver = plain().await;
    for at in 0..10 {
        put(&driver, sized(key("a", at), 1000)).await;
    }
    // 10,000 bytes in all.
    let query = || Query { consistent: false, ..partition("a") };
    assert_eq!(total(&driver, query()).await, "1.5");
    assert_eq!(total(&driver, Query { consistent: true, ..query() }).await, "3");
    assert_eq!(total(&driver, Query { limit: Some(4), ..query() }).await, "0.5");
    assert_eq!(total(&driver, Query { limit: Some(5), ..query() }).await, "1");
    // Neither the filter nor the selection matters.
    let nothing = || Some(Condition::AttributeExists(path("none")));
    let parts = Some(Select::SpecificAttributes(ProjectionExpression::new([path("at")])));
    for query in [
        Query { filter: nothing(), ..query() },
        Query { select: Some(Select::Count), ..query() },
        Query { select: parts, ..query() },
        Query { forward: false, ..query() },
    ] {
        assert_eq!(report(&driver, query).await, "1.5 = 1.5");
    }
    let scan = || Scan { consistent: false, ..Scan::new("weather") };
    assert_eq!(report(&driver, scan()).await, "1.5 = 1.5");
    assert_eq!(report(&driver, Scan { consistent: true, ..scan() }).await, "3 = 3");
    assert_eq!(report(&driver, Scan { filter: nothing(), ..scan() }).await, "1.5 = 1.5");
    assert_eq!(report(&driver, Scan { limit: Some(1), ..scan() }).await, "0.5 = 0.5");
}

#[tokio::test]
async fn a_page_of_1_mb_consumes_what_it_reads() {
    let driver = plain().await;
    for at in 0..300 {
        put(&driver, sized(key("a", at), 5000)).await;
    }
    // 210 items of 1,050,000 bytes fill the page.
    let page = Scan { consistent: false, ..Scan::new("weather") };
    assert_eq!(driver.run(page.clone()).await.unwrap().items.len(), 210);
    assert_eq!(total(&driver, page).await, "128.5");
}

#[tokio::test]
async fn index_entries_that_do_not_change_consume_nothing() {
    let driver = indexed().await;
    let remove_g = || update_plan(Update::new().remove(path("g")));
    for (plan, expected) in [
        (QueryPlan::from(put_plan(full())), "6 = 1 + gall 1 + ginc 1 + gkeys 1 + lall 1 + lkey 1"),
        (put_plan(full()).into(), "1 = 1"),
        (update_plan(set("p", "p")).into(), "1 = 1"),
        (update_plan(set("o", "2")).into(), "3 = 1 + gall 1 + lall 1"),
        (update_plan(set("p", "2")).into(), "4 = 1 + gall 1 + ginc 1 + lall 1"),
        // A changed key removes one entry and adds another.
        (update_plan(set("g", "2")).into(), "8 = 1 + gall 2 + ginc 2 + gkeys 2 + lall 1"),
        (update_plan(set("l", "2")).into(), "6 = 1 + gall 1 + lall 2 + lkey 2"),
        (remove_g().into(), "5 = 1 + gall 1 + ginc 1 + gkeys 1 + lall 1"),
        (remove_g().into(), "1 = 1"),
        (update_plan(set("g", "3")).into(), "5 = 1 + gall 1 + ginc 1 + gkeys 1 + lall 1"),
        (DeleteItem::new("weather", key("a", 1)).into(), "6 = 1 + gall 1 + ginc 1 + gkeys 1 + lall 1 + lkey 1"),
        (DeleteItem::new("weather", key("a", 1)).into(), "1 = 1"),
        // The item is in none of the indexes.
        (put_plan(key("a", 1)).into(), "1 = 1"),
    ] {
        assert_eq!(report(&driver, plan.clone()).await, expected, "{plan:?}");
        driver.check().unwrap();
    }
}

#[tokio::test]
async fn index_writes_consume_by_the_larger_of_the_old_and_new_entry() {
    let driver = indexed().await;
    let large = |name: &'static str| full().with(name, "x".repeat(4900));
    for (plan, expected) in [
        (QueryPlan::from(put_plan(large("o"))), "18 = 5 + gall 5 + ginc 1 + gkeys 1 + lall 5 + lkey 1"),
        (update_plan(set("p", "2")).into(), "16 = 5 + gall 5 + ginc 1 + lall 5"),
        (update_plan(set("g", "2")).into(), "24 = 5 + gall 10 + ginc 2 + gkeys 2 + lall 5"),
        (DeleteItem::new("weather", key("a", 1)).into(), "18 = 5 + gall 5 + ginc 1 + gkeys 1 + lall 5 + lkey 1"),
        (put_plan(large("p")).into(), "22 = 5 + gall 5 + ginc 5 + gkeys 1 + lall 5 + lkey 1"),
        // The larger of the old and new entry counts.
        (put_plan(full()).into(), "20 = 5 + gall 5 + ginc 5 + lall 5"),
        (put_plan(full()).into(), "1 = 1"),
    ] {
        assert_eq!(report(&driver, plan.clone()).await, expected, "{plan:?}");
    }
}

#[tokio::test]
async fn index_units_of_a_batch_are_summed() {
    let driver = indexed().await;
    let other = Item::new().with("id", "b").with("at", 1);
    let third = full().with("at", 3);
    driver.run(put_plan(third)).await.unwrap();
    let writes = [WriteRequest::Put(full()), WriteRequest::Put(other), WriteRequest::Delete(key("a", 3))];
    let batch = BatchWriteItem::new([TableWrites::new("weather", writes)]);
    assert_eq!(report(&driver, batch).await, "13 = 3 + gall 2 + ginc 2 + gkeys 2 + lall 2 + lkey 2");
}

#[tokio::test]
async fn index_reads_consume_index_units_and_fetches_consume_table_units() {
    let driver = indexed().await;
    for at in 0..10 {
        put(&driver, sized(key("a", at).with("g", "g").with("l", format!("{at}")), 1000)).await;
    }
    let query = |index, attribute, value| Query { consistent: false, ..of_index(index, attribute, value) };
    assert_eq!(report(&driver, query("gall", "g", "g")).await, "1.5 = 0 + gall 1.5");
    assert_eq!(report(&driver, query("gkeys", "g", "g")).await, "0.5 = 0 + gkeys 0.5");
    assert_eq!(report(&driver, query("gall", "g", "none")).await, "0.5 = 0 + gall 0.5");
    assert_eq!(report(&driver, query("lall", "id", "a")).await, "1.5 = 0 + lall 1.5");
    assert_eq!(report(&driver, Query { consistent: true, ..query("lall", "id", "a") }).await, "3 = 0 + lall 3");
    assert_eq!(report(&driver, Query { consistent: true, ..query("lkey", "id", "a") }).await, "1 = 0 + lkey 1");
    let scan = Scan { index: Some("gkeys".into()), consistent: false, ..Scan::new("weather") };
    assert_eq!(report(&driver, scan).await, "0.5 = 0 + gkeys 0.5");
    // Attributes that a local index does not project are fetched item by item.
    let all = Query { select: Some(Select::AllAttributes), ..query("lkey", "id", "a") };
    assert_eq!(report(&driver, all.clone()).await, "5.5 = 5 + lkey 0.5");
    assert_eq!(report(&driver, Query { consistent: true, ..all.clone() }).await, "11 = 10 + lkey 1");
    assert_eq!(report(&driver, Query { limit: Some(3), ..all }).await, "2 = 1.5 + lkey 0.5");
    let one = Query {
        select: Some(Select::SpecificAttributes(ProjectionExpression::new([path("note")]))),
        ..query("lkey", "id", "a")
    };
    assert_eq!(report(&driver, one).await, "5.5 = 5 + lkey 0.5");
    let held = Query {
        select: Some(Select::SpecificAttributes(ProjectionExpression::new([path("l")]))),
        ..query("lkey", "id", "a")
    };
    assert_eq!(report(&driver, held).await, "0.5 = 0 + lkey 0.5");
}

#[tokio::test]
async fn transactions_consume_table_units_twice_and_index_units_once() {
    let driver = indexed().await;
    let update = |update| TransactWriteItems::new([TransactUpdate::new("weather", key("a", 1), update).into()]);
    for (plan, expected) in [
        (
            TransactWriteItems::new([TransactPut::new("weather", full()).into()]),
            "7 = 2 + gall 1 + ginc 1 + gkeys 1 + lall 1 + lkey 1",
        ),
        (TransactWriteItems::new([TransactPut::new("weather", full()).into()]), "2 = 2"),
        (update(set("g", "2")), "9 = 2 + gall 2 + ginc 2 + gkeys 2 + lall 1"),
        (update(set("o", "2")), "4 = 2 + gall 1 + lall 1"),
        (
            TransactWriteItems::new([ConditionCheck::new(
                "weather",
                key("a", 1),
                Condition::compare(path("g"), Comparator::Eq, "2"),
            )
            .into()]),
            "2 = 2",
        ),
        (
            TransactWriteItems::new([TransactDelete::new("weather", key("a", 1)).into()]),
            "7 = 2 + gall 1 + ginc 1 + gkeys 1 + lall 1 + lkey 1",
        ),
    ] {
        assert_eq!(report(&driver, plan.clone()).await, expected, "{plan:?}");
    }
    // A table with one global index: 2 units of the table and 1 of the index.
    let mut schema = TableSchema::new("weather", KeySchema::hash(KeyAttribute::s("id")));
    schema.global_indexes = vec![GlobalIndex::new("gall", KeySchema::hash(KeyAttribute::s("g")), IndexProjection::All)];
    let one_index = with(schema).await;
    let put = TransactPut::new("weather", Item::new().with("id", "a").with("g", "g"));
    assert_eq!(report(&one_index, TransactWriteItems::new([put.into()])).await, "3 = 2 + gall 1");
    // A condition consumes nothing beside the write.
    let put = TransactPut::new("weather", sized(key("a", 2), 1500)).when(Condition::AttributeNotExists(path("id")));
    assert_eq!(report(&driver, TransactWriteItems::new([put.into()])).await, "4 = 4");
}

#[tokio::test]
async fn a_replayed_transaction_consumes_read_units() {
    let driver = plain().await;
    let put = || TransactPut::new("weather", sized(key("a", 1), 1500)).into();
    let large = || TransactPut::new("weather", sized(key("a", 2), 5000)).into();
    let missing = || TransactDelete::new("weather", key("a", 3)).into();
    let write = TransactWriteItems::new([put(), large(), missing()]).with_token("token");
    let consumed = driver.execute(write.clone().into()).await.unwrap().metadata.consumed_capacity;
    let expected = ConsumedCapacity { write_units: Some(16.0), ..ConsumedCapacity::total("weather", 16.0) };
    assert_eq!(consumed, [expected]);
    let consumed = driver.execute(write.clone().into()).await.unwrap().metadata.consumed_capacity;
    let expected = ConsumedCapacity { read_units: Some(8.0), ..ConsumedCapacity::total("weather", 8.0) };
    assert_eq!(consumed, [expected]);
    let silent = TransactWriteItems { return_consumed_capacity: ReturnConsumedCapacity::None, ..write };
    assert_eq!(driver.execute(silent.into()).await.unwrap().metadata.consumed_capacity, []);
}

#[tokio::test]
async fn a_replay_is_charged_by_the_items_of_the_transaction() {
    let driver = plain().await;
    let of = |at| key("a", at);
    for at in 1..=4 {
        put(&driver, sized(of(at), 9 * 1024)).await;
    }
    let exists = || Condition::AttributeExists(path("id"));
    let actions = || {
        let update = Update::new().set(path("x"), UpdateOperand::value(1)).remove(path("note"));
        [
            TransactDelete::new("weather", of(1)).into(),
            TransactPut::new("weather", of(2)).into(),
            TransactUpdate::new("weather", of(3), update).into(),
            ConditionCheck::new("weather", of(4), exists()).into(),
        ]
    };
    let write = TransactWriteItems::new(actions()).with_token("token");
    let write_units = 4.0 * 9.0 * 2.0;
    let charged = |read_units, write_units, units| ConsumedCapacity {
        read_units,
        write_units,
        ..ConsumedCapacity::total("weather", units)
    };
    let consumed = async || driver.execute(write.clone().into()).await.unwrap().metadata.consumed_capacity;
    assert_eq!(consumed().await, [charged(None, Some(write_units), write_units)]);
    // Later writes to the items do not change the units of a replay.
    for at in 1..=4 {
        put(&driver, sized(of(at), 40 * 1024)).await;
        assert_eq!(consumed().await, [charged(Some(4.0 * 6.0), None, 4.0 * 6.0)]);
    }
}

#[tokio::test]
async fn the_report_has_the_requested_detail() {
    let driver = indexed().await;
    driver.run(put_plan(full())).await.unwrap();
    let keys = || TableKeys::new("weather", [key("a", 1)]);
    let plans: [QueryPlan; 10] = [
        put_plan(full()).into(),
        update_plan(Update::new()).into(),
        GetItem::new("weather", key("a", 1)).into(),
        BatchGetItem::new([keys()]).into(),
        partition("a").into(),
        Scan::new("weather").into(),
        BatchWriteItem::new([TableWrites::new("weather", [WriteRequest::Put(full())])]).into(),
        TransactGetItems::new([TransactGet::new("weather", key("a", 1))]).into(),
        TransactWriteItems::new([TransactPut::new("weather", full()).into()]).into(),
        DeleteItem::new("weather", key("missing", 1)).into(),
    ];
    for plan in plans {
        let report = async |returned| {
            let plan = plan.clone().with_return_consumed_capacity(returned);
            driver.execute(plan).await.unwrap().metadata.consumed_capacity
        };
        assert_eq!(report(ReturnConsumedCapacity::None).await, [], "{plan:?}");
        let total = report(ReturnConsumedCapacity::Total).await.remove(0);
        let indexes = report(ReturnConsumedCapacity::Indexes).await.remove(0);
        assert_eq!(total, ConsumedCapacity { table_units: None, ..indexes.clone() });
        assert_eq!(indexes.table_units, Some(indexes.units));
        // Only transactions report the kind of the units.
        let (read, write) = match plan {
            QueryPlan::TransactGetItems(_) => (Some(total.units), None),
            QueryPlan::TransactWriteItems(_) => (None, Some(total.units)),
            _ => (None, None),
        };
        assert_eq!((total.read_units, total.write_units), (read, write));
    }
    // A failed request reports no capacity.
    let condition = Some(Condition::AttributeNotExists(path("id")));
    assert!(error(&driver, PutItem { condition, ..put_plan(full()) }).await.is_conditional_check_failed());
}

#[tokio::test]
async fn item_collection_metrics_name_each_collection_once() {
    let small =
        |id: &str| ItemCollectionMetrics { key: Item::new().with("id", id), size_estimate_range_gb: (0.0, 1.0) };
    let driver = weather().await;
    let put = || PutItem { return_item_collection_metrics: true, ..put_plan(key("a", 1)) };
    assert_eq!(driver.run(put()).await.unwrap().item_collection_metrics, Some(small("a")));
    assert_eq!(driver.run(put_plan(key("a", 1))).await.unwrap().item_collection_metrics, None);
    let update = UpdateItem { return_item_collection_metrics: true, ..update_plan(set("x", "y")) };
    assert_eq!(driver.run(update).await.unwrap().item_collection_metrics, Some(small("a")));
    let delete = DeleteItem { return_item_collection_metrics: true, ..DeleteItem::new("weather", key("a", 1)) };
    assert_eq!(driver.run(delete).await.unwrap().item_collection_metrics, Some(small("a")));

    let writes = [("a", 1), ("b", 1), ("a", 2)].map(|(id, at)| WriteRequest::Put(key(id, at)));
    let mut batch = BatchWriteItem::new([TableWrites::new("weather", writes)]);
    assert_eq!(driver.run(batch.clone()).await.unwrap().item_collection_metrics, []);
    batch.return_item_collection_metrics = true;
    let both = [("weather".into(), vec![small("a"), small("b")])];
    assert_eq!(driver.run(batch).await.unwrap().item_collection_metrics, both);
    let writes = [("a", 1), ("b", 1), ("a", 2)].map(|(id, at)| TransactPut::new("weather", key(id, at)).into());
    let mut write = TransactWriteItems::new(writes);
    assert_eq!(driver.run(write.clone()).await.unwrap().item_collection_metrics, []);
    write.return_item_collection_metrics = true;
    assert_eq!(driver.run(write).await.unwrap().item_collection_metrics, both);

    // A table without local indexes has no item collections.
    let driver = plain().await;
    assert_eq!(driver.run(put()).await.unwrap().item_collection_metrics, None);
}

#[tokio::test]
async fn value_sizes_are_those_of_the_service() {
    let driver = plain().await;
    // The padding fills 4 KB together with the value. One more byte exceeds them.
    let n = |text: &str| AttributeValue::N(text.parse().unwrap());
    for (value, bytes) in [
        (AttributeValue::s("é"), 2),
        (AttributeValue::b(&b"123"[..]), 3),
        (AttributeValue::bool(true), 1),
        (AttributeValue::null(), 1),
        (n("0"), 1),
        (n("12"), 2),
        (n("123"), 3),
        (n("100"), 2),
        (n("1.5"), 3),
        (n("-1"), 3),
        (n(&"1".repeat(38)), 20),
        (AttributeValue::l([]), 3),
        (AttributeValue::l([AttributeValue::s("a")]), 5),
        (AttributeValue::m([("k", AttributeValue::s("a"))]), 6),
        (AttributeValue::ss(["a", "bc"]), 3),
        (AttributeValue::ns([1, 22]), 4),
    ] {
        // Names and values: id 2+1, at 2+2, v 1, note 4.
        let filled =
            |more: usize| key("a", 1).with("v", value.clone()).with("note", "x".repeat(4096 - 12 - bytes + more));
        for (more, units) in [(0, "1"), (1, "2")] {
            put(&driver, filled(more)).await;
            let get = GetItem { consistent: true, ..GetItem::new("weather", key("a", 1)) };
            assert_eq!(total(&driver, get).await, units, "{value:?}");
        }
    }
}
