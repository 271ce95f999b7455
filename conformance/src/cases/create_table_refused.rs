//! `CreateTable`: what is no table.

use djamodb_core::schema::{GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, TableSchema};

use super::prelude::*;

case!("create_table/names_have_a_length_and_an_alphabet", Theme::Table, names);
case!("create_table/names_differ_by_case", Theme::Table, case_of_names);
case!("create_table/a_key_has_one_hash_attribute", Theme::Table, keys);
case!("create_table/an_attribute_has_one_type", Theme::Table, two_types);
case!("create_table/a_local_index_shares_the_hash_key", Theme::Table, local_indexes);
case!("create_table/indexes_have_names_of_their_own", Theme::Table, index_names);
case!("create_table/an_index_includes_something_or_says_keys_only", Theme::Table, includes);
case!("create_table/indexes_have_a_greatest_number", Theme::Table, too_many);

fn schema(cx: &Context) -> TableSchema {
    let key = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n("at"));
    TableSchema::new(cx.name("table"), key)
}

fn local(name: &str, hash: &str, range: &str) -> LocalIndex {
    let key = KeySchema::hash_and_range(KeyAttribute::s(hash), KeyAttribute::s(range));
    LocalIndex::new(name, key, IndexProjection::All)
}

fn global(name: &str, hash: &str) -> GlobalIndex {
    GlobalIndex::new(name, KeySchema::hash(KeyAttribute::s(hash)), IndexProjection::All)
}

async fn refused(cx: &Context, schema: TableSchema) -> CaseResult {
    let table = schema.name.clone();
    cx.invalid(CreateTable::new(schema)).await?;
    let described = cx.driver().run(DescribeTable::new(table)).await;
    holds("there is no such table", described.is_err())
}

/// A table could be created that no other call can name.
async fn names(cx: Context) -> CaseResult {
    for name in ["ab", "", "with space", "with/slash", "ümlaut", &"x".repeat(256)] {
        refused(&cx, TableSchema { name: name.into(), ..schema(&cx) }).await?;
    }
    for name in ["ab", "with space"] {
        refused(&cx, TableSchema { global_indexes: vec![global(name, "x")], ..schema(&cx) }).await?;
    }
    let rest = 255 - cx.name("").len();
    let longest = TableSchema { name: format!("A_z.-{}", "9".repeat(rest - 5)).into(), ..schema(&cx) };
    same("the longest name", cx.create(longest).await?.len(), 255)
}

/// Two tables whose names differ only by case would be one.
async fn case_of_names(cx: Context) -> CaseResult {
    let lower = cx.create(TableSchema { name: "name".into(), ..schema(&cx) }).await?;
    put_all(&cx, &lower, [key("a", 1)]).await?;
    let upper = TableSchema { name: cx.name("NAME"), ..schema(&cx) };
    if cx.deviates("table-names-without-case") {
        let created = cx.driver().run(CreateTable::new(upper)).await;
        return holds("the second one cannot be created", created.is_err());
    }
    let upper = cx.create(TableSchema { name: "NAME".into(), ..upper }).await?;
    same("the second one", scan_all(&cx, Scan::new(upper)).await?, Vec::<Item>::new())
}

/// A table without a key, or with one that nobody can give, would be created.
async fn keys(cx: Context) -> CaseResult {
    let (id, other) = (|| KeyAttribute::s("id"), || KeyAttribute::s("other"));
    for key in [
        KeySchema { hash: vec![], range: vec![] },
        KeySchema { hash: vec![], range: vec![id()] },
        KeySchema { hash: vec![id(), other()], range: vec![] },
        KeySchema { hash: vec![id()], range: vec![other(), KeyAttribute::s("third")] },
        KeySchema { hash: vec![id()], range: vec![id()] },
    ] {
        refused(&cx, TableSchema { key, ..schema(&cx) }).await?;
    }
    Ok(())
}

/// An index would hold nothing, since what it wants is of another type than the table's key.
async fn two_types(cx: Context) -> CaseResult {
    let as_text = vec![global("by_at", "at")];
    refused(&cx, TableSchema { global_indexes: as_text, ..schema(&cx) }).await
}

/// A local index would be taken for a global one.
async fn local_indexes(cx: Context) -> CaseResult {
    let with = |index| TableSchema { local_indexes: vec![index], ..schema(&cx) };
    refused(&cx, with(local("index", "other", "x"))).await?;
    let hash_only = LocalIndex::new("index", KeySchema::hash(KeyAttribute::s("id")), IndexProjection::All);
    refused(&cx, with(hash_only)).await?;
    let of_hash_table = TableSchema { key: KeySchema::hash(KeyAttribute::s("id")), ..with(local("index", "id", "x")) };
    refused(&cx, of_hash_table).await
}

/// Which of two indexes is read would be left to chance.
async fn index_names(cx: Context) -> CaseResult {
    let two_globals = vec![global("index", "x"), global("index", "y")];
    refused(&cx, TableSchema { global_indexes: two_globals, ..schema(&cx) }).await?;
    let both = TableSchema {
        global_indexes: vec![global("index", "x")],
        local_indexes: vec![local("index", "id", "y")],
        ..schema(&cx)
    };
    refused(&cx, both).await
}

/// An index that was to hold something would hold only keys.
async fn includes(cx: Context) -> CaseResult {
    let index = GlobalIndex { projection: IndexProjection::Include(vec![]), ..global("index", "x") };
    refused(&cx, TableSchema { global_indexes: vec![index], ..schema(&cx) }).await
}

/// Some of the indexes would be left out.
async fn too_many(cx: Context) -> CaseResult {
    let globals = |count| (0..count).map(|at| global(&format!("index{at}"), &format!("x{at}"))).collect();
    let locals = |count| (0..count).map(|at| local(&format!("index{at}"), "id", &format!("x{at}"))).collect();
    refused(&cx, TableSchema { global_indexes: globals(21), ..schema(&cx) }).await?;
    refused(&cx, TableSchema { local_indexes: locals(6), ..schema(&cx) }).await?;
    let table = cx.create(TableSchema { name: "most".into(), local_indexes: locals(5), ..schema(&cx) }).await?;
    let described = cx.run(DescribeTable::new(table)).await?.table.schema;
    same("the most local indexes", described.local_indexes.len(), 5)
}
