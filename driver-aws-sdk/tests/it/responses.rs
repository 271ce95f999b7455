//! Responses and failures that DynamoDB Local does not produce.

use std::time::Duration;

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as ProvidedCredentials;
use djamodb_core::driver::{
    Applied, CancellationCode, CancellationReason, Driver, DriverError, DriverErrorKind, DriverExt,
};
use djamodb_core::expression::{Condition, Path, Update};
use djamodb_core::plan::{
    DescribeStream, GetItem, GetRecords, GetShardIterator, ListStreams, PutItem, QueryPlan, ReturnConsumedCapacity,
    ShardPosition, TransactGet, TransactGetItems, TransactPut, TransactWriteItems, Unsupported, UpdateItem,
};
use djamodb_core::value::{AttributeValue, Item};
use djamodb_driver_aws_sdk::aws_sdk_dynamodb::config::{BehaviorVersion, ProvideCredentials, Region};
use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver, aws_config, aws_sdk_dynamodb};

use crate::stub::{self, Response};

fn key() -> Item {
    Item::new().with("id", "a")
}

fn one_attempt() -> AwsSdkConfig {
    AwsSdkConfig { attempts_max: Some(1), ..AwsSdkConfig::default() }
}

fn two_attempts() -> AwsSdkConfig {
    AwsSdkConfig { attempts_max: Some(2), ..AwsSdkConfig::default() }
}

/// Returns the error of a put to which the server sends `responses`.
async fn put_error(config: AwsSdkConfig, responses: impl Into<Vec<Response>>) -> DriverError {
    let (driver, _) = stub::driver(config, responses.into()).await;
    driver.run(PutItem::new("table", key())).await.unwrap_err()
}

pub(crate) async fn maps_error_codes_to_kinds() {
    for (code, kind) in [
        ("ConditionalCheckFailedException", DriverErrorKind::ConditionalCheckFailed { item: None }),
        ("ResourceNotFoundException", DriverErrorKind::ResourceNotFound),
        ("ResourceInUseException", DriverErrorKind::ResourceInUse),
        ("ItemCollectionSizeLimitExceededException", DriverErrorKind::ItemCollectionSizeLimitExceeded),
        ("LimitExceededException", DriverErrorKind::LimitExceeded),
        ("ProvisionedThroughputExceededException", DriverErrorKind::Throttled),
        ("RequestLimitExceeded", DriverErrorKind::Throttled),
        ("ThrottlingException", DriverErrorKind::Throttled),
        ("TransactionConflictException", DriverErrorKind::TransactionConflict),
        ("ValidationException", DriverErrorKind::Validation),
        ("SerializationException", DriverErrorKind::Validation),
        ("AccessDeniedException", DriverErrorKind::Unauthorized),
        ("ExpiredTokenException", DriverErrorKind::Unauthorized),
        ("UnrecognizedClientException", DriverErrorKind::Unauthorized),
        ("UnknownOperationException", DriverErrorKind::Unsupported),
        ("NeverHeardOfException", DriverErrorKind::Validation),
    ] {
        let error = put_error(one_attempt(), [Response::error(400, code)]).await;
        assert_eq!(error.kind(), &kind, "{code}");
        assert_eq!(
            (error.message(), error.applied(), error.request_id()),
            ("service message", Applied::No, Some("REQUEST"))
        );
        assert_eq!((error.operation(), error.table().map(AsRef::as_ref)), ("PutItem", Some("table")));
    }
}

pub(crate) async fn server_errors_leave_the_outcome_unknown() {
    for response in [Response::error(500, "InternalServerError"), Response::error(503, "ServiceUnavailable")] {
        let error = put_error(one_attempt(), [response]).await;
        assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Internal, Applied::Unknown));
        assert!(error.retryable());
    }
}

pub(crate) async fn responses_of_other_servers_are_errors() {
    for (status, kind) in [
        (404, DriverErrorKind::Validation),
        (403, DriverErrorKind::Unauthorized),
        (429, DriverErrorKind::Throttled),
        (502, DriverErrorKind::Internal),
    ] {
        let error = put_error(one_attempt(), [Response::Http(status, "<html>".into())]).await;
        assert_eq!(error.kind(), &kind, "{error}");
        assert!(!error.message().is_empty());
    }
    let error = put_error(one_attempt(), [Response::ok("<html>")]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Internal, Applied::Unknown), "{error}");
}

