//! Responses that do not hold everything that was requested, or something else.

use djamodb_core::driver::{Applied, Driver, DriverErrorKind, DriverExt};
use djamodb_core::expression::KeyCondition;
use djamodb_core::plan::{
    BatchGetItem, DescribeTable, DescribeTimeToLive, ListTables, Query, QueryPlan, Scan, Select, TableKeys,
    TableWrites, TransactGet, TransactGetItems, WriteRequest,
};

use super::{ARN, Limits, TABLE, batch_write, error_of, key};
use crate::{Response, repeat};

fn batch_get() -> BatchGetItem {
    BatchGetItem::new([TableKeys::new(TABLE, ["a", "b"].map(key))])
}

/// Batches name each table of the request and no other.
///
/// # Panics
///
/// Panics if the driver drops a part of a response, or takes a missing part for an empty one.
pub(super) async fn batches_without_all_parts_are_errors<D: Driver>(connect: impl AsyncFn(String, Limits) -> D) {
    let (get, write): (QueryPlan, QueryPlan) = (batch_get().into(), batch_write().into());
    let items = r#"[{"id":{"S":"a"}}]"#;
    let keys = r#"{"Keys":[{"id":{"S":"a"}}]}"#;
    let puts = r#"[{"PutRequest":{"Item":{"id":{"S":"a"}}}}]"#;
    let foreign_arn = ARN.replace("weather", "forecast");
    for (plan, body, part) in [
        (&get, "{}".to_owned(), "lacks the items"),
        (&get, r#"{"UnprocessedKeys":{}}"#.to_owned(), "lacks the items"),
        (&get, r#"{"Responses":{}}"#.to_owned(), "lacks the unprocessed keys"),
        (&get, format!(r#"{{"Responses":{{"forecast":{items}}},"UnprocessedKeys":{{}}}}"#), "`forecast`"),
        (&get, format!(r#"{{"Responses":{{"{foreign_arn}":{items}}},"UnprocessedKeys":{{}}}}"#), &foreign_arn),
        (&get, format!(r#"{{"Responses":{{}},"UnprocessedKeys":{{"forecast":{keys}}}}}"#), "`forecast`"),
        (&write, "{}".to_owned(), "lacks the unprocessed writes"),
        (&write, format!(r#"{{"UnprocessedItems":{{"forecast":{puts}}}}}"#), "`forecast`"),
        (&write, format!(r#"{{"UnprocessedItems":{{"{foreign_arn}":{puts}}}}}"#), &foreign_arn),
        (&write, format!(r#"{{"UnprocessedItems":{{"weather":{puts},"{ARN}":{puts}}}}}"#), ARN),
    ] {
        let driver = connect(repeat(Response::ok(&body)).0, Limits::one_attempt()).await;
        let error = error_of(&driver, plan.clone(), &body).await;
        assert_eq!(error.kind(), &DriverErrorKind::Internal, "{body}: {error}");
        assert!(error.message().contains(part), "{body}: {error}");
        let applied = if *plan == write { Applied::Unknown } else { Applied::No };
        assert_eq!(error.applied(), applied, "{body}: {error}");
    }
}

/// A table that was requested by name may be returned by its ARN, and the other way round.
///
/// # Panics
///
/// Panics if the driver drops what is returned under the other name.
pub(super) async fn tables_are_known_by_name_and_by_arn<D: Driver>(connect: impl AsyncFn(String, Limits) -> D) {
    for (requested, returned) in [(TABLE, TABLE), (TABLE, ARN), (ARN, ARN), (ARN, TABLE)] {
        let body = format!(
            r#"{{"Responses":{{"{returned}":[{{"id":{{"S":"a"}}}}]}},
                "UnprocessedKeys":{{"{returned}":{{"Keys":[{{"id":{{"S":"b"}}}}]}}}},
                "UnprocessedItems":{{"{returned}":[{{"PutRequest":{{"Item":{{"id":{{"S":"b"}}}}}}}}]}}}}"#
        );
        let driver = connect(repeat(Response::ok(&body)).0, Limits::one_attempt()).await;
        let read = driver.run(BatchGetItem::new([TableKeys::new(requested, ["a", "b"].map(key))])).await;
        let read = read.unwrap_or_else(|error| panic!("{body}: {error}"));
        assert_eq!(read.items, [(requested.into(), vec![key("a")])]);
        assert_eq!(read.unprocessed, [TableKeys::new(requested, [key("b")])]);
        let mut write = batch_write();
        write.requests[0].table = requested.into();
        let written = driver.run(write).await.unwrap_or_else(|error| panic!("{body}: {error}"));
        assert_eq!(written.unprocessed, [TableWrites::new(requested, [WriteRequest::Put(key("b"))])]);
    }
}

/// A read without its items is not a read of no items.
///
/// # Panics
///
/// Panics if the driver takes such a response for an empty one.
pub(super) async fn reads_without_their_items_are_errors<D: Driver>(connect: impl AsyncFn(String, Limits) -> D) {
    let query = || Query::new(TABLE, KeyCondition::hash("id", "a"));
    let count = Query { select: Some(Select::Count), ..query() };
    let (query, count, scan): (QueryPlan, QueryPlan, QueryPlan) =
        (query().into(), count.into(), Scan::new(TABLE).into());
    let get = TransactGetItems::new([TransactGet::new(TABLE, key("a")), TransactGet::new(TABLE, key("b"))]);
    let get: QueryPlan = get.into();
    for (plan, body) in [
        (&query, "{}"),
        (&scan, "{}"),
        (&count, "{}"),
        (&query, r#"{"Count":0}"#),
        (&query, r#"{"Items":[]}"#),
        (&scan, r#"{"Items":[{"id":{"S":"a"}}],"Count":2,"ScannedCount":2}"#),
        (&get, "{}"),
        (&get, r#"{"Responses":[{"Item":{"id":{"S":"a"}}}]}"#),
        (&get, r#"{"Responses":[{},{},{}]}"#),
        (&ListTables::default().into(), "{}"),
        (&DescribeTable::new(TABLE).into(), "{}"),
        (&DescribeTimeToLive::new(TABLE).into(), "{}"),
    ] {
        let driver = connect(repeat(Response::ok(body)).0, Limits::one_attempt()).await;
        let error = error_of(&driver, plan.clone(), body).await;
        assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Internal, Applied::No), "{body}: {error}");
    }
    let driver = connect(repeat(Response::ok(r#"{"Count":3,"ScannedCount":5}"#)).0, Limits::one_attempt()).await;
    let counted = driver.execute(count).await.unwrap_or_else(|error| panic!("a count is refused: {error}"));
    assert!(format!("{counted:?}").contains("count: 3"), "{counted:?}");
}
