//! Resource-based policies of tables and streams.

use djamodb_core::driver::{DriverErrorKind, DriverExt};
use djamodb_core::plan::{
    CreateTable, DeleteResourcePolicy, DeleteTable, ExpectedPolicy, GetResourcePolicy, Operation, PutResourcePolicy,
    StreamUpdate,
};
use djamodb_core::schema::{StreamView, TableSchema};
use djamodb_driver_memory::MemoryDriver;

use crate::support::tables::{described, in_use, invalid, slow_weather, update};
use crate::support::{DELAY, error, schema, slow, validation_message, weather, with};

const READERS: &str = r#"{"Statement":[{"Sid":"readers"}]}"#;
const WRITERS: &str = r#"{"Statement":[{"Sid":"writers"}]}"#;

/// ARN of the table `weather`.
const ARN: &str = "arn:aws:dynamodb:memory:000000000000:table/weather";

async fn put(driver: &MemoryDriver, policy: &str) -> String {
    driver.run(PutResourcePolicy::new(ARN, policy)).await.unwrap().revision_id
}

/// Runs an operation that fails with `PolicyNotFound` and returns the end of the message.
async fn not_found<O: Operation>(driver: &MemoryDriver, operation: O) -> String
where
    O::Output: std::fmt::Debug,
{
    let error = error(driver, operation).await;
    assert_eq!(*error.kind(), DriverErrorKind::PolicyNotFound, "{error}");
    let message = error.message().strip_prefix("Resource-based policy not found for the provided ResourceArn: ");
    message.unwrap_or_else(|| panic!("{error}")).to_owned()
}

#[tokio::test]
async fn a_policy_is_attached_replaced_and_removed() {
    let driver = weather().await;
    assert_eq!(not_found(&driver, GetResourcePolicy::new(ARN)).await, ARN);
    assert_eq!(driver.run(DeleteResourcePolicy::new(ARN)).await.unwrap().revision_id, None);

    let readers = put(&driver, READERS).await;
    assert_eq!(put(&driver, READERS).await, readers);
    let writers = put(&driver, WRITERS).await;
    assert_ne!(writers, readers);
    let present = driver.run(GetResourcePolicy::new(ARN)).await.unwrap();
    assert_eq!((present.policy.as_str(), &present.revision_id), (WRITERS, &writers));

    assert_eq!(driver.run(DeleteResourcePolicy::new(ARN)).await.unwrap().revision_id, Some(writers));
    assert_eq!(not_found(&driver, GetResourcePolicy::new(ARN)).await, ARN);
    assert!(driver.run(DeleteResourcePolicy::new(ARN)).await.unwrap().revision_id.is_some());
}

#[tokio::test]
async fn requests_expect_a_revision() {
    let driver = weather().await;
    let write = |expected| PutResourcePolicy::new(ARN, WRITERS).expected(expected);
    let revision = |text: &str| ExpectedPolicy::Revision(text.to_owned());
    let none = "Requested update for policy with revision id 12, but table weather has no associated policy.";
    assert_eq!(not_found(&driver, write(revision("12"))).await, none);
    assert_eq!(not_found(&driver, DeleteResourcePolicy::new(ARN).expected_revision_id("12")).await, none);

    let present = driver.run(write(ExpectedPolicy::None)).await.unwrap().revision_id;
    assert_eq!(
        not_found(&driver, write(ExpectedPolicy::None)).await,
        format!(
            "Requested policy update expecting none to be present for table weather, but a policy exists with revision id \
             {present}."
        )
    );
    let other = format!(
        "Requested update for policy with revision id 12, but the policy associated to target table weather has revision id \
         {present}."
    );
    assert_eq!(not_found(&driver, write(revision("12"))).await, other);
    assert_eq!(not_found(&driver, DeleteResourcePolicy::new(ARN).expected_revision_id("12")).await, other);
    driver.run(write(revision(&present))).await.unwrap();
    driver.run(DeleteResourcePolicy::new(ARN).expected_revision_id(&present)).await.unwrap();
    not_found(&driver, DeleteResourcePolicy::new(ARN).expected_revision_id(&present)).await;
    driver.run(write(ExpectedPolicy::None)).await.unwrap();
}

#[tokio::test]
async fn a_new_table_has_the_policy_of_its_schema() {
    let driver = with(TableSchema { resource_policy: Some(READERS.into()), ..schema() }).await;
    assert_eq!(described(&driver).await.schema, schema(), "GetResourcePolicy returns the policy");
    let copy = driver.snapshot().driver();
    put(&driver, WRITERS).await;
    assert_eq!(driver.run(GetResourcePolicy::new(ARN)).await.unwrap().policy, WRITERS);
    assert_eq!(copy.run(GetResourcePolicy::new(ARN)).await.unwrap().policy, READERS);
    let large = TableSchema { resource_policy: Some(format!("{{{}}}", " ".repeat(20 * 1024))), ..schema() };
    let too_large = "Maximum policy size of 20480 bytes exceeded";
    assert_eq!(invalid(&MemoryDriver::new(), CreateTable::new(large)).await, too_large);
}

