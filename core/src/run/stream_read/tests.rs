//! Tests of reads of streams without a driver.
#![allow(clippy::unnecessary_wraps, reason = "results have the type that `supply` takes")]

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::driver::BoxFuture;
use crate::plan::{
    DescribeStreamOutput, GetRecordsOutput, GetShardIteratorOutput, QueryPlan, ShardPosition, StreamDescription,
    StreamEvent,
};
use crate::schema::StreamView;
use crate::value::Item;

#[derive(Debug)]
struct FixedClock(DateTime<Utc>);

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }

    fn seed(&self) -> u64 {
        0
    }
}

const NOW: DateTime<Utc> = DateTime::from_timestamp(1_000_000, 0).expect("the time is in range");

fn from_now() -> StreamRead {
    StreamRead::new("arn", Arc::new(FixedClock(NOW))).from(ChangesFrom::Now)
}

fn shard(id: &str, parent: Option<&str>) -> Shard {
    Shard {
        id: id.to_owned(),
        parent: parent.map(str::to_owned),
        starting_sequence_number: None,
        ending_sequence_number: None,
    }
}

fn listed(shards: Vec<Shard>, last: Option<&str>) -> Result<Outcome, DriverError> {
    let stream = StreamDescription {
        arn: "arn".into(),
        label: "label".into(),
        table: "t".into(),
        status: StreamStatus::Enabled,
        view: StreamView::KeysOnly,
        created_at: None,
        key: vec!["id".into()],
        shards,
        last_evaluated_shard_id: last.map(str::to_owned),
    };
    Ok(DescribeStreamOutput { stream }.into())
}

fn iterator(text: &str) -> Result<Outcome, DriverError> {
    Ok(GetShardIteratorOutput { shard_iterator: text.to_owned() }.into())
}

/// A record that was made so many seconds after now.
fn record(number: i32, seconds: i64) -> StreamRecord {
    StreamRecord {
        event_id: number.to_string(),
        event: StreamEvent::Insert,
        sequence_number: number.to_string(),
        created_at: Some(NOW + TimeDelta::seconds(seconds)),
        view: StreamView::KeysOnly,
        keys: Item::new().with("id", number),
        new_image: None,
        old_image: None,
        size_bytes: 1,
        user_identity: None,
    }
}

fn records(records: Vec<StreamRecord>) -> Result<Outcome, DriverError> {
    Ok(GetRecordsOutput { records, next_shard_iterator: Some("next".to_owned()) }.into())
}

fn expired() -> Result<Outcome, DriverError> {
    Err(DriverError::new(DriverErrorKind::ExpiredIterator, "GetRecords", "expired"))
}

fn execute(read: &mut StreamRead) -> QueryPlan {
    loop {
        match read.next() {
            Step::Execute(plan) => return plan,
            Step::Sleep(_) => {}
            other => panic!("expected a request: {other:?}"),
        }
    }
}

fn position_requested(read: &mut StreamRead) -> ShardPosition {
    match execute(read) {
        QueryPlan::GetShardIterator(get) => get.position,
        other => panic!("expected GetShardIterator: {other:?}"),
    }
}

/// Returns a read from now of one shard whose oldest page has these records, before its first read at the end.
fn placed(oldest: Vec<StreamRecord>) -> StreamRead {
    let mut read = from_now();
    execute(&mut read);
    assert_eq!(read.position(), None);
    read.supply(listed(vec![shard("s", None)], None)).unwrap();
    assert_eq!(read.position().unwrap().shards.len(), 1, "the shard has a place from its first listing on");
    assert_eq!(position_requested(&mut read), ShardPosition::TrimHorizon);
    read.supply(iterator("oldest")).unwrap();
    execute(&mut read);
    read.supply(records(oldest)).unwrap();
    assert_eq!(position_requested(&mut read), ShardPosition::Latest);
    read.supply(iterator("latest")).unwrap();
    read
}

#[test]
fn an_expired_iterator_at_the_end_is_replaced_by_the_place_of_the_start() {
    let mut read = placed(vec![record(1, -9000), record(2, -8000)]);
    execute(&mut read);
    read.supply(expired()).unwrap();
    assert_eq!(position_requested(&mut read), ShardPosition::AfterSequenceNumber("2".into()));
    read.supply(iterator("again")).unwrap();
    execute(&mut read);
    // Only records that can have been made since the start are yielded, with clocks that differ by five minutes.
    read.supply(records(vec![record(3, -301), record(4, -300), record(5, 1)])).unwrap();
    for number in [4, 5] {
        let Step::Emit(emitted) = read.next() else { panic!("no record") };
        assert_eq!(emitted, record(number, if number == 4 { -300 } else { 1 }));
        assert_eq!(read.position().unwrap().shards["s"], ShardProgress::After(number.to_string()));
    }
}

#[test]
fn records_after_an_iterator_at_the_end_are_yielded_whatever_their_time() {
    let mut read = placed(Vec::new());
    execute(&mut read);
    read.supply(records(vec![record(1, -9000)])).unwrap();
    assert!(matches!(read.next(), Step::Emit(_)));
}

#[test]
fn a_shard_that_appears_while_shards_are_listed_is_read_whole_after_its_parent() {
    let mut read = from_now();
    execute(&mut read);
    read.supply(listed(vec![shard("child", Some("parent")), shard("parent", None)], None)).unwrap();
    let shards = &read.position().unwrap().shards;
    assert_eq!(shards["child"], ShardProgress::Unread);
    assert!(matches!(shards["parent"], ShardProgress::Since { .. }));
}

#[test]
fn a_listing_that_repeats_a_shard_ends_with_an_error() {
    let mut read = from_now();
    let error = (0..10)
        .find_map(|_| {
            execute(&mut read);
            read.supply(listed(vec![shard("s", None)], Some("s"))).err()
        })
        .expect("the listing ends");
    assert_eq!(error.kind(), &DriverErrorKind::Contract);
    assert!(error.to_string().starts_with("DescribeStream on table t: the service returned"), "{error}");
}

#[test]
fn records_that_are_returned_again_end_with_an_error() {
    let mut read = placed(Vec::new());
    let mut yielded = 0;
    let error = loop {
        match read.next() {
            Step::Emit(_) => yielded += 1,
            Step::Execute(_) => match read.supply(records(vec![record(1, 0), record(2, 0)])) {
                Ok(()) => {}
                Err(error) => break error,
            },
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((error.kind(), yielded), (&DriverErrorKind::Contract, 2));
}

#[test]
fn iterators_that_are_always_expired_end_with_an_error() {
    let mut read = placed(Vec::new());
    let error = (0..20)
        .find_map(|_| match execute(&mut read) {
            QueryPlan::GetShardIterator(_) => read.supply(iterator("i")).err(),
            _ => read.supply(expired()).err(),
        })
        .expect("the read ends");
    assert_eq!(error.kind(), &DriverErrorKind::ExpiredIterator);
}
