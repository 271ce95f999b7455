//! What becomes of answers, and of none, that DynamoDB Local does not give.

use std::time::Duration;

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as ProvidedCredentials;
use djamodb_core::driver::{
    Applied, CancellationCode, CancellationReason, Driver, DriverError, DriverErrorKind, DriverExt,
};
use djamodb_core::expression::{Condition, Path, Update};
use djamodb_core::plan::{
    DescribeStream, GetItem, GetRecords, GetShardIterator, ListStreams, PutItem, QueryPlan, ReturnConsumedCapacity,
    ShardPosition, TransactPut, TransactWriteItems, Unsupported, UpdateItem,
};
use djamodb_core::value::Item;
use djamodb_driver_aws_sdk::aws_sdk_dynamodb::config::{BehaviorVersion, ProvideCredentials, Region};
use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver, aws_config};

use crate::stub::{self, Answer};

fn key() -> Item {
    Item::new().with("id", "a")
}

fn once() -> AwsSdkConfig {
    AwsSdkConfig { attempts_max: Some(1), ..AwsSdkConfig::default() }
}

fn twice() -> AwsSdkConfig {
    AwsSdkConfig { attempts_max: Some(2), ..AwsSdkConfig::default() }
}

/// The error of a put that gets these answers.
async fn refused(config: AwsSdkConfig, answers: impl Into<Vec<Answer>>) -> DriverError {
    let (driver, _) = stub::driver(config, answers.into()).await;
    driver.run(PutItem::new("table", key())).await.unwrap_err()
}

pub(crate) async fn refusals_have_the_kind_of_their_name() {
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
        let error = refused(once(), [Answer::error(400, code)]).await;
        assert_eq!(error.kind(), &kind, "{code}");
        assert_eq!((error.message(), error.applied(), error.request_id()), ("as it is", Applied::No, Some("REQUEST")));
        assert_eq!((error.operation(), error.table().map(AsRef::as_ref)), ("PutItem", Some("table")));
    }
}

pub(crate) async fn a_failure_of_the_service_leaves_writes_unknown() {
    for answer in [Answer::error(500, "InternalServerError"), Answer::error(503, "ServiceUnavailable")] {
        let error = refused(once(), [answer]).await;
        assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Internal, Applied::Unknown));
        assert!(error.retryable());
    }
}

pub(crate) async fn strangers_are_recognised() {
    for (status, kind) in [
        (404, DriverErrorKind::Validation),
        (403, DriverErrorKind::Unauthorized),
        (429, DriverErrorKind::Throttled),
        (502, DriverErrorKind::Internal),
    ] {
        let error = refused(once(), [Answer::Http(status, "<html>".into())]).await;
        assert_eq!(error.kind(), &kind, "{error}");
        assert!(!error.message().is_empty());
    }
    let error = refused(once(), [Answer::ok("<html>")]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Internal, Applied::Unknown), "{error}");
}

pub(crate) async fn throttled_requests_are_sent_again() {
    let throttled = Answer::error(400, "ThrottlingException");
    let (driver, _) = stub::driver(twice(), vec![throttled.clone(), Answer::ok("{}")]).await;
    let outcome = driver.execute(QueryPlan::from(PutItem::new("table", key()))).await.unwrap();
    assert_eq!(outcome.metadata.attempts, 2);

    let error = refused(twice(), [throttled.clone(), throttled]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Throttled, Applied::No));
}

pub(crate) async fn a_broken_connection_leaves_writes_unknown() {
    let error = refused(once(), [Answer::Hangup]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Connection, Applied::Unknown));
    assert!(error.retryable() && error.message().contains("http://127.0.0.1:"), "{error}");
}

pub(crate) async fn a_lost_attempt_is_remembered() {
    let error = refused(twice(), [Answer::Hangup, Answer::error(400, "ResourceNotFoundException")]).await;
    assert!(error.is_resource_not_found());
    assert_eq!(error.applied(), Applied::Unknown);
}

