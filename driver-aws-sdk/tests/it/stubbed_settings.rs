//! Settings of tables that DynamoDB Local ignores, and resource policies, tested against a stub server.

use djamodb_core::driver::{Applied, DriverErrorKind, DriverExt};
use djamodb_core::plan::{
    CreateTable, DeleteResourcePolicy, DescribeTable, EncryptionStatus, ExpectedPolicy, GetResourcePolicy, IndexStatus,
    IndexUpdate, OnDemandMaximumUpdate, PutResourcePolicy, QueryPlan, TableStatus, UnitsUpdate, UpdateTable,
    WarmThroughputDescription,
};
use djamodb_core::schema::{
    Encryption, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, OnDemandMaximum, TableSchema, WarmThroughput,
};
use djamodb_driver_aws_sdk::AwsSdkConfig;
use serde_json::{Value, json};

use crate::stub::{self, Response};

const KEY_ARN: &str = "arn:aws:kms:eu-west-2:123456789012:key/1234";

/// Returns the description of a table with these further members.
fn table(members: Value) -> Value {
    let mut table = json!({
        "TableName": "orders",
        "TableStatus": "ACTIVE",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    });
    if let (Some(table), Value::Object(members)) = (table.as_object_mut(), members) {
        table.extend(members);
    }
    table
}

/// Sends a plan, to which the server responds with the table of `response`, and returns the body of the request.
async fn sent(plan: impl Into<QueryPlan>, response: &str) -> Value {
    let (driver, requests) = stub::driver(AwsSdkConfig::default(), vec![Response::ok(response)]).await;
    djamodb_core::driver::Driver::execute(&driver, plan.into()).await.unwrap();
    let request = requests.recv().unwrap();
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap()
}

fn with_index() -> TableSchema {
    let key = || KeySchema::hash(KeyAttribute::s("id"));
    let mut schema = TableSchema::new("orders", key());
    schema.global_indexes.push(GlobalIndex::new("by_id", key(), IndexProjection::All));
    schema
}

pub(crate) async fn creates_tables_with_the_settings_of_the_plan() {
    let response = json!({"TableDescription": table(json!({}))}).to_string();
    let plain = sent(CreateTable::new(with_index()), &response).await;
    for member in ["SSESpecification", "OnDemandThroughput", "WarmThroughput", "ResourcePolicy"] {
        assert_eq!(plain.get(member), None, "some servers do not know the parameter");
        assert_eq!(plain["GlobalSecondaryIndexes"][0].get(member), None);
    }

    let mut schema = TableSchema {
        encryption: Encryption::CustomerManaged("alias/orders".into()),
        on_demand_maximum: OnDemandMaximum::write(15),
        warm_throughput: WarmThroughput::new(13_000, 5_000),
        resource_policy: Some("{}".into()),
        ..with_index()
    };
    schema.global_indexes[0].on_demand_maximum = OnDemandMaximum::new(20, 15);
    schema.global_indexes[0].warm_throughput = WarmThroughput::read(13_000);
    let body = sent(CreateTable::new(schema), &response).await;
    let encryption = json!({"Enabled": true, "SSEType": "KMS", "KMSMasterKeyId": "alias/orders"});
    assert_eq!(body["SSESpecification"], encryption);
    assert_eq!(body["OnDemandThroughput"], json!({"MaxWriteRequestUnits": 15}));
    assert_eq!(body["WarmThroughput"], json!({"ReadUnitsPerSecond": 13_000, "WriteUnitsPerSecond": 5_000}));
    assert_eq!(body["ResourcePolicy"], "{}");
    let index = &body["GlobalSecondaryIndexes"][0];
    assert_eq!(index["OnDemandThroughput"], json!({"MaxReadRequestUnits": 20, "MaxWriteRequestUnits": 15}));
    assert_eq!(index["WarmThroughput"], json!({"ReadUnitsPerSecond": 13_000}));
}

pub(crate) async fn updates_the_settings_of_the_plan() {
    let response = json!({"TableDescription": table(json!({}))}).to_string();
    let update = || UpdateTable::new("orders");
    let remove = OnDemandMaximumUpdate { read_units: UnitsUpdate::Remove, ..OnDemandMaximum::write(15).into() };
    let body = sent(update().on_demand_maximum(remove), &response).await;
    assert_eq!(
        body,
        json!({"TableName": "orders", "OnDemandThroughput": {"MaxReadRequestUnits": -1, "MaxWriteRequestUnits": 15}})
    );
    let body = sent(update().warm_throughput(WarmThroughput::read(13_000)), &response).await;
    assert_eq!(body, json!({"TableName": "orders", "WarmThroughput": {"ReadUnitsPerSecond": 13_000}}));
    for (encryption, sent_encryption) in [
        (Encryption::AwsOwned, json!({"Enabled": false})),
        (Encryption::AwsManaged, json!({"Enabled": true, "SSEType": "KMS"})),
        (
            Encryption::CustomerManaged(KEY_ARN.into()),
            json!({"Enabled": true, "SSEType": "KMS", "KMSMasterKeyId": KEY_ARN}),
        ),
    ] {
        let body = sent(update().encryption(encryption), &response).await;
        assert_eq!(body, json!({"TableName": "orders", "SSESpecification": sent_encryption}));
    }

    let index = IndexUpdate::new("by_id").on_demand_maximum(OnDemandMaximum::read(20));
    let index = index.warm_throughput(WarmThroughput::write(5_000));
    let body = sent(update().update_index_with(index), &response).await;
    let expected = json!({"Update": {
        "IndexName": "by_id",
        "OnDemandThroughput": {"MaxReadRequestUnits": 20},
        "WarmThroughput": {"WriteUnitsPerSecond": 5_000},
    }});
    assert_eq!(body["GlobalSecondaryIndexUpdates"], json!([expected]));
}

