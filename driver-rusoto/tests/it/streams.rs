//! Streams.

use djamodb_core::driver::{Driver, DriverErrorKind};
use djamodb_core::plan::{DescribeStream, GetRecords, GetShardIterator, ListStreams, QueryPlan, ShardPosition};
#[cfg(feature = "streams")]
use {
    crate::local::{Local, day, key, weather},
    crate::stub::{self, Response},
    djamodb_core::driver::DriverExt,
    djamodb_core::plan::{DeleteItem, PutItem, StreamEvent, StreamRecord, StreamStatus},
    djamodb_core::schema::StreamView,
    djamodb_core::value::Name,
    djamodb_driver_rusoto::{RusotoConfig, RusotoDriver},
};

use crate::responses::custom_driver;

/// Returns one plan for each operation of DynamoDB Streams.
fn plans() -> [QueryPlan; 4] {
    [
        ListStreams::default().into(),
        DescribeStream::new("arn").into(),
        GetShardIterator::new("arn", "shard", ShardPosition::Latest).into(),
        GetRecords::new("iterator").into(),
    ]
}

pub(crate) async fn missing_clients_for_streams_are_reported() {
    let advice = if cfg!(feature = "streams") { "with_streams_client" } else { "feature `streams`" };
    let driver = custom_driver("http://127.0.0.1:1".to_owned());
    assert!(!driver.capability().get_records);
    for plan in plans() {
        let operation = plan.operation();
        let error = driver.execute(plan).await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (&DriverErrorKind::Unsupported, operation));
        assert!(error.message().contains(advice), "{error}");
    }
}

