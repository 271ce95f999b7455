//! Spans and events have the names, levels and fields that `docs/TRACING.md` lists.

mod recorder;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use djamodb::database::ScanPolicy;
use djamodb::driver::{Capability, Clock, Driver, DriverError, DriverErrorKind};
use djamodb::layer::{Retry, RetryPolicy};
use djamodb::plan::{
    BatchGetItem, GetItem, ListTables, Outcome, Output, QueryPlan, ReturnConsumedCapacity, Scan, Segment, TableKeys,
    TableStatus, TransactGet, TransactGetItems,
};
use djamodb::prelude::*;
use djamodb::value::Item;
use djamodb::{MemoryDriver, VirtualClock};
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use self::recorder::{Entry, Recorder};
use crate::models::Event;

const PAGE: &str = include_str!("../../docs/TRACING.md");

/// A memory driver whose responses take 5 ms and have a request id. It throttles the first request for the table `throttled`,
/// and describes a table as being created the first time.
#[derive(Debug)]
struct Remote {
    memory: MemoryDriver,
    clock: VirtualClock,
    throttled: AtomicBool,
    described: AtomicBool,
}

#[async_trait::async_trait]
impl Driver for Remote {
    fn name(&self) -> &'static str {
        "remote"
    }

    fn capability(&self) -> Capability {
        let mut capability = self.memory.capability();
        capability.scan_with_segment = false;
        capability
    }

    fn clock(&self) -> Arc<dyn Clock> {
        Arc::new(self.clock.clone())
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        self.clock.advance(Duration::from_millis(5));
        let is_throttled = plan.table().is_some_and(|table| table.as_str() == "throttled");
        if is_throttled && !self.throttled.swap(true, Ordering::Relaxed) {
            let error = DriverError::new(DriverErrorKind::Throttled, plan.operation(), "slow down");
            return Err(error.on_table(plan.table()).with_request_id("r-0"));
        }
        let mut outcome = self.memory.execute(plan).await?;
        outcome.metadata.request_id = Some("r-1".to_owned());
        outcome.metadata.attempts = 1;
        if let Output::DescribeTable(output) = &mut outcome.output
            && !self.described.swap(true, Ordering::Relaxed)
        {
            output.table.status = TableStatus::Creating;
        }
        Ok(outcome)
    }
}

fn remote() -> Remote {
    let clock = VirtualClock::new(1);
    Remote {
        memory: MemoryDriver::with_clock(Arc::new(clock.clone())),
        clock,
        throttled: false.into(),
        described: false.into(),
    }
}

/// Runs calls with a recorder as the subscriber.
async fn recorded(calls: impl Future<Output = ()>) -> Recorder {
    let recorder = Recorder::new();
    calls.with_subscriber(recorder.clone()).await;
    recorder
}

fn key(at: i32) -> Item {
    Item::new().with("device", "a").with("at", at)
}

