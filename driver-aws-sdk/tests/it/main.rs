//! The driver against DynamoDB Local, where `DYNAMODB_LOCAL_URL` names one, and against answers made up here.
//!
//! Cases that need DynamoDB Local are counted as ignored where there is none.

mod answers;
mod batches;
mod items;
mod local;
mod queries;
mod service;
#[cfg(feature = "streams")]
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
        items::a_failed_condition_tells_the_old_item,
        items::a_put_gives_back_what_it_replaced,
        items::an_update_has_all_clauses,
        items::an_update_of_nothing_makes_the_item,
        items::parts_of_an_item_are_read,
        items::requests_tell_what_each_index_consumed,
        items::requests_tell_what_they_consumed,
        items::values_that_break_a_rule_are_refused,
        queries::an_index_is_queried,
        queries::a_partition_is_read_forward_and_backward,
        queries::a_scan_filters_and_divides,
        queries::pages_follow_one_another,
        queries::what_is_selected_is_given,
        tables::a_missing_table_is_not_found,
        tables::a_protected_table_is_not_deleted,
        tables::a_table_is_described_as_it_was_created,
        tables::a_table_is_not_created_twice,
        tables::an_index_is_created_and_dropped,
        tables::expiry_is_described,
        tables::names_are_listed_page_by_page,
        tables::the_account_is_described,
        tables::throughput_is_updated,
        tables::throughput_of_indexes_defaults_to_the_tables,
        transactions::a_cancelled_transaction_says_why_in_order,
        transactions::a_token_is_for_one_request,
        transactions::a_transaction_is_made_whole,
        transactions::items_are_read_in_the_order_asked_for,
        transactions::transactions_tell_what_they_consumed,
    ]);
    #[cfg(feature = "streams")]
    trials.extend(trials![on_dynamodb_local:
        streams::a_stream_is_ended_and_can_still_be_read,
        streams::changes_are_read_in_their_order,
        streams::places_that_are_none_are_refused,
    ]);
    trials.extend(trials![alone:
        answers::a_broken_connection_leaves_writes_unknown,
        answers::a_failure_of_the_service_leaves_writes_unknown,
        answers::a_lost_attempt_is_remembered,
        answers::a_refused_connection_names_the_endpoint,
        answers::a_slow_answer_is_a_timeout,
        answers::a_transaction_without_a_token_is_not_sent_again,
        answers::cancelled_transactions_say_why,
        answers::extra_headers_are_sent,
        answers::missing_credentials_say_what_to_set,
        answers::numbers_that_are_none_are_refused,
        answers::refusals_have_the_kind_of_their_name,
        answers::streams_that_cannot_be_read_say_what_is_needed,
        answers::strangers_are_recognised,
        answers::throttled_requests_are_sent_again,
        answers::what_is_not_asked_for_is_not_sent,
        answers::what_no_driver_has_is_refused_by_name,
        service::backups_are_described,
        service::endpoints_are_described,
        service::labels_are_listed,
        service::sizes_of_item_collections_are_told,
        answers::what_must_not_be_done_twice_is_not_sent_again,
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
