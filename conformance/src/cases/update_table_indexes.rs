//! `UpdateTable`: global indexes come and go.

use djamodb_core::plan::IndexStatus;
use djamodb_core::schema::{Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, TableSchema, Throughput};

use super::prelude::*;

case!("update_table/a_new_index_is_filled_from_the_table", Theme::Index, filled);
case!("update_table/a_new_index_follows_the_table", Theme::Index, follows);
case!("update_table/a_new_index_holds_what_it_projects", Theme::IndexProjection, projects);
case!("update_table/a_new_index_passes_over_keys_of_another_type", Theme::Sparse, other_type);
case!("update_table/an_index_that_was_deleted_is_gone", Theme::Index, deleted);
case!("update_table/the_other_indexes_stay", Theme::Index, others_stay);
case!("update_table/an_index_of_the_name_of_a_deleted_one_is_new", Theme::Index, anew);
case!("update_table/an_index_that_exists_is_refused", Theme::Table, exists);
case!("update_table/an_index_that_is_missing_is_refused", Theme::Table, missing);
case!("update_table/one_index_at_a_time_is_created_or_deleted", Theme::Table, one_at_a_time);
case!("update_table/a_local_index_cannot_be_deleted", Theme::Table, local);
case!("update_table/the_throughput_of_an_index_is_changed", Theme::Table, throughput);
case!(
    "update_table/a_new_index_has_keys_of_several_attributes",
    Theme::Index,
    requires: [Requirement::MultiAttributeKeys],
    several_attributes
);

fn by_kind(projection: IndexProjection) -> GlobalIndex {
    GlobalIndex::new("by_kind", KeySchema::hash_and_range(KeyAttribute::s("kind"), KeyAttribute::n("heat")), projection)
}

fn of_kind(table: &Name, kind: &str) -> Query {
    by_index(table, "by_kind", kind)
}

/// Items that were there before would never be found by the index.
async fn filled(cx: Context) -> CaseResult {
    let table = events(&cx).await?;
    put_all(&cx, &table, (0..30).map(|at| entry("a", at, if at % 3 == 0 { "k" } else { "l" }, -at))).await?;
    put_all(&cx, &table, [key("b", 1), key("b", 2).with("kind", "k"), key("b", 3).with("heat", 1)]).await?;
    update_table(&cx, UpdateTable::new(&table).create_index(by_kind(IndexProjection::All))).await?;
    let described = described(&cx, &table).await?;
    same("the schema", described.schema.global_indexes, [by_kind(IndexProjection::All)])?;
    let status = described.indexes.iter().map(|index| (index.name.as_str(), index.status, index.backfilling));
    same("the state", status.collect::<Vec<_>>(), [("by_kind", Some(IndexStatus::Active), false)])?;
    let items = all(&cx, of_kind(&table, "k")).await?;
    same("in its order", ats(&items), (0..10).map(|n| 27 - 3 * n).collect::<Vec<i64>>())?;
    same("the whole item", items[0].clone(), entry("a", 27, "k", -27))?;
    let every = scan_all(&cx, Scan { index: Some("by_kind".into()), ..Scan::new(&table) }).await?;
    same("all of it", sorted_ats(&every), (0..30).collect::<Vec<i64>>())
}

/// An index would stay as it was when it was created.
async fn follows(cx: Context) -> CaseResult {
    let table = events(&cx).await?;
    put_all(&cx, &table, (0..4).map(|at| entry("a", at, "k", at))).await?;
    update_table(&cx, UpdateTable::new(&table).create_index(by_kind(IndexProjection::All))).await?;
    put_all(&cx, &table, [entry("a", 0, "k", 9), entry("a", 7, "k", 7)]).await?;
    cx.run(DeleteItem::new(&table, key("a", 1))).await?;
    cx.run(UpdateItem::new(&table, key("a", 2), Update::new().remove(path("kind")))).await?;
    same("what it holds", ats(&all(&cx, of_kind(&table, "k")).await?), [3, 7, 0])
}

