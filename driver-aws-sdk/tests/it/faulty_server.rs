//! The trials that all drivers over HTTP share.

use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver};
use djamodb_stub_server::trials;

use crate::stub;

/// Connects a driver that sends each request once.
async fn connect(endpoint: String) -> AwsSdkDriver {
    stub::connect(AwsSdkConfig { attempts_max: Some(1), ..AwsSdkConfig::default() }, endpoint).await
}

pub(crate) async fn successes_without_a_valid_body_are_errors() {
    trials::successes_without_a_valid_body_are_errors(connect).await;
}

pub(crate) async fn responses_to_tags_have_no_body() {
    trials::responses_to_tags_have_no_body(connect).await;
}

pub(crate) async fn updates_without_their_output_are_errors() {
    trials::updates_without_their_output_are_errors(connect).await;
}

pub(crate) async fn batches_without_all_parts_are_errors() {
    trials::batches_without_all_parts_are_errors(connect).await;
}

pub(crate) async fn tables_are_known_by_name_and_by_arn() {
    trials::tables_are_known_by_name_and_by_arn(connect).await;
}

pub(crate) async fn reads_without_their_items_are_errors() {
    trials::reads_without_their_items_are_errors(connect).await;
}