#[cfg(feature = "streams")]
pub(crate) async fn uses_the_client_that_is_set() {
    let (with, heads) = stub::driver(RusotoConfig::default(), vec![Response::ok(r#"{"Streams":[]}"#)]).await;
    let client = with.streams_client().cloned().expect("`connect` creates a client for streams");
    let driver = RusotoDriver::from_client(with.client().clone()).with_streams_client(client);
    assert!(driver.capability().get_records);
    assert_eq!(driver.run(ListStreams::default()).await.unwrap().streams, []);
    let head = heads.recv().unwrap().to_ascii_lowercase();
    assert!(head.contains("x-amz-target: dynamodbstreams_20120810.liststreams"), "{head}");
}

#[cfg(feature = "streams")]
pub(crate) async fn maps_error_codes_to_kinds() {
    for (code, kind) in [
        ("ExpiredIteratorException", DriverErrorKind::ExpiredIterator),
        ("TrimmedDataAccessException", DriverErrorKind::TrimmedDataAccess),
        ("ResourceNotFoundException", DriverErrorKind::ResourceNotFound),
        ("LimitExceededException", DriverErrorKind::LimitExceeded),
        ("InternalServerError", DriverErrorKind::Internal),
        ("ThrottlingException", DriverErrorKind::Throttled),
    ] {
        let (driver, _) = stub::driver(RusotoConfig::default(), vec![Response::error(400, code)]).await;
        let error = driver.run(GetRecords::new("iterator")).await.unwrap_err();
        assert_eq!((error.kind(), error.request_id()), (&kind, Some("REQUEST")), "{code}");
    }
}

#[cfg(feature = "streams")]
pub(crate) async fn rejects_shard_filters() {
    let (driver, _) = stub::driver(RusotoConfig::default(), vec![]).await;
    assert!(!driver.capability().describe_stream_with_shard_filter);
    let filtered = DescribeStream { child_shards_of: Some("shard".into()), ..DescribeStream::new("arn") };
    let error = driver.execute(filtered.into()).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::Unsupported, "{error}");
    assert!(error.message().contains("shard filters"), "{error}");
}

/// Reads all records of a stream, from its oldest shard to its newest.
#[cfg(feature = "streams")]
async fn read_records(local: &Local, stream_arn: &str) -> Vec<StreamRecord> {
    let mut records = Vec::new();
    for shard in local.driver.run(DescribeStream::new(stream_arn)).await.unwrap().stream.shards {
        let start = GetShardIterator::new(stream_arn, shard.id, ShardPosition::TrimHorizon);
        let mut iterator = Some(local.driver.run(start).await.unwrap().shard_iterator);
        // The iterator of an open shard never ends. The records are in its first pages.
        for _ in 0..5 {
            let Some(shard_iterator) = iterator else { break };
            let page = local.driver.run(GetRecords { limit: Some(100), shard_iterator }).await.unwrap();
            records.extend(page.records);
            iterator = page.next_shard_iterator;
        }
    }
    records
}

#[cfg(feature = "streams")]
/// Creates a table with a stream of both images. Returns its name and the stream's ARN.
async fn table_with_stream(local: &Local) -> (Name, String) {
    let mut schema = weather(local.unique_name());
    schema.stream = Some(StreamView::NewAndOldImages);
    let created = local.create(schema).await;
    (created.schema.name, created.latest_stream.expect("the table has a stream").arn)
}

#[cfg(feature = "streams")]
pub(crate) async fn reads_changes_in_order(local: Local) {
    let (table, arn) = table_with_stream(&local).await;
    for kind in ["rain", "snow"] {
        local.driver.run(PutItem::new(&table, day(1, kind))).await.unwrap();
    }
    local.driver.run(DeleteItem::new(&table, key(1))).await.unwrap();

    let records = read_records(&local, &arn).await;
    let changes: Vec<_> =
        records.iter().map(|record| (record.event, record.old_image.clone(), record.new_image.clone())).collect();
    let [rain, snow] = ["rain", "snow"].map(|kind| day(1, kind));
    assert_eq!(
        changes,
        [
            (StreamEvent::Insert, None, Some(rain.clone())),
            (StreamEvent::Modify, Some(rain), Some(snow.clone())),
            (StreamEvent::Remove, Some(snow), None),
        ]
    );
    for record in &records {
        assert_eq!((&record.keys, record.view), (&key(1), StreamView::NewAndOldImages));
        assert!(!record.event_id.is_empty() && record.size_bytes > 0 && record.created_at.is_some(), "{record:?}");
        assert!(!record.is_expiry());
    }

    let shard = local.driver.run(DescribeStream::new(&arn)).await.unwrap().stream.shards.remove(0).id;
    let number = records[1].sequence_number.clone();
    for (position, first) in [
        (ShardPosition::AtSequenceNumber(number.clone()), StreamEvent::Modify),
        (ShardPosition::AfterSequenceNumber(number), StreamEvent::Remove),
    ] {
        let iterator = local.driver.run(GetShardIterator::new(&arn, &shard, position)).await.unwrap().shard_iterator;
        let page = local.driver.run(GetRecords { limit: Some(1), ..GetRecords::new(iterator) }).await.unwrap();
        assert_eq!(page.records.iter().map(|record| record.event).collect::<Vec<_>>(), [first]);
    }
}

#[cfg(feature = "streams")]
pub(crate) async fn lists_and_describes_a_stream(local: Local) {
    let (table, arn) = table_with_stream(&local).await;
    let listed = local.driver.run(ListStreams::of_table(&table)).await.unwrap().streams;
    let [stream] = listed.as_slice() else { panic!("one stream: {listed:?}") };
    assert_eq!((&stream.arn, &stream.table), (&arn, &table));

    let described = local.driver.run(DescribeStream::new(&arn)).await.unwrap().stream;
    assert_eq!((&described.arn, &described.label, &described.table), (&arn, &stream.label, &table));
    assert_eq!((described.status, described.view), (StreamStatus::Enabled, StreamView::NewAndOldImages));
    assert_eq!(described.key, ["location", "date"].map(Name::from));
    assert!(described.created_at.is_some() && !described.shards.is_empty(), "{described:?}");

    let missing = DescribeStream::new(format!("{arn}0"));
    let error = local.driver.run(missing).await.unwrap_err();
    assert!(error.is_resource_not_found(), "{error}");
}
