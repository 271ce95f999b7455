//! Global indexes that `UpdateTable` creates and deletes.

use djamodb_core::plan::IndexStatus;
use djamodb_core::schema::{Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, TableSchema, Throughput};

use super::prelude::*;

case!("update_table/a_new_index_contains_existing_items", Theme::Index, a_new_index_contains_existing_items);
case!("update_table/a_new_index_reflects_later_writes", Theme::Index, a_new_index_reflects_later_writes);
case!("update_table/a_new_index_holds_its_projection", Theme::IndexProjection, a_new_index_holds_its_projection);
case!(
    "update_table/a_new_index_omits_items_with_keys_of_another_type",
    Theme::Sparse,
    a_new_index_omits_items_with_keys_of_another_type
);
case!("update_table/a_deleted_index_is_removed", Theme::Index, a_deleted_index_is_removed);
case!("update_table/deleting_an_index_keeps_the_others", Theme::Index, deleting_an_index_keeps_the_others);
case!(
    "update_table/a_new_index_of_a_reused_name_is_empty_before_backfilling",
    Theme::Index,
    a_new_index_of_a_reused_name_is_empty_before_backfilling
);
case!("update_table/rejects_creating_an_existing_index", Theme::Table, rejects_creating_an_existing_index);
case!("update_table/rejects_deleting_a_missing_index", Theme::Table, rejects_deleting_a_missing_index);
case!("update_table/changes_one_index_at_a_time", Theme::Table, changes_one_index_at_a_time);
case!("update_table/rejects_deleting_a_local_index", Theme::Table, rejects_deleting_a_local_index);
case!("update_table/changes_the_throughput_of_an_index", Theme::Table, changes_the_throughput_of_an_index);
case!(
    "update_table/a_new_index_has_multi_attribute_keys",
    Theme::Index,
    requires: [Requirement::MultiAttributeKeys],
    a_new_index_has_multi_attribute_keys
);

fn by_kind(projection: IndexProjection) -> GlobalIndex {
    GlobalIndex::new("by_kind", KeySchema::hash_and_range(KeyAttribute::s("kind"), KeyAttribute::n("heat")), projection)
}

fn query_by_kind(table: &Name, kind: &str) -> Query {
    index_query(table, "by_kind", kind)
}

/// Fails if items that were written before the index are missing from it.
async fn a_new_index_contains_existing_items(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, (0..30).map(|at| indexed_item("a", at, if at % 3 == 0 { "k" } else { "l" }, -at))).await?;
    put_all(&cx, &table, [key("b", 1), key("b", 2).with("kind", "k"), key("b", 3).with("heat", 1)]).await?;
    update_table(&cx, UpdateTable::new(&table).create_index(by_kind(IndexProjection::All))).await?;
    let described = describe_table(&cx, &table).await?;
    ensure_eq("table schema", described.schema.global_indexes, [by_kind(IndexProjection::All)])?;
    let status = described.indexes.iter().map(|index| (index.name.as_str(), index.status, index.backfilling));
    ensure_eq("status", status.collect::<Vec<_>>(), [("by_kind", Some(IndexStatus::Active), false)])?;
    let items = query_all(&cx, query_by_kind(&table, "k")).await?;
    ensure_eq(
        "range keys in the order of the index",
        range_keys(&items),
        (0..10).map(|n| 27 - 3 * n).collect::<Vec<i64>>(),
    )?;
    ensure_eq("whole item", items[0].clone(), indexed_item("a", 27, "k", -27))?;
    let every = scan_all(&cx, Scan { index: Some("by_kind".into()), ..Scan::new(&table) }).await?;
    ensure_eq("range keys of the whole index", sorted_range_keys(&every), (0..30).collect::<Vec<i64>>())
}

/// Fails if writes after the creation of the index are missing from it.
async fn a_new_index_reflects_later_writes(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, (0..4).map(|at| indexed_item("a", at, "k", at))).await?;
    update_table(&cx, UpdateTable::new(&table).create_index(by_kind(IndexProjection::All))).await?;
    put_all(&cx, &table, [indexed_item("a", 0, "k", 9), indexed_item("a", 7, "k", 7)]).await?;
    cx.run(DeleteItem::new(&table, key("a", 1))).await?;
    cx.run(UpdateItem::new(&table, key("a", 2), Update::new().remove(path("kind")))).await?;
    ensure_eq("items of the index", range_keys(&query_all(&cx, query_by_kind(&table, "k")).await?), [3, 7, 0])
}

