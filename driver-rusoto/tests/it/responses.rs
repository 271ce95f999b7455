//! Responses and failures that DynamoDB Local does not produce.

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

use crate::stub::{self, Response};

fn key() -> Item {
    Item::new().with("id", "a")
}

/// Returns the error of a put to which the server sends `responses`.
async fn put_error(config: RusotoConfig, responses: impl Into<Vec<Response>>) -> DriverError {
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
        let error = put_error(RusotoConfig::default(), [Response::error(400, code)]).await;
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
        let error = put_error(RusotoConfig::default(), [response]).await;
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
        let error = put_error(RusotoConfig::default(), [Response::Http(status, "<html>".into())]).await;
        assert_eq!(error.kind(), &kind, "{error}");
        assert!(!error.message().is_empty());
    }
    let error = put_error(RusotoConfig::default(), [Response::ok("<html>")]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Internal, Applied::Unknown), "{error}");
}

pub(crate) async fn does_not_retry_throttled_requests() {
    let responses = vec![Response::error(400, "ThrottlingException"), Response::ok("{}")];
    let (driver, heads) = stub::driver(RusotoConfig::default(), responses).await;
    let error = driver.run(PutItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Throttled, Applied::No));
    assert!(error.retryable() && !driver.capability().retries_requests);
    assert_eq!(heads.try_iter().count(), 1);

    let outcome = driver.execute(PutItem::new("table", key()).into()).await.unwrap();
    assert_eq!((outcome.metadata.attempts, outcome.metadata.request_id.as_deref()), (1, Some("REQUEST")));
}

pub(crate) async fn lost_connections_leave_the_outcome_unknown() {
    let error = put_error(RusotoConfig::default(), [Response::Disconnect]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Connection, Applied::Unknown));
    assert!(error.retryable() && error.message().contains("http://127.0.0.1:"), "{error}");
}

pub(crate) async fn slow_responses_time_out() {
    let config = RusotoConfig { read_timeout: Some(Duration::from_millis(50)), ..RusotoConfig::default() };
    let error = put_error(config, [Response::Delayed(Duration::from_millis(500))]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Timeout, Applied::Unknown));
    assert!(error.retryable());
}

pub(crate) async fn the_read_timeout_includes_the_body() {
    let config = RusotoConfig { read_timeout: Some(Duration::from_millis(50)), ..RusotoConfig::default() };
    let error = put_error(config, [Response::HeadOnly(Duration::from_millis(500))]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Timeout, Applied::Unknown));
    assert_eq!(error.request_id(), Some("REQUEST"));

    let error = put_error(RusotoConfig::default(), [Response::HeadOnly(Duration::ZERO)]).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Connection, Applied::Unknown));
    assert_eq!(error.request_id(), Some("REQUEST"));
}

pub(crate) async fn silent_endpoints_time_out() {
    // The operating system accepts the connection, but nothing is sent.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = Some(format!("http://{}", listener.local_addr().unwrap()));
    let config = RusotoConfig { endpoint, read_timeout: Some(Duration::from_millis(100)), ..RusotoConfig::default() };
    let driver = RusotoDriver::connect(config).await.unwrap();
    let error = driver.run(GetItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Timeout, Applied::No), "{error}");
    assert!(!error.to_string().contains("carried out"), "{error}");
    let error = driver.run(PutItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Timeout, Applied::Unknown), "{error}");
    assert!(error.to_string().contains("may have been carried out"), "{error}");
}

pub(crate) async fn connection_errors_name_the_endpoint() {
    let config = RusotoConfig { endpoint: Some("http://127.0.0.1:1".into()), ..RusotoConfig::default() };
    let driver = RusotoDriver::connect(config).await.unwrap();
    let error = driver.run(PutItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Connection, Applied::No), "{error}");
    assert!(error.message().contains("http://127.0.0.1:1"), "{error}");
    assert!(error.message().contains("refused"), "{error}");
}

pub(crate) async fn rejects_responses_with_invalid_values() {
    for value in [r#"{"N":"1e999"}"#, r#"{"NS":["one"]}"#, r#"{"L":[{"XYZ":"1"}]}"#, r#"{"S":"1","N":"1"}"#] {
        let body = format!(r#"{{"Item":{{"id":{{"S":"a"}},"x":{value}}}}}"#);
        let (driver, _) = stub::driver(RusotoConfig::default(), vec![Response::ok(&body)]).await;
        let error = driver.run(GetItem::new("table", key())).await.unwrap_err();
        assert_eq!(error.kind(), &DriverErrorKind::Internal, "{error}");
    }
}

pub(crate) async fn sends_extra_headers() {
    let config = RusotoConfig { extra_headers: vec![("x-tenant".into(), "blue".into())], ..RusotoConfig::default() };
    let (driver, heads) = stub::driver(config, vec![Response::ok("{}")]).await;
    driver.run(PutItem::new("table", key())).await.unwrap();
    let head = heads.recv().unwrap().to_ascii_lowercase();
    assert!(head.contains("x-tenant: blue"), "{head}");
    assert!(head.contains("x-amz-target: dynamodb_20120810.putitem"), "{head}");
}

pub(crate) async fn accepts_response_headers_that_are_not_ascii() {
    let (driver, _) = stub::driver(RusotoConfig::default(), vec![Response::NotAscii]).await;
    driver.run(PutItem::new("table", key())).await.unwrap();
}

pub(crate) async fn rejects_credentials_that_are_invalid_in_headers() {
    let credentials = Some(Credentials::new("a\n", "b"));
    let error = put_error(RusotoConfig { credentials, ..RusotoConfig::default() }, []).await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Validation, Applied::No), "{error}");
}

/// Returns a driver over a client with rusoto's own HTTP client.
pub(crate) fn custom_driver(endpoint: String) -> RusotoDriver {
    custom_driver_with(StaticProvider::new_minimal("key".into(), "secret".into()), endpoint)
}

/// Returns the same driver with other credentials.
fn custom_driver_with(
    credentials: impl ProvideAwsCredentials + Send + Sync + 'static,
    endpoint: String,
) -> RusotoDriver {
    let region = Region::Custom { name: "us-east-1".to_owned(), endpoint };
    let http = HttpClient::from_connector(HttpConnector::new());
    RusotoDriver::from_client(DynamoDbClient::new_with(http, credentials, region))
}

pub(crate) async fn accepts_a_custom_client() {
    let put = || QueryPlan::from(PutItem::new("table", key()));
    let error = |code| Response::error(400, code);
    let responses =
        [Response::ok("{}"), error("ResourceNotFoundException"), error("ThrottlingException"), Response::Disconnect];
    let (endpoint, heads) = stub::endpoint(responses.into());
    let driver = custom_driver(endpoint);

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

/// A provider without credentials.
struct NoCredentials;

#[async_trait]
impl ProvideAwsCredentials for NoCredentials {
    async fn credentials(&self) -> Result<AwsCredentials, CredentialsError> {
        Err(CredentialsError::new("the test has no credentials"))
    }
}

pub(crate) async fn missing_credentials_show_what_to_set() {
    let driver = custom_driver_with(NoCredentials, "http://127.0.0.1:1".to_owned());
    let error = driver.run(PutItem::new("table", key())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Unauthorized, Applied::No), "{error}");
    for shown in ["AWS_ACCESS_KEY_ID", "DJAMODB_SECRET_ACCESS_KEY", "AWS_PROFILE", "the test has no credentials"] {
        assert!(error.message().contains(shown), "{shown}: {error}");
    }
}
