//! `CreateTable` and `DescribeTable`.

use djamodb_core::plan::{TableDescription, TableStatus};
use djamodb_core::schema::{
    Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, StreamView, TableSchema, Tag, Throughput,
};

use super::prelude::*;

case!("create_table/is_described_as_it_was_created", Theme::Table, described);
case!("create_table/keys_of_every_type_are_described", Theme::Table, key_types);
case!("create_table/throughput_is_described", Theme::Table, throughput);
case!("create_table/a_table_that_exists_is_refused", Theme::Table, exists);
case!("create_table/tags_are_taken", Theme::Table, requires: [Requirement::Tags], tags);
case!("create_table/a_stream_is_described", Theme::Table, requires: [Requirement::Stream], stream);
case!(
    "create_table/index_keys_of_several_attributes_are_read_in_order",
    Theme::Index,
    requires: [Requirement::MultiAttributeKeys],
    multi_attribute_keys
);

/// A description with its indexes and what they include in a fixed order, since theirs means nothing.
fn sorted(mut schema: TableSchema) -> TableSchema {
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

/// A table would be made of something else than was asked for.
async fn described(cx: Context) -> CaseResult {
    let mut schema = indexed_schema();
    schema.global_indexes.push(GlobalIndex::new(
        "by_day",
        KeySchema::hash(KeyAttribute::s("day")),
        IndexProjection::Include(vec!["b".into(), "a".into()]),
    ));
    let table = cx.create(schema.clone()).await?;
    let described = describe(&cx, &table).await?;
    same("the status", described.status, TableStatus::Active)?;
    let expected = TableSchema { name: table, ..schema };
    same("the schema", sorted(described.schema), sorted(expected))
}

/// A number key would become a text.
async fn key_types(cx: Context) -> CaseResult {
    use djamodb_core::schema::ScalarType::{B, N, S};

    for (at, (hash, range)) in [(S, Some(N)), (N, Some(B)), (B, Some(S)), (N, None)].into_iter().enumerate() {
        let key = KeySchema {
            hash: vec![KeyAttribute::new("the.hash", hash)],
            range: range.map(|range| KeyAttribute::new("the-range", range)).into_iter().collect(),
        };
        let table = cx.create(TableSchema::new(format!("table{at}"), key.clone())).await?;
        let described = describe(&cx, &table).await?.schema;
        same("the key", described.key, key)?;
        same("indexes", (described.global_indexes.len(), described.local_indexes.len()), (0, 0))?;
    }
    Ok(())
}

/// A table that was to be cheap would be billed otherwise.
async fn throughput(cx: Context) -> CaseResult {
    let throughput = Throughput { read_units: 3, write_units: 2 };
    let mut schema = TableSchema::new("provisioned", KeySchema::hash(KeyAttribute::s("id")));
    schema.billing = Billing::Provisioned(throughput);
    let table = cx.create(schema.clone()).await?;
    same("the billing", describe(&cx, &table).await?.schema.billing, Billing::Provisioned(throughput))?;
    schema.billing = Billing::Provisioned(Throughput { read_units: 0, ..throughput });
    schema.name = cx.name("another");
    cx.invalid(CreateTable::new(schema)).await?;
    Ok(())
}

/// A table with everything in it would be replaced by an empty one.
async fn exists(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    put_all(&cx, &table, [user("a")]).await?;
    for key in [KeyAttribute::s("id"), KeyAttribute::n("other")] {
        let create = CreateTable::new(TableSchema::new(&table, KeySchema::hash(key)));
        cx.refused(create, Refusal::ResourceInUse).await?;
    }
    same("the item", get(&cx, &table, user("a")).await?, Some(user("a")))
}

/// Who pays for a table could not be told.
async fn tags(cx: Context) -> CaseResult {
    let mut schema = TableSchema::new(cx.name("tagged"), KeySchema::hash(KeyAttribute::s("id")));
    schema.tags = vec![Tag::new("team", "weather")];
    if let Some(result) = cx.attempt(Requirement::Tags, CreateTable::new(schema)).await? {
        result?;
    }
    Ok(())
}

/// Changes would not be recorded.
async fn stream(cx: Context) -> CaseResult {
    let mut schema = TableSchema::new(cx.name("streamed"), KeySchema::hash(KeyAttribute::s("id")));
    schema.stream = Some(StreamView::NewAndOldImages);
    if let Some(result) = cx.attempt(Requirement::Stream, CreateTable::new(schema.clone())).await? {
        result?;
        same("the stream", describe(&cx, &schema.name).await?.schema.stream, schema.stream)?;
    }
    Ok(())
}

/// The second attribute of an index key would be ignored.
async fn multi_attribute_keys(cx: Context) -> CaseResult {
    let mut schema = TableSchema::new(cx.name("several"), KeySchema::hash(KeyAttribute::s("id")));
    let hash = vec![KeyAttribute::s("city"), KeyAttribute::s("kind")];
    let range = vec![KeyAttribute::n("year"), KeyAttribute::n("day")];
    schema.global_indexes = vec![GlobalIndex::new("several", KeySchema { hash, range }, IndexProjection::All)];
    let table = schema.name.clone();
    let Some(result) = cx.attempt(Requirement::MultiAttributeKeys, CreateTable::new(schema)).await? else {
        return Ok(());
    };
    if cx.deviates("no-multi-attribute-keys") {
        return holds("the table is refused", result.is_err());
    }
    result?;
    for (n, city, kind, year, day) in
        [(1, "s", "rain", 2, 9), (2, "s", "rain", 10, 1), (3, "s", "rain", 2, 10), (4, "s", "sun", 1, 1)]
    {
        let item = user(&n.to_string()).with("n", n).with("city", city).with("kind", kind);
        put_all(&cx, &table, [item.with("year", year).with("day", day)]).await?;
    }
    put_all(&cx, &table, [user("5").with("n", 5).with("city", "s").with("kind", "rain").with("year", 2)]).await?;
    let hash = vec![("city".into(), "s".into()), ("kind".into(), "rain".into())];
    let of = |range| Query {
        index: Some("several".into()),
        ..Query::new(&table, KeyCondition { hash: hash.clone(), range })
    };
    same("all of one key", numbers(&all(&cx, of(vec![])).await?, "n"), [1, 3, 2])?;
    let second = vec![("year".into(), RangeCondition::Eq(2.into())), ("day".into(), RangeCondition::Gt(9.into()))];
    same("a range of the second", numbers(&all(&cx, of(second)).await?, "n"), [3])
}
