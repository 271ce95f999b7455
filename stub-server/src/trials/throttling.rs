//! Reasons of throttled requests.

use djamodb_core::driver::{Applied, Driver, DriverErrorKind, ThrottlingLimit, ThrottlingReason};
use djamodb_core::plan::{GetItem, QueryPlan};

use super::{ARN, Limits, TABLE, error_of, key, writes};
use crate::{Response, repeat};

/// The error codes of throttled requests, and the name that each gives the list of reasons.
const CODES: [(&str, &str); 3] = [
    ("ProvisionedThroughputExceededException", "ThrottlingReasons"),
    ("RequestLimitExceeded", "ThrottlingReasons"),
    ("ThrottlingException", "throttlingReasons"),
];

fn throttled(code: &str, list: &str, reasons: &str) -> Response {
    let body = format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"slow","{list}":{reasons}}}"#);
    Response::Http(400, body)
}

fn plans() -> Vec<QueryPlan> {
    writes().into_iter().chain([GetItem::new(TABLE, key("a")).into()]).collect()
}

/// Each operation returns the reasons, whatever the code of the error is.
///
/// # Panics
///
/// Panics if a reason is lost.
pub(super) async fn throttled_requests_carry_the_reasons_of_the_service<D: Driver>(
    connect: impl AsyncFn(String, Limits) -> D,
) {
    let index = format!("{ARN}/index/by_kind");
    let reasons = format!(
        r#"[{{"reason":"IndexWriteKeyRangeThroughputExceeded","resource":"{index}"}},{{"reason":"TableReadMoonPhase"}}]"#
    );
    let expected = [
        ThrottlingReason::new("IndexWriteKeyRangeThroughputExceeded").with_resource(index),
        ThrottlingReason::new("TableReadMoonPhase"),
    ];
    for (code, list) in CODES {
        let driver = connect(repeat(throttled(code, list, &reasons)).0, Limits::one_attempt()).await;
        for plan in plans() {
            let error = error_of(&driver, plan, code).await;
            assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Throttled, Applied::No), "{error}");
            assert_eq!(error.throttling_reasons(), expected, "{error}");
            assert_eq!(error.throttling_reasons()[0].limit(), Some(ThrottlingLimit::KeyRange));
            assert!(error.to_string().contains("the index by_kind of the table weather"), "{error}");
        }
    }
}

/// A list that is missing or invalid leaves the error as it is.
///
/// # Panics
///
/// Panics if the kind of the error is another one, or a reason is invented.
pub(super) async fn an_invalid_list_of_reasons_changes_no_error<D: Driver>(connect: impl AsyncFn(String, Limits) -> D) {
    for (code, list) in CODES {
        for reasons in ["[]", "null"] {
            let driver = connect(repeat(throttled(code, list, reasons)).0, Limits::one_attempt()).await;
            let error = error_of(&driver, GetItem::new(TABLE, key("a")).into(), reasons).await;
            assert_eq!(error.kind(), &DriverErrorKind::Throttled, "{error}");
            assert_eq!((error.message(), error.throttling_reasons()), ("slow", &[][..]));
        }
        let driver = connect(repeat(Response::error(400, code)).0, Limits::one_attempt()).await;
        let error = error_of(&driver, GetItem::new(TABLE, key("a")).into(), code).await;
        assert_eq!((error.kind(), error.throttling_reasons()), (&DriverErrorKind::Throttled, &[][..]), "{error}");
    }
}