/// An index would be filled with more than it holds, or less.
async fn projects(cx: Context) -> CaseResult {
    let table = events(&cx).await?;
    put_all(&cx, &table, [entry("a", 1, "k", 5).with("note", "n").with("more", 1)]).await?;
    let note = IndexProjection::Include(vec!["note".into()]);
    update_table(&cx, UpdateTable::new(&table).create_index(by_kind(note))).await?;
    put_all(&cx, &table, [entry("a", 2, "k", 6).with("note", "m").with("more", 1)]).await?;
    let items = all(&cx, of_kind(&table, "k")).await?;
    same("the items", items, [entry("a", 1, "k", 5).with("note", "n"), entry("a", 2, "k", 6).with("note", "m")])?;
    cx.invalid(Query { select: Some(Select::AllAttributes), ..of_kind(&table, "k") }).await?;
    Ok(())
}

/// An item that the index has no place for would stop it from being created, or be in it all the same.
async fn other_type(cx: Context) -> CaseResult {
    let table = events(&cx).await?;
    put_all(&cx, &table, [entry("a", 1, "k", 1), key("a", 2).with("kind", 7).with("heat", 1)]).await?;
    update_table(&cx, UpdateTable::new(&table).create_index(by_kind(IndexProjection::All))).await?;
    let items = scan_all(&cx, Scan { index: Some("by_kind".into()), ..Scan::new(&table) }).await?;
    if cx.deviates("new-indexes-take-keys-of-any-type") {
        return same("what it holds", sorted_ats(&items), [1, 2]);
    }
    same("what it holds", sorted_ats(&items), [1])
}

/// What nobody needs any more would be paid for still.
async fn deleted(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    put_all(&cx, &table, [entry("a", 1, "k", 1)]).await?;
    update_table(&cx, UpdateTable::new(&table).delete_index("global_all")).await?;
    let described = described(&cx, &table).await?;
    let mut names: Vec<&str> = described.schema.global_indexes.iter().map(|index| index.name.as_str()).collect();
    names.sort_unstable();
    same("the schema", names, ["global_keys", "global_note"])?;
    holds("nor is its state told", described.indexes.iter().all(|index| index.name.as_str() != "global_all"))?;
    cx.invalid(by_index(&table, "global_all", "k")).await?;
    cx.invalid(Scan { index: Some("global_all".into()), ..Scan::new(&table) }).await?;
    let put = PutItem::new(&table, entry("a", 2, "k", 1));
    let asking = PutItem { return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..put };
    let charged = cx.charged(asking).await?;
    same("what a write costs", charged.iter().map(|charged| charged.global_indexes.len()).collect::<Vec<_>>(), [2])
}

/// Another index would be deleted, or lose what it holds.
async fn others_stay(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    put_all(&cx, &table, (0..3).map(|at| entry("a", at, "k", -at))).await?;
    update_table(&cx, UpdateTable::new(&table).delete_index("global_all")).await?;
    put_all(&cx, &table, [entry("a", 3, "k", -3)]).await?;
    for (index, hash) in [("global_keys", "k"), ("global_note", "k"), ("local_all", "a"), ("local_keys", "a")] {
        same(index, ats(&all(&cx, by_index(&table, index, hash)).await?), [3, 2, 1, 0])?;
    }
    Ok(())
}

/// Entries of the index before would be found in the next one.
async fn anew(cx: Context) -> CaseResult {
    let table = events(&cx).await?;
    update_table(&cx, UpdateTable::new(&table).create_index(by_kind(IndexProjection::All))).await?;
    put_all(&cx, &table, [entry("a", 1, "k", 1), entry("a", 2, "k", 2)]).await?;
    update_table(&cx, UpdateTable::new(&table).delete_index("by_kind")).await?;
    cx.run(DeleteItem::new(&table, key("a", 1))).await?;
    update_table(&cx, UpdateTable::new(&table).create_index(by_kind(IndexProjection::KeysOnly))).await?;
    same("what it holds", all(&cx, of_kind(&table, "k")).await?, [entry("a", 2, "k", 2)])
}

