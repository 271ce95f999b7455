//! The driver against DynamoDB Local, where `DYNAMODB_LOCAL_URL` names one, and against answers made up here.
//!
//! Cases that need DynamoDB Local are counted as ignored where there is none.

mod answers;
mod batches;
mod items;
mod local;
mod queries;
mod streams;
mod stub;
mod tables;
mod transactions;

use libtest_mimic::{Arguments, Completion, Trial};

/// Trials of the functions named, each run by `$run`.
macro_rules! trials {
    ($run:path: $($module:ident::$case:ident),+ $(,)?) => {
        [$(Trial::ignorable_test(concat!(stringify!($module), "::", stringify!($case)), || $run($module::$case))),+]
    };
}

fn main() {
    let mut trials = Vec::from(trials![on_dynamodb_local:
        batches::items_are_read_by_key_from_several_tables,
        batches::a_table_stands_once_in_a_batch,
        batches::puts_and_deletes_are_made,
        items::all_types_survive,
        items::a_delete_gives_back_what_it_deleted,
        items::a_failed_condition_is_told,
        items::the_old_item_of_a_failed_condition_is_not_offered,
        items::a_put_gives_back_what_it_replaced,
        items::an_update_has_all_clauses,
        items::an_update_of_nothing_makes_the_item,
        items::parts_of_an_item_are_read,
        items::requests_tell_what_indexes_consumed,
        items::requests_tell_what_they_consumed,
        items::values_that_break_a_rule_are_refused,
        queries::an_index_is_queried,
        queries::a_partition_is_read_forward_and_backward,
        queries::a_scan_filters_and_divides,
        queries::pages_follow_one_another,
        queries::what_is_selected_is_given,
        tables::a_missing_table_is_not_found,
        tables::a_stream_is_begun_and_ended,
        tables::a_table_is_described_as_it_was_created,
        tables::a_table_is_not_created_twice,
        tables::an_index_is_created_and_deleted,
        tables::items_expire_by_an_attribute,
        tables::names_are_listed_page_by_page,
        tables::protection_from_deletion_is_not_offered,
        tables::the_account_has_limits,
        tables::throughput_is_changed,
        tables::throughput_of_indexes_defaults_to_the_tables,
        transactions::a_cancelled_transaction_tells_why,
        transactions::a_rule_that_is_broken_is_no_cancellation,
        transactions::a_token_is_carried_out_once,
        transactions::all_writes_are_made,
        transactions::transactions_tell_reads_and_writes,
    ]);
    #[cfg(feature = "streams")]
    trials.extend(trials![on_dynamodb_local:
        streams::a_stream_is_listed_and_described,
        streams::changes_are_read_in_order,
    ]);
    #[cfg(feature = "streams")]
    trials.extend(trials![alone:
        streams::a_client_of_ones_own_is_taken,
        streams::shard_filters_are_not_offered,
        streams::their_errors_have_the_kind_of_their_name,
    ]);
    trials.extend(trials![alone:
        answers::a_broken_connection_leaves_writes_unknown,
        answers::a_failure_of_the_service_leaves_writes_unknown,
        answers::a_refused_connection_names_the_endpoint,
        answers::a_slow_answer_is_a_timeout,
        answers::another_client_is_taken,
        answers::credentials_that_no_header_holds_are_refused,
        answers::extra_headers_are_sent,
        answers::headers_that_are_not_ascii_are_read,
        answers::missing_credentials_say_what_to_set,
        answers::numbers_that_are_none_are_refused,
        answers::refusals_have_the_kind_of_their_name,
        answers::strangers_are_recognised,
        answers::the_answer_counts_to_its_last_byte,
        answers::throttled_requests_are_not_sent_again,
        streams::without_a_client_they_say_what_to_do,
        tables::backups_tags_and_endpoints_are_told,
        transactions::a_conflict_may_pass,
        transactions::another_client_tells_the_codes,
        transactions::sizes_of_item_collections_are_told,
    ]);
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

type Ran = Result<Completion, libtest_mimic::Failed>;

/// Runs a case against DynamoDB Local, and deletes its tables however it ends.
fn on_dynamodb_local<F: Future<Output = ()> + Send + 'static>(case: fn(local::Local) -> F) -> Ran {
    let Ok(url) = std::env::var("DYNAMODB_LOCAL_URL") else {
        return Ok(Completion::ignored_with("DYNAMODB_LOCAL_URL is not set; start DynamoDB Local and give its URL"));
    };
    runtime()?.block_on(async {
        let local = local::Local::connect(url).await;
        let ended = tokio::spawn(case(local.clone())).await;
        local.delete_tables().await;
        match ended {
            Ok(()) => Ok(Completion::Completed),
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        }
    })
}

/// Runs a case that needs nothing else.
fn alone<F: Future<Output = ()>>(case: fn() -> F) -> Ran {
    runtime()?.block_on(case());
    Ok(Completion::Completed)
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}
