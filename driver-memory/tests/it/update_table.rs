//! Validation and effects of `UpdateTable`.

use djamodb_core::driver::DriverExt;
use djamodb_core::plan::{Scan, StreamUpdate, UpdateTable};
use djamodb_core::schema::{Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, StreamView, TableClass};

use crate::support::tables::{by, described, invalid, limit, provisioned, units, update};
use crate::support::{error, item, put, schema, validation_message, weather};

#[tokio::test]
async fn an_update_changes_one_aspect() {
    let driver = weather().await;
    assert!(
        validation_message(&driver, update()).await.starts_with("At least one of ProvisionedThroughput, BillingMode, ")
    );
    // This precedes the error for a missing table.
    assert!(validation_message(&driver, UpdateTable::new("missing")).await.ends_with("TableClass is required"));
    assert_eq!(
        error(&driver, UpdateTable::new("missing").deletion_protection(true)).await.message(),
        "Requested resource not found: Table: missing not found"
    );
    assert!(
        validation_message(&driver, UpdateTable::new("ab").deletion_protection(true)).await.contains("'tableName'")
    );

    let (stream, units) = (StreamUpdate::Enable(StreamView::KeysOnly), provisioned(1, 1));
    let alone = "DeletionProtection modification must be the only operation in the request";
    for (change, message) in [
        (update().deletion_protection(true).stream(stream), alone),
        (update().deletion_protection(true).billing(Billing::PayPerRequest), alone),
        (update().deletion_protection(true).delete_index("global_all"), alone),
        (update().deletion_protection(true).table_class(TableClass::Standard), alone),
        (update().stream(stream).billing(units), "You cannot modify stream status while updating table IOPS"),
        (
            update().billing(units).delete_index("global_all"),
            "You cannot create or delete index while updating table IOPS",
        ),
        (
            update().stream(stream).create_index(by("more", "x")),
            "You cannot create or delete index while changing stream status",
        ),
    ] {
        assert_eq!(invalid(&driver, change).await, message);
    }
    assert_eq!(described(&driver).await.schema, schema());
    // These changes can be combined.
    driver.run(update().billing(Billing::PayPerRequest).stream(stream)).await.unwrap();
    driver.run(update().billing(Billing::PayPerRequest).create_index(by("more", "x"))).await.unwrap();
}

#[tokio::test]
async fn rejects_invalid_index_updates() {
    let driver = weather().await;
    let one = "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";
    let two = update().create_index(by("one", "x")).create_index(by("two", "x"));
    assert_eq!(limit(&driver, two).await, one);
    let two = update().create_index(by("one", "x")).delete_index("global_all");
    assert_eq!(limit(&driver, two).await, one);
    assert_eq!(
        invalid(&driver, update().delete_index("global_all").delete_index("global_all")).await,
        "Only one global secondary index update per index is allowed simultaneously. Index: global_all"
    );
    for name in ["global_all", "local_keys"] {
        assert_eq!(
            validation_message(&driver, update().create_index(by(name, "x"))).await,
            "Attempting to create an index which already exists"
        );
    }
    for change in [update().delete_index("missing"), update().update_index("missing", units(1, 1))] {
        let error = error(&driver, change).await;
        assert!(error.is_resource_not_found());
        assert_eq!(error.message(), "Requested resource not found: Index missing for table weather");
    }
    assert_eq!(
        validation_message(&driver, update().delete_index("local_keys")).await,
        "Cannot delete an index that is not a GlobalSecondaryIndex: local_keys"
    );
    assert_eq!(
        validation_message(&driver, update().update_index("local_keys", units(1, 1))).await,
        "Cannot update an index that is not a GlobalSecondaryIndex: local_keys"
    );
    assert!(
        validation_message(&driver, update().create_index(by("a!", "x")))
            .await
            .contains("member.create.indexName' failed")
    );
    let of_number = GlobalIndex::new("more", KeySchema::hash(KeyAttribute::n("kind")), IndexProjection::All);
    assert_eq!(
        invalid(&driver, update().create_index(of_number)).await,
        "Attributes cannot be redefined. Please check that your attribute has the same type as previously defined: more"
    );
    let nothing = GlobalIndex { projection: IndexProjection::Include(vec![]), ..by("more", "x") };
    assert!(
        validation_message(&driver, update().create_index(nothing))
            .await
            .contains("create.projection.nonKeyAttributes' failed")
    );
    let no_key = GlobalIndex { key: KeySchema { hash: vec![], range: vec![] }, ..by("more", "x") };
    assert!(
        validation_message(&driver, update().create_index(no_key))
            .await
            .contains("Value '[]' at 'globalSecondaryIndexUpdates.1.member.create.keySchema' failed")
    );
    let of_index = validation_message(&driver, update().update_index("global_all", units(0, 1))).await;
    assert!(
        of_index.contains("'globalSecondaryIndexUpdates.1.member.update.provisionedThroughput.readCapacityUnits'"),
        "{of_index}"
    );
    let of_table = validation_message(&driver, update().billing(provisioned(1, 0))).await;
    assert!(of_table.contains("Value '0' at 'provisionedThroughput.writeCapacityUnits' failed"), "{of_table}");
    assert_eq!(described(&driver).await.schema, schema());
}