pub(crate) async fn retries_throttled_requests() {
    let throttled = Response::error(400, "ThrottlingException");
    let (driver, _) = stub::driver(two_attempts(), vec![throttled.clone(), Response::ok("{}")]).await;
    let outcome = driver.execute(QueryPlan::from(PutItem::new("table", key()))).await.unwrap();
    assert_eq!(outcome.metadata.attempts, 2);

    let error = put_error(two_attempts(), [throttled.clone(), throttled]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Throttled, Applied::No));
}

pub(crate) async fn lost_connections_leave_the_outcome_unknown() {
    let error = put_error(one_attempt(), [Response::Disconnect]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Connection, Applied::Unknown));
    assert!(error.retryable() && error.message().contains("http://127.0.0.1:"), "{error}");
}

pub(crate) async fn one_lost_attempt_leaves_the_outcome_unknown() {
    let error =
        put_error(two_attempts(), [Response::Disconnect, Response::error(400, "ResourceNotFoundException")]).await;
    assert!(error.is_resource_not_found());
    assert_eq!(error.applied(), Applied::Unknown);
}

pub(crate) async fn does_not_retry_lost_attempts_of_conditional_or_counting_writes() {
    let count = UpdateItem::new("table", key(), Update::new().add(Path::new("n"), 1));
    let if_new = Condition::AttributeNotExists(Path::new("id"));
    let create = PutItem { condition: Some(if_new), ..PutItem::new("table", key()) };
    for plan in [QueryPlan::from(count), create.into()] {
        let (driver, heads) = stub::driver(two_attempts(), vec![Response::Disconnect, Response::ok("{}")]).await;
        let error = driver.execute(plan.clone()).await.unwrap_err();
        assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Connection, Applied::Unknown));
        assert_eq!(heads.try_iter().count(), 1);

        // A throttled request was not applied, so it is retried.
        let throttled = Response::error(400, "ThrottlingException");
        let (driver, _) = stub::driver(two_attempts(), vec![throttled, Response::ok("{}")]).await;
        assert_eq!(driver.execute(plan).await.unwrap().metadata.attempts, 2);
    }
    let (driver, _) = stub::driver(two_attempts(), vec![Response::Disconnect, Response::ok("{}")]).await;
    let outcome = driver.execute(PutItem::new("table", key()).into()).await.unwrap();
    assert_eq!(outcome.metadata.attempts, 2);
}

pub(crate) async fn slow_responses_time_out() {
    let config = AwsSdkConfig { read_timeout: Some(Duration::from_millis(50)), ..one_attempt() };
    let error = put_error(config, [Response::Delayed(Duration::from_millis(500))]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Timeout, Applied::Unknown));
    assert!(error.retryable());
}

pub(crate) async fn silent_endpoints_time_out() {
    // The operating system accepts the connection, but nothing is sent.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = Some(format!("http://{}", listener.local_addr().unwrap()));
    let config = AwsSdkConfig { endpoint, read_timeout: Some(Duration::from_millis(100)), ..one_attempt() };
    let driver = AwsSdkDriver::connect(config).await.unwrap();
    let error = driver.run(GetItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Timeout, Applied::No), "{error}");
    assert!(!error.to_string().contains("carried out"), "{error}");
    let error = driver.run(PutItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Timeout, Applied::Unknown), "{error}");
    assert!(error.to_string().contains("may have been carried out"), "{error}");
}

pub(crate) async fn connection_errors_name_the_endpoint() {
    let config = AwsSdkConfig {
        endpoint: Some("http://127.0.0.1:1".into()),
        backoff_base: Some(Duration::from_millis(1)),
        ..two_attempts()
    };
    let driver = AwsSdkDriver::connect(config).await.unwrap();
    let error = driver.run(PutItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Connection, Applied::No), "{error}");
    assert!(error.message().contains("http://127.0.0.1:1"), "{error}");
    assert!(error.message().contains("refused"), "{error}");
}

