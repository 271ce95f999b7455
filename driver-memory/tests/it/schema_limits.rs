//! Limits of table schemas: tables beyond a limit are rejected with the service's message, tables at it are accepted.

use djamodb_core::driver::{DriverError, DriverErrorKind, DriverExt};
use djamodb_core::plan::CreateTable;
use djamodb_core::schema::{
    Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, TableSchema, Throughput,
};
use djamodb_driver_memory::MemoryDriver;

use crate::support::schema;

/// Creates the table `weather` with a modified schema.
async fn create(change: impl FnOnce(&mut TableSchema)) -> Result<(), DriverError> {
    let mut schema = schema();
    change(&mut schema);
    MemoryDriver::new().run(CreateTable::new(schema)).await.map(|_| ())
}

/// Asserts that the modified table is rejected with `message`.
async fn assert_rejected(message: &str, change: impl FnOnce(&mut TableSchema)) {
    let error = create(change).await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (&DriverErrorKind::Validation, message));
}

/// Asserts that the modified table is rejected with `message` after the common prefix.
async fn assert_invalid(message: &str, change: impl FnOnce(&mut TableSchema)) {
    assert_rejected(&format!("One or more parameter values were invalid: {message}"), change).await;
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
async fn rejects_invalid_table_keys() {
    assert_rejected("Invalid KeySchema: The first KeySchemaElement is not a HASH key type", |schema| {
        schema.key.hash.clear();
    })
    .await;
    assert_rejected("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type", |schema| {
        schema.key = KeySchema { hash: vec![KeyAttribute::s("x"), KeyAttribute::s("y")], range: vec![] };
    })
    .await;
    let no_key = "1 validation error detected: Value '[]' at 'keySchema' failed to satisfy constraint: Member must have \
                  length greater than or equal to 1";
    assert_rejected(no_key, |schema| schema.key = KeySchema { hash: vec![], range: vec![] }).await;
    assert_rejected("Both the Hash Key and the Range Key element in the KeySchema have the same name", |schema| {
        schema.key.range.clone_from(&schema.key.hash);
    })
    .await;
}

#[tokio::test]
async fn rejects_attributes_of_two_types_or_without_a_name() {
    assert_rejected("Cannot have two attributes with the same name", |schema| {
        schema.global_indexes.push(global("more", "heat"));
    })
    .await;
    assert_rejected(
        "1 validation error detected: Value '' at 'globalSecondaryIndexes.4.member.keySchema.1.member.attributeName' \
         failed to satisfy constraint: Member must have length greater than or equal to 1",
        |schema| schema.global_indexes.push(global("more", "")),
    )
    .await;
}

#[tokio::test]
async fn rejects_invalid_and_duplicate_names() {
    assert_rejected(
        "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: \
         Member must have length greater than or equal to 3",
        |schema| schema.name = "ab".into(),
    )
    .await;
    assert_rejected(
        "1 validation error detected: Value 'g!!' at 'globalSecondaryIndexes.4.member.indexName' failed to satisfy \
         constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
        |schema| schema.global_indexes.push(global("g!!", "x")),
    )
    .await;
    for name in ["global_all", "local_keys"] {
        assert_invalid(&format!("Duplicate index name: {name}"), |schema| {
            schema.global_indexes.push(global(name, "x"));
        })
        .await;
    }
}

#[tokio::test]
async fn rejects_local_indexes_with_another_hash_key() {
    assert_invalid(
        "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
        |schema| schema.key.range.clear(),
    )
    .await;
    assert_invalid("Index KeySchema does not have a range key for index: local_keys", |schema| {
        schema.local_indexes[0].key.range.clear();
    })
    .await;
    assert_invalid(
        "Index KeySchema does not have the same leading hash key as table KeySchema for index: more. \
         index hash key: other, table hash key: id",
        |schema| schema.local_indexes.push(local("more", "other", "x")),
    )
    .await;
}

#[tokio::test]
async fn tables_are_limited_to_5_local_and_20_global_indexes() {
    let globals = |count| names(count).map(|name| global(&name, "x")).collect::<Vec<_>>();
    let locals = |count| names(count).map(|name| local(&name, "id", "x")).collect::<Vec<_>>();
    create(|schema| schema.global_indexes = globals(20)).await.unwrap();
    assert_invalid("GlobalSecondaryIndex count exceeds the per-table limit of 20", |schema| {
        schema.global_indexes = globals(21);
    })
    .await;
    create(|schema| schema.local_indexes = locals(5)).await.unwrap();
    assert_invalid("LocalSecondaryIndex count exceeds the per-table limit of 5", |schema| {
        schema.local_indexes = locals(6);
    })
    .await;
}

#[tokio::test]
async fn index_keys_are_limited_to_4_attributes_of_each_kind() {
    let key = |count| {
        let mut attributes = names(2 * count).map(KeyAttribute::s);
        KeySchema { hash: attributes.by_ref().take(count).collect(), range: attributes.collect() }
    };
    create(|schema| schema.global_indexes[0].key = key(4)).await.unwrap();
    assert_invalid(
        "Index KeySchema has more than 4 HASH or more than 4 RANGE attributes for index: global_all",
        |schema| {
            schema.global_indexes[0].key = key(5);
        },
    )
    .await;
}

#[tokio::test]
async fn indexes_include_1_to_20_attributes_each_and_100_in_all() {
    let at =
        "at 'globalSecondaryIndexes.1.member.projection.nonKeyAttributes' failed to satisfy constraint: Member must";
    assert_rejected(
        &format!("1 validation error detected: Value '[]' {at} have length greater than or equal to 1"),
        |schema| schema.global_indexes[0].projection = IndexProjection::Include(vec![]),
    )
    .await;
    let included = |count| IndexProjection::Include(names(count).map(Into::into).collect());
    let error = create(|schema| schema.global_indexes[0].projection = included(21)).await.unwrap_err();
    assert!(error.message().ends_with(&format!("{at} have length less than or equal to 20")), "{error}");
    // Another index of the table includes one more attribute.
    let of_all = |schema: &mut TableSchema, last| {
        let index = |count, at| GlobalIndex { projection: included(count), ..global(&format!("more{at}"), "x") };
        schema.global_indexes.extend([20, 20, 20, 20, last].into_iter().zip(0..).map(|(count, at)| index(count, at)));
    };
    create(|schema| of_all(schema, 19)).await.unwrap();
    assert_invalid("the indexes of a table can include 100 attributes in all, and these include 101", |schema| {
        of_all(schema, 20);
    })
    .await;
}

#[tokio::test]
async fn rejects_throughput_of_zero() {
    let throughput = |read_units, write_units| Throughput { read_units, write_units };
    create(|schema| schema.billing = Billing::Provisioned(throughput(1, 1))).await.unwrap();
    let zero = |member: &str| {
        format!(
            "1 validation error detected: Value '0' at '{member}' failed to satisfy constraint: Member must have value \
             greater than or equal to 1"
        )
    };
    assert_rejected(&zero("provisionedThroughput.writeCapacityUnits"), |schema| {
        schema.global_indexes.clear();
        schema.billing = Billing::Provisioned(throughput(1, 0));
    })
    .await;
    // Drivers send the throughput of the table for each index that has none, too.
    let mut provisioned = schema();
    provisioned.billing = Billing::Provisioned(throughput(1, 0));
    let count = provisioned.global_indexes.len() + 1;
    let error = MemoryDriver::new().run(CreateTable::new(provisioned)).await.unwrap_err();
    assert!(error.message().starts_with(&format!("{count} validation errors detected: ")), "{error}");
    let of_index = zero("globalSecondaryIndexes.1.member.provisionedThroughput.readCapacityUnits");
    assert_rejected(&of_index, |schema| schema.global_indexes[0].throughput = Some(throughput(0, 1))).await;
}
