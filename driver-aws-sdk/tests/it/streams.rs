//! Streams.

use djamodb_core::driver::{DriverErrorKind, DriverExt};
use djamodb_core::expression::{Path, Update, UpdateOperand};
use djamodb_core::plan::{
    DeleteItem, DescribeStream, GetRecords, GetShardIterator, ListStreams, PutItem, ShardPosition, StreamEvent,
    StreamRecord, StreamStatus, StreamUpdate, UpdateItem, UpdateTable,
};
use djamodb_core::schema::StreamView;
use djamodb_core::value::Name;

use crate::local::{Local, day, key, weather};

/// Creates a table with a stream of both images. Returns its name and the stream's ARN.
async fn table_with_stream(local: &Local) -> (Name, String) {
    let mut schema = weather(local.unique_name());
    schema.stream = Some(StreamView::NewAndOldImages);
    let created = local.create(schema).await;
    (created.schema.name, created.latest_stream.expect("the table has a stream").arn)
}

/// Reads all records of a stream.
async fn read_records(local: &Local, arn: &str) -> Vec<StreamRecord> {
    let mut records = Vec::new();
    for shard in local.driver.run(DescribeStream::new(arn)).await.unwrap().stream.shards {
        let start = GetShardIterator::new(arn, shard.id, ShardPosition::TrimHorizon);
        let mut iterator = Some(local.driver.run(start).await.unwrap().shard_iterator);
        // The iterator of an open shard never ends, so an empty page ends the loop.
        while let Some(shard_iterator) = iterator {
            let page =
                local.driver.run(GetRecords { limit: Some(2), ..GetRecords::new(shard_iterator) }).await.unwrap();
            iterator = page.next_shard_iterator.filter(|_| !page.records.is_empty());
            records.extend(page.records);
        }
    }
    records
}

pub(crate) async fn reads_changes_in_order(local: Local) {
    let (table, arn) = table_with_stream(&local).await;
    local.driver.run(PutItem::new(&table, day(1, "rain"))).await.unwrap();
    let snow = Update::new().set(Path::new("kind"), UpdateOperand::value("snow"));
    local.driver.run(UpdateItem::new(&table, key(1), snow)).await.unwrap();
    local.driver.run(DeleteItem::new(&table, key(1))).await.unwrap();

    let listed = local.driver.run(ListStreams::of_table(&table)).await.unwrap().streams;
    assert_eq!(listed.iter().map(|stream| (&stream.table, &stream.arn)).collect::<Vec<_>>(), [(&table, &arn)]);
    let described = local.driver.run(DescribeStream::new(&arn)).await.unwrap().stream;
    assert_eq!((&described.arn, &described.table, &described.label), (&arn, &table, &listed[0].label));
    assert_eq!((described.status, described.view), (StreamStatus::Enabled, StreamView::NewAndOldImages));
    assert_eq!(described.key, [Name::from("location"), Name::from("date")]);

    let records = read_records(&local, &arn).await;
    let [rain, snow] = ["rain", "snow"].map(|kind| Some(day(1, kind)));
    let expected = [
        (StreamEvent::Insert, None, rain.clone()),
        (StreamEvent::Modify, rain, snow.clone()),
        (StreamEvent::Remove, snow, None),
    ];
    let changes: Vec<_> =
        records.iter().map(|record| (record.event, record.old_image.clone(), record.new_image.clone())).collect();
    assert_eq!(changes, expected);
    for record in &records {
        assert_eq!((&record.keys, record.view), (&key(1), StreamView::NewAndOldImages));
        assert!(record.size_bytes > 0 && record.created_at.is_some() && !record.is_expiry(), "{record:?}");
    }

    let after = ShardPosition::AfterSequenceNumber(records[1].sequence_number.clone());
    let start = GetShardIterator::new(&arn, &described.shards[0].id, after);
    let iterator = local.driver.run(start).await.unwrap().shard_iterator;
    assert_eq!(local.driver.run(GetRecords::new(iterator)).await.unwrap().records, records[2..]);
}

pub(crate) async fn disabled_streams_can_still_be_read(local: Local) {
    let (table, arn) = table_with_stream(&local).await;
    local.driver.run(PutItem::new(&table, day(1, "rain"))).await.unwrap();
    local.driver.run(UpdateTable::new(&table).stream(StreamUpdate::Disable)).await.unwrap();
    local.driver.run(PutItem::new(&table, day(2, "sun"))).await.unwrap();
    let described = local.driver.run(DescribeStream::new(&arn)).await.unwrap().stream;
    assert!(matches!(described.status, StreamStatus::Disabling | StreamStatus::Disabled), "{described:?}");
    let records = read_records(&local, &arn).await;
    assert_eq!(records.iter().map(|record| &record.keys).collect::<Vec<_>>(), [&key(1)]);
}

pub(crate) async fn rejects_invalid_streams_and_iterators(local: Local) {
    let (_, arn) = table_with_stream(&local).await;
    let missing = arn.replace("djamodb-it", "djamodb-missing");
    let error = local.driver.run(DescribeStream::new(missing)).await.unwrap_err();
    assert!(error.is_resource_not_found() && error.request_id().is_some(), "{error:?}");
    let error = local.driver.run(GetRecords::new("not an iterator")).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::Validation, "{error}");
    let listed = local.driver.run(ListStreams { limit: Some(1), ..ListStreams::default() }).await.unwrap();
    assert_eq!(listed.streams.len(), 1);
}
