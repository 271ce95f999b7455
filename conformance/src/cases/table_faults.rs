//! Faults of `CreateTable` and `UpdateTable`: which of several is reported, and in which words.

use djamodb_core::driver::{DriverError, DriverErrorKind};
use djamodb_core::plan::{Operation, StreamUpdate};
use djamodb_core::schema::{
    Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, StreamView, TableSchema, Throughput,
};

use super::prelude::*;

case!("create_table/names_the_fault_of_a_schema", Theme::Table, names_the_fault_of_a_schema);
case!(
    "create_table/checks_the_types_of_attributes_before_the_keys_of_indexes",
    Theme::Table,
    checks_the_types_of_attributes_before_the_keys_of_indexes
);
case!("create_table/checks_the_schema_before_the_name", Theme::Table, checks_the_schema_before_the_name);
case!(
    "create_table/limits_the_included_attributes_of_an_index",
    Theme::Table,
    limits_the_included_attributes_of_an_index
);
case!(
    "create_table/rejects_the_throughput_of_an_index_of_an_on_demand_table",
    Theme::Table,
    creation_rejects_the_throughput_of_an_index
);
case!(
    "update_table/rejects_the_throughput_of_an_index_of_an_on_demand_table",
    Theme::Table,
    update_rejects_the_throughput_of_an_index
);
case!("update_table/names_the_fault_of_an_update", Theme::Table, names_the_fault_of_an_update);
case!(
    "update_table/checks_the_throughput_of_a_new_index_before_its_types",
    Theme::Table,
    checks_the_throughput_of_a_new_index_before_its_types
);
case!("update_table/checks_the_request_before_the_table", Theme::Table, checks_the_request_before_the_table);
case!("update_table/checks_the_request_before_the_index", Theme::Table, checks_the_request_before_the_index);
case!("update_table/requires_the_throughput_of_a_new_index", Theme::Table, requires_the_throughput_of_a_new_index);
case!(
    "update_table/requires_the_throughput_of_indexes_for_provisioned_billing",
    Theme::Table,
    requires_the_throughput_of_indexes_for_provisioned_billing
);
case!(
    "update_table/deletes_an_index_without_attributes_of_its_own",
    Theme::Table,
    deletes_an_index_without_attributes_of_its_own
);
case!(
    "update_table/changes_one_setting_at_a_time",
    Theme::Table,
    requires: [Requirement::Stream],
    changes_one_setting_at_a_time
);

const THROUGHPUT: Throughput = Throughput { read_units: 2, write_units: 3 };

fn schema(cx: &Context) -> TableSchema {
    let key = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n("at"));
    TableSchema::new(cx.table_name("faults"), key)
}

/// Creates the table of a schema of these cases.
async fn create_faults(cx: &Context, schema: TableSchema) -> Result<Name, Failure> {
    // The context adds its prefix to the name.
    cx.create_table(TableSchema { name: "faults".into(), ..schema }).await
}

fn global(name: &str) -> GlobalIndex {
    GlobalIndex::new(name, KeySchema::hash(KeyAttribute::s("kind")), IndexProjection::All)
}

fn local(name: &str) -> LocalIndex {
    let key = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::s("kind"));
    LocalIndex::new(name, key, IndexProjection::All)
}

/// Asserts that a request is refused as invalid with this message, or with another one of a backend that has words of its own.
async fn expect_words<O: Operation + Clone>(cx: &Context, operation: O, message: &str) -> CaseResult {
    let error = cx.expect_validation_error(operation).await?;
    cx.expect_message_unless("rules-of-tables-have-other-words", &error, message)
}

