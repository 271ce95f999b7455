//! Streams.

use djamodb_core::driver::{Driver, DriverErrorKind};
use djamodb_core::plan::{DescribeStream, GetRecords, GetShardIterator, ListStreams, QueryPlan, ShardPosition};
#[cfg(feature = "streams")]
use {
    crate::local::{Local, day, key, weather},
    crate::stub::{self, Answer},
    djamodb_core::driver::DriverExt,
    djamodb_core::plan::{DeleteItem, PutItem, StreamEvent, StreamRecord, StreamStatus},
    djamodb_core::schema::StreamView,
    djamodb_core::value::Name,
    djamodb_driver_rusoto::{RusotoConfig, RusotoDriver},
};

use crate::answers::another;

/// One plan for each operation of streams.
fn plans() -> [QueryPlan; 4] {
    [
        ListStreams::default().into(),
        DescribeStream::new("arn").into(),
        GetShardIterator::new("arn", "shard", ShardPosition::Latest).into(),
        GetRecords::new("place").into(),
    ]
}

pub(crate) async fn without_a_client_they_say_what_to_do() {
    let needed = if cfg!(feature = "streams") { "with_streams_client" } else { "feature `streams`" };
    let driver = another("http://127.0.0.1:1".to_owned());
    assert!(!driver.capability().get_records);
    for plan in plans() {
        let operation = plan.operation();
        let error = driver.execute(plan).await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (&DriverErrorKind::Unsupported, operation));
        assert!(error.message().contains(needed), "{error}");
    }
}

/// The client that `connect` makes, given to a driver that has none.
#[cfg(feature = "streams")]
pub(crate) async fn a_client_of_ones_own_is_taken() {
    let (with, heads) = stub::driver(RusotoConfig::default(), vec![Answer::ok(r#"{"Streams":[]}"#)]).await;
    let client = with.streams_client().cloned().expect("a client");
    let driver = RusotoDriver::from_client(with.client().clone()).with_streams_client(client);
    assert!(driver.capability().get_records);
    assert_eq!(driver.run(ListStreams::default()).await.unwrap().streams, []);
    let head = heads.recv().unwrap().to_ascii_lowercase();
    assert!(head.contains("x-amz-target: dynamodbstreams_20120810.liststreams"), "{head}");
}

#[cfg(feature = "streams")]
pub(crate) async fn their_errors_have_the_kind_of_their_name() {
    for (code, kind) in [
        ("ExpiredIteratorException", DriverErrorKind::ExpiredIterator),
        ("TrimmedDataAccessException", DriverErrorKind::TrimmedDataAccess),
        ("ResourceNotFoundException", DriverErrorKind::ResourceNotFound),
        ("LimitExceededException", DriverErrorKind::LimitExceeded),
        ("InternalServerError", DriverErrorKind::Internal),
        ("ThrottlingException", DriverErrorKind::Throttled),
    ] {
        let (driver, _) = stub::driver(RusotoConfig::default(), vec![Answer::error(400, code)]).await;
        let error = driver.run(GetRecords::new("place")).await.unwrap_err();
        assert_eq!((error.kind(), error.request_id()), (&kind, Some("REQUEST")), "{code}");
    }
}

#[cfg(feature = "streams")]
pub(crate) async fn shard_filters_are_not_offered() {
    let (driver, _) = stub::driver(RusotoConfig::default(), vec![]).await;
    assert!(!driver.capability().describe_stream_with_shard_filter);
    let filtered = DescribeStream { child_shards_of: Some("shard".into()), ..DescribeStream::new("arn") };
    let error = driver.execute(filtered.into()).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::Unsupported, "{error}");
    assert!(error.message().contains("shard filters"), "{error}");
}

/// Everything that the stream of a table holds, read from its oldest shard to its newest.
#[cfg(feature = "streams")]
async fn records(local: &Local, stream_arn: &str) -> Vec<StreamRecord> {
    let mut records = Vec::new();
    for shard in local.driver.run(DescribeStream::new(stream_arn)).await.unwrap().stream.shards {
        let start = GetShardIterator::new(stream_arn, shard.id, ShardPosition::TrimHorizon);
        let mut place = Some(local.driver.run(start).await.unwrap().shard_iterator);
        // An open shard never ends: what was written before is in its first page, or in one of the next few.
        for _ in 0..5 {
            let Some(shard_iterator) = place else { break };
            let page = local.driver.run(GetRecords { limit: Some(100), shard_iterator }).await.unwrap();
            records.extend(page.records);
            place = page.next_shard_iterator;
        }
    }
    records
}

#[cfg(feature = "streams")]
async fn streamed(local: &Local) -> (Name, String) {
    let mut schema = weather(local.unique_name());
    schema.stream = Some(StreamView::NewAndOldImages);
    let created = local.create(schema).await;
    (created.schema.name, created.latest_stream.expect("a stream").arn)
}

#[cfg(feature = "streams")]
pub(crate) async fn changes_are_read_in_order(local: Local) {
    let (table, arn) = streamed(&local).await;
    for kind in ["rain", "snow"] {
        local.driver.run(PutItem::new(&table, day(1, kind))).await.unwrap();
    }
    local.driver.run(DeleteItem::new(&table, key(1))).await.unwrap();

    let read = records(&local, &arn).await;
    let told: Vec<_> = read.iter().map(|read| (read.event, read.old_image.clone(), read.new_image.clone())).collect();
    let [rain, snow] = ["rain", "snow"].map(|kind| day(1, kind));
    assert_eq!(
        told,
        [
            (StreamEvent::Insert, None, Some(rain.clone())),
            (StreamEvent::Modify, Some(rain), Some(snow.clone())),
            (StreamEvent::Remove, Some(snow), None),
        ]
    );
    for record in &read {
        assert_eq!((&record.keys, record.view), (&key(1), StreamView::NewAndOldImages));
        assert!(!record.event_id.is_empty() && record.size_bytes > 0 && record.created_at.is_some(), "{record:?}");
        assert!(!record.is_expiry());
    }

    let shard = local.driver.run(DescribeStream::new(&arn)).await.unwrap().stream.shards.remove(0).id;
    let number = read[1].sequence_number.clone();
    for (position, first) in [
        (ShardPosition::AtSequenceNumber(number.clone()), StreamEvent::Modify),
        (ShardPosition::AfterSequenceNumber(number), StreamEvent::Remove),
    ] {
        let place = local.driver.run(GetShardIterator::new(&arn, &shard, position)).await.unwrap().shard_iterator;
        let page = local.driver.run(GetRecords { limit: Some(1), ..GetRecords::new(place) }).await.unwrap();
        assert_eq!(page.records.iter().map(|record| record.event).collect::<Vec<_>>(), [first]);
    }
}

#[cfg(feature = "streams")]
pub(crate) async fn a_stream_is_listed_and_described(local: Local) {
    let (table, arn) = streamed(&local).await;
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
