//! Operations and fields that DynamoDB Local does not support, tested against a stub server.

use djamodb_core::driver::DriverExt;
use djamodb_core::expression::Update;
use djamodb_core::plan::{
    BatchWriteItem, DeleteItem, DescribeContinuousBackups, DescribeEndpoints, Endpoint, ItemCollectionMetrics,
    ListTagsOfResource, PutItem, TableWrites, TransactPut, TransactWriteItems, UntagResource, UpdateContinuousBackups,
    UpdateItem, WriteRequest,
};
use djamodb_core::schema::Tag;
use djamodb_core::value::Item;
use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver};

use crate::stub::{self, Response};

fn key() -> Item {
    Item::new().with("id", "a")
}

/// Returns a driver to which the server sends `responses`.
async fn stub_driver(responses: impl Into<Vec<Response>>) -> AwsSdkDriver {
    stub::driver(AwsSdkConfig::default(), responses.into()).await.0
}

pub(crate) async fn returns_item_collection_metrics() {
    let size = r#"{"ItemCollectionKey":{"id":{"S":"a"}},"SizeEstimateRangeGB":[0.5,1.5]}"#;
    let of_one = format!(r#"{{"ItemCollectionMetrics":{size}}}"#);
    let of_tables =
        format!(r#"{{"UnprocessedItems":{{}},"ItemCollectionMetrics":{{"b":[{size}],"a":[{size},{size}]}}}}"#);
    let metrics = ItemCollectionMetrics { key: key(), size_estimate_range_gb: (0.5, 1.5) };

    let driver = stub_driver(vec![Response::ok(&of_one); 3]).await;
    let put = driver.run(PutItem::new("table", key())).await.unwrap();
    assert_eq!(put.item_collection_metrics.as_ref(), Some(&metrics));
    let update = driver.run(UpdateItem::new("table", key(), Update::new())).await.unwrap();
    assert_eq!(update.item_collection_metrics.as_ref(), Some(&metrics));
    let delete = driver.run(DeleteItem::new("table", key())).await.unwrap();
    assert_eq!(delete.item_collection_metrics.as_ref(), Some(&metrics));

    let expected = [("a".into(), vec![metrics.clone(), metrics.clone()]), ("b".into(), vec![metrics])];
    let driver = stub_driver(vec![Response::ok(&of_tables); 2]).await;
    let batch = BatchWriteItem::new([TableWrites::new("a", [WriteRequest::Put(key())])]);
    assert_eq!(driver.run(batch).await.unwrap().item_collection_metrics, expected);
    let transaction = TransactWriteItems::new([TransactPut::new("a", key()).into()]);
    assert_eq!(driver.run(transaction).await.unwrap().item_collection_metrics, expected);
}

pub(crate) async fn lists_and_removes_tags() {
    let page = r#"{"Tags":[{"Key":"a","Value":"1"}],"NextToken":"more"}"#;
    let driver = stub_driver([Response::ok(page), Response::ok("{}"), Response::ok("{}")]).await;
    let listed = driver.run(ListTagsOfResource::new("arn")).await.unwrap();
    assert_eq!((&*listed.tags, listed.next_token.as_deref()), (&[Tag::new("a", "1")][..], Some("more")));
    let rest = ListTagsOfResource { next_token: listed.next_token, ..ListTagsOfResource::new("arn") };
    assert_eq!(driver.run(rest).await.unwrap().next_token, None);
    driver.run(UntagResource::new("arn", ["a"])).await.unwrap();
}

pub(crate) async fn describes_endpoints() {
    let body = r#"{"Endpoints":[{"Address":"localhost:8000","CachePeriodInMinutes":1440}]}"#;
    let driver = stub_driver([Response::ok(body)]).await;
    let expected = Endpoint { address: "localhost:8000".into(), cache_period_in_minutes: 1440 };
    assert_eq!(driver.run(DescribeEndpoints {}).await.unwrap().endpoints, [expected]);
}

pub(crate) async fn describes_continuous_backups() {
    let body = r#"{"ContinuousBackupsDescription":{"ContinuousBackupsStatus":"ENABLED","PointInTimeRecoveryDescription":
        {"PointInTimeRecoveryStatus":"ENABLED","EarliestRestorableDateTime":1420070400}}}"#;
    let driver = stub_driver([Response::ok(body), Response::ok(body)]).await;
    let described = driver.run(DescribeContinuousBackups::new("table")).await.unwrap().continuous_backups;
    assert!(described.enabled && described.point_in_time_recovery && described.earliest_restorable.is_some());
    let updated = driver.run(UpdateContinuousBackups::enable("table")).await.unwrap().continuous_backups;
    assert_eq!(updated, described);
}