/// An index in use would be replaced by another one.
async fn exists(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    let key = || KeySchema::hash(KeyAttribute::s("other"));
    let index = |name: &'static str| GlobalIndex::new(name, key(), IndexProjection::All);
    let error = cx.invalid(UpdateTable::new(&table).create_index(index("global_all"))).await?;
    cx.says(&error, "Attempting to create an index which already exists")?;
    cx.invalid(UpdateTable::new(&table).create_index(index("local_all"))).await?;
    same("the indexes", described(&cx, &table).await?.schema.global_indexes.len(), 3)
}

/// A typing error in an index's name would look like a success.
async fn missing(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    cx.not_found(UpdateTable::new(&table).delete_index("none")).await?;
    same("the indexes", described(&cx, &table).await?.schema.global_indexes.len(), 3)
}

/// The second of two would be left out in silence.
async fn one_at_a_time(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    let update = UpdateTable::new(&table).create_index(by_kind(IndexProjection::All)).delete_index("global_all");
    cx.refused(update, Refusal::LimitExceeded).await?;
    let update = UpdateTable::new(&table).delete_index("global_keys").delete_index("global_all");
    cx.refused(update, Refusal::LimitExceeded).await?;
    same("the indexes", described(&cx, &table).await?.schema.global_indexes.len(), 3)
}

/// What the service keeps as long as the table would be thought to be gone.
async fn local(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    let error = cx.invalid(UpdateTable::new(&table).delete_index("local_all")).await?;
    cx.says(&error, "Cannot delete an index that is not a GlobalSecondaryIndex*")?;
    same("the indexes", described(&cx, &table).await?.schema.local_indexes.len(), 3)
}

/// An index would be throttled for longer than was meant, or the table be changed in its place.
async fn throughput(cx: Context) -> CaseResult {
    let of_table = Throughput { read_units: 2, write_units: 2 };
    let of_index = Throughput { read_units: 4, write_units: 3 };
    let key = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n("at"));
    let index = GlobalIndex { throughput: Some(of_table), ..by_kind(IndexProjection::All) };
    let schema = TableSchema {
        billing: Billing::Provisioned(of_table),
        global_indexes: vec![index],
        ..TableSchema::new("provisioned", key)
    };
    let table = cx.create(schema).await?;
    update_table(&cx, UpdateTable::new(&table).update_index("by_kind", of_index)).await?;
    let schema = described(&cx, &table).await?.schema;
    same("of the table", schema.billing, Billing::Provisioned(of_table))?;
    let told: Vec<_> = schema.global_indexes.into_iter().map(|index| index.throughput).collect();
    same("of the index", told, [Some(of_index)])?;
    cx.invalid(UpdateTable::new(&table).update_index("by_kind", of_index)).await?;
    Ok(())
}

/// An index of this kind could only be had by creating the table again.
async fn several_attributes(cx: Context) -> CaseResult {
    let table = events(&cx).await?;
    let item = |at, day: &str, heat| entry("a", at, "k", heat).with("day", day);
    put_all(&cx, &table, [item(1, "b", 5), item(2, "a", 9), item(3, "a", 7), entry("a", 4, "k", 1)]).await?;
    let key = KeySchema {
        hash: vec![KeyAttribute::s("id"), KeyAttribute::s("kind")],
        range: vec![KeyAttribute::s("day"), KeyAttribute::n("heat")],
    };
    let update = UpdateTable::new(&table).create_index(GlobalIndex::new("by_both", key, IndexProjection::All));
    if cx.deviates("no-multi-attribute-keys") {
        let result = cx.attempt(Requirement::MultiAttributeKeys, update).await?;
        return holds("it is refused", result.is_none_or(|result| result.is_err()));
    }
    if !update_with(&cx, Requirement::MultiAttributeKeys, update).await? {
        return Ok(());
    }
    let condition = KeyCondition { hash: vec![("id".into(), "a".into()), ("kind".into(), "k".into())], range: vec![] };
    let query = Query { index: Some("by_both".into()), ..Query::new(&table, condition) };
    same("in its order", ats(&all(&cx, query).await?), [3, 2, 1])
}
