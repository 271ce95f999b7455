//! The region and credentials from the environment. It belongs to the whole process, so each case sends its request from a process of
//! its own, which is this test again.

use std::path::Path;
use std::process::{Command, Output};

use djamodb_core::driver::DriverExt;
use djamodb_core::plan::GetItem;
use djamodb_core::value::Item;
use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver, Credentials};

use crate::stub::{self, Response};

/// Variable with the endpoint to which the process sends a request instead of running tests.
pub(crate) const ENDPOINT_VARIABLE: &str = "SEND_A_REQUEST_TO";

/// Variable that makes the process configure a region and credentials.
const CONFIGURED_VARIABLE: &str = "WITH_CONFIGURED_VALUES";

/// Sends a request with the region and credentials that the driver finds, and exits with a failure if it cannot connect.
pub(crate) fn send_request(endpoint: String) {
    let mut config = AwsSdkConfig { endpoint: Some(endpoint), ..AwsSdkConfig::default() };
    if std::env::var_os(CONFIGURED_VARIABLE).is_some() {
        config.region = Some("eu-west-3".into());
        config.credentials = Some(Credentials::new("GIVEN", "secret"));
    }
    crate::runtime().expect("the runtime starts").block_on(async {
        let driver = AwsSdkDriver::connect(config).await.unwrap_or_else(|error| panic!("{error}"));
        let _ = driver.run(GetItem::new("table", Item::new().with("id", "a"))).await;
    });
}

/// Runs [`send_request`] in a process whose environment has these `AWS_` variables and no others.
async fn run(endpoint: &str, variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(std::env::current_exe().expect("the test has a path"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("AWS_")) {
        command.env_remove(name);
    }
    command.env("AWS_CONFIG_FILE", "/nonexistent").env("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent");
    command.env(ENDPOINT_VARIABLE, endpoint).envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("the task does not panic");
    output.expect("the process starts")
}

/// Returns the access key and the region with which the request of such a process is signed.
async fn signed_with(variables: &[(&str, &str)]) -> String {
    let (endpoint, heads) = stub::endpoint(vec![Response::ok("{}")]);
    let output = run(&endpoint, variables).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let head = heads.try_recv().expect("a request was sent");
    let (_, scope) = head.split_once("Credential=").expect("the request is signed");
    // The scope is `{access key}/{date}/{region}/dynamodb/aws4_request`.
    let parts: Vec<&str> = scope.split('/').collect();
    format!("{} in {}", parts[0], parts[2])
}

const ENVIRONMENT: [(&str, &str); 3] =
    [("AWS_REGION", "eu-central-1"), ("AWS_ACCESS_KEY_ID", "ENVIRONMENT"), ("AWS_SECRET_ACCESS_KEY", "secret")];

pub(crate) async fn loopback_endpoints_use_the_environment_before_the_fallback() {
    assert_eq!(signed_with(&ENVIRONMENT).await, "ENVIRONMENT in eu-central-1");
    assert_eq!(signed_with(&ENVIRONMENT[..1]).await, "local in eu-central-1");
    assert_eq!(signed_with(&ENVIRONMENT[1..]).await, "ENVIRONMENT in us-east-1");
}

pub(crate) async fn loopback_endpoints_use_the_profile_before_the_fallback() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (config, credentials) = (folder.join("config"), folder.join("credentials"));
    std::fs::write(&config, "[default]\nregion = eu-north-1\n").unwrap();
    std::fs::write(&credentials, "[default]\naws_access_key_id = PROFILE\naws_secret_access_key = secret\n").unwrap();
    let files =
        [("AWS_CONFIG_FILE", config.to_str().unwrap()), ("AWS_SHARED_CREDENTIALS_FILE", credentials.to_str().unwrap())];
    assert_eq!(signed_with(&files).await, "PROFILE in eu-north-1");
    assert_eq!(signed_with(&[&files[..], &ENVIRONMENT].concat()).await, "ENVIRONMENT in eu-central-1");
}

pub(crate) async fn configured_values_precede_the_environment() {
    let variables = [&ENVIRONMENT[..], &[(CONFIGURED_VARIABLE, "yes")]].concat();
    assert_eq!(signed_with(&variables).await, "GIVEN in eu-west-3");
}

pub(crate) async fn loopback_endpoints_fall_back_to_local_credentials_in_us_east_1() {
    assert_eq!(signed_with(&[]).await, "local in us-east-1");
}

pub(crate) async fn custom_endpoints_need_no_region() {
    // The host does not exist. Only the connection fails, which `send_request` ignores.
    let output = run("http://dynamodb.invalid:8000", &ENVIRONMENT[1..]).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

pub(crate) async fn endpoints_of_aws_need_a_region() {
    // Without the metadata service, which the SDK waits for outside of EC2.
    let output = run("https://dynamodb.eu-west-1.amazonaws.com", &[("AWS_EC2_METADATA_DISABLED", "true")]).await;
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && message.contains("no region is configured"), "{message}");
}