/// Fails if the message names another fault, or lacks the index that has it.
async fn names_the_fault_of_a_schema(cx: Context) -> CaseResult {
    let invalid = "One or more parameter values were invalid: ";
    let (id, at) = (|| KeyAttribute::s("id"), || KeyAttribute::n("at"));
    let of_twice = KeySchema::hash_and_range(KeyAttribute::s("kind"), KeyAttribute::s("kind"));
    let hash_only = LocalIndex { key: KeySchema::hash(id()), ..local("of_hash") };
    let of_other = LocalIndex { key: KeySchema::hash_and_range(KeyAttribute::s("kind"), at()), ..local("of_other") };
    let same_name = "Both the Hash Key and the Range Key element in the KeySchema have the same name".to_owned();
    let schemas = [
        (TableSchema { key: KeySchema::hash_and_range(id(), id()), ..schema(&cx) }, same_name.clone()),
        (
            TableSchema { global_indexes: vec![GlobalIndex { key: of_twice, ..global("of_twice") }], ..schema(&cx) },
            same_name,
        ),
        (
            TableSchema { global_indexes: vec![global("twice"), global("twice")], ..schema(&cx) },
            format!("{invalid}Duplicate index name: twice"),
        ),
        (
            TableSchema { local_indexes: vec![hash_only], ..schema(&cx) },
            format!("{invalid}Index KeySchema does not have a range key for index: of_hash"),
        ),
        (
            TableSchema { local_indexes: vec![of_other], ..schema(&cx) },
            format!(
                "{invalid}Index KeySchema does not have the same leading hash key as table KeySchema for index: \
                 of_other. index hash key: kind, table hash key: id"
            ),
        ),
        (
            TableSchema { local_indexes: vec![local("local")], key: KeySchema::hash(id()), ..schema(&cx) },
            format!(
                "{invalid}Table KeySchema does not have a range key, which is required when specifying a \
                 LocalSecondaryIndex"
            ),
        ),
    ];
    for (schema, message) in schemas {
        expect_words(&cx, CreateTable::new(schema), &message).await?;
    }
    Ok(())
}

/// Fails if a table whose index has two faults is created, or if the fault of the index is reported.
async fn checks_the_types_of_attributes_before_the_keys_of_indexes(cx: Context) -> CaseResult {
    let as_number = GlobalIndex { key: KeySchema::hash(KeyAttribute::n("id")), ..global("as_number") };
    let schema = TableSchema {
        key: KeySchema::hash(KeyAttribute::s("id")),
        local_indexes: vec![local("local")],
        global_indexes: vec![as_number],
        ..schema(&cx)
    };
    let error = cx.expect_validation_error(CreateTable::new(schema)).await?;
    cx.expect_message(&error, "Cannot have two attributes with the same name")
}

/// Returns a schema with an index that includes `count` attributes.
fn including(cx: &Context, count: usize) -> TableSchema {
    let names = (0..count).map(|at| Name::from(format!("n{at}"))).collect();
    let index = GlobalIndex { projection: IndexProjection::Include(names), ..global("including") };
    TableSchema { global_indexes: vec![index], ..schema(cx) }
}

/// Fails if the schema of a table that exists is not checked.
async fn checks_the_schema_before_the_name(cx: Context) -> CaseResult {
    create_faults(&cx, schema(&cx)).await?;
    let create = CreateTable::new(including(&cx, 21));
    let looks_up_first = cx.deviates("tables-are-looked-up-first");
    let expected = if looks_up_first { ExpectedError::ResourceInUse } else { ExpectedError::Validation };
    cx.expect_error(create, expected).await.map(drop)
}

/// Fails if an index with 20 included attributes is rejected, or one with 21 is accepted.
async fn limits_the_included_attributes_of_an_index(cx: Context) -> CaseResult {
    let create = CreateTable::new(including(&cx, 21));
    if cx.deviates("constraints-of-indexes-are-not-checked") {
        return cx.run(create).await.map(drop);
    }
    cx.expect_validation_error(create).await?;
    create_faults(&cx, including(&cx, 20)).await.map(drop)
}

/// Fails if an index of a new on-demand table has a provisioned throughput.
async fn creation_rejects_the_throughput_of_an_index(cx: Context) -> CaseResult {
    let index = GlobalIndex { throughput: Some(THROUGHPUT), ..global("provisioned") };
    let create = CreateTable::new(TableSchema { global_indexes: vec![index], ..schema(&cx) });
    if cx.deviates("index-throughput-of-on-demand-tables-is-accepted") {
        return cx.run(create).await.map(drop);
    }
    let error = cx.expect_validation_error(create).await?;
    cx.expect_message(
        &error,
        "One or more parameter values were invalid: ProvisionedThroughput should not be specified for index: provisioned \
         when BillingMode is PAY_PER_REQUEST",
    )
}

