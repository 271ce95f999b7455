//! Tags, point-in-time recovery and account limits.

use std::time::Duration;

use chrono::TimeDelta;
use djamodb_core::driver::{Clock, DriverExt};
use djamodb_core::plan::{
    ContinuousBackups, CreateTable, DeleteTable, DescribeContinuousBackups, DescribeEndpoints, DescribeLimits,
    DescribeLimitsOutput, DescribeTable, ListTagsOfResource, TagResource, UntagResource, UpdateContinuousBackups,
};
use djamodb_core::schema::Tag;
use djamodb_driver_memory::MemoryDriver;

use crate::support::{error, schema, validation_message, weather, with_virtual_clock};

async fn arn(driver: &MemoryDriver) -> String {
    driver.run(DescribeTable::new("weather")).await.unwrap().table.arn.unwrap()
}

async fn tags(driver: &MemoryDriver) -> Vec<Tag> {
    let list = driver.run(ListTagsOfResource::new(arn(driver).await)).await.unwrap();
    assert_eq!(list.next_token, None);
    list.tags
}

fn numbered(count: usize) -> Vec<Tag> {
    (0..count).map(|number| Tag::new(format!("tag {number}"), "")).collect()
}

#[tokio::test]
async fn tags_are_added_replaced_and_removed() {
    let (driver, _) = with_virtual_clock();
    let mut tagged = schema();
    tagged.tags = vec![Tag::new("team", "weather"), Tag::new("stage", "")];
    driver.run(CreateTable::new(tagged.clone())).await.unwrap();
    assert_eq!(tags(&driver).await, tagged.tags);

    let arn = arn(&driver).await;
    let more = vec![Tag::new("stage", "test"), Tag::new("owner", "Ada")];
    driver.run(TagResource::new(&arn, more)).await.unwrap();
    let all = [Tag::new("team", "weather"), Tag::new("stage", "test"), Tag::new("owner", "Ada")];
    assert_eq!(tags(&driver).await, all);
    // Removing a missing tag is no error.
    driver.run(UntagResource::new(&arn, ["team", "missing"])).await.unwrap();
    assert_eq!(tags(&driver).await, all[1..]);

    driver.run(DeleteTable::new("weather")).await.unwrap();
    driver.run(CreateTable::new(schema())).await.unwrap();
    assert_eq!(tags(&driver).await, []);
}

#[tokio::test]
async fn tables_are_limited_to_50_tags() {
    let driver = weather().await;
    let arn = arn(&driver).await;
    let too_many = "Number of Tags exceed the current limit for the provided ResourceArn";
    assert_eq!(validation_message(&driver, TagResource::new(&arn, numbered(51))).await, too_many);
    driver.run(TagResource::new(&arn, numbered(50))).await.unwrap();
    let one_more = vec![Tag::new("tag 7", "again"), Tag::new("one more", "")];
    assert_eq!(validation_message(&driver, TagResource::new(&arn, one_more)).await, too_many);
    // A request adds all of its tags or none.
    assert_eq!(tags(&driver).await, numbered(50));
    driver.run(TagResource::new(&arn, vec![Tag::new("tag 7", "again")])).await.unwrap();
    let keys = |count: usize| (0..count).map(|number| format!("tag {number}")).collect::<Vec<_>>();
    assert_eq!(validation_message(&driver, UntagResource::new(&arn, keys(51))).await, too_many);
    driver.run(UntagResource::new(&arn, keys(50))).await.unwrap();
    assert_eq!(tags(&driver).await, []);
}

#[tokio::test]
async fn rejects_invalid_tags() {
    let driver = weather().await;
    let arn = arn(&driver).await;
    let longest = vec![Tag::new("ü".repeat(128), "ü".repeat(256)), Tag::new("a1 +-=._:/@Ж中", "a1 +-=._:/@Ж中")];
    driver.run(TagResource::new(&arn, longest.clone())).await.unwrap();
    let (long_key, long_value) = ("x".repeat(129), "x".repeat(257));
    for (key, value, message) in [
        ("", "", "The Tag Key provided is invalid, Key: ".to_owned()),
        (&*long_key, "", format!("The Tag Key provided is invalid, Key: {long_key}")),
        ("a#", "", "The Tag Key provided is invalid, Key: a#".to_owned()),
        ("aws:a", "", "Tag Key cannot be prefixed with aws:, Key: aws:a".to_owned()),
        ("a", &*long_value, format!("The Tag Value provided is invalid, Value: {long_value}")),
        ("a", "a!", "The Tag Value provided is invalid, Value: a!".to_owned()),
        ("good", "again", "Duplicate Tag Keys provided as input: Duplicate Tag Key found good".to_owned()),
    ] {
        let wrong = vec![Tag::new("good", ""), Tag::new(key, value)];
        assert_eq!(validation_message(&driver, TagResource::new(&arn, wrong)).await, message);
    }
    assert_eq!(tags(&driver).await, longest);
    assert_eq!(
        validation_message(&driver, TagResource::new(&arn, vec![])).await,
        "Atleast one Tag needs to be provided as Input."
    );
    assert_eq!(
        validation_message(&driver, UntagResource::new(&arn, [""; 0])).await,
        "Atleast one Tag Key needs to be provided as Input."
    );
    assert_eq!(
        validation_message(&driver, UntagResource::new(&arn, ["a#"])).await,
        "The Tag Key provided is invalid, Key: a#"
    );
}