pub(crate) async fn describes_settings_with_their_status() {
    let warm = |status| json!({"ReadUnitsPerSecond": 12_000, "WriteUnitsPerSecond": 4_000, "Status": status});
    let described = table(json!({
        "SSEDescription": {"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": KEY_ARN},
        "OnDemandThroughput": {"MaxReadRequestUnits": 20, "MaxWriteRequestUnits": -1},
        "WarmThroughput": warm("UPDATING"),
        "GlobalSecondaryIndexes": [{
            "IndexName": "by_id",
            "IndexStatus": "ACTIVE",
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"},
            "OnDemandThroughput": {"MaxWriteRequestUnits": 15},
            "WarmThroughput": warm("ACTIVE"),
        }],
    }));
    let responses = [described, table(json!({}))].map(|table| Response::ok(&json!({"Table": table}).to_string()));
    let (driver, _requests) = stub::driver(AwsSdkConfig::default(), responses.into()).await;

    let table = driver.run(DescribeTable::new("orders")).await.unwrap().table;
    assert_eq!(table.schema.encryption, Encryption::CustomerManaged(KEY_ARN.into()));
    assert_eq!(table.encryption_status, Some(EncryptionStatus::Enabled));
    assert_eq!(table.schema.on_demand_maximum, OnDemandMaximum::read(20));
    assert_eq!(table.schema.global_indexes[0].on_demand_maximum, OnDemandMaximum::write(15));
    let (read_units, write_units) = (12_000, 4_000);
    let updating = WarmThroughputDescription { read_units, write_units, status: TableStatus::Updating };
    assert_eq!(table.warm_throughput, Some(updating));
    let active = WarmThroughputDescription { read_units, write_units, status: IndexStatus::Active };
    assert_eq!(table.indexes[0].warm_throughput, Some(active));

    let plain = driver.run(DescribeTable::new("orders")).await.unwrap().table;
    assert_eq!((plain.schema.encryption, plain.encryption_status), (Encryption::AwsOwned, None));
    assert_eq!((plain.schema.on_demand_maximum, plain.warm_throughput), (OnDemandMaximum::NONE, None));
}

pub(crate) async fn sends_and_reads_resource_policies() {
    let revision = r#"{"RevisionId":"1709841168699"}"#;
    let body = sent(PutResourcePolicy::new("arn", "{}"), revision).await;
    assert_eq!(body, json!({"ResourceArn": "arn", "Policy": "{}"}));
    let first =
        PutResourcePolicy::new("arn", "{}").expected(ExpectedPolicy::None).confirm_remove_self_resource_access();
    let body = sent(first, revision).await;
    assert_eq!(
        (&body["ExpectedRevisionId"], &body["ConfirmRemoveSelfResourceAccess"]),
        (&json!("NO_POLICY"), &json!(true))
    );
    let body = sent(DeleteResourcePolicy::new("arn").expected_revision_id("12"), "{}").await;
    assert_eq!(body, json!({"ResourceArn": "arn", "ExpectedRevisionId": "12"}));

    let responses = vec![
        Response::ok(r#"{"Policy":"{}","RevisionId":"1709841168699"}"#),
        Response::ok(revision),
        Response::ok(revision),
        Response::ok("{}"),
        Response::error(400, "PolicyNotFoundException"),
        Response::ok("{}"),
    ];
    let (driver, _requests) = stub::driver(AwsSdkConfig::default(), responses).await;
    let present = driver.run(GetResourcePolicy::new("arn")).await.unwrap();
    assert_eq!((present.policy.as_str(), present.revision_id.as_str()), ("{}", "1709841168699"));
    assert_eq!(driver.run(PutResourcePolicy::new("arn", "{}")).await.unwrap().revision_id, "1709841168699");
    let removed = driver.run(DeleteResourcePolicy::new("arn")).await.unwrap();
    assert_eq!(removed.revision_id.as_deref(), Some("1709841168699"));
    assert_eq!(driver.run(DeleteResourcePolicy::new("arn")).await.unwrap().revision_id, None);
    let error = driver.run(GetResourcePolicy::new("arn")).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::PolicyNotFound, Applied::No));
    let error = driver.run(GetResourcePolicy::new("arn")).await.unwrap_err();
    assert!(error.message().contains("lacks the policy"), "{error}");
}