fn fields(entry: &Entry) -> BTreeMap<&str, &str> {
    entry.fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[tokio::test]
async fn a_request_span_describes_the_request_and_its_response() {
    let db = Database::new(remote());
    db.create_table::<Event>().await.unwrap();
    Event::new("a", 1).save(&db).await.unwrap();
    let recorder = recorded(async {
        let get =
            GetItem { return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..GetItem::new("events", key(1)) };
        db.run(get).await.unwrap();
    })
    .await;
    let spans = recorder.spans();
    assert_eq!(spans.len(), 1);
    assert_eq!((spans[0].name.as_str(), spans[0].target), ("djamodb.request", "djamodb::request"));
    let expected = [
        (
            "aws.dynamodb.consumed_capacity",
            r#"[{"CapacityUnits":0.5,"Table":{"CapacityUnits":0.5},"TableName":"events"}]"#,
        ),
        ("aws.dynamodb.table_names", r#"["events"]"#),
        ("aws.request_id", "r-1"),
        ("db.collection.name", "events"),
        ("db.operation.name", "GetItem"),
        ("db.system.name", "aws.dynamodb"),
        ("djamodb.attempts", "1"),
        ("djamodb.driver", "remote"),
        ("djamodb.latency_ms", "5.0"),
        ("djamodb.units", "0.5"),
        ("otel.kind", "client"),
        ("otel.name", "GetItem events"),
    ];
    assert_eq!(fields(&spans[0]), BTreeMap::from(expected));
    let events: Vec<_> = recorder.events().into_iter().map(|event| (event.name, event.parent)).collect();
    assert_eq!(events, [("request succeeded".to_owned(), Some(0))]);
}

#[tokio::test]
async fn a_failed_request_records_its_error() {
    let db = Database::new(remote());
    let recorder = recorded(async {
        db.run(GetItem::new("throttled", key(1))).await.unwrap_err();
    })
    .await;
    let span = &recorder.spans()[0];
    assert_eq!(span.fields["error.type"], "Throttled");
    assert_eq!(span.fields["otel.status_code"], "ERROR");
    assert_eq!(span.fields["aws.request_id"], "r-0");
    let event = &recorder.events()[0];
    assert_eq!(event.name, "request failed");
    assert_eq!(event.fields["error"], "GetItem on table throttled: slow down (request r-0)");
}

#[tokio::test]
async fn request_spans_are_children_of_their_call() {
    let db = Database::new(remote());
    let recorder = recorded(async {
        db.create_table::<Event>().await.unwrap();
        Event::new("a", 1).create(&db).await.unwrap();
        Event::new("a", 1).create(&db).await.unwrap_err();
        let events = Event::objects().set_hash_key("a");
        events.all(&db).await.unwrap();
        let mut stream = events.stream(&db);
        events.count(&db).await.unwrap();
        stream.try_next().await.unwrap();
    })
    .await;
    let spans = recorder.spans();
    let calls: Vec<_> = spans.iter().filter(|span| span.name == "djamodb.call").collect();
    let methods: Vec<_> = calls.iter().map(|call| call.fields["djamodb.method"].as_str()).collect();
    assert_eq!(methods, ["create_table", "create", "create", "all", "stream", "count"]);
    assert_eq!(
        fields(calls[2]),
        BTreeMap::from([
            ("db.collection.name", "events"),
            ("djamodb.method", "create"),
            ("djamodb.model", "Event"),
            ("error.type", "ObjectAlreadyExists"),
            ("otel.name", "Event.create"),
            ("otel.status_code", "ERROR"),
        ])
    );
    for request in spans.iter().filter(|span| span.name == "djamodb.request") {
        let parent = request.parent.map(|parent| spans[parent].name.as_str());
        assert_eq!(parent, Some("djamodb.call"), "{request:?}");
    }
    let parent_of_last = spans.last().and_then(|request| request.parent).map(|parent| &spans[parent]);
    assert_eq!(parent_of_last.map(|call| call.fields["djamodb.method"].as_str()), Some("stream"));
}

#[tokio::test]
async fn a_dropped_request_leaves_no_span_entered() {
    let db = Database::new(MemoryDriver::new());
    let recorder = recorded(async {
        let call = Event::get_by_key(("a", 1), &db);
        drop(call);
        let outer = tracing::info_span!(target: "djamodb-test", "outer");
        async { drop(Box::pin(db.run(ListTables::default()))) }.instrument(outer).await;
        db.run(ListTables::default()).await.unwrap();
    })
    .await;
    let request = recorder.spans().into_iter().find(|span| span.name == "djamodb.request").unwrap();
    assert_eq!(request.parent, None);
}

#[tokio::test]
async fn plans_that_are_not_sent_have_no_span() {
    let db = Database::new(remote());
    let recorder = recorded(async {
        let segment = Some(Segment { segment: 0, total_segments: 2 });
        db.run(Scan { segment, ..Scan::new("events") }).await.unwrap_err();
    })
    .await;
    assert!(recorder.spans().is_empty());
}

#[tokio::test]
async fn the_scan_policy_warns_once_per_call() {
    let db = crate::models::database_with("a", 3).await;
    let recorder = recorded(async {
        Event::kinds().scan().count(&db).await.unwrap();
        Event::kinds().scan().count(&db.with_scan_policy(ScanPolicy::Warn)).await.unwrap();
    })
    .await;
    let warnings: Vec<_> = recorder.events().into_iter().filter(|event| event.level == "WARN").collect();
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].name, "queryset scans; set a hash key, or read an index whose hash key is known");
    assert_eq!(fields(&warnings[0]), BTreeMap::from([("index", "by_kind"), ("model", "Event")]));
}

