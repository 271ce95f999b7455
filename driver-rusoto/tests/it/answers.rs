//! What becomes of answers, and of none, that DynamoDB Local does not give.

use std::time::Duration;

use async_trait::async_trait;
use djamodb_core::driver::{Applied, Driver, DriverError, DriverErrorKind, DriverExt};
use djamodb_core::plan::{GetItem, PutItem, QueryPlan};
use djamodb_core::value::Item;
use djamodb_driver_rusoto::rusoto_core::credential::{
    AwsCredentials, CredentialsError, ProvideAwsCredentials, StaticProvider,
};
use djamodb_driver_rusoto::rusoto_core::{HttpClient, Region};
use djamodb_driver_rusoto::rusoto_dynamodb::DynamoDbClient;
use djamodb_driver_rusoto::{Credentials, RusotoConfig, RusotoDriver};
use hyper::client::HttpConnector;

use crate::stub::{self, Answer};

fn key() -> Item {
    Item::new().with("id", "a")
}

/// The error of a put that gets these answers.
async fn refused(config: RusotoConfig, answers: impl Into<Vec<Answer>>) -> DriverError {
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
        let error = refused(RusotoConfig::default(), [Answer::error(400, code)]).await;
        assert_eq!(error.kind(), &kind, "{code}");
        assert_eq!((error.message(), error.applied(), error.request_id()), ("as it is", Applied::No, Some("REQUEST")));
        assert_eq!((error.operation(), error.table().map(AsRef::as_ref)), ("PutItem", Some("table")));
    }
}

pub(crate) async fn a_failure_of_the_service_leaves_writes_unknown() {
    for answer in [Answer::error(500, "InternalServerError"), Answer::error(503, "ServiceUnavailable")] {
        let error = refused(RusotoConfig::default(), [answer]).await;
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
        let error = refused(RusotoConfig::default(), [Answer::Http(status, "<html>".into())]).await;
        assert_eq!(error.kind(), &kind, "{error}");
        assert!(!error.message().is_empty());
    }
    let error = refused(RusotoConfig::default(), [Answer::ok("<html>")]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Internal, Applied::Unknown), "{error}");
}

pub(crate) async fn throttled_requests_are_not_sent_again() {
    let answers = vec![Answer::error(400, "ThrottlingException"), Answer::ok("{}")];
    let (driver, heads) = stub::driver(RusotoConfig::default(), answers).await;
    let error = driver.run(PutItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Throttled, Applied::No));
    assert!(error.retryable() && !driver.capability().retries_requests);
    assert_eq!(heads.try_iter().count(), 1);

    let outcome = driver.execute(PutItem::new("table", key()).into()).await.unwrap();
    assert_eq!((outcome.metadata.attempts, outcome.metadata.request_id.as_deref()), (1, Some("REQUEST")));
}

pub(crate) async fn a_broken_connection_leaves_writes_unknown() {
    let error = refused(RusotoConfig::default(), [Answer::Hangup]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Connection, Applied::Unknown));
    assert!(error.retryable() && error.message().contains("http://127.0.0.1:"), "{error}");
}

pub(crate) async fn a_slow_answer_is_a_timeout() {
    let config = RusotoConfig { read_timeout: Some(Duration::from_millis(50)), ..RusotoConfig::default() };
    let error = refused(config, [Answer::Late(Duration::from_millis(500))]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Timeout, Applied::Unknown));
    assert!(error.retryable());
}

pub(crate) async fn the_answer_counts_to_its_last_byte() {
    let config = RusotoConfig { read_timeout: Some(Duration::from_millis(50)), ..RusotoConfig::default() };
    let error = refused(config, [Answer::Cut(Duration::from_millis(500))]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Timeout, Applied::Unknown));
    assert_eq!(error.request_id(), Some("REQUEST"));

    let error = refused(RusotoConfig::default(), [Answer::Cut(Duration::ZERO)]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Connection, Applied::Unknown));
    assert_eq!(error.request_id(), Some("REQUEST"));
}

pub(crate) async fn a_refused_connection_names_the_endpoint() {
    let config = RusotoConfig { endpoint: Some("http://127.0.0.1:1".into()), ..RusotoConfig::default() };
    let driver = RusotoDriver::connect(config).await.unwrap();
    let error = driver.run(PutItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Connection, Applied::No), "{error}");
    assert!(error.message().contains("http://127.0.0.1:1"), "{error}");
    assert!(error.message().contains("refused"), "{error}");
}

