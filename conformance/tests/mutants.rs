//! Deliberately broken drivers. Each has to fail a case of its own theme, or that theme is not held by the suite.
//!
//! A mutant is the memory driver with one fault between it and the case: it asks something else, answers something else, or
//! does something else altogether.

mod mutants {
    pub(crate) mod answers;
    pub(crate) mod asks;
    pub(crate) mod changes;
    pub(crate) mod does;
    pub(crate) mod measures;
    pub(crate) mod mutant;
    pub(crate) mod sound;
    pub(crate) mod transacts;
}

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use djamodb_conformance::{Backend, Deviations, Report, Runner, Target, Theme, cases};
use djamodb_core::driver::{Driver, DriverError};
use djamodb_driver_memory::MemoryDriver;
use libtest_mimic::{Arguments, Failed, Trial};

use mutants::mutant::{Fault, Mutant, Mutated};
use mutants::sound::{Lacking, Stingy, WITHOUT};
use mutants::{answers, asks, changes, does, measures, transacts};

/// Every mutant: its name, the theme that has to notice it, and its fault.
const MUTANTS: &[Mutant] = &[
    Mutant::new("drops_the_filter", Theme::Filter, Fault::Asks(asks::without_filter)),
    Mutant::new("forgets_the_direction", Theme::Direction, Fault::Asks(asks::forwards)),
    Mutant::new("ignores_the_condition", Theme::Condition, Fault::Asks(asks::without_condition)),
    Mutant::new("ignores_the_limit", Theme::Limit, Fault::Asks(asks::without_limit)),
    Mutant::new("limits_what_the_filter_keeps", Theme::Limit, Fault::Does(does::limit_after_filter)),
    Mutant::new("gives_all_attributes", Theme::Projection, Fault::Asks(asks::without_projection)),
    Mutant::new("ignores_the_index", Theme::Index, Fault::Asks(asks::without_index)),
    Mutant::new("ignores_consistent", Theme::Consistency, Fault::Asks(asks::eventually_consistent)),
    Mutant::new("scans_the_whole_table_in_each_segment", Theme::Segment, Fault::Asks(asks::without_segment)),
    Mutant::new("leaves_out_the_upper_bound", Theme::KeyCondition, Fault::Asks(asks::exclusive_bound)),
    Mutant::new("forgets_to_remove", Theme::Update, Fault::Asks(asks::without_remove)),
    Mutant::new("drops_empty_texts", Theme::Value, Fault::Asks(asks::without_empty_texts)),
    Mutant::new("converts_numbers_to_floats", Theme::Number, Fault::Asks(asks::through_floats)),
    Mutant::new("takes_missing_for_equal", Theme::Expression, Fault::Asks(asks::unequal_only_if_present)),
    Mutant::new("fetches_nothing_for_a_local_index", Theme::QuerySet, Fault::Asks(asks::what_the_index_holds)),
    Mutant::new("stops_at_the_first_page", Theme::Paging, Fault::Answers(answers::without_last_key)),
    Mutant::new("drops_unprocessed_keys", Theme::Paging, Fault::Answers(answers::without_unprocessed)),
    Mutant::new("counts_what_was_read", Theme::Count, Fault::Answers(answers::count_is_scanned)),
    Mutant::new("tells_only_what_was_kept_as_read", Theme::Count, Fault::Answers(answers::scanned_is_count)),
    Mutant::new("gives_only_some_of_a_batch", Theme::Batch, Fault::Answers(answers::one_item_less)),
    Mutant::new("orders_texts_without_case", Theme::TextOrder, Fault::Answers(answers::texts_without_case)),
    Mutant::new("orders_numbers_as_texts", Theme::NumberOrder, Fault::Answers(answers::numbers_as_texts)),
    Mutant::new("orders_bytes_as_signed", Theme::BinaryOrder, Fault::Answers(answers::signed_bytes)),
    Mutant::new("goes_back_an_item", Theme::Token, Fault::Answers(answers::last_key_of_the_item_before)),
    Mutant::new("takes_a_missing_table_for_an_empty_one", Theme::MissingTable, Fault::Does(does::empty_when_missing)),
    Mutant::new("starts_at_the_start_key", Theme::StartKey, Fault::Does(does::inclusive_start)),
    Mutant::new("gives_old_values_for_new", Theme::ReturnValues, Fault::Asks(asks::old_for_new)),
    Mutant::new("forgets_the_old_item", Theme::OldItem, Fault::Does(does::without_old_item)),
    Mutant::new("loses_half_of_a_batch", Theme::Batch, Fault::Does(does::half_a_batch)),
    Mutant::new("writes_a_batch_up_to_the_wrong_one", Theme::Batch, Fault::Does(does::batch_one_by_one)),
    Mutant::new("indexes_items_without_the_key", Theme::Sparse, Fault::Does(does::dense_indexes)),
    Mutant::new("gives_whole_items_from_indexes", Theme::IndexProjection, Fault::Does(does::whole_items)),
    Mutant::new("takes_more_than_the_key", Theme::Key, Fault::Does(does::picks_the_key)),
    Mutant::new("refuses_large_items", Theme::Size, Fault::Does(does::at_most_256_kb)),
    Mutant::new("replaces_tables", Theme::Table, Fault::Does(does::replaced_table)),
    Mutant::new("merges_what_is_put", Theme::Model, Fault::Does(does::merged)),
    Mutant::new("makes_half_of_a_transaction", Theme::Transaction, Fault::Asks(asks::half_a_transaction)),
    Mutant::new("makes_what_it_can_of_a_transaction", Theme::Transaction, Fault::Does(transacts::what_it_can)),
    Mutant::new("forgets_to_check", Theme::Transaction, Fault::Asks(asks::without_checks)),
    Mutant::new("ignores_the_token", Theme::Transaction, Fault::Asks(asks::without_token)),
    Mutant::new("tells_reasons_out_of_order", Theme::Transaction, Fault::Does(transacts::reasons_reversed)),
    Mutant::new("tells_the_first_reason_alone", Theme::Transaction, Fault::Does(transacts::first_reason)),
    Mutant::new("tells_no_old_items_of_transactions", Theme::OldItem, Fault::Does(transacts::without_old_items)),
    Mutant::new("leaves_out_what_is_missing", Theme::Transaction, Fault::Answers(answers::without_missing)),
    Mutant::new("reads_a_transaction_one_by_one", Theme::Transaction, Fault::Does(transacts::one_by_one)),
    Mutant::new("costs_nothing", Theme::Capacity, Fault::Measures(measures::nothing)),
    Mutant::new("tells_no_cost", Theme::Capacity, Fault::Measures(measures::untold)),
    Mutant::new("tells_cost_unasked", Theme::Capacity, Fault::Asks(asks::total_always)),
    Mutant::new("forgets_what_indexes_cost", Theme::Capacity, Fault::Measures(measures::without_indexes)),
    Mutant::new("takes_eventual_for_consistent", Theme::Capacity, Fault::Measures(measures::as_if_consistent)),
    Mutant::new("takes_a_transaction_for_single_requests", Theme::Capacity, Fault::Measures(measures::halved)),
    Mutant::new("tells_no_item_collections", Theme::Capacity, Fault::Answers(answers::without_collections)),
    Mutant::new("leaves_a_new_index_empty", Theme::Index, Fault::Does(changes::not_filled)),
    Mutant::new("keeps_an_index_that_was_deleted", Theme::Index, Fault::Does(changes::kept_index)),
    Mutant::new("deletes_what_is_protected", Theme::Table, Fault::Does(changes::unprotected)),
    Mutant::new("takes_all_labels", Theme::Table, Fault::Does(changes::all_labels)),
    Mutant::new("lists_one_page_of_tables", Theme::Table, Fault::Answers(answers::one_page_of_tables)),
    Mutant::new("lists_one_page_of_streams", Theme::Stream, Fault::Answers(answers::one_page_of_streams)),
    Mutant::new("forgets_old_images", Theme::Stream, Fault::Answers(answers::without_old_images)),
    Mutant::new("records_what_changes_nothing", Theme::Stream, Fault::Does(changes::recorded_twice)),
    Mutant::new("goes_on_at_the_record", Theme::Stream, Fault::Asks(asks::at_for_after)),
    Mutant::new("takes_the_oldest_for_the_latest", Theme::Stream, Fault::Asks(asks::oldest_for_latest)),
    Mutant::new("reads_one_page_of_records", Theme::Stream, Fault::Answers(answers::one_page_of_records)),
    Mutant::new("tells_changes_backwards", Theme::Stream, Fault::Answers(answers::records_reversed)),
    Mutant::new("takes_an_expiry_for_a_users_deletion", Theme::Expiry, Fault::Answers(answers::by_a_user)),
    Mutant::new("never_lets_items_expire", Theme::Expiry, Fault::Asks(asks::postponed)),
    Mutant::new("lets_items_expire_early", Theme::Expiry, Fault::Asks(asks::expired_at_once)),
    Mutant::new("answers_what_it_does_not_have", Theme::Unsupported, Fault::Does(does::everything)),
];