pub(crate) async fn what_must_not_be_done_twice_is_not_sent_again() {
    let count = UpdateItem::new("table", key(), Update::new().add(Path::new("n"), 1));
    let if_new = Condition::AttributeNotExists(Path::new("id"));
    let create = PutItem { condition: Some(if_new), ..PutItem::new("table", key()) };
    for plan in [QueryPlan::from(count), create.into()] {
        let (driver, heads) = stub::driver(twice(), vec![Answer::Hangup, Answer::ok("{}")]).await;
        let error = driver.execute(plan.clone()).await.unwrap_err();
        assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Connection, Applied::Unknown));
        assert_eq!(heads.try_iter().count(), 1);

        // What was refused was not done, so that it can be sent again.
        let throttled = Answer::error(400, "ThrottlingException");
        let (driver, _) = stub::driver(twice(), vec![throttled, Answer::ok("{}")]).await;
        assert_eq!(driver.execute(plan).await.unwrap().metadata.attempts, 2);
    }
    let (driver, _) = stub::driver(twice(), vec![Answer::Hangup, Answer::ok("{}")]).await;
    let outcome = driver.execute(PutItem::new("table", key()).into()).await.unwrap();
    assert_eq!(outcome.metadata.attempts, 2);
}

pub(crate) async fn a_slow_answer_is_a_timeout() {
    let config = AwsSdkConfig { read_timeout: Some(Duration::from_millis(50)), ..once() };
    let error = refused(config, [Answer::Late(Duration::from_millis(500))]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Timeout, Applied::Unknown));
    assert!(error.retryable());
}

pub(crate) async fn a_refused_connection_names_the_endpoint() {
    let config = AwsSdkConfig {
        endpoint: Some("http://127.0.0.1:1".into()),
        backoff_base: Some(Duration::from_millis(1)),
        ..twice()
    };
    let driver = AwsSdkDriver::connect(config).await.unwrap();
    let error = driver.run(PutItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Connection, Applied::No), "{error}");
    assert!(error.message().contains("http://127.0.0.1:1"), "{error}");
    assert!(error.message().contains("refused"), "{error}");
}

pub(crate) async fn numbers_that_are_none_are_refused() {
    for value in [r#"{"N":"1e999"}"#, r#"{"NS":["one"]}"#, r#"{"L":[{"XYZ":"1"}]}"#] {
        let body = format!(r#"{{"Item":{{"id":{{"S":"a"}},"x":{value}}}}}"#);
        let (driver, _) = stub::driver(once(), vec![Answer::ok(&body)]).await;
        let error = driver.run(GetItem::new("table", key())).await.unwrap_err();
        assert_eq!(error.kind(), &DriverErrorKind::Internal, "{error}");
    }
}

pub(crate) async fn extra_headers_are_sent() {
    let config = AwsSdkConfig { extra_headers: vec![("x-tenant".into(), "blue".into())], ..once() };
    let (driver, heads) = stub::driver(config, vec![Answer::ok("{}")]).await;
    driver.run(PutItem::new("table", key())).await.unwrap();
    let head = heads.recv().unwrap().to_ascii_lowercase();
    assert!(head.contains("x-tenant: blue"), "{head}");
    assert!(head.contains("x-amz-target: dynamodb_20120810.putitem"), "{head}");
}

/// A source of credentials that has none.
#[derive(Debug)]
struct Nothing;

impl ProvideCredentials for Nothing {
    fn provide_credentials<'a>(&'a self) -> ProvidedCredentials<'a>
    where
        Self: 'a,
    {
        ProvidedCredentials::ready(Err(CredentialsError::not_loaded("the drawer is empty")))
    }
}

pub(crate) async fn missing_credentials_say_what_to_set() {
    let loader = aws_config::defaults(BehaviorVersion::latest()).region(Region::new("us-east-1"));
    let config = loader.credentials_provider(Nothing).load().await;
    let error = AwsSdkDriver::from_sdk_config(&config).run(PutItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Unauthorized, Applied::No), "{error}");
    assert!(error.message().contains("AWS_ACCESS_KEY_ID") && error.message().contains("drawer"), "{error}");

    let loader = aws_config::defaults(BehaviorVersion::latest()).region(Region::new("us-east-1"));
    let config = loader.no_credentials().load().await;
    let error = AwsSdkDriver::from_sdk_config(&config).run(PutItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Unauthorized, Applied::No), "{error}");
}