/// Fails if the index holds other attributes than it projects.
async fn a_new_index_holds_its_projection(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 5).with("note", "n").with("more", 1)]).await?;
    let note = IndexProjection::Include(vec!["note".into()]);
    update_table(&cx, UpdateTable::new(&table).create_index(by_kind(note))).await?;
    put_all(&cx, &table, [indexed_item("a", 2, "k", 6).with("note", "m").with("more", 1)]).await?;
    let items = query_all(&cx, query_by_kind(&table, "k")).await?;
    ensure_eq(
        "items",
        items,
        [indexed_item("a", 1, "k", 5).with("note", "n"), indexed_item("a", 2, "k", 6).with("note", "m")],
    )?;
    cx.expect_validation_error(Query { select: Some(Select::AllAttributes), ..query_by_kind(&table, "k") }).await?;
    Ok(())
}

/// Fails if an item whose key attribute has another type is in the index, or prevents its creation.
async fn a_new_index_omits_items_with_keys_of_another_type(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 1), key("a", 2).with("kind", 7).with("heat", 1)]).await?;
    update_table(&cx, UpdateTable::new(&table).create_index(by_kind(IndexProjection::All))).await?;
    let items = scan_all(&cx, Scan { index: Some("by_kind".into()), ..Scan::new(&table) }).await?;
    if cx.deviates("new-indexes-include-keys-of-any-type") {
        return ensure_eq("items of the index", sorted_range_keys(&items), [1, 2]);
    }
    ensure_eq("items of the index", sorted_range_keys(&items), [1])
}

/// Fails if a deleted index is described, can be read, or consumes capacity.
async fn a_deleted_index_is_removed(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 1)]).await?;
    update_table(&cx, UpdateTable::new(&table).delete_index("global_all")).await?;
    let described = describe_table(&cx, &table).await?;
    let mut names: Vec<&str> = described.schema.global_indexes.iter().map(|index| index.name.as_str()).collect();
    names.sort_unstable();
    ensure_eq("table schema", names, ["global_keys", "global_note"])?;
    ensure(
        "the deleted index has no status",
        described.indexes.iter().all(|index| index.name.as_str() != "global_all"),
    )?;
    cx.expect_validation_error(index_query(&table, "global_all", "k")).await?;
    cx.expect_validation_error(Scan { index: Some("global_all".into()), ..Scan::new(&table) }).await?;
    let put = PutItem::new(&table, indexed_item("a", 2, "k", 1));
    let put_with_index_capacity = PutItem { return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..put };
    let consumed = cx.consumed_capacity(put_with_index_capacity).await?;
    ensure_eq(
        "number of global indexes that a write consumes",
        consumed.iter().map(|consumed| consumed.global_indexes.len()).collect::<Vec<_>>(),
        [2],
    )
}

/// Fails if another index is deleted or loses items.
async fn deleting_an_index_keeps_the_others(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, (0..3).map(|at| indexed_item("a", at, "k", -at))).await?;
    update_table(&cx, UpdateTable::new(&table).delete_index("global_all")).await?;
    put_all(&cx, &table, [indexed_item("a", 3, "k", -3)]).await?;
    for (index, hash) in [("global_keys", "k"), ("global_note", "k"), ("local_all", "a"), ("local_keys", "a")] {
        ensure_eq(index, range_keys(&query_all(&cx, index_query(&table, index, hash)).await?), [3, 2, 1, 0])?;
    }
    Ok(())
}

/// Fails if entries of a deleted index appear in a new one of the same name.
async fn a_new_index_of_a_reused_name_is_empty_before_backfilling(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    update_table(&cx, UpdateTable::new(&table).create_index(by_kind(IndexProjection::All))).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 1), indexed_item("a", 2, "k", 2)]).await?;
    update_table(&cx, UpdateTable::new(&table).delete_index("by_kind")).await?;
    cx.run(DeleteItem::new(&table, key("a", 1))).await?;
    update_table(&cx, UpdateTable::new(&table).create_index(by_kind(IndexProjection::KeysOnly))).await?;
    ensure_eq("items of the index", query_all(&cx, query_by_kind(&table, "k")).await?, [indexed_item("a", 2, "k", 2)])
}