fn main() -> ExitCode {
    let runner = match Deviations::own().map(Runner::new) {
        Ok(Ok(runner)) => Arc::new(runner),
        error => {
            eprintln!("error: {error:?}");
            return ExitCode::FAILURE;
        }
    };
    let mut trials: Vec<Trial> = MUTANTS
        .iter()
        .map(|mutant| {
            let runner = Arc::clone(&runner);
            Trial::test(mutant.name, move || is_killed(&runner, mutant))
        })
        .collect();
    let (plain, stingy) = (Arc::clone(&runner), Arc::clone(&runner));
    trials
        .push(Trial::test("the_plain_driver_passes_everything", move || passes_everything(&plain, MemoryDriver::new)));
    trials.extend(WITHOUT.iter().map(|&(what, without)| {
        let runner = Arc::clone(&runner);
        Trial::test(format!("a_driver_without_{what}_refuses_and_passes"), move || {
            passes_everything(&runner, move || Lacking { inner: MemoryDriver::new(), without })
        })
    }));
    trials.push(Trial::test("a_driver_that_leaves_half_unprocessed_passes", move || {
        passes_everything(&stingy, || Stingy(MemoryDriver::new()))
    }));
    trials.push(Trial::test("every_theme_has_a_mutant", every_theme));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// How long a case may take on a mutant: some wait for what a mutant never does.
const CASE_TIME_MAX: Duration = Duration::from_secs(8);

fn target<D: Driver>(driver: impl Fn() -> D + Send + Sync + 'static) -> Target {
    Target::new("mutant", Backend::MEMORY, move || {
        let driver = driver();
        async { Ok(driver) }
    })
}

fn is_killed(runner: &Runner, mutant: &'static Mutant) -> Result<(), Failed> {
    let fault = mutant.fault;
    let target = target(move || Mutated { inner: MemoryDriver::new(), fault }).case_time_max(CASE_TIME_MAX);
    let of_theme: Vec<_> = cases().into_iter().filter(|case| case.theme == mutant.theme).collect();
    // The first one that notices is enough.
    if of_theme.iter().any(|case| runner.run(&target, case).result.is_err()) {
        return Ok(());
    }
    Err(format!("it passes all {} cases about {:?}", of_theme.len(), mutant.theme).into())
}

fn passes_everything<D: Driver>(runner: &Runner, driver: impl Fn() -> D + Send + Sync + 'static) -> Result<(), Failed> {
    let target = target(driver);
    let reports: Vec<Report> = cases().into_iter().map(|case| runner.run(&target, case)).collect();
    let failed = |report: &Report| Some(format!("{}: {}", report.case.name, report.result.as_ref().err()?));
    let failures: Vec<_> = reports.iter().filter_map(failed).collect();
    if reports.is_empty() {
        Err("there are no cases".into())
    } else if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n").into())
    }
}

/// A theme without a mutant may have cases that hold nothing.
fn every_theme() -> Result<(), Failed> {
    let mutated: BTreeSet<Theme> = MUTANTS.iter().map(|mutant| mutant.theme).collect();
    let missing: BTreeSet<Theme> = cases().iter().map(|case| case.theme).collect();
    let missing: Vec<_> = missing.difference(&mutated).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("there is no mutant for {missing:?}").into()) }
}

/// What a mutant answers.
type Answer = Result<djamodb_core::plan::Outcome, DriverError>;
