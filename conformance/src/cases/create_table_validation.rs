//! Schemas that `CreateTable` rejects.

use djamodb_core::schema::{GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, TableSchema};

use super::prelude::*;

case!("create_table/rejects_invalid_names", Theme::Table, rejects_invalid_names);
case!("create_table/distinguishes_names_by_case", Theme::Table, distinguishes_names_by_case);
case!("create_table/requires_one_hash_key", Theme::Table, requires_one_hash_key);
case!("create_table/rejects_an_attribute_of_two_types", Theme::Table, rejects_an_attribute_of_two_types);
case!(
    "create_table/requires_the_hash_key_of_the_table_in_local_indexes",
    Theme::Table,
    requires_the_hash_key_of_the_table_in_local_indexes
);
case!("create_table/requires_unique_index_names", Theme::Table, requires_unique_index_names);
case!("create_table/rejects_an_empty_include_projection", Theme::Table, rejects_an_empty_include_projection);
case!("create_table/limits_the_number_of_indexes", Theme::Table, limits_the_number_of_indexes);

fn schema(cx: &Context) -> TableSchema {
    let key = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n("at"));
    TableSchema::new(cx.table_name("table"), key)
}

fn local(name: &str, hash: &str, range: &str) -> LocalIndex {
    let key = KeySchema::hash_and_range(KeyAttribute::s(hash), KeyAttribute::s(range));
    LocalIndex::new(name, key, IndexProjection::All)
}

fn global(name: &str, hash: &str) -> GlobalIndex {
    GlobalIndex::new(name, KeySchema::hash(KeyAttribute::s(hash)), IndexProjection::All)
}

async fn expect_rejected(cx: &Context, schema: TableSchema) -> CaseResult {
    let table = schema.name.clone();
    cx.expect_validation_error(CreateTable::new(schema)).await?;
    let described = cx.driver().run(DescribeTable::new(table)).await;
    ensure("the rejected table does not exist", described.is_err())
}

/// Fails if a name of invalid length or with invalid characters is accepted, or if the longest valid name is rejected.
async fn rejects_invalid_names(cx: Context) -> CaseResult {
    for name in ["ab", "", "with space", "with/slash", "ümlaut", &"x".repeat(256)] {
        expect_rejected(&cx, TableSchema { name: name.into(), ..schema(&cx) }).await?;
    }
    for name in ["ab", "with space"] {
        expect_rejected(&cx, TableSchema { global_indexes: vec![global(name, "x")], ..schema(&cx) }).await?;
    }
    let rest = 255 - cx.table_name("").len();
    let longest = TableSchema { name: format!("A_z.-{}", "9".repeat(rest - 5)).into(), ..schema(&cx) };
    ensure_eq("length of the longest name", cx.create_table(longest).await?.len(), 255)
}

/// Fails if two names that differ only in case denote the same table.
async fn distinguishes_names_by_case(cx: Context) -> CaseResult {
    let lower = cx.create_table(TableSchema { name: "name".into(), ..schema(&cx) }).await?;
    put_all(&cx, &lower, [key("a", 1)]).await?;
    let upper = TableSchema { name: cx.table_name("NAME"), ..schema(&cx) };
    if cx.deviates("table-names-ignore-case") {
        let created = cx.driver().run(CreateTable::new(upper)).await;
        return ensure("a second table whose name differs only in case fails", created.is_err());
    }
    let upper = cx.create_table(TableSchema { name: "NAME".into(), ..upper }).await?;
    ensure_eq("items of the second table", scan_all(&cx, Scan::new(upper)).await?, Vec::<Item>::new())
}

/// Fails if a table without a hash key, or with more than one hash or range key, is created.
async fn requires_one_hash_key(cx: Context) -> CaseResult {
    let (id, other) = (|| KeyAttribute::s("id"), || KeyAttribute::s("other"));
    for key in [
        KeySchema { hash: vec![], range: vec![] },
        KeySchema { hash: vec![], range: vec![id()] },
        KeySchema { hash: vec![id(), other()], range: vec![] },
        KeySchema { hash: vec![id()], range: vec![other(), KeyAttribute::s("third")] },
        KeySchema { hash: vec![id()], range: vec![id()] },
    ] {
        expect_rejected(&cx, TableSchema { key, ..schema(&cx) }).await?;
    }
    let key = KeySchema { hash: vec![id(), other()], range: vec![KeyAttribute::s("third")] };
    let error = cx.expect_validation_error(CreateTable::new(TableSchema { key, ..schema(&cx) })).await?;
    let message = "1 validation error detected: Value '*' at 'keySchema' failed to satisfy constraint: Member must have length \
                   less than or equal to 2";
    cx.expect_message_unless("constraints-are-reported-one-by-one", &error, message)
}

/// Fails if an index declares an attribute of the table's key with another type.
async fn rejects_an_attribute_of_two_types(cx: Context) -> CaseResult {
    let as_text = vec![global("by_at", "at")];
    expect_rejected(&cx, TableSchema { global_indexes: as_text, ..schema(&cx) }).await
}

/// Fails if a local index with its own hash key, or without a range key, is accepted.
async fn requires_the_hash_key_of_the_table_in_local_indexes(cx: Context) -> CaseResult {
    let with = |index| TableSchema { local_indexes: vec![index], ..schema(&cx) };
    expect_rejected(&cx, with(local("index", "other", "x"))).await?;
    let hash_only = LocalIndex::new("index", KeySchema::hash(KeyAttribute::s("id")), IndexProjection::All);
    expect_rejected(&cx, with(hash_only)).await?;
    let of_hash_table = TableSchema { key: KeySchema::hash(KeyAttribute::s("id")), ..with(local("index", "id", "x")) };
    expect_rejected(&cx, of_hash_table).await
}

/// Fails if two indexes of one table have the same name.
async fn requires_unique_index_names(cx: Context) -> CaseResult {
    let two_globals = vec![global("index", "x"), global("index", "y")];
    expect_rejected(&cx, TableSchema { global_indexes: two_globals, ..schema(&cx) }).await?;
    let both = TableSchema {
        global_indexes: vec![global("index", "x")],
        local_indexes: vec![local("index", "id", "y")],
        ..schema(&cx)
    };
    expect_rejected(&cx, both).await
}

/// Fails if an index that includes no attribute is accepted.
async fn rejects_an_empty_include_projection(cx: Context) -> CaseResult {
    let index = GlobalIndex { projection: IndexProjection::Include(vec![]), ..global("index", "x") };
    expect_rejected(&cx, TableSchema { global_indexes: vec![index], ..schema(&cx) }).await
}

/// Fails if more than 20 global or 5 local indexes are accepted.
async fn limits_the_number_of_indexes(cx: Context) -> CaseResult {
    let globals = |count| (0..count).map(|at| global(&format!("index{at}"), &format!("x{at}"))).collect();
    let locals = |count| (0..count).map(|at| local(&format!("index{at}"), "id", &format!("x{at}"))).collect();
    expect_rejected(&cx, TableSchema { global_indexes: globals(21), ..schema(&cx) }).await?;
    expect_rejected(&cx, TableSchema { local_indexes: locals(6), ..schema(&cx) }).await?;
    let table = cx.create_table(TableSchema { name: "most".into(), local_indexes: locals(5), ..schema(&cx) }).await?;
    let described = cx.run(DescribeTable::new(table)).await?.table.schema;
    ensure_eq("number of local indexes", described.local_indexes.len(), 5)
}
