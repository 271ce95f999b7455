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
#[cfg(feature = "streams")]
mod streams;
mod stub;
mod stubbed_operations;
mod stubbed_settings;
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
        items::failed_conditions_return_the_old_item,
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
        tables::protected_tables_cannot_be_deleted,
        tables::describes_a_table_as_it_was_created,
        tables::existing_tables_are_in_use,
        tables::creates_and_deletes_indexes,
        tables::sets_and_describes_time_to_live,
        tables::lists_table_names_in_pages,
        tables::describes_the_limits_of_the_account,
        tables::updates_throughput,
        tables::index_throughput_defaults_to_that_of_the_table,
        transactions::cancellation_reasons_are_in_order,
        transactions::a_token_identifies_one_request,
        transactions::applies_all_writes_of_a_transaction,
        transactions::returns_items_in_the_requested_order,
        transactions::consumed_capacity_is_reported,
    ]);
    #[cfg(feature = "streams")]
    trials.extend(trials![on_dynamodb_local:
        streams::disabled_streams_can_still_be_read,
        streams::reads_changes_in_order,
        streams::rejects_invalid_streams_and_iterators,
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
        responses::one_lost_attempt_leaves_the_outcome_unknown,
        responses::connection_errors_name_the_endpoint,
        responses::slow_responses_time_out,
        responses::a_lost_transaction_is_sent_again_with_the_same_token,
        responses::conflicts_of_writes_are_retried,
        responses::canceled_transactions_have_reasons,
        responses::sends_extra_headers,
        responses::the_item_is_that_of_the_last_attempt,
        responses::a_body_may_arrive_in_many_parts,
        responses::concurrent_requests_have_responses_of_their_own,
        responses::requests_of_the_plain_client_have_no_hooks,
        responses::missing_credentials_show_what_to_set,
        responses::rejects_responses_with_invalid_values,
        responses::maps_error_codes_to_kinds,
        responses::missing_clients_for_streams_are_reported,
        responses::responses_of_other_servers_are_errors,
        responses::retries_throttled_requests,
        responses::leaves_out_parameters_with_default_values,
        responses::unsupported_operations_are_named,
        stubbed_operations::describes_continuous_backups,
        stubbed_operations::describes_endpoints,
        stubbed_operations::lists_and_removes_tags,
        stubbed_operations::returns_item_collection_metrics,
        stubbed_settings::creates_tables_with_the_settings_of_the_plan,
        stubbed_settings::describes_settings_with_their_status,
        stubbed_settings::sends_and_reads_resource_policies,
        stubbed_settings::updates_the_settings_of_the_plan,
        responses::does_not_retry_lost_attempts_of_conditional_or_counting_writes,
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
