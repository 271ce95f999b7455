//! Responses that do not say that a write was made.

use djamodb_core::driver::{Applied, Driver, DriverErrorKind};
use djamodb_core::expression::{Path, Update, UpdateOperand};
use djamodb_core::plan::{GetItem, QueryPlan, ReturnValues, TagResource, UntagResource, UpdateItem, UpdateTimeToLive};
use djamodb_core::schema::Tag;

use super::{Limits, TABLE, error_of, key, writes};
use crate::{Response, repeat};

/// A success without a JSON object, or with an error in it, is neither a success nor certainly a failure.
///
/// # Panics
///
/// Panics if the driver takes such a response for a success, or for a failure without effect.
pub(super) async fn successes_without_a_valid_body_are_errors<D: Driver>(connect: impl AsyncFn(String, Limits) -> D) {
    let error = r#"{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","message":"slow down"}"#;
    for (response, part) in [
        (Response::ok(""), "no body"),
        (Response::ok(" \n"), "no body"),
        (Response::Http(204, String::new()), "no body"),
        (Response::Cut(String::new()), "no body"),
        (Response::Cut(r#"{"ConsumedCapacity":{"Tab"#.to_owned()), "not a JSON object"),
        (Response::ok("null"), "not a JSON object"),
        (Response::ok("[]"), "not a JSON object"),
        (Response::ok("<html></html>"), "not a JSON object"),
        (Response::ok(error), "ThrottlingException: slow down"),
    ] {
        let case = format!("{response:?}");
        let (endpoint, _heads) = repeat(response);
        let driver = connect(endpoint, Limits::one_attempt()).await;
        for plan in writes() {
            let error = error_of(&driver, plan, &case).await;
            assert_eq!(
                (error.kind(), error.applied()),
                (&DriverErrorKind::Internal, Applied::Unknown),
                "{case}: {error}"
            );
            assert!(error.message().contains("127.0.0.1") && error.message().contains(part), "{case}: {error}");
        }
        let error = error_of(&driver, GetItem::new(TABLE, key("a")).into(), &case).await;
        assert_eq!(error.kind(), &DriverErrorKind::Internal, "{case}: {error}");
    }
}

/// `TagResource` and `UntagResource` respond without a body.
///
/// # Panics
///
/// Panics if the driver refuses such a response, or accepts an error in place of it.
pub(super) async fn responses_to_tags_have_no_body<D: Driver>(connect: impl AsyncFn(String, Limits) -> D) {
    let plans = || -> [QueryPlan; 2] {
        [TagResource::new("arn", vec![Tag::new("team", "blue")]).into(), UntagResource::new("arn", ["team"]).into()]
    };
    for body in ["", "{}"] {
        let driver = connect(repeat(Response::ok(body)).0, Limits::one_attempt()).await;
        for plan in plans() {
            driver.execute(plan).await.unwrap_or_else(|error| panic!("{body:?} is refused: {error}"));
        }
    }
    let driver = connect(repeat(Response::ok(r#"{"__type":"InternalServerError"}"#)).0, Limits::one_attempt()).await;
    for plan in plans() {
        assert_eq!(error_of(&driver, plan, "an error").await.applied(), Applied::Unknown);
    }
}

/// A response without the output that the request asks for is not a success without output.
///
/// # Panics
///
/// Panics if the driver accepts such a response.
pub(super) async fn updates_without_their_output_are_errors<D: Driver>(connect: impl AsyncFn(String, Limits) -> D) {
    let driver = connect(repeat(Response::ok("{}")).0, Limits::one_attempt()).await;
    let set = Update::new().set(Path::new("kind"), UpdateOperand::value("rain"));
    let all_new = UpdateItem { return_values: ReturnValues::AllNew, ..UpdateItem::new(TABLE, key("a"), set) };
    let time_to_live = UpdateTimeToLive::enable(TABLE, "expires");
    for plan in [QueryPlan::from(all_new), time_to_live.into()] {
        let error = error_of(&driver, plan, "an empty object").await;
        assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Internal, Applied::Unknown), "{error}");
    }
}