#[tokio::test]
async fn streams_have_policies_of_their_own() {
    let driver = weather().await;
    driver.run(update().stream(StreamUpdate::Enable(StreamView::KeysOnly))).await.unwrap();
    let stream = described(&driver).await.latest_stream.unwrap().arn;
    let revision = driver.run(PutResourcePolicy::new(&stream, READERS)).await.unwrap().revision_id;
    not_found(&driver, GetResourcePolicy::new(ARN)).await;
    put(&driver, WRITERS).await;
    let copy = driver.snapshot().driver();
    driver.run(DeleteTable::new("weather")).await.unwrap();
    for driver in [&driver, &copy] {
        let present = driver.run(GetResourcePolicy::new(&stream)).await.unwrap();
        assert_eq!((present.policy.as_str(), &present.revision_id), (READERS, &revision));
    }
    assert_eq!(driver.run(DeleteResourcePolicy::new(&stream)).await.unwrap().revision_id, Some(revision));
    not_found(&driver, GetResourcePolicy::new(&stream)).await;
    assert!(copy.run(GetResourcePolicy::new(&stream)).await.is_ok());
    assert!(error(&driver, GetResourcePolicy::new(format!("{stream}x"))).await.is_resource_not_found());
}

#[tokio::test]
async fn the_state_of_a_table_allows_changes() {
    let (driver, clock) = slow();
    let missing = "Requested resource not found: Table: weather not found";
    assert_eq!(error(&driver, GetResourcePolicy::new(ARN)).await.message(), missing);
    driver.run(CreateTable::new(schema())).await.unwrap();
    assert_eq!(error(&driver, GetResourcePolicy::new(ARN)).await.message(), missing);
    assert_eq!(error(&driver, PutResourcePolicy::new(ARN, READERS)).await.message(), missing);
    assert_eq!(error(&driver, DeleteResourcePolicy::new(ARN)).await.message(), missing);
    clock.advance(DELAY);

    let (driver, clock) = slow_weather().await;
    put(&driver, READERS).await;
    driver.run(DeleteTable::new("weather")).await.unwrap();
    assert_eq!(driver.run(GetResourcePolicy::new(ARN)).await.unwrap().policy, READERS);
    assert_eq!(in_use(&driver, PutResourcePolicy::new(ARN, WRITERS)).await, "Table is being deleted: weather");
    assert_eq!(in_use(&driver, DeleteResourcePolicy::new(ARN)).await, "Table is being deleted: weather");
    clock.advance(DELAY);
    assert_eq!(error(&driver, DeleteResourcePolicy::new(ARN)).await.message(), missing);
}

#[tokio::test]
async fn rejects_invalid_resources_and_policies() {
    let driver = weather().await;
    for (arn, message) in [
        ("weather", "ARNs must start with 'arn:': weather".to_owned()),
        ("arn:aws:s3:::weather", "Provided Arn is not a DynamoDB resource arn: arn:aws:s3:::weather".to_owned()),
        (
            &format!("{ARN}/index/global_all"),
            format!(
                "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: {ARN}/index/global_all"
            ),
        ),
        (
            "arn:aws:dynamodb:eu-west-2:123456789012:table/weather",
            "Invalid resource Arn: arn:aws:dynamodb:eu-west-2:123456789012:table/weather".to_owned(),
        ),
    ] {
        assert_eq!(invalid(&driver, GetResourcePolicy::new(arn)).await, message);
        assert_eq!(invalid(&driver, PutResourcePolicy::new(arn, READERS)).await, message);
        assert_eq!(invalid(&driver, DeleteResourcePolicy::new(arn)).await, message);
    }
    let not_json = "Invalid policy document: This policy contains invalid Json";
    assert_eq!(invalid(&driver, PutResourcePolicy::new(ARN, "")).await, not_json);
    let unnamed = PutResourcePolicy::new(ARN, READERS).expected(ExpectedPolicy::Revision(String::new()));
    assert_eq!(
        validation_message(&driver, unnamed).await,
        "1 validation error detected: Value '' at 'expectedRevisionId' failed to satisfy constraint: Member must have length \
         greater than or equal to 1"
    );
    assert!(validation_message(&driver, GetResourcePolicy::new("")).await.contains("'resourceArn'"));
    not_found(&driver, GetResourcePolicy::new(ARN)).await;
}
