//! Operations and fields that DynamoDB Local does not support, tested against a stub server.

use djamodb_core::driver::DriverExt;
use djamodb_core::plan::{
    ContinuousBackups, DescribeContinuousBackups, DescribeEndpoints, Endpoint, ItemCollectionMetrics,
    ListTagsOfResource, PutItem, TransactWriteItems, UntagResource, UpdateContinuousBackups,
};
use djamodb_core::schema::Tag;
use djamodb_core::value::{Item, Name};
use djamodb_driver_rusoto::RusotoConfig;

use crate::local::key;
use crate::stub::{self, Response};
use crate::transactions::two_writes;

pub(crate) async fn reads_backups_tags_and_endpoints() {
    let backups = r#"{"ContinuousBackupsDescription":{"ContinuousBackupsStatus":"ENABLED",
        "PointInTimeRecoveryDescription":{"PointInTimeRecoveryStatus":"ENABLED","LatestRestorableDateTime":1420070400}}}"#;
    let responses = [
        backups,
        backups,
        r#"{"Tags":[{"Key":"team","Value":"blue"}],"NextToken":"more"}"#,
        "",
        r#"{"Endpoints":[{"Address":"dynamodb.us-east-1.amazonaws.com","CachePeriodInMinutes":1440}]}"#,
    ];
    let (driver, heads) = stub::driver(RusotoConfig::default(), responses.map(Response::ok).into()).await;

    let updated = driver.run(UpdateContinuousBackups::enable("table")).await.unwrap().continuous_backups;
    let described = driver.run(DescribeContinuousBackups::new("table")).await.unwrap().continuous_backups;
    let expected = ContinuousBackups {
        enabled: true,
        point_in_time_recovery: true,
        earliest_restorable: None,
        latest_restorable: "2015-01-01T00:00:00Z".parse().ok(),
    };
    assert_eq!((&updated, &described), (&expected, &expected));

    let listed = driver.run(ListTagsOfResource::new("arn")).await.unwrap();
    assert_eq!((listed.tags, listed.next_token.as_deref()), (vec![Tag::new("team", "blue")], Some("more")));
    driver.run(UntagResource::new("arn", ["team"])).await.unwrap();

    let endpoints = driver.run(DescribeEndpoints {}).await.unwrap().endpoints;
    let address = "dynamodb.us-east-1.amazonaws.com".to_owned();
    assert_eq!(endpoints, [Endpoint { address, cache_period_in_minutes: 1440 }]);

    let operations = heads.try_iter().map(|head| {
        let head = head.to_ascii_lowercase();
        head.lines().find_map(|line| line.strip_prefix("x-amz-target: dynamodb_20120810.").map(str::to_owned))
    });
    let sent: Vec<_> = operations.flatten().collect();
    assert_eq!(
        sent,
        [
            "updatecontinuousbackups",
            "describecontinuousbackups",
            "listtagsofresource",
            "untagresource",
            "describeendpoints"
        ]
    );
}

pub(crate) async fn returns_item_collection_metrics() {
    let size = r#"{"ItemCollectionKey":{"location":{"S":"Seattle"}},"SizeEstimateRangeGB":[0.0,1.0]}"#;
    let responses = vec![
        Response::ok(&format!(r#"{{"ItemCollectionMetrics":{size}}}"#)),
        Response::ok(&format!(r#"{{"ItemCollectionMetrics":{{"b":[{size}],"a":[{size}]}}}}"#)),
    ];
    let (driver, _) = stub::driver(RusotoConfig::default(), responses).await;
    let expected =
        ItemCollectionMetrics { key: Item::new().with("location", "Seattle"), size_estimate_range_gb: (0.0, 1.0) };
    let put = PutItem { return_item_collection_metrics: true, ..PutItem::new("table", key(1)) };
    assert_eq!(driver.run(put).await.unwrap().item_collection_metrics, Some(expected.clone()));
    let write = TransactWriteItems { return_item_collection_metrics: true, ..two_writes() };
    let metrics = driver.run(write).await.unwrap().item_collection_metrics;
    assert_eq!(metrics, ["a", "b"].map(|table| (Name::from(table), vec![expected.clone()])));
}