/// Fails if an existing index is replaced.
async fn rejects_creating_an_existing_index(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let key = || KeySchema::hash(KeyAttribute::s("other"));
    let index = |name: &'static str| GlobalIndex::new(name, key(), IndexProjection::All);
    let error = cx.expect_validation_error(UpdateTable::new(&table).create_index(index("global_all"))).await?;
    cx.expect_message(&error, "Attempting to create an index which already exists")?;
    cx.expect_validation_error(UpdateTable::new(&table).create_index(index("local_all"))).await?;
    ensure_eq("number of indexes", describe_table(&cx, &table).await?.schema.global_indexes.len(), 3)
}

/// Fails if deleting a missing index succeeds.
async fn rejects_deleting_a_missing_index(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    cx.expect_resource_not_found(UpdateTable::new(&table).delete_index("none")).await?;
    ensure_eq("number of indexes", describe_table(&cx, &table).await?.schema.global_indexes.len(), 3)
}

/// Fails if the second of two index changes is silently ignored.
async fn changes_one_index_at_a_time(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let update = UpdateTable::new(&table).create_index(by_kind(IndexProjection::All)).delete_index("global_all");
    cx.expect_error(update, ExpectedError::LimitExceeded).await?;
    let update = UpdateTable::new(&table).delete_index("global_keys").delete_index("global_all");
    cx.expect_error(update, ExpectedError::LimitExceeded).await?;
    ensure_eq("number of indexes", describe_table(&cx, &table).await?.schema.global_indexes.len(), 3)
}

/// Fails if deleting a local index succeeds.
async fn rejects_deleting_a_local_index(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let error = cx.expect_validation_error(UpdateTable::new(&table).delete_index("local_all")).await?;
    cx.expect_message(&error, "Cannot delete an index that is not a GlobalSecondaryIndex*")?;
    ensure_eq("number of indexes", describe_table(&cx, &table).await?.schema.local_indexes.len(), 3)
}

/// Fails if the throughput of the index does not change, or that of the table does.
async fn changes_the_throughput_of_an_index(cx: Context) -> CaseResult {
    let of_table = Throughput { read_units: 2, write_units: 2 };
    let of_index = Throughput { read_units: 4, write_units: 3 };
    let key = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n("at"));
    let index = GlobalIndex { throughput: Some(of_table), ..by_kind(IndexProjection::All) };
    let schema = TableSchema {
        billing: Billing::Provisioned(of_table),
        global_indexes: vec![index],
        ..TableSchema::new("provisioned", key)
    };
    let table = cx.create_table(schema).await?;
    update_table(&cx, UpdateTable::new(&table).update_index("by_kind", of_index)).await?;
    let schema = describe_table(&cx, &table).await?.schema;
    ensure_eq("billing mode of the table", schema.billing, Billing::Provisioned(of_table))?;
    let throughputs: Vec<_> = schema.global_indexes.into_iter().map(|index| index.throughput).collect();
    ensure_eq("throughput of the index", throughputs, [Some(of_index)])?;
    cx.expect_validation_error(UpdateTable::new(&table).update_index("by_kind", of_index)).await?;
    Ok(())
}

/// Fails if an index with several key attributes cannot be added to a table.
async fn a_new_index_has_multi_attribute_keys(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let item = |at, day: &str, heat| indexed_item("a", at, "k", heat).with("day", day);
    put_all(&cx, &table, [item(1, "b", 5), item(2, "a", 9), item(3, "a", 7), indexed_item("a", 4, "k", 1)]).await?;
    let key = KeySchema {
        hash: vec![KeyAttribute::s("id"), KeyAttribute::s("kind")],
        range: vec![KeyAttribute::s("day"), KeyAttribute::n("heat")],
    };
    let update = UpdateTable::new(&table).create_index(GlobalIndex::new("by_both", key, IndexProjection::All));
    if !update_table_requiring(&cx, Requirement::MultiAttributeKeys, update).await? {
        return Ok(());
    }
    let condition = KeyCondition { hash: vec![("id".into(), "a".into()), ("kind".into(), "k".into())], range: vec![] };
    let query = Query { index: Some("by_both".into()), ..Query::new(&table, condition) };
    ensure_eq("range keys in the order of the index", range_keys(&query_all(&cx, query).await?), [3, 2, 1])
}