pub(crate) async fn numbers_that_are_none_are_refused() {
    for value in [r#"{"N":"1e999"}"#, r#"{"NS":["one"]}"#, r#"{"L":[{"XYZ":"1"}]}"#, r#"{"S":"1","N":"1"}"#] {
        let body = format!(r#"{{"Item":{{"id":{{"S":"a"}},"x":{value}}}}}"#);
        let (driver, _) = stub::driver(RusotoConfig::default(), vec![Answer::ok(&body)]).await;
        let error = driver.run(GetItem::new("table", key())).await.unwrap_err();
        assert_eq!(error.kind(), &DriverErrorKind::Internal, "{error}");
    }
}

pub(crate) async fn extra_headers_are_sent() {
    let config = RusotoConfig { extra_headers: vec![("x-tenant".into(), "blue".into())], ..RusotoConfig::default() };
    let (driver, heads) = stub::driver(config, vec![Answer::ok("{}")]).await;
    driver.run(PutItem::new("table", key())).await.unwrap();
    let head = heads.recv().unwrap().to_ascii_lowercase();
    assert!(head.contains("x-tenant: blue"), "{head}");
    assert!(head.contains("x-amz-target: dynamodb_20120810.putitem"), "{head}");
}

pub(crate) async fn headers_that_are_not_ascii_are_read() {
    let (driver, _) = stub::driver(RusotoConfig::default(), vec![Answer::NotAscii]).await;
    driver.run(PutItem::new("table", key())).await.unwrap();
}

pub(crate) async fn credentials_that_no_header_holds_are_refused() {
    let credentials = Some(Credentials::new("a\n", "b"));
    let error = refused(RusotoConfig { credentials, ..RusotoConfig::default() }, []).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Validation, Applied::No), "{error}");
}

/// A driver over a client with rusoto's own HTTP client.
pub(crate) fn another(endpoint: String) -> RusotoDriver {
    another_with(StaticProvider::new_minimal("key".into(), "secret".into()), endpoint)
}

/// The same with these credentials.
fn another_with(credentials: impl ProvideAwsCredentials + Send + Sync + 'static, endpoint: String) -> RusotoDriver {
    let region = Region::Custom { name: "us-east-1".to_owned(), endpoint };
    let http = HttpClient::from_connector(HttpConnector::new());
    RusotoDriver::from_client(DynamoDbClient::new_with(http, credentials, region))
}

pub(crate) async fn another_client_is_taken() {
    let put = || QueryPlan::from(PutItem::new("table", key()));
    let refused = |code| Answer::error(400, code);
    let answers =
        [Answer::ok("{}"), refused("ResourceNotFoundException"), refused("ThrottlingException"), Answer::Hangup];
    let (endpoint, heads) = stub::endpoint(answers.into());
    let driver = another(endpoint);

    let outcome = driver.execute(put()).await.unwrap();
    assert_eq!((outcome.metadata.attempts, outcome.metadata.request_id), (1, None));
    assert!(heads.recv().unwrap().contains("Credential=key/"));
    let known = driver.execute(put()).await.unwrap_err();
    assert_eq!((known.kind(), known.request_id()), (&DriverErrorKind::ResourceNotFound, None));
    let unknown = driver.execute(put()).await.unwrap_err();
    assert_eq!((unknown.kind(), unknown.request_id()), (&DriverErrorKind::Throttled, Some("REQUEST")));
    let broken = driver.execute(put()).await.unwrap_err();
    assert_eq!((broken.kind(), broken.applied()), (&DriverErrorKind::Connection, Applied::Unknown));
}

/// A source of credentials that has none.
struct Nothing;

#[async_trait]
impl ProvideAwsCredentials for Nothing {
    async fn credentials(&self) -> Result<AwsCredentials, CredentialsError> {
        Err(CredentialsError::new("the drawer is empty"))
    }
}

pub(crate) async fn missing_credentials_say_what_to_set() {
    let driver = another_with(Nothing, "http://127.0.0.1:1".to_owned());
    let error = driver.run(PutItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Unauthorized, Applied::No), "{error}");
    assert!(error.message().contains("AWS_ACCESS_KEY_ID") && error.message().contains("drawer"), "{error}");
}
