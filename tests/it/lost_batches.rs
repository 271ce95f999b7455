//! Batches of writes whose responses are lost or incomplete, on each driver over HTTP.

use std::time::Duration;

use djamodb::driver::DriverErrorKind;
use djamodb::error::WriteState;
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::{Batch, Error, Settings, WritesIncomplete};
use djamodb_stub_server::{Response, start};

use crate::models::Event;

/// Schemes of the drivers over HTTP.
const SCHEMES: [&str; 2] = ["dynamodb", "rusoto"];

/// Creates 30 values, in batches of 25 and 5, on a server that sends these responses, and returns the report.
async fn bulk_create(scheme: &str, responses: Vec<Response>) -> Result<u64, WritesIncomplete> {
    let url = start(responses).0.replacen("http", scheme, 1);
    let settings = Settings::builder()
        .url(url)
        .attempts_max(3)
        .backoff_base(Duration::from_millis(1))
        .write_concurrency(1)
        .build()
        .unwrap();
    let db = djamodb::connect(settings).await.unwrap();
    let mut events: Vec<_> = (0..30).map(|at| Event::new("a", at)).collect();
    match Event::objects().bulk_create(&mut events, OnConflict::Overwrite, &db).await {
        Ok(report) => Ok(report.written.len() as u64),
        Err(Error::WritesIncomplete(incomplete)) => Err(*incomplete),
        Err(other) => panic!("{scheme}: an error of another kind: {other}"),
    }
}

#[tokio::test]
async fn writes_of_a_lost_attempt_are_unknown_although_later_attempts_leave_them_unprocessed() {
    for scheme in SCHEMES {
        let mut responses = vec![Response::Disconnect];
        responses.extend(vec![Response::Unprocessed(None); 9]);
        let report = bulk_create(scheme, responses).await.unwrap_err();
        assert_eq!((report.done, report.unknown.len(), report.unprocessed.len()), (0, 25, 5), "{scheme}: {report}");
        assert!(report.to_string().contains("25 possibly done"), "{report}");
    }
}

#[tokio::test]
async fn writes_that_no_attempt_made_are_unprocessed() {
    for scheme in SCHEMES {
        let report = bulk_create(scheme, vec![Response::Unprocessed(None); 9]).await.unwrap_err();
        assert_eq!((report.done, report.unknown.len(), report.unprocessed.len()), (0, 0, 30), "{scheme}: {report}");
    }
}

#[tokio::test]
async fn writes_are_done_once_a_response_says_so() {
    for scheme in SCHEMES {
        let done = || Response::ok(r#"{"UnprocessedItems":{}}"#);
        let responses = vec![Response::Disconnect, Response::Unprocessed(None), done(), done()];
        assert_eq!(bulk_create(scheme, responses).await.unwrap(), 30, "{scheme}");
    }
}

#[tokio::test]
async fn unprocessed_writes_of_another_table_are_not_done() {
    for scheme in SCHEMES {
        for response in [Response::Unprocessed(Some("another")), Response::ok("{}"), Response::ok("")] {
            let report = bulk_create(scheme, vec![response; 9]).await.unwrap_err();
            assert_eq!((report.done, report.unknown.len(), report.unprocessed.len()), (0, 25, 5), "{scheme}: {report}");
            assert_eq!(report.error.unwrap().kind(), &DriverErrorKind::Internal);
        }
    }
}

#[tokio::test]
async fn unprocessed_writes_under_the_arn_of_the_table_are_sent_again() {
    const ARN: &str = "arn:aws:dynamodb:us-east-1:123456789012:table/events";
    for scheme in SCHEMES {
        let done = || Response::ok(r#"{"UnprocessedItems":{}}"#);
        let responses = vec![Response::Unprocessed(Some(ARN)), done(), done()];
        assert_eq!(bulk_create(scheme, responses).await.unwrap(), 30, "{scheme}");
        let report = bulk_create(scheme, vec![Response::Unprocessed(Some(ARN)); 9]).await.unwrap_err();
        assert_eq!((report.done, report.unprocessed.len()), (0, 30), "{scheme}: {report}");
    }
}

/// A device, in another table than its events.
#[derive(Model)]
#[model(table = "devices", managed = false)]
struct Device {
    #[model(hash_key)]
    name: String,
}

/// Runs a batch of 13 events and 13 devices, in requests of 25 and 1 writes, and returns the states.
async fn batch_of_two_models(scheme: &str, responses: Vec<Response>) -> Vec<WriteState> {
    let url = start(responses).0.replacen("http", scheme, 1);
    let settings =
        Settings::builder().url(url).attempts_max(3).backoff_base(Duration::from_millis(1)).write_concurrency(1);
    let db = djamodb::connect(settings.build().unwrap()).await.unwrap();
    let mut batch = Batch::new();
    for at in 0..13 {
        batch.save(&Event::new("a", at));
        batch.delete(&Device { name: at.to_string() });
    }
    match batch.run(&db).await {
        Ok(()) => vec![WriteState::Written; batch.len()],
        Err(Error::BatchIncomplete(incomplete)) => incomplete.writes.iter().map(|write| write.state).collect(),
        Err(other) => panic!("{scheme}: an error of another kind: {other}"),
    }
}

#[tokio::test]
async fn writes_of_several_models_are_unknown_if_one_attempt_was_lost() {
    use WriteState::{Unknown, Unprocessed, Written};
    for scheme in SCHEMES {
        let done = || Response::ok(r#"{"UnprocessedItems":{}}"#);
        let responses = vec![Response::Disconnect, Response::Unprocessed(None), done(), done()];
        assert_eq!(batch_of_two_models(scheme, responses).await, [Written; 26], "{scheme}");
        let mut responses = vec![Response::Disconnect];
        responses.extend(vec![Response::Unprocessed(None); 9]);
        let states = batch_of_two_models(scheme, responses).await;
        assert_eq!(states, [&[Unknown; 25][..], &[Unprocessed]].concat(), "{scheme}");
        let states = batch_of_two_models(scheme, vec![Response::Unprocessed(None); 9]).await;
        assert_eq!(states, [Unprocessed; 26], "{scheme}");
        // Only writes to one of the tables are left.
        let one_table = r#"{"UnprocessedItems":{"devices":[{"DeleteRequest":{"Key":{"name":{"S":"3"}}}}]}}"#;
        let states = batch_of_two_models(scheme, vec![Response::ok(one_table); 9]).await;
        assert_eq!(states.iter().filter(|state| **state == Unprocessed).count(), 2, "{scheme}: {states:?}");
        assert_eq!((states[7], states[25]), (Unprocessed, Unprocessed), "{scheme}");
    }
}
