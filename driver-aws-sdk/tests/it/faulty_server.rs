//! The trials that all drivers over HTTP share.

use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver};
use djamodb_stub_server::trials::{self, Limits};

use crate::stub;

/// Connects a driver that sends each request once.
async fn connect(endpoint: String) -> AwsSdkDriver {
    limited(endpoint, Limits::one_attempt()).await
}

/// Connects a driver with limits.
async fn limited(endpoint: String, limits: Limits) -> AwsSdkDriver {
    let config = AwsSdkConfig {
        attempts_max: Some(limits.attempts_max),
        connect_timeout: limits.timeouts.connect,
        read_timeout: limits.timeouts.read,
        attempt_timeout: limits.timeouts.attempt,
        operation_timeout: limits.timeouts.operation,
        response_bytes_max: limits.response_bytes_max,
        ..AwsSdkConfig::default()
    };
    stub::connect(config, endpoint).await
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

pub(crate) async fn a_silent_tls_handshake_ends() {
    trials::a_silent_tls_handshake_ends(limited).await;
}

pub(crate) async fn a_trickling_response_ends_with_its_attempt() {
    trials::a_trickling_response_ends_with_its_attempt(limited).await;
}

pub(crate) async fn all_attempts_end_with_the_operation() {
    trials::all_attempts_end_with_the_operation(limited).await;
}

pub(crate) async fn larger_responses_are_refused() {
    trials::larger_responses_are_refused(limited).await;
}

pub(crate) async fn required_waits_are_kept() {
    trials::required_waits_are_kept(limited).await;
}
