//! Settings from a builder, the environment and URLs.

use std::time::Duration;

use djamodb::schema::{Billing, Encryption, OnDemandMaximum, StreamView, TableClass, Tag, Throughput};
use djamodb::settings::{DriverScheme, SettingsError};
use djamodb::{Settings, TableDefaults};

use crate::models::Event;

#[test]
fn every_builder_setting_has_a_variable() {
    let built = Settings::builder()
        .host("http://localhost:8000")
        .credentials("key", "hidden")
        .session_token("token")
        .region("eu-west-1")
        .table_prefix("staging")
        .provisioned(5, 6)
        .on_demand_maximum(OnDemandMaximum::new(500, 100))
        .encryption(Encryption::CustomerManaged("alias/staging".into()))
        .table_class(TableClass::StandardInfrequentAccess)
        .tag("table", "{table_name}")
        .stream(StreamView::NewImage)
        .point_in_time_recovery(true)
        .deletion_protection(true)
        .connect_timeout(Duration::from_millis(1500))
        .read_timeout(Duration::from_secs(2))
        .attempt_timeout(Duration::from_secs(4))
        .operation_timeout(Duration::from_secs(9))
        .attempts_max(3)
        .backoff_base(Duration::from_millis(20))
        .write_concurrency(32)
        .pool_size_max(9)
        .response_bytes_max(4096)
        .extra_header("x-team", "weather")
        .build()
        .unwrap();
    let read = Settings::from_vars([
        ("DJAMODB_HOST", "http://localhost:8000"),
        ("DJAMODB_ACCESS_KEY_ID", "key"),
        ("DJAMODB_SECRET_ACCESS_KEY", "hidden"),
        ("DJAMODB_SESSION_TOKEN", "token"),
        ("DJAMODB_REGION", "eu-west-1"),
        ("DJAMODB_TABLE_PREFIX", "staging"),
        ("DJAMODB_BILLING_MODE", "PROVISIONED"),
        ("DJAMODB_READ_CAPACITY_UNITS", "5"),
        ("DJAMODB_WRITE_CAPACITY_UNITS", "6"),
        ("DJAMODB_READ_REQUEST_UNITS_MAX", "500"),
        ("DJAMODB_WRITE_REQUEST_UNITS_MAX", "100"),
        ("DJAMODB_ENCRYPTION", "alias/staging"),
        ("DJAMODB_TABLE_CLASS", "STANDARD_INFREQUENT_ACCESS"),
        ("DJAMODB_TAGS", r#"{"table": "{table_name}"}"#),
        ("DJAMODB_STREAM", "NEW_IMAGE"),
        ("DJAMODB_POINT_IN_TIME_RECOVERY", "true"),
        ("DJAMODB_DELETION_PROTECTION", "true"),
        ("DJAMODB_CONNECT_TIMEOUT_SECONDS", "1.5"),
        ("DJAMODB_READ_TIMEOUT_SECONDS", "2"),
        ("DJAMODB_ATTEMPT_TIMEOUT_SECONDS", "4"),
        ("DJAMODB_OPERATION_TIMEOUT_SECONDS", "9"),
        ("DJAMODB_RESPONSE_BYTES_MAX", "4096"),
        ("DJAMODB_ATTEMPTS_MAX", "3"),
        ("DJAMODB_BACKOFF_BASE_MILLISECONDS", "20"),
        ("DJAMODB_WRITE_CONCURRENCY", "32"),
        ("DJAMODB_POOL_SIZE_MAX", "9"),
        ("DJAMODB_EXTRA_HEADERS", r#"{"x-team": "weather"}"#),
        ("PATH", "/bin"),
    ])
    .unwrap();
    assert_eq!(read, built);
    assert_eq!(read.scheme(), DriverScheme::DynamoDb);
    assert_eq!(read.table_defaults().billing, Billing::Provisioned(Throughput { read_units: 5, write_units: 6 }));
}

#[test]
fn secrets_are_not_shown() {
    let settings = Settings::builder()
        .region("eu-west-1")
        .credentials("key", "hidden")
        .session_token("also hidden")
        .extra_header("x-api-key", "hidden")
        .build()
        .unwrap();
    let shown =
        format!("{settings:?} {:?}", Settings::builder().credentials("key", "hidden").session_token("also hidden"));
    assert!(shown.contains("key") && !shown.contains("hidden"), "{shown}");
    for url in [
        "dynamodb://key:hidden@localhost:8000",
        "dynamodb://localhost:8000?hidden=hidden",
        "x://hidden:hidden@localhost/hidden",
    ] {
        let builder = Settings::builder().url(url).host(url);
        assert!(!format!("{builder:?}").contains("hidden"), "{builder:?}");
    }
    for url in [
        "dynamodb://localhost/hidden",
        "dynamodb://localhost:8000/?hidden=1",
        "dynamodb://localhost:8000?tls=hidden",
        "https://localhost/hidden",
        "http://localhost?hidden",
        "postgres://key:hidden@localhost/hidden?hidden#hidden",
        "dynamodbs://localhost/hidden",
        "dynamodbs://localhost?hidden",
        "key:hid/hidden@localhost",
        "dynamodb://key:hid/hidden@localhost",
    ] {
        let error = Settings::from_url(url).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hidden"), "{error}");
    }
    let error = Settings::from_url("dynamodb://key:hidden@localhost:8000").unwrap_err().to_string();
    assert!(error.contains("DJAMODB_SECRET_ACCESS_KEY") && !error.contains("hidden"), "{error}");
    let error = Settings::from_vars([("DJAMODB_EXTRA_HEADERS", "authorization: hidden")]).unwrap_err().to_string();
    assert!(error.contains("JSON object") && !error.contains("hidden"), "{error}");
}

#[test]
fn a_url_selects_the_driver_and_the_server() {
    let url = |url: &str| Settings::from_url(url).unwrap();
    assert_eq!(url("memory://").scheme(), DriverScheme::Memory);
    assert_eq!(url("dynamodb://us-east-1").region(), Some("us-east-1"));
    assert_eq!(url("dynamodb://localhost:8000").host(), Some("http://localhost:8000"));
    assert_eq!(url("dynamodb://db.example.org/?tls=true").host(), Some("https://db.example.org"));
    assert_eq!(url("dynamodb://[::1]:8000").host(), Some("http://[::1]:8000"));
    assert_eq!(url("dynamodb://").host(), None);
    assert_eq!(url("rusoto://localhost:8000").scheme(), DriverScheme::Rusoto);
    assert_eq!(url("rusoto://us-east-1").region(), Some("us-east-1"));
    assert_eq!(Settings::from_vars([("DJAMODB_URL", "memory://")]).unwrap(), url("memory://"));
}

#[test]
fn the_url_of_an_endpoint_is_a_database_url() {
    for (endpoint, url) in [
        ("http://localhost:8000", "dynamodb://localhost:8000"),
        ("http://dynamodb:8000/", "dynamodb://dynamodb:8000"),
        ("https://db.example.org", "dynamodb://db.example.org?tls=true"),
    ] {
        assert_eq!(Settings::from_url(endpoint), Settings::from_url(url), "{endpoint}");
    }
}

#[test]
fn a_name_with_a_port_is_a_host() {
    for url in ["dynamodb://dynamodb:8000", "rusoto://dynamodb:8000"] {
        let settings = Settings::from_url(url).unwrap();
        assert_eq!((settings.host(), settings.region()), (Some("http://dynamodb:8000"), None));
    }
}

#[test]
fn a_database_is_in_memory_only_if_the_url_says_so() {
    for vars in
        [vec![], vec![("AWS_REGION", "eu-west-1")], vec![("DJAMODB_URL", "")], vec![("DJAMODB_TABLE_PREFIX", "a")]]
    {
        let error = Settings::from_vars(vars).unwrap_err();
        assert_eq!(error, SettingsError::UrlMissing);
        let message = error.to_string();
        assert!(message.contains("DJAMODB_URL") && message.contains("`memory://`"), "{message}");
    }
    assert_eq!(Settings::builder().build(), Err(SettingsError::UrlMissing));
    let scheme = |name, value| Settings::from_vars([(name, value)]).unwrap().scheme();
    assert_eq!(scheme("DJAMODB_URL", "memory://"), DriverScheme::Memory);
    assert_eq!(scheme("DJAMODB_REGION", "eu-west-1"), DriverScheme::DynamoDb);
    assert_eq!(scheme("DJAMODB_HOST", "http://dynamodb:8000"), DriverScheme::DynamoDb);
}

#[test]
fn a_misspelled_region_names_the_nearest_one() {
    for (region, nearest) in [("us-esat-1", "us-east-1"), ("eu-west1", "eu-west-1"), ("EU-CENTRAL-1", "eu-central-1")] {
        let suggestion = format!("`{region}` is not a region of AWS; did you mean `{nearest}`?");
        let of_url = Settings::from_url(&format!("dynamodb://{region}")).unwrap_err().to_string();
        assert!(of_url.contains(&suggestion), "{of_url}");
        let of_setting = Settings::builder().region(region).build().unwrap_err().to_string();
        assert!(of_setting.contains(&suggestion), "{of_setting}");
    }
    assert_eq!(Settings::from_url("dynamodb://nz-north-9").unwrap().region(), Some("nz-north-9"), "it may be new");
    let other_server = Settings::builder().url("dynamodb://dynamodb:8000").region("here").build().unwrap();
    assert_eq!(other_server.region(), Some("here"), "the servers of others may have other regions");
}

#[test]
fn an_invalid_setting_names_the_remedy() {
    for (url, message) in [
        ("", "no supported scheme; begin it with `memory://`"),
        ("dynamo://us-east-1", "did you mean `dynamodb://us-east-1`?"),
        ("aws://eu-west-1", "did you mean `dynamodb://eu-west-1`?"),
        ("dynamodb:/localhost:8000", "did you mean `dynamodb://localhost:8000`?"),
        ("DynamoDB://localhost:8000", "did you mean `dynamodb://localhost:8000`?"),
        ("localhost:8000", "did you mean `dynamodb://localhost:8000`?"),
        ("eu-west-1", "did you mean `dynamodb://eu-west-1`?"),
        ("htp://localhost:8000", "did you mean `http://localhost:8000`?"),
        ("mem://", "did you mean `memory://`?"),
        ("memory", "did you mean `memory://`?"),
        ("memory:", "no supported scheme; did you mean `memory://`?"),
        ("postgres://localhost", "no supported scheme; begin it with"),
        ("memory://here", "end the URL after `memory://`"),
        ("dynamodb://localhost/table", "a path is not supported"),
        ("dynamodb://localhost?tls=maybe", "`tls` must be true or false"),
        ("dynamodb://localhost?region=x", "the only option is `tls`"),
        ("dynamodb://dynamodb", "name a host with its port, as in `dynamodb://dynamodb:8000`"),
        ("rusoto://dynamodb", "as in `rusoto://dynamodb:8000`"),
        ("http://", "with a host and a port"),
        ("https://localhost/table", "with a host and a port, and end it there"),
        ("http://localhost?tls=true", "with a host and a port, and end it there"),
        ("http://key:hidden@localhost", "credentials are not allowed"),
    ] {
        let error = Settings::from_url(url).unwrap_err().to_string();
        assert!(error.contains(message), "{url}: {error}");
    }
    for (name, value, message) in [
        ("DJAMODB_REGON", "x", "unknown environment variable `DJAMODB_REGON`; did you mean `DJAMODB_REGION`?"),
        ("DJAMODB_COLOUR", "x", "unknown environment variable `DJAMODB_COLOUR`; see the documentation"),
        (
            "DJAMODB_ATTEMPTS_MAX",
            "many",
            "invalid value of the setting DJAMODB_ATTEMPTS_MAX: expected a whole number, found \"many\"",
        ),
        ("DJAMODB_ATTEMPTS_MAX", "0", "the setting attempts_max is 0; its range is 1 to 100"),
        ("DJAMODB_ATTEMPTS_MAX", "100000000", "the setting attempts_max is 100000000; its range is 1 to 100"),
        (
            "DJAMODB_CONNECT_TIMEOUT_SECONDS",
            "1.8e19",
            "the setting connect_timeout is 18000000000000000000s; its range is 1ms to 3600s",
        ),
        ("DJAMODB_CONNECT_TIMEOUT_SECONDS", "1e20", "a number of seconds"),
        ("DJAMODB_READ_TIMEOUT_SECONDS", "0", "read_timeout is 0ns"),
        ("DJAMODB_ATTEMPT_TIMEOUT_SECONDS", "3601", "attempt_timeout is 3601s"),
        ("DJAMODB_OPERATION_TIMEOUT_SECONDS", "0.0001", "operation_timeout is 100"),
        ("DJAMODB_BACKOFF_BASE_MILLISECONDS", "3600001", "backoff_base is 3600.001s"),
        ("DJAMODB_WRITE_CONCURRENCY", "1001", "write_concurrency is 1001; its range is 1 to 1000"),
        ("DJAMODB_RESPONSE_BYTES_MAX", "5", "response_bytes_max is 5; its range is 1024 to 1073741824"),
        ("DJAMODB_READ_CAPACITY_UNITS", "0", "read_capacity_units is 0"),
        ("DJAMODB_WRITE_CAPACITY_UNITS", "9223372036854775808", "write_capacity_units is 9223372036854775808"),
        ("DJAMODB_HOST", "http://key@localhost", "credentials are not allowed"),
        ("DJAMODB_READ_TIMEOUT_SECONDS", "-1", "a number of seconds"),
        ("DJAMODB_BILLING_MODE", "FREE", "PAY_PER_REQUEST or PROVISIONED"),
        ("DJAMODB_BILLING_MODE", "PROVISIONED", "requires read and write capacity units"),
        ("DJAMODB_READ_CAPACITY_UNITS", "5", "require the billing mode PROVISIONED"),
        ("DJAMODB_STREAM", "ALL", "NEW_AND_OLD_IMAGES"),
        ("DJAMODB_TABLE_CLASS", "GLACIAL", "STANDARD or STANDARD_INFREQUENT_ACCESS"),
        ("DJAMODB_DELETION_PROTECTION", "yes", "true or false"),
        ("DJAMODB_TABLE_PREFIX", "a b", "letters, digits"),
        ("DJAMODB_ACCESS_KEY_ID", "key", "set both or neither"),
        ("DJAMODB_SESSION_TOKEN", "token", "requires an access key"),
    ] {
        let error = Settings::from_vars([("DJAMODB_URL", "memory://"), (name, value)]).unwrap_err().to_string();
        assert!(error.contains(message), "{name}: {error}");
    }
    let error = Settings::builder().url("dynamodb://us-east-1").region("eu-west-1").build().unwrap_err();
    assert!(matches!(error, SettingsError::Combination(_)), "{error}");
}

#[tokio::test]
async fn tables_are_created_with_the_table_defaults() {
    let settings =
        Settings::builder().url("memory://").table_prefix("staging").tag("table", "{table_name}").build().unwrap();
    let db = djamodb::connect(settings).await.unwrap();
    let schema = db.table_schema::<Event>();
    assert_eq!(schema.name, "staging-events");
    assert_eq!(schema.tags, [Tag::new("table", "staging-events")]);
    assert_eq!(TableDefaults::default().table_name(&"events".into()), "events");
    assert_eq!(db.create_table::<Event>().await.unwrap(), "staging-events");
}

#[cfg(not(feature = "aws-sdk"))]
#[tokio::test]
async fn a_scheme_without_a_driver_names_the_feature() {
    let error = djamodb::connect("dynamodb://us-east-1").await.unwrap_err().to_string();
    assert!(error.contains("enable the feature `aws-sdk`"), "{error}");
}

#[cfg(feature = "rusoto")]
#[tokio::test]
async fn a_missing_region_shows_the_url_and_the_variable() {
    let named = ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_CONFIG_FILE"];
    if named.iter().any(|name| std::env::var_os(name).is_some()) {
        eprintln!("the environment names a region, so that none is missing");
        return;
    }
    let error = djamodb::connect("rusoto://").await.unwrap_err();
    assert!(matches!(error, djamodb::ConnectError::RegionMissing { scheme: "rusoto" }), "{error}");
    for shown in ["`rusoto://eu-west-1`", "DJAMODB_REGION", "AWS_REGION"] {
        assert!(error.to_string().contains(shown), "{error}");
    }
}

#[cfg(feature = "aws-sdk")]
#[tokio::test]
async fn a_custom_endpoint_needs_no_region() {
    let settings = Settings::builder().url("dynamodb://dynamodb:8000").credentials("key", "secret").build().unwrap();
    assert_eq!(djamodb::connect(settings).await.unwrap().driver().name(), "aws-sdk");
}

#[cfg(feature = "aws-sdk")]
#[tokio::test]
async fn settings_reach_the_driver() {
    let settings =
        Settings::builder().url("dynamodb://localhost:1").attempts_max(1).table_prefix("staging").build().unwrap();
    let db = djamodb::connect(settings).await.unwrap();
    assert_eq!(db.driver().name(), "aws-sdk");
    let error = db.create_table::<Event>().await.unwrap_err().to_string();
    assert!(error.contains("staging-events") && error.contains("http://localhost:1"), "{error}");
    let error = djamodb::connect(Settings::builder().host("ftp://localhost").build().unwrap()).await.unwrap_err();
    assert!(error.to_string().contains("http://"), "{error}");
}