#[tokio::test]
async fn throughput_belongs_to_provisioned_tables() {
    let driver = weather().await;
    let on_demand = |index: &str| {
        format!(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: {index} when \
             BillingMode is PAY_PER_REQUEST"
        )
    };
    let missing = |index: &str| format!("ProvisionedThroughput must be specified for index: {index}");
    let with_units = |name: &str| GlobalIndex { throughput: Some(units(1, 1)), ..by(name, "x") };
    assert_eq!(invalid(&driver, update().update_index("global_all", units(1, 1))).await, on_demand("global_all"));
    assert_eq!(invalid(&driver, update().create_index(with_units("more"))).await, on_demand("more"));
    // Becoming provisioned requires a throughput for every index.
    let two = update().billing(provisioned(5, 6)).update_index("global_all", units(1, 1));
    assert_eq!(invalid(&driver, two.clone()).await, missing("global_keys"));
    let all = two.update_index("global_keys", units(2, 2)).update_index("global_note", units(3, 3));
    let table = driver.run(all.clone()).await.unwrap().table.schema;
    assert_eq!(table.billing, provisioned(5, 6));
    let throughputs: Vec<_> = table.global_indexes.iter().map(|index| index.throughput).collect();
    assert_eq!(throughputs, [1, 2, 3].map(|count| Some(units(count, count))));

    assert_eq!(
        validation_message(&driver, update().billing(provisioned(5, 6))).await,
        "The provisioned throughput for the table will not change. The requested value equals the current value. \
         Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5. Current \
         WriteCapacityUnits provisioned for the table: 6. Requested WriteCapacityUnits: 6. Refer to the Amazon \
         DynamoDB Developer Guide for current limits and how to request higher limits."
    );
    assert_eq!(
        validation_message(&driver, update().update_index("global_all", units(1, 1))).await,
        "The provisioned throughput for the index global_all will not change. The requested value equals the current \
         value. Current ReadCapacityUnits provisioned for index global_all: 1. Requested ReadCapacityUnits: 1. Current \
         WriteCapacityUnits provisioned for index global_all: 1. Requested WriteCapacityUnits: 1. Refer to the Amazon \
         DynamoDB Developer Guide for current limits and how to request higher limits."
    );
    // A change of one of two values is accepted.
    driver.run(update().billing(provisioned(5, 7))).await.unwrap();
    driver
        .run(update().update_index("global_all", units(1, 2)).update_index("global_keys", units(9, 9)))
        .await
        .unwrap();
    assert_eq!(invalid(&driver, update().create_index(by("more", "x"))).await, missing("more"));
    driver.run(update().create_index(with_units("more"))).await.unwrap();

    let table = driver.run(update().billing(Billing::PayPerRequest)).await.unwrap().table.schema;
    assert_eq!(table.billing, Billing::PayPerRequest);
    assert!(table.global_indexes.iter().all(|index| index.throughput.is_none()));
    driver.run(update().billing(Billing::PayPerRequest)).await.unwrap();
}

#[tokio::test]
async fn a_stream_is_enabled_or_disabled_once() {
    let driver = weather().await;
    let (on, off) = (StreamUpdate::Enable(StreamView::NewImage), StreamUpdate::Disable);
    assert_eq!(
        validation_message(&driver, update().stream(off)).await,
        "Table has no stream to disable: TableName: weather"
    );
    let table = driver.run(update().stream(on)).await.unwrap().table;
    assert_eq!(table.schema.stream, Some(StreamView::NewImage));
    let stream = table.latest_stream.unwrap();
    assert_eq!(stream.arn, format!("{}/stream/{}", table.arn.unwrap(), stream.label));
    for view in [StreamView::NewImage, StreamView::OldImage] {
        assert_eq!(
            validation_message(&driver, update().stream(StreamUpdate::Enable(view))).await,
            "Table already has an enabled stream: TableName: weather"
        );
    }
    let table = driver.run(update().stream(off)).await.unwrap().table;
    // The latest stream is still reported.
    assert_eq!((table.schema.stream, table.latest_stream), (None, Some(stream.clone())));
    let table = driver.run(update().stream(on)).await.unwrap().table;
    assert_ne!(table.latest_stream.unwrap().arn, stream.arn);
}

#[tokio::test]
async fn updates_are_limited_to_20_global_indexes() {
    let driver = weather().await;
    put(&driver, item("a", 1, "k", 1).with("x", "x")).await;
    for at in 3..20 {
        driver.run(update().create_index(by(&format!("index-{at}"), "x"))).await.unwrap();
    }
    assert_eq!(described(&driver).await.schema.global_indexes.len(), 20);
    assert_eq!(
        limit(&driver, update().create_index(by("index-20", "x"))).await,
        "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20"
    );
    put(&driver, item("a", 2, "k", 1).with("x", "y")).await;
    driver.check().unwrap();
    driver.run(update().delete_index("index-7")).await.unwrap();
    driver.run(update().create_index(by("index-20", "x"))).await.unwrap();
    for at in (3..7).chain(8..21) {
        let whole = Scan { index: Some(format!("index-{at}").into()), ..Scan::new("weather") };
        assert_eq!(driver.run(whole).await.unwrap().count, 2);
    }
    driver.check().unwrap();
}
