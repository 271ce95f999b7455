//! Tables that `CreateTable` creates and `DescribeTable` describes.

use djamodb_core::plan::{TableDescription, TableStatus};
use djamodb_core::schema::{
    Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, StreamView, TableSchema, Tag, Throughput,
};

use super::prelude::*;

case!("create_table/creates_the_table_of_the_schema", Theme::Table, creates_the_table_of_the_schema);
case!("create_table/creates_keys_of_every_type", Theme::Table, creates_keys_of_every_type);
case!("create_table/sets_the_provisioned_throughput", Theme::Table, sets_the_provisioned_throughput);
case!("create_table/rejects_an_existing_table", Theme::Table, rejects_an_existing_table);
case!("create_table/accepts_tags", Theme::Table, requires: [Requirement::Tags], accepts_tags);
case!("create_table/enables_the_stream", Theme::Table, requires: [Requirement::Stream], enables_the_stream);
case!(
    "create_table/orders_multi_attribute_index_keys",
    Theme::Index,
    requires: [Requirement::MultiAttributeKeys],
    orders_multi_attribute_index_keys
);

/// Sorts indexes and included attributes by name, because the service returns them in no particular order.
fn normalized(mut schema: TableSchema) -> TableSchema {
    schema.global_indexes.sort_by(|left, right| left.name.cmp(&right.name));
    schema.local_indexes.sort_by(|left, right| left.name.cmp(&right.name));
    let globals = schema.global_indexes.iter_mut().map(|index| &mut index.projection);
    for projection in globals.chain(schema.local_indexes.iter_mut().map(|index| &mut index.projection)) {
        if let IndexProjection::Include(names) = projection {
            names.sort();
        }
    }
    schema
}

async fn describe(cx: &Context, table: &Name) -> Result<TableDescription, Failure> {
    Ok(cx.run(DescribeTable::new(table)).await?.table)
}

/// Fails if the description differs from the schema.
async fn creates_the_table_of_the_schema(cx: Context) -> CaseResult {
    let mut schema = indexed_schema();
    schema.global_indexes.push(GlobalIndex::new(
        "by_day",
        KeySchema::hash(KeyAttribute::s("day")),
        IndexProjection::Include(vec!["b".into(), "a".into()]),
    ));
    let table = cx.create_table(schema.clone()).await?;
    let described = describe(&cx, &table).await?;
    ensure_eq("table status", described.status, TableStatus::Active)?;
    let expected = TableSchema { name: table, ..schema };
    ensure_eq("table schema", normalized(described.schema), normalized(expected))
}

/// Fails if the type of a key attribute changes.
async fn creates_keys_of_every_type(cx: Context) -> CaseResult {
    use djamodb_core::schema::ScalarType::{B, N, S};

    for (at, (hash, range)) in [(S, Some(N)), (N, Some(B)), (B, Some(S)), (N, None)].into_iter().enumerate() {
        let key = KeySchema {
            hash: vec![KeyAttribute::new("the.hash", hash)],
            range: range.map(|range| KeyAttribute::new("the-range", range)).into_iter().collect(),
        };
        let table = cx.create_table(TableSchema::new(format!("table{at}"), key.clone())).await?;
        let described = describe(&cx, &table).await?.schema;
        ensure_eq("key", described.key, key)?;
        ensure_eq(
            "number of global and local indexes",
            (described.global_indexes.len(), described.local_indexes.len()),
            (0, 0),
        )?;
    }
    Ok(())
}

/// Fails if the table has another billing mode or throughput.
async fn sets_the_provisioned_throughput(cx: Context) -> CaseResult {
    let throughput = Throughput { read_units: 3, write_units: 2 };
    let mut schema = TableSchema::new("provisioned", KeySchema::hash(KeyAttribute::s("id")));
    schema.billing = Billing::Provisioned(throughput);
    let table = cx.create_table(schema.clone()).await?;
    ensure_eq("billing mode", describe(&cx, &table).await?.schema.billing, Billing::Provisioned(throughput))?;
    schema.billing = Billing::Provisioned(Throughput { read_units: 0, ..throughput });
    schema.name = cx.table_name("another");
    cx.expect_validation_error(CreateTable::new(schema)).await?;
    Ok(())
}

/// Fails if an existing table is replaced by an empty one.
async fn rejects_an_existing_table(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a")]).await?;
    for key in [KeyAttribute::s("id"), KeyAttribute::n("other")] {
        let create = CreateTable::new(TableSchema::new(&table, KeySchema::hash(key)));
        let error = cx.expect_error(create, ExpectedError::ResourceInUse).await?;
        cx.expect_message_or_deviation("existing-table-message", &error, &format!("Table already exists: {table}"))?;
    }
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a")))
}

/// Fails if a table with tags is rejected.
async fn accepts_tags(cx: Context) -> CaseResult {
    let mut schema = TableSchema::new(cx.table_name("tagged"), KeySchema::hash(KeyAttribute::s("id")));
    schema.tags = vec![Tag::new("team", "weather")];
    if let Some(result) = cx.run_requiring(Requirement::Tags, CreateTable::new(schema)).await? {
        result?;
    }
    Ok(())
}

/// Fails if the table has no stream, or one with another view.
async fn enables_the_stream(cx: Context) -> CaseResult {
    let mut schema = TableSchema::new(cx.table_name("streamed"), KeySchema::hash(KeyAttribute::s("id")));
    schema.stream = Some(StreamView::NewAndOldImages);
    if let Some(result) = cx.run_requiring(Requirement::Stream, CreateTable::new(schema.clone())).await? {
        result?;
        ensure_eq("stream", describe(&cx, &schema.name).await?.schema.stream, schema.stream)?;
    }
    Ok(())
}

/// Fails if the second attribute of an index key is ignored.
async fn orders_multi_attribute_index_keys(cx: Context) -> CaseResult {
    let mut schema = TableSchema::new(cx.table_name("several"), KeySchema::hash(KeyAttribute::s("id")));
    let hash = vec![KeyAttribute::s("city"), KeyAttribute::s("kind")];
    let range = vec![KeyAttribute::n("year"), KeyAttribute::n("day")];
    schema.global_indexes = vec![GlobalIndex::new("several", KeySchema { hash, range }, IndexProjection::All)];
    let table = schema.name.clone();
    let Some(result) = cx.run_requiring(Requirement::MultiAttributeKeys, CreateTable::new(schema)).await? else {
        return Ok(());
    };
    result?;
    for (n, city, kind, year, day) in
        [(1, "s", "rain", 2, 9), (2, "s", "rain", 10, 1), (3, "s", "rain", 2, 10), (4, "s", "sun", 1, 1)]
    {
        let item = user_key(&n.to_string()).with("n", n).with("city", city).with("kind", kind);
        put_all(&cx, &table, [item.with("year", year).with("day", day)]).await?;
    }
    put_all(&cx, &table, [user_key("5").with("n", 5).with("city", "s").with("kind", "rain").with("year", 2)]).await?;
    let hash = vec![("city".into(), "s".into()), ("kind".into(), "rain".into())];
    let of = |range| Query {
        index: Some("several".into()),
        ..Query::new(&table, KeyCondition { hash: hash.clone(), range })
    };
    ensure_eq("`n` of all items of the hash key", number_values(&query_all(&cx, of(vec![])).await?, "n"), [1, 3, 2])?;
    let second = vec![("year".into(), RangeCondition::Eq(2.into())), ("day".into(), RangeCondition::Gt(9.into()))];
    ensure_eq("`n` of the items in the range", number_values(&query_all(&cx, of(second)).await?, "n"), [3])
}