#[tokio::test]
async fn rejects_arns_of_missing_tables() {
    let driver = weather().await;
    let no_arn = "One or more parameter values were invalid: ARNs must start with 'arn:': weather";
    assert_eq!(validation_message(&driver, TagResource::new("weather", numbered(1))).await, no_arn);
    assert_eq!(validation_message(&driver, UntagResource::new("weather", ["a"])).await, no_arn);
    assert_eq!(validation_message(&driver, ListTagsOfResource::new("weather")).await, no_arn);
    let missing = arn(&driver).await.replace("weather", "missing");
    for error in [
        error(&driver, TagResource::new(&missing, numbered(1))).await,
        error(&driver, UntagResource::new(&missing, ["a"])).await,
        error(&driver, ListTagsOfResource::new(&missing)).await,
    ] {
        assert!(error.is_resource_not_found());
        assert_eq!(error.message(), format!("Requested resource not found: ResourceArn: {missing} not found"));
    }
}

#[tokio::test]
async fn the_restorable_period_begins_when_recovery_is_enabled() {
    let (driver, clock) = with_virtual_clock();
    driver.run(CreateTable::new(schema())).await.unwrap();
    let described = async || driver.run(DescribeContinuousBackups::new("weather")).await.unwrap().continuous_backups;
    let off = ContinuousBackups { enabled: true, ..ContinuousBackups::default() };
    assert_eq!(described().await, off);

    let start = clock.now();
    let since = |earliest, latest| ContinuousBackups {
        enabled: true,
        point_in_time_recovery: true,
        earliest_restorable: Some(earliest),
        latest_restorable: Some(latest),
    };
    let enabled = driver.run(UpdateContinuousBackups::enable("weather")).await.unwrap().continuous_backups;
    assert_eq!((&enabled, &described().await), (&since(start, start), &enabled));
    clock.advance(Duration::from_secs(180));
    assert_eq!(described().await, since(start, start));
    clock.advance(Duration::from_secs(180));
    assert_eq!(described().await, since(start, start + TimeDelta::minutes(1)));
    // Enabling it again changes nothing.
    let again = driver.run(UpdateContinuousBackups::enable("weather")).await.unwrap().continuous_backups;
    assert_eq!(again, since(start, start + TimeDelta::minutes(1)));
    clock.advance(Duration::from_secs(40 * 24 * 3600));
    let now = clock.now();
    assert_eq!(described().await, since(now - TimeDelta::days(35), now - TimeDelta::minutes(5)));

    for _ in 0..2 {
        let disabled = driver.run(UpdateContinuousBackups::disable("weather")).await.unwrap().continuous_backups;
        assert_eq!((&disabled, &described().await), (&off, &off));
    }
    // The period begins at the latest enabling.
    driver.run(UpdateContinuousBackups::enable("weather")).await.unwrap();
    assert_eq!(described().await, since(now, now));
    for error in [
        error(&driver, DescribeContinuousBackups::new("missing")).await,
        error(&driver, UpdateContinuousBackups::enable("missing")).await,
    ] {
        assert_eq!((error.is_resource_not_found(), error.message()), (true, "Table not found: missing"));
    }
}

#[tokio::test]
async fn limits_and_endpoints_are_those_of_a_new_account() {
    let driver = MemoryDriver::new();
    assert_eq!(
        driver.run(DescribeLimits {}).await.unwrap(),
        DescribeLimitsOutput {
            account_max_read_capacity_units: 80_000,
            account_max_write_capacity_units: 80_000,
            table_max_read_capacity_units: 40_000,
            table_max_write_capacity_units: 40_000,
        }
    );
    let endpoints = driver.run(DescribeEndpoints {}).await.unwrap().endpoints;
    let [endpoint] = endpoints.as_slice() else { panic!("{endpoints:?}") };
    assert_eq!((endpoint.address.as_str(), endpoint.cache_period_in_minutes), ("memory", 1440));
}