pub(crate) async fn rejects_responses_with_invalid_values() {
    for value in [r#"{"N":"1e999"}"#, r#"{"NS":["one"]}"#, r#"{"L":[{"XYZ":"1"}]}"#] {
        let body = format!(r#"{{"Item":{{"id":{{"S":"a"}},"x":{value}}}}}"#);
        let (driver, _) = stub::driver(one_attempt(), vec![Response::ok(&body)]).await;
        let error = driver.run(GetItem::new("table", key())).await.unwrap_err();
        assert_eq!(error.kind(), &DriverErrorKind::Internal, "{error}");
    }
}

fn stored(name: &str) -> Response {
    Response::ok(&format!(r#"{{"Item":{{"id":{{"S":"a"}},"name":{{"S":"{name}"}}}}}}"#))
}

pub(crate) async fn the_item_is_that_of_the_last_attempt() {
    let cut = Response::Cut(r#"{"Item":{"id":{"S":"a"},"name":{"S":"cut"#.into());
    for lost in [Response::ok(""), Response::ok("<html>"), cut] {
        let (driver, _) = stub::driver(two_attempts(), vec![lost.clone(), stored("last")]).await;
        let read = driver.run(GetItem::new("table", key())).await.unwrap();
        assert_eq!(read.item, Some(key().with("name", "last")), "{lost:?}");

        let refused = Response::error(400, "ResourceNotFoundException");
        let (driver, _) = stub::driver(two_attempts(), vec![lost.clone(), refused]).await;
        let error = driver.run(GetItem::new("table", key())).await.unwrap_err();
        assert!(error.is_resource_not_found(), "{lost:?}: {error}");
    }
}

pub(crate) async fn a_body_may_arrive_in_many_parts() {
    let body =
        r#"{"Item":{"id":{"S":"a"},"n":{"N":"12.5"}},"ConsumedCapacity":{"TableName":"table","CapacityUnits":0.5}}"#;
    let drip = Response::Drip(body.into(), Duration::from_millis(1));
    let (driver, _) = stub::driver(one_attempt(), vec![drip]).await;
    let outcome = driver.execute(GetItem::new("table", key()).into()).await.unwrap();
    let units: Vec<f64> = outcome.metadata.consumed_capacity.iter().map(|consumed| consumed.units).collect();
    assert_eq!((units, outcome.metadata.request_id.as_deref()), (vec![0.5], Some("REQUEST")));
    assert!(format!("{:?}", outcome.output).contains("12.5"), "{outcome:?}");
}

pub(crate) async fn concurrent_requests_have_responses_of_their_own() {
    let names: Vec<String> = (0..8).map(|number| format!("name {number}")).collect();
    let (driver, _) = stub::driver(one_attempt(), names.iter().map(|name| stored(name)).collect()).await;
    let get = || async { driver.run(GetItem::new("table", key())).await.unwrap().item.unwrap() };
    let items: [Item; 8] = tokio::join!(get(), get(), get(), get(), get(), get(), get(), get()).into();
    let mut read: Vec<&str> = items.iter().filter_map(|item| item.get("name").and_then(AttributeValue::as_s)).collect();
    read.sort_unstable();
    assert_eq!(read, names);
}

pub(crate) async fn requests_of_the_plain_client_have_no_hooks() {
    let lost = vec![Response::ok(""), stored("never read")];
    let (driver, requests) = stub::driver(two_attempts(), lost).await;
    let value = aws_sdk_dynamodb::types::AttributeValue::S("a".into());
    let read = driver.client().get_item().table_name("table").key("id", value).send().await.unwrap();
    assert_eq!((read.item, requests.try_iter().count()), (None, 1));
}

pub(crate) async fn sends_extra_headers() {
    let config = AwsSdkConfig { extra_headers: vec![("x-tenant".into(), "blue".into())], ..one_attempt() };
    let (driver, heads) = stub::driver(config, vec![Response::ok("{}")]).await;
    driver.run(PutItem::new("table", key())).await.unwrap();
    let head = heads.recv().unwrap().to_ascii_lowercase();
    assert!(head.contains("x-tenant: blue"), "{head}");
    assert!(head.contains("x-amz-target: dynamodb_20120810.putitem"), "{head}");
}

/// A provider without credentials.
#[derive(Debug)]
struct NoCredentials;

impl ProvideCredentials for NoCredentials {
    fn provide_credentials<'a>(&'a self) -> ProvidedCredentials<'a>
    where
        Self: 'a,
    {
        ProvidedCredentials::ready(Err(CredentialsError::not_loaded("the test has no credentials")))
    }
}

pub(crate) async fn missing_credentials_show_what_to_set() {
    let loader = aws_config::defaults(BehaviorVersion::latest()).region(Region::new("us-east-1"));
    let config = loader.credentials_provider(NoCredentials).load().await;
    let error = AwsSdkDriver::from_sdk_config(&config).run(PutItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Unauthorized, Applied::No), "{error}");
    for shown in ["AWS_ACCESS_KEY_ID", "DJAMODB_SECRET_ACCESS_KEY", "AWS_PROFILE", "the test has no credentials"] {
        assert!(error.message().contains(shown), "{shown}: {error}");
    }

    let loader = aws_config::defaults(BehaviorVersion::latest()).region(Region::new("us-east-1"));
    let config = loader.no_credentials().load().await;
    let error = AwsSdkDriver::from_sdk_config(&config).run(PutItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Unauthorized, Applied::No), "{error}");
}

fn transaction() -> TransactWriteItems {
    TransactWriteItems::new([TransactPut::new("table", key()).into()])
}

/// Returns the error of a transaction that is canceled for `reasons`.
async fn cancellation_error(reasons: &str) -> DriverError {
    let code = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
    let body = format!(r#"{{"__type":"{code}","Message":"service message","CancellationReasons":[{reasons}]}}"#);
    let (driver, _) = stub::driver(one_attempt(), vec![Response::Http(400, body)]).await;
    driver.run(transaction()).await.unwrap_err()
}

pub(crate) async fn canceled_transactions_have_reasons() {
    let error = cancellation_error(
        r#"{"Code":"None"},
           {"Code":"ConditionalCheckFailed","Message":"no","Item":{"id":{"S":"a"}}},
           {"Code":"TransactionConflict","Message":"later"}"#,
    )
    .await;
    let reason = |code, message: &str, item| Some(CancellationReason { code, message: message.into(), item });
    let expected = [
        None,
        reason(CancellationCode::ConditionalCheckFailed, "no", Some(key())),
        reason(CancellationCode::TransactionConflict, "later", None),
    ];
    assert_eq!(error.cancellation_reasons(), expected);
    assert_eq!((error.message(), error.applied(), error.retryable()), ("service message", Applied::No, false));
    assert_eq!((error.table().map(AsRef::as_ref), error.request_id()), (Some("table"), Some("REQUEST")));

    let error = cancellation_error(r#"{"Code":"TransactionConflict"},{"Code":"None"}"#).await;
    assert!(error.retryable(), "{error}");
    let error = cancellation_error(r#"{"Code":"ConditionalCheckFailed","Item":{"id":{"N":"1e999"}}}"#).await;
    assert_eq!(error.kind(), &DriverErrorKind::Internal, "{error}");
}

/// Returns the client request token in the body of a request.
fn token(request: &str) -> &str {
    let (_, rest) = request.split_once(r#""ClientRequestToken":""#).unwrap_or_else(|| panic!("no token: {request}"));
    rest.split('"').next().unwrap_or_default()
}

pub(crate) async fn a_lost_transaction_is_sent_again_with_the_same_token() {
    let mut generated = Vec::new();
    for (plan, expected) in
        [(transaction(), None), (transaction(), None), (transaction().with_token("mine"), Some("mine"))]
    {
        let (driver, requests) = stub::driver(two_attempts(), vec![Response::Disconnect, Response::ok("{}")]).await;
        let outcome = driver.execute(plan.into()).await.unwrap();
        assert_eq!(outcome.metadata.attempts, 2);
        let (first, second) = (requests.recv().unwrap(), requests.recv().unwrap());
        assert_eq!(token(&first), token(&second));
        match expected {
            Some(expected) => assert_eq!(token(&first), expected),
            None => generated.push(token(&first).to_owned()),
        }
    }
    assert!(generated[0] != generated[1] && generated[0].len() == 32, "{generated:?}");
}

pub(crate) async fn conflicts_of_writes_are_retried() {
    let canceled = |reasons: &str| {
        let code = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
        Response::Http(400, format!(r#"{{"__type":"{code}","Message":"m","CancellationReasons":[{reasons}]}}"#))
    };
    let put = || QueryPlan::from(PutItem::new("table", key()));
    let write = || QueryPlan::from(transaction());
    let get = || QueryPlan::from(TransactGetItems::new([TransactGet::new("table", key())]));
    let conflict = || canceled(r#"{"Code":"TransactionConflict","Message":"busy"},{"Code":"None"}"#);
    for (plan, response) in [
        (put(), Response::error(400, "TransactionConflictException")),
        (put(), Response::error(400, "ReplicatedWriteConflictException")),
        (write(), conflict()),
        (write(), Response::error(400, "TransactionInProgressException")),
        (get(), conflict()),
    ] {
        let success = Response::ok(r#"{"Responses":[{}]}"#);
        let (driver, _) = stub::driver(two_attempts(), vec![response.clone(), success]).await;
        let outcome = driver.execute(plan.clone()).await.unwrap();
        assert_eq!(outcome.metadata.attempts, 2, "{plan:?}");

        let (driver, requests) = stub::driver(two_attempts(), vec![response.clone(), response]).await;
        let error = driver.execute(plan).await.unwrap_err();
        assert_eq!(
            (error.retryable(), error.applied(), requests.try_iter().count()),
            (true, Applied::No, 2),
            "{error}"
        );
    }
    let mixed = canceled(r#"{"Code":"TransactionConflict"},{"Code":"ConditionalCheckFailed"}"#);
    let (driver, requests) = stub::driver(two_attempts(), vec![mixed, Response::ok("{}")]).await;
    let error = driver.execute(write()).await.unwrap_err();
    assert_eq!((error.retryable(), requests.try_iter().count()), (false, 1), "{error}");
}

/// Some servers that speak DynamoDB's API reject parameters that they do not know.
pub(crate) async fn leaves_out_parameters_with_default_values() {
    let put = QueryPlan::from(PutItem::new("table", key()));
    let without_capacity = put.with_return_consumed_capacity(ReturnConsumedCapacity::None);
    let (driver, heads) = stub::driver(one_attempt(), vec![Response::ok("{}")]).await;
    driver.execute(without_capacity).await.unwrap();
    let head = heads.recv().unwrap().to_ascii_lowercase();
    let body = r#"{"TableName":"table","Item":{"id":{"S":"a"}}}"#;
    assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
}

pub(crate) async fn unsupported_operations_are_named() {
    let (driver, _) = stub::driver(one_attempt(), Vec::new()).await;
    let error = driver.execute(Unsupported::ExecuteStatement.into()).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (&DriverErrorKind::Unsupported, "ExecuteStatement"));
    assert!(error.message().contains("ExecuteStatement"), "{error}");
}

pub(crate) async fn missing_clients_for_streams_are_reported() {
    let (driver, _) = stub::driver(one_attempt(), Vec::new()).await;
    // `from_client` sets no client for streams, even if the feature is enabled.
    let driver = AwsSdkDriver::from_client(driver.client().clone());
    assert!(!driver.capability().get_records && !driver.capability().describe_stream_with_shard_filter);
    let plans: [QueryPlan; 4] = [
        ListStreams::default().into(),
        DescribeStream::new("arn").into(),
        GetShardIterator::new("arn", "shard", ShardPosition::Latest).into(),
        GetRecords::new("iterator").into(),
    ];
    let advice = if cfg!(feature = "streams") { "with_streams_client" } else { "feature `streams`" };
    for plan in plans {
        let operation = plan.operation();
        let error = driver.execute(plan).await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (&DriverErrorKind::Unsupported, operation));
        assert!(error.message().contains(advice), "{error}");
    }
}