/// Fails if a new index of an on-demand table has a provisioned throughput.
async fn update_rejects_the_throughput_of_an_index(cx: Context) -> CaseResult {
    let table = create_faults(&cx, schema(&cx)).await?;
    let index = GlobalIndex { throughput: Some(THROUGHPUT), ..global("provisioned") };
    let update = UpdateTable::new(&table).create_index(index);
    if cx.deviates("index-throughput-of-on-demand-tables-is-accepted") {
        return update_table(&cx, update).await;
    }
    let error = cx.expect_validation_error(update).await?;
    cx.expect_message(
        &error,
        "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for \
         index: provisioned when BillingMode is PAY_PER_REQUEST",
    )
}

/// Fails if the message names another fault, or lacks the table or the index.
async fn names_the_fault_of_an_update(cx: Context) -> CaseResult {
    let table = create_faults(&cx, TableSchema { local_indexes: vec![local("local")], ..schema(&cx) }).await?;
    let as_number = GlobalIndex { key: KeySchema::hash(KeyAttribute::n("kind")), ..global("as_number") };
    let redefined = "One or more parameter values were invalid: Attributes cannot be redefined. Please check that your attribute \
                     has the same type as previously defined: as_number";
    expect_words(&cx, UpdateTable::new(&table).create_index(as_number), redefined).await?;
    let local = "Cannot delete an index that is not a GlobalSecondaryIndex: local";
    expect_words(&cx, UpdateTable::new(&table).delete_index("local"), local).await?;
    let missing = cx.expect_resource_not_found(UpdateTable::new(&table).delete_index("missing")).await?;
    let message = format!("Requested resource not found: Index missing for table {table}");
    cx.expect_message_unless("rules-of-tables-have-other-words", &missing, &message)
}

/// Fails if an index with two faults is created, or if the type of its attribute is reported.
async fn checks_the_throughput_of_a_new_index_before_its_types(cx: Context) -> CaseResult {
    let table = create_faults(&cx, TableSchema { local_indexes: vec![local("local")], ..schema(&cx) }).await?;
    let as_number = GlobalIndex {
        key: KeySchema::hash(KeyAttribute::n("kind")),
        throughput: Some(Throughput { read_units: 1, write_units: 1 }),
        ..global("as_number")
    };
    let error = cx.expect_validation_error(UpdateTable::new(&table).create_index(as_number)).await?;
    let message = "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for \
                   index: as_number when BillingMode is PAY_PER_REQUEST";
    cx.expect_message_unless("types-of-attributes-are-checked-first", &error, message)
}

/// Fails if a request without changes is reported as valid because its table is missing.
async fn checks_the_request_before_the_table(cx: Context) -> CaseResult {
    let update = UpdateTable::new(cx.table_name("missing"));
    let looks_up_first = cx.deviates("tables-are-looked-up-first");
    let expected = if looks_up_first { ExpectedError::ResourceNotFound } else { ExpectedError::Validation };
    cx.expect_error(update, expected).await.map(drop)
}

/// Fails if an invalid name of an index is looked up.
async fn checks_the_request_before_the_index(cx: Context) -> CaseResult {
    let table = create_faults(&cx, schema(&cx)).await?;
    let update = UpdateTable::new(&table).delete_index("a/b");
    let looks_up_first = cx.deviates("indexes-are-looked-up-first");
    let expected = if looks_up_first { ExpectedError::ResourceNotFound } else { ExpectedError::Validation };
    cx.expect_error(update, expected).await.map(drop)
}

/// Returns the error of a request that must fail, of any kind.
async fn failure_of(cx: &Context, update: UpdateTable) -> Result<DriverError, Failure> {
    match cx.driver().run(update).await {
        Err(error) => Ok(error),
        Ok(_) => Err(Failure::new("expected an error; the update succeeded")),
    }
}

