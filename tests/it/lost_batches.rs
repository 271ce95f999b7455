//! Batches of writes whose responses are lost or incomplete, on each driver over HTTP.

use std::time::Duration;

use djamodb::driver::DriverErrorKind;
use djamodb::queryset::OnConflict;
use djamodb::{Error, Settings, WritesIncomplete};
use djamodb_stub_server::{Response, start};

use crate::models::Event;

/// Schemes of the drivers over HTTP.
const SCHEMES: [&str; 2] = ["dynamodb", "rusoto"];

/// Creates 30 values, in batches of 25 and 5, on a server that sends these responses, and returns the report.
async fn bulk_create(scheme: &str, responses: Vec<Response>) -> Result<u64, WritesIncomplete> {
    let url = start(responses).0.replacen("http", scheme, 1);
    let settings = Settings::builder().url(url).attempts_max(3).backoff_base(Duration::from_millis(1)).build().unwrap();
    let db = djamodb::connect(settings).await.unwrap();
    let events: Vec<_> = (0..30).map(|at| Event::new("a", at)).collect();
    match Event::objects().bulk_create(&events, OnConflict::Overwrite, &db).await {
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
