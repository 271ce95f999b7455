//! Tests of the driver against a stub server, and against the DynamoDB Local server at `DJAMODB_TEST_URL`.
//!
//! Cases that need DynamoDB Local are ignored if the variable is not set.

mod batches;
mod environment;
mod faulty_server;
mod items;
mod local;
mod queries;
mod responses;
mod streams;
mod stub;
mod stubbed_operations;
mod tables;
mod transactions;

use libtest_mimic::{Arguments, Completion, Trial};

/// Creates a trial for each of the named functions, run by `$run`.
macro_rules! trials {
    ($run:path: $($module:ident::$case:ident),+ $(,)?) => {
        [$(Trial::ignorable_test(concat!(stringify!($module), "::", stringify!($case)), || $run($module::$case))),+]
    };
}

fn main() {
    if let Ok(endpoint) = std::env::var(environment::ENDPOINT_VARIABLE) {
        return environment::send_request(endpoint);
    }
    let mut trials = Vec::from(trials![on_dynamodb_local:
        batches::reads_items_of_several_tables,
        batches::rejects_duplicate_tables,
        batches::applies_puts_and_deletes,
        items::every_type_round_trips,
        items::delete_returns_the_old_item,
        items::failed_conditions_are_reported,
        items::rejects_plans_that_request_the_old_item_on_failure,
        items::put_returns_the_old_item,
        items::update_applies_all_clauses,
        items::an_empty_update_creates_the_item,
        items::projections_read_parts_of_an_item,
        items::consumed_capacity_is_reported_for_each_index,
        items::consumed_capacity_is_reported,
        items::invalid_values_are_validation_errors,
        queries::queries_global_and_local_indexes,
        queries::queries_ranges_in_both_directions,
        queries::scans_with_filters_and_segments,
        queries::continues_after_the_last_evaluated_key,
        queries::returns_only_selected_attributes,
        tables::missing_tables_are_not_found,
        tables::enables_and_disables_streams,
        tables::describes_a_table_as_it_was_created,
        tables::existing_tables_are_in_use,
        tables::creates_and_deletes_indexes,
        tables::sets_and_describes_time_to_live,
        tables::lists_table_names_in_pages,
        tables::rejects_deletion_protection,
        tables::rejects_settings_that_rusoto_lacks,
        tables::rejects_table_classes,
        tables::describes_the_limits_of_the_account,
        tables::updates_throughput,
        tables::index_throughput_defaults_to_that_of_the_table,
        transactions::cancellation_reasons_are_in_order,
        transactions::invalid_transactions_are_validation_errors,
        transactions::a_token_identifies_one_request,
        transactions::applies_all_writes_of_a_transaction,
        transactions::consumed_capacity_is_reported,
    ]);
    #[cfg(feature = "streams")]
    trials.extend(trials![on_dynamodb_local:
        streams::lists_and_describes_a_stream,
        streams::reads_changes_in_order,
    ]);
    #[cfg(feature = "streams")]
    trials.extend(trials![without_server:
        streams::uses_the_client_that_is_set,
        streams::rejects_shard_filters,
        streams::maps_error_codes_to_kinds,
    ]);
    trials.extend(trials![without_server:
        environment::loopback_endpoints_use_the_environment_before_the_fallback,
        environment::loopback_endpoints_use_the_profile_before_the_fallback,
        environment::configured_values_precede_the_environment,
        environment::loopback_endpoints_fall_back_to_local_credentials_in_us_east_1,
        environment::custom_endpoints_need_no_region,
        environment::endpoints_of_aws_need_a_region,
        responses::silent_endpoints_time_out,
        responses::lost_connections_leave_the_outcome_unknown,
        responses::server_errors_leave_the_outcome_unknown,
        responses::connection_errors_name_the_endpoint,
        responses::slow_responses_time_out,
        responses::accepts_a_custom_client,
        responses::rejects_credentials_that_are_invalid_in_headers,
        responses::sends_extra_headers,
        responses::accepts_response_headers_that_are_not_ascii,
        responses::missing_credentials_show_what_to_set,
        responses::rejects_responses_with_invalid_values,
        responses::maps_error_codes_to_kinds,
        responses::responses_of_other_servers_are_errors,
        responses::the_read_timeout_includes_the_body,
        responses::does_not_retry_throttled_requests,
        streams::missing_clients_for_streams_are_reported,
        stubbed_operations::reads_backups_tags_and_endpoints,
        transactions::conflicts_are_retryable,
        transactions::consumed_capacity_has_kinds_of_units,
        transactions::custom_clients_report_cancellation_codes,
        stubbed_operations::returns_item_collection_metrics,
    ]);
    trials.extend(faulty_server::trials());
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

type CaseResult = Result<Completion, libtest_mimic::Failed>;

/// Runs a case against DynamoDB Local and deletes its tables, even if it panics.
fn on_dynamodb_local<F: Future<Output = ()> + Send + 'static>(case: fn(local::Local) -> F) -> CaseResult {
    let Some(url) = std::env::var("DJAMODB_TEST_URL").ok().filter(|url| !url.is_empty()) else {
        return Ok(Completion::ignored_with(
            "DJAMODB_TEST_URL is not set; `cargo xtask dynamodb-local` starts DynamoDB Local and prints the variable",
        ));
    };
    runtime()?.block_on(async {
        let local = local::Local::connect(url).await;
        let result = tokio::spawn(case(local.clone())).await;
        local.delete_tables().await;
        match result {
            Ok(()) => Ok(Completion::Completed),
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        }
    })
}

/// Runs a case that needs no server.
fn without_server<F: Future<Output = ()>>(case: fn() -> F) -> CaseResult {
    runtime()?.block_on(case());
    Ok(Completion::Completed)
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}