/// One table of the page: its first column without code marks, and its other columns.
fn table_after<'a>(heading: &str) -> Vec<Vec<&'a str>> {
    let start = PAGE.find(heading).unwrap_or_else(|| panic!("the page has no heading {heading}"));
    let rows = PAGE[start..].lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = |row: &'a str| row.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect();
    rows.skip(2).map(cells).collect()
}

/// Calls that together produce every span, event and field.
async fn exercise() {
    let db = Database::new(Retry::new(remote(), RetryPolicy::default()).unwrap()).with_scan_policy(ScanPolicy::Warn);
    db.create_table::<Event>().await.unwrap();
    let mut event = Event { kind: Some("wind".into()), ..Event::new("a", 1) };
    event.save(&db).await.unwrap();
    event.create(&db).await.unwrap_err();
    Event::get_by_key(("a", 2), &db).await.unwrap_err();
    Event::objects().set_hash_key("a").all(&db).await.unwrap();
    Event::kinds().set_hash_key("wind").all(&db).await.unwrap();
    Event::objects().scan().count(&db).await.unwrap();
    db.run(BatchGetItem::new([TableKeys::new("events", [key(1), key(2)])])).await.unwrap();
    db.run(TransactGetItems::new([TransactGet::new("events", key(1)), TransactGet::new("events", key(2))]))
        .await
        .unwrap();
    db.run(GetItem::new("throttled", key(1))).await.unwrap_err();
    db.delete_table::<Event>().await.unwrap();
}

#[tokio::test]
async fn spans_and_their_fields_are_those_of_the_page() {
    let recorder = recorded(exercise()).await;
    let spans = recorder.spans();
    let emitted: BTreeSet<_> =
        spans.iter().map(|span| [span.name.as_str(), span.target, span.level.as_str()]).collect();
    let listed: BTreeSet<_> = table_after("## Spans").iter().map(|row| [row[0], row[1], row[2]]).collect();
    assert_eq!(emitted, listed);
    for name in ["djamodb.call", "djamodb.request"] {
        let of_name = spans.iter().filter(|span| span.name == name);
        let emitted: BTreeSet<_> = of_name.clone().flat_map(|span| span.fields.keys().copied()).collect();
        let table = table_after(&format!("### Fields of `{name}`"));
        let listed: BTreeSet<_> = table.iter().map(|row| row[0]).collect();
        assert_eq!(emitted, listed, "{name}");
        for field in table.iter().filter(|row| row[3] == "always").map(|row| row[0]) {
            assert!(of_name.clone().all(|span| span.fields.contains_key(field)), "{name} without {field}");
        }
    }
}

#[tokio::test]
async fn events_and_their_fields_are_those_of_the_page() {
    let recorder = recorded(exercise()).await;
    let events = recorder.events();
    let table = table_after("## Events");
    let emitted: BTreeSet<_> =
        events.iter().map(|event| [event.name.as_str(), event.target, event.level.as_str()]).collect();
    let listed: BTreeSet<_> = table.iter().map(|row| [row[0], row[1], row[2]]).collect();
    assert_eq!(emitted, listed);
    for event in &events {
        let row = table.iter().find(|row| row[0] == event.name).unwrap();
        for field in event.fields.keys() {
            assert!(row[3].split(['`', ' ', ',', ';']).any(|word| word == *field), "{} with {field}", event.name);
        }
    }
}