fn transaction() -> TransactWriteItems {
    TransactWriteItems::new([TransactPut::new("table", key()).into()])
}

/// The error of a transaction that is cancelled for these reasons.
async fn cancelled(reasons: &str) -> DriverError {
    let code = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
    let body = format!(r#"{{"__type":"{code}","Message":"as it is","CancellationReasons":[{reasons}]}}"#);
    let (driver, _) = stub::driver(once(), vec![Answer::Http(400, body)]).await;
    driver.run(transaction()).await.unwrap_err()
}

pub(crate) async fn cancelled_transactions_say_why() {
    let error = cancelled(
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
    assert_eq!((error.message(), error.applied(), error.retryable()), ("as it is", Applied::No, false));
    assert_eq!((error.table().map(AsRef::as_ref), error.request_id()), (Some("table"), Some("REQUEST")));

    let error = cancelled(r#"{"Code":"TransactionConflict"},{"Code":"None"}"#).await;
    assert!(error.retryable(), "{error}");
    let error = cancelled(r#"{"Code":"ConditionalCheckFailed","Item":{"id":{"N":"1e999"}}}"#).await;
    assert_eq!(error.kind(), &DriverErrorKind::Internal, "{error}");
}

pub(crate) async fn a_transaction_without_a_token_is_not_sent_again() {
    let (driver, _) = stub::driver(twice(), vec![Answer::Hangup, Answer::ok("{}")]).await;
    let error = driver.run(transaction()).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Connection, Applied::Unknown));

    let (driver, _) = stub::driver(twice(), vec![Answer::Hangup, Answer::ok("{}")]).await;
    let outcome = driver.execute(transaction().with_token("once").into()).await.unwrap();
    assert_eq!(outcome.metadata.attempts, 2);
}

/// Not all that speak DynamoDB's protocol know every parameter, and what is absent is what is not asked for.
pub(crate) async fn what_is_not_asked_for_is_not_sent() {
    let put = QueryPlan::from(PutItem::new("table", key()));
    let silent = put.with_return_consumed_capacity(ReturnConsumedCapacity::None);
    let (driver, heads) = stub::driver(once(), vec![Answer::ok("{}")]).await;
    driver.execute(silent).await.unwrap();
    let head = heads.recv().unwrap().to_ascii_lowercase();
    let body = r#"{"TableName":"table","Item":{"id":{"S":"a"}}}"#;
    assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
}

pub(crate) async fn what_no_driver_has_is_refused_by_name() {
    let (driver, _) = stub::driver(once(), Vec::new()).await;
    let error = driver.execute(Unsupported::ExecuteStatement.into()).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (&DriverErrorKind::Unsupported, "ExecuteStatement"));
    assert!(error.message().contains("ExecuteStatement"), "{error}");
}

pub(crate) async fn streams_that_cannot_be_read_say_what_is_needed() {
    let (driver, _) = stub::driver(once(), Vec::new()).await;
    // Made of the one client alone, whatever this is built with.
    let driver = AwsSdkDriver::from_client(driver.client().clone());
    assert!(!driver.capability().get_records && !driver.capability().describe_stream_with_shard_filter);
    let plans: [QueryPlan; 4] = [
        ListStreams::default().into(),
        DescribeStream::new("arn").into(),
        GetShardIterator::new("arn", "shard", ShardPosition::Latest).into(),
        GetRecords::new("place").into(),
    ];
    let needed = if cfg!(feature = "streams") { "with_streams_client" } else { "feature `streams`" };
    for plan in plans {
        let operation = plan.operation();
        let error = driver.execute(plan).await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (&DriverErrorKind::Unsupported, operation));
        assert!(error.message().contains(needed), "{error}");
    }
}