/// Fails if an index is added to a provisioned table without a throughput.
async fn requires_the_throughput_of_a_new_index(cx: Context) -> CaseResult {
    let table = create_faults(&cx, TableSchema { billing: Billing::provisioned(1, 1), ..schema(&cx) }).await?;
    let update = UpdateTable::new(&table).create_index(global("new"));
    if cx.deviates("updates-of-tables-fail-internally") {
        let error = failure_of(&cx, update).await?;
        return ensure_eq("kind of the error", error.kind(), &DriverErrorKind::Internal);
    }
    let error = cx.expect_validation_error(update).await?;
    let message = "One or more parameter values were invalid: ProvisionedThroughput must be specified for index: new";
    cx.expect_message(&error, message)
}

/// Fails if an index keeps the throughput that it had before its table was on-demand.
async fn requires_the_throughput_of_indexes_for_provisioned_billing(cx: Context) -> CaseResult {
    let provisioned =
        TableSchema { billing: Billing::provisioned(1, 1), global_indexes: vec![global("kept")], ..schema(&cx) };
    let table = create_faults(&cx, provisioned).await?;
    update_table(&cx, UpdateTable::new(&table).billing(Billing::PayPerRequest)).await?;
    let update = UpdateTable::new(&table).billing(Billing::provisioned(2, 2));
    if cx.deviates("index-throughput-survives-on-demand-billing") {
        return update_table(&cx, update).await;
    }
    let error = cx.expect_validation_error(update).await?;
    let message = "One or more parameter values were invalid: ProvisionedThroughput must be specified for index: kept";
    cx.expect_message(&error, message)
}

/// Fails if one request enables a stream and creates an index.
async fn changes_one_setting_at_a_time(cx: Context) -> CaseResult {
    let table = create_faults(&cx, schema(&cx)).await?;
    let stream = StreamUpdate::Enable(StreamView::KeysOnly);
    let update = UpdateTable::new(&table).stream(stream).create_index(global("new"));
    let Some(result) = cx.run_requiring(Requirement::Stream, update.clone()).await? else {
        return Ok(());
    };
    let fails_internally = cx.deviates("updates-of-tables-fail-internally");
    if cx.deviates("updates-make-several-changes-at-once") {
        match result {
            // Under load, now and then.
            Err(error) if fails_internally && *error.kind() == DriverErrorKind::Internal => return Ok(()),
            result => result?,
        };
        wait_until_active(&cx, &table).await?;
        let schema = describe_table(&cx, &table).await?.schema;
        return ensure_eq("stream and indexes", (schema.stream.is_some(), schema.global_indexes.len()), (true, 1));
    }
    ensure("the update is rejected", result.is_err())?;
    let error = cx.expect_validation_error(update).await?;
    cx.expect_message(
        &error,
        "One or more parameter values were invalid: You cannot create or delete index while changing stream status",
    )
}

/// Fails if a deleted index remains because the table or another index has all attributes of its key.
async fn deletes_an_index_without_attributes_of_its_own(cx: Context) -> CaseResult {
    let of_table = GlobalIndex { key: KeySchema::hash(KeyAttribute::n("at")), ..global("of_table") };
    let schema = TableSchema {
        local_indexes: vec![local("local")],
        global_indexes: vec![global("of_local_index"), of_table],
        ..schema(&cx)
    };
    let table = create_faults(&cx, schema).await?;
    if cx.deviates("deleted-indexes-without-attributes-of-their-own-are-kept") {
        let deleted = cx.run(UpdateTable::new(&table).delete_index("of_table")).await?.table;
        let is_kept = deleted.schema.global_indexes.iter().any(|index| index.name.as_str() == "of_table");
        return ensure("the index is kept", is_kept);
    }
    for index in ["of_local_index", "of_table"] {
        update_table(&cx, UpdateTable::new(&table).delete_index(index)).await?;
    }
    ensure_eq("global indexes", describe_table(&cx, &table).await?.schema.global_indexes, Vec::new())
}
