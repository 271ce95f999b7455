//! Tables that the service would refuse are refused, in its words, and those just within its limits are not.

use djamodb_core::driver::{DriverError, DriverErrorKind, DriverExt};
use djamodb_core::plan::CreateTable;
use djamodb_core::schema::{
    Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, TableSchema, Throughput,
};
use djamodb_driver_memory::MemoryDriver;

use crate::support::schema;

/// Creates the usual table with one thing changed.
async fn create(change: impl FnOnce(&mut TableSchema)) -> Result<(), DriverError> {
    let mut schema = schema();
    change(&mut schema);
    MemoryDriver::new().run(CreateTable::new(schema)).await.map(|_| ())
}

/// Asserts that the table is refused, and that the message is this one.
async fn refused(message: &str, change: impl FnOnce(&mut TableSchema)) {
    let error = create(change).await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (&DriverErrorKind::Validation, message));
}

/// The same for the many messages that begin alike.
async fn invalid(message: &str, change: impl FnOnce(&mut TableSchema)) {
    refused(&format!("One or more parameter values were invalid: {message}"), change).await;
}

fn global(name: &str, hash: &str) -> GlobalIndex {
    GlobalIndex::new(name, KeySchema::hash(KeyAttribute::s(hash)), IndexProjection::All)
}

fn local(name: &str, hash: &str, range: &str) -> LocalIndex {
    LocalIndex::new(
        name,
        KeySchema::hash_and_range(KeyAttribute::s(hash), KeyAttribute::n(range)),
        IndexProjection::All,
    )
}

fn names(count: usize) -> impl Iterator<Item = String> {
    (0..count).map(|at| format!("name{at}"))
}

#[tokio::test]
async fn a_table_would_have_a_key_that_is_none() {
    refused(
        "No defined key schema.  A key schema containing at least a hash key must be defined for all tables",
        |schema| schema.key.hash.clear(),
    )
    .await;
    refused("Too many hash keys specified.  All Dynamo DB tables must have exactly one hash key", |schema| {
        schema.key.hash.push(KeyAttribute::s("x"));
    })
    .await;
    refused("Key Schema too big.  Key Schema must at most consist of the hash and range key of a table", |schema| {
        schema.key.range.push(KeyAttribute::s("x"));
    })
    .await;
    refused("Invalid KeySchema: Some index key attribute have no definition", |schema| {
        schema.key.range.clone_from(&schema.key.hash);
    })
    .await;
}

#[tokio::test]
async fn an_attribute_would_have_two_types_or_no_name() {
    refused("Cannot have two attributes with the same name", |schema| {
        schema.global_indexes.push(global("more", "heat"));
    })
    .await;
    refused(
        "Names of key attributes and attributes projected into an index must be between 1 and 255 characters, \
         inclusive",
        |schema| schema.global_indexes.push(global("more", "")),
    )
    .await;
}

#[tokio::test]
async fn a_name_would_be_none_or_stand_for_two_indexes() {
    refused(
        "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: \
         Member must have length greater than or equal to 3",
        |schema| schema.name = "ab".into(),
    )
    .await;
    refused(
        "1 validation error detected: Value 'g!!' at 'globalSecondaryIndexes.4.member.indexName' failed to satisfy \
         constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
        |schema| schema.global_indexes.push(global("g!!", "x")),
    )
    .await;
    for name in ["global_all", "local_keys"] {
        invalid(&format!("Duplicate index name: {name}"), |schema| schema.global_indexes.push(global(name, "x"))).await;
    }
}

#[tokio::test]
async fn a_local_index_would_not_be_local() {
    invalid(
        "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
        |schema| schema.key.range.clear(),
    )
    .await;
    invalid("Index KeySchema does not have a range key for index: local_keys", |schema| {
        schema.local_indexes[0].key.range.clear();
    })
    .await;
    invalid(
        "Index KeySchema does not have the same leading hash key as table KeySchema for index: more. \
         index hash key: other, table hash key: id",
        |schema| schema.local_indexes.push(local("more", "other", "x")),
    )
    .await;
}

#[tokio::test]
async fn a_table_would_have_more_indexes_than_the_service_keeps() {
    let globals = |count| names(count).map(|name| global(&name, "x")).collect::<Vec<_>>();
    let locals = |count| names(count).map(|name| local(&name, "id", "x")).collect::<Vec<_>>();
    create(|schema| schema.global_indexes = globals(20)).await.unwrap();
    invalid("GlobalSecondaryIndex count exceeds the per-table limit of 20", |schema| {
        schema.global_indexes = globals(21);
    })
    .await;
    create(|schema| schema.local_indexes = locals(5)).await.unwrap();
    invalid("LocalSecondaryIndex count exceeds the per-table limit of 5", |schema| {
        schema.local_indexes = locals(6);
    })
    .await;
}

#[tokio::test]
async fn an_index_would_have_a_longer_key_than_the_service_keeps() {
    let key = |count| {
        let mut attributes = names(2 * count).map(KeyAttribute::s);
        KeySchema { hash: attributes.by_ref().take(count).collect(), range: attributes.collect() }
    };
    create(|schema| schema.global_indexes[0].key = key(4)).await.unwrap();
    invalid("Index KeySchema has more than 4 HASH or more than 4 RANGE attributes for index: global_all", |schema| {
        schema.global_indexes[0].key = key(5);
    })
    .await;
}

#[tokio::test]
async fn indexes_would_include_nothing_or_too_much() {
    refused(
        "If Projection type INCLUDE is specified, some non-key attributes to include in the projection must be \
         specified as well",
        |schema| schema.global_indexes[0].projection = IndexProjection::Include(vec![]),
    )
    .await;
    // One more is included by another index of the usual table.
    let included = |count| IndexProjection::Include(names(count).map(Into::into).collect());
    create(|schema| schema.global_indexes[0].projection = included(99)).await.unwrap();
    invalid("the indexes of a table can include 100 attributes in all, and these include 101", |schema| {
        schema.global_indexes[0].projection = included(100);
    })
    .await;
}

#[tokio::test]
async fn a_table_would_have_no_throughput() {
    let throughput = |read_units, write_units| Throughput { read_units, write_units };
    create(|schema| schema.billing = Billing::Provisioned(throughput(1, 1))).await.unwrap();
    let message = "Table read and write throughput must be at least 1, and cannot be null";
    refused(message, |schema| schema.billing = Billing::Provisioned(throughput(1, 0))).await;
    refused(message, |schema| schema.global_indexes[0].throughput = Some(throughput(0, 1))).await;
}
