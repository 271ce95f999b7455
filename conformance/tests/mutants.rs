//! Mutation tests of the suite: drivers with a deliberate fault, each of which must fail a case of its theme.
//!
//! A mutant wraps the memory driver. Its fault changes the plan before execution, changes the output or the consumed capacity
//! after execution, or replaces the execution.

mod mutants {
    pub(crate) mod capacity_faults;
    pub(crate) mod conforming;
    pub(crate) mod execution_faults;
    pub(crate) mod mutant;
    pub(crate) mod output_faults;
    pub(crate) mod plan_faults;
    pub(crate) mod table_faults;
    pub(crate) mod transaction_faults;
}

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use djamodb_conformance::{Backend, Deviations, Report, Runner, Target, Theme, cases};
use djamodb_core::driver::{Driver, DriverError};
use djamodb_driver_memory::MemoryDriver;
use libtest_mimic::{Arguments, Failed, Trial};

use mutants::conforming::{PartialBatches, REDUCED_CAPABILITIES, ReducedCapability};
use mutants::mutant::{Fault, FaultyDriver, Mutant};
use mutants::{capacity_faults, execution_faults, output_faults, plan_faults, table_faults, transaction_faults};

/// All mutants: name, theme whose cases must detect the fault, and fault.
const MUTANTS: &[Mutant] = &[
    Mutant::new("drops_the_filter", Theme::Filter, Fault::Plan(plan_faults::drop_filter)),
    Mutant::new("ignores_the_direction", Theme::Direction, Fault::Plan(plan_faults::always_forward)),
    Mutant::new("ignores_the_condition", Theme::Condition, Fault::Plan(plan_faults::drop_condition)),
    Mutant::new("ignores_the_limit", Theme::Limit, Fault::Plan(plan_faults::drop_limit)),
    Mutant::new(
        "applies_the_limit_after_the_filter",
        Theme::Limit,
        Fault::Execution(execution_faults::apply_limit_after_filter),
    ),
    Mutant::new(
        "returns_a_last_key_at_inclusive_bounds",
        Theme::Limit,
        Fault::Output(output_faults::return_last_key_of_full_pages),
    ),
    Mutant::new("ignores_the_projection", Theme::Projection, Fault::Plan(plan_faults::drop_projection)),
    Mutant::new("ignores_the_index", Theme::Index, Fault::Plan(plan_faults::drop_index)),
    Mutant::new("ignores_consistent_reads", Theme::Consistency, Fault::Plan(plan_faults::drop_consistent)),
    Mutant::new("scans_the_whole_table_in_each_segment", Theme::ParallelScan, Fault::Plan(plan_faults::drop_segment)),
    Mutant::new("excludes_the_upper_bound", Theme::KeyCondition, Fault::Plan(plan_faults::exclude_upper_bound)),
    Mutant::new("ignores_remove_clauses", Theme::Update, Fault::Plan(plan_faults::drop_remove_clauses)),
    Mutant::new("drops_empty_strings", Theme::Value, Fault::Plan(plan_faults::drop_empty_strings)),
    Mutant::new("converts_numbers_to_floats", Theme::Number, Fault::Plan(plan_faults::round_numbers_to_floats)),
    Mutant::new(
        "treats_missing_attributes_as_equal",
        Theme::Expression,
        Fault::Plan(plan_faults::require_attribute_for_ne),
    ),
    Mutant::new(
        "fetches_nothing_for_local_indexes",
        Theme::QuerySet,
        Fault::Plan(plan_faults::select_projected_attributes_only),
    ),
    Mutant::new("stops_at_the_first_page", Theme::Paging, Fault::Output(output_faults::drop_last_evaluated_key)),
    Mutant::new("drops_unprocessed_keys", Theme::Paging, Fault::Output(output_faults::drop_unprocessed_keys)),
    Mutant::new(
        "counts_items_before_the_filter",
        Theme::Count,
        Fault::Output(output_faults::set_count_to_scanned_count),
    ),
    Mutant::new(
        "reports_the_count_as_scanned_count",
        Theme::Count,
        Fault::Output(output_faults::set_scanned_count_to_count),
    ),
    Mutant::new("returns_part_of_a_batch", Theme::Batch, Fault::Output(output_faults::drop_one_item_of_a_batch)),
    Mutant::new(
        "orders_strings_ignoring_case",
        Theme::StringOrder,
        Fault::Output(output_faults::order_strings_ignoring_case),
    ),
    Mutant::new(
        "orders_numbers_as_strings",
        Theme::NumberOrder,
        Fault::Output(output_faults::order_numbers_as_strings),
    ),
    Mutant::new("orders_bytes_as_signed", Theme::BinaryOrder, Fault::Output(output_faults::order_bytes_as_signed)),
    Mutant::new(
        "returns_the_key_of_the_previous_item",
        Theme::PageToken,
        Fault::Output(output_faults::use_key_of_the_item_before_the_last),
    ),
    Mutant::new(
        "treats_missing_tables_as_empty",
        Theme::MissingTable,
        Fault::Execution(execution_faults::return_empty_for_a_missing_table),
    ),
    Mutant::new("includes_the_start_key", Theme::StartKey, Fault::Execution(execution_faults::include_the_start_key)),
    Mutant::new("returns_old_values_for_new", Theme::ReturnValues, Fault::Plan(plan_faults::return_old_values_for_new)),
    Mutant::new("drops_the_old_item", Theme::OldItem, Fault::Execution(execution_faults::drop_old_item)),
    Mutant::new("writes_half_of_a_batch", Theme::Batch, Fault::Execution(execution_faults::drop_half_of_a_batch)),
    Mutant::new(
        "writes_a_batch_up_to_an_invalid_write",
        Theme::Batch,
        Fault::Execution(execution_faults::write_batch_until_first_error),
    ),
    Mutant::new(
        "indexes_items_without_the_index_key",
        Theme::Sparse,
        Fault::Execution(execution_faults::index_items_without_range_key),
    ),
    Mutant::new(
        "returns_whole_items_from_indexes",
        Theme::IndexProjection,
        Fault::Execution(execution_faults::return_whole_items_from_indexes),
    ),
    Mutant::new(
        "accepts_extra_key_attributes",
        Theme::Key,
        Fault::Execution(execution_faults::ignore_extra_key_attributes),
    ),
    Mutant::new("rejects_items_above_256_kb", Theme::Size, Fault::Execution(execution_faults::limit_items_to_256_kb)),
    Mutant::new("replaces_existing_tables", Theme::Table, Fault::Execution(execution_faults::replace_existing_table)),
    Mutant::new(
        "merges_puts_with_existing_items",
        Theme::Model,
        Fault::Execution(execution_faults::merge_put_with_existing_item),
    ),
    Mutant::new(
        "applies_half_of_a_transaction",
        Theme::Transaction,
        Fault::Plan(plan_faults::drop_half_of_the_actions),
    ),
    Mutant::new(
        "applies_the_passing_actions_of_a_cancelled_transaction",
        Theme::Transaction,
        Fault::Execution(transaction_faults::apply_actions_that_pass),
    ),
    Mutant::new(
        "skips_empty_updates_in_transactions",
        Theme::Transaction,
        Fault::Plan(plan_faults::drop_empty_updates),
    ),
    Mutant::new("ignores_condition_checks", Theme::Transaction, Fault::Plan(plan_faults::drop_condition_checks)),
    Mutant::new(
        "ignores_the_client_request_token",
        Theme::Transaction,
        Fault::Plan(plan_faults::drop_client_request_token),
    ),
    Mutant::new(
        "reverses_cancellation_reasons",
        Theme::Transaction,
        Fault::Execution(transaction_faults::reverse_reasons),
    ),
    Mutant::new(
        "returns_only_the_first_cancellation_reason",
        Theme::Transaction,
        Fault::Execution(transaction_faults::keep_first_reason_only),
    ),
    Mutant::new(
        "drops_old_items_of_transactions",
        Theme::OldItem,
        Fault::Execution(transaction_faults::drop_old_items),
    ),
    Mutant::new(
        "drops_responses_of_missing_items",
        Theme::Transaction,
        Fault::Output(output_faults::drop_responses_of_missing_items),
    ),
    Mutant::new(
        "reads_transactions_item_by_item",
        Theme::Transaction,
        Fault::Execution(transaction_faults::read_one_by_one),
    ),
    Mutant::new("reports_zero_capacity", Theme::Capacity, Fault::Capacity(capacity_faults::report_zero)),
    Mutant::new("reports_no_capacity", Theme::Capacity, Fault::Capacity(capacity_faults::report_nothing)),
    Mutant::new(
        "reports_capacity_without_request",
        Theme::Capacity,
        Fault::Plan(plan_faults::always_return_total_capacity),
    ),
    Mutant::new("leaves_indexes_out_of_capacity", Theme::Capacity, Fault::Capacity(capacity_faults::leave_out_indexes)),
    Mutant::new(
        "counts_eventual_reads_as_consistent",
        Theme::Capacity,
        Fault::Capacity(capacity_faults::count_every_read_as_consistent),
    ),
    Mutant::new(
        "counts_transactions_as_single_requests",
        Theme::Capacity,
        Fault::Capacity(capacity_faults::count_transactions_as_single_requests),
    ),
    Mutant::new(
        "counts_index_writes_of_transactions_twice",
        Theme::Capacity,
        Fault::Capacity(capacity_faults::double_index_units_of_transactions),
    ),
    Mutant::new("counts_replays_by_keys", Theme::Capacity, Fault::Capacity(capacity_faults::replay_by_keys)),
    Mutant::new(
        "returns_empty_items_of_transactions",
        Theme::Projection,
        Fault::Output(output_faults::return_empty_items_of_transactions),
    ),
    Mutant::new(
        "drops_item_collection_metrics",
        Theme::Capacity,
        Fault::Output(output_faults::drop_item_collection_metrics),
    ),
    Mutant::new("leaves_new_indexes_empty", Theme::Index, Fault::Execution(table_faults::leave_new_index_empty)),
    Mutant::new("keeps_deleted_indexes", Theme::Index, Fault::Execution(table_faults::keep_deleted_index)),
    Mutant::new("ignores_table_classes", Theme::Table, Fault::Execution(table_faults::ignore_table_classes)),
    Mutant::new("ignores_encryption", Theme::Table, Fault::Execution(table_faults::ignore_encryption)),
    Mutant::new(
        "replaces_both_on_demand_maximums",
        Theme::Table,
        Fault::Execution(table_faults::replace_on_demand_maximums),
    ),
    Mutant::new(
        "creates_tables_without_on_demand_maximums",
        Theme::Table,
        Fault::Execution(table_faults::create_without_on_demand_maximums),
    ),
    Mutant::new("keeps_the_warm_throughput", Theme::Table, Fault::Execution(table_faults::keep_warm_throughput)),
    Mutant::new("ignores_expected_policies", Theme::Table, Fault::Execution(table_faults::ignore_expected_policies)),
    Mutant::new("creates_tables_without_policy", Theme::Table, Fault::Execution(table_faults::create_without_policy)),
    Mutant::new(
        "ignores_deletion_protection",
        Theme::Table,
        Fault::Execution(table_faults::ignore_deletion_protection),
    ),
    Mutant::new("untags_all_tags", Theme::Table, Fault::Execution(table_faults::remove_all_tags)),
    Mutant::new(
        "ends_list_tables_after_one_page",
        Theme::Table,
        Fault::Output(output_faults::end_list_tables_after_one_page),
    ),
    Mutant::new(
        "ends_list_streams_after_one_page",
        Theme::Stream,
        Fault::Output(output_faults::end_list_streams_after_one_page),
    ),
    Mutant::new("drops_old_images", Theme::Stream, Fault::Output(output_faults::drop_old_images)),
    Mutant::new("records_unchanged_items", Theme::Stream, Fault::Execution(table_faults::record_unchanged_items)),
    Mutant::new(
        "continues_at_the_record_instead_of_after_it",
        Theme::Stream,
        Fault::Plan(plan_faults::start_at_instead_of_after),
    ),
    Mutant::new(
        "starts_at_the_oldest_record_instead_of_the_latest",
        Theme::Stream,
        Fault::Plan(plan_faults::start_at_oldest_instead_of_latest),
    ),
    Mutant::new(
        "ends_records_after_one_page",
        Theme::Stream,
        Fault::Output(output_faults::end_get_records_after_one_page),
    ),
    Mutant::new("reverses_records", Theme::Stream, Fault::Output(output_faults::reverse_records)),
    Mutant::new(
        "drops_the_identity_of_expiry_deletions",
        Theme::TimeToLive,
        Fault::Output(output_faults::drop_user_identity),
    ),
    Mutant::new("expires_items_a_century_late", Theme::TimeToLive, Fault::Plan(plan_faults::expire_a_century_late)),
    Mutant::new("expires_items_two_hours_early", Theme::TimeToLive, Fault::Plan(plan_faults::expire_two_hours_early)),
    Mutant::new(
        "succeeds_for_unsupported_operations",
        Theme::UnsupportedOperation,
        Fault::Execution(execution_faults::succeed_for_unsupported_operations),
    ),
];

fn main() -> ExitCode {
    let runner = match Deviations::built_in().map(Runner::new) {
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
            Trial::test(mutant.name, move || fails_a_case_of_its_theme(&runner, mutant))
        })
        .collect();
    let (unchanged, partial) = (Arc::clone(&runner), Arc::clone(&runner));
    trials.push(Trial::test("the_unchanged_driver_passes_all_cases", move || {
        passes_all_cases(&unchanged, MemoryDriver::new)
    }));
    trials.extend(REDUCED_CAPABILITIES.iter().map(|&(what, reduce)| {
        let runner = Arc::clone(&runner);
        Trial::test(format!("a_driver_without_{what}_passes_all_cases"), move || {
            passes_all_cases(&runner, move || ReducedCapability { inner: MemoryDriver::new(), reduce })
        })
    }));
    trials.push(Trial::test("a_driver_with_unprocessed_batch_entries_passes_all_cases", move || {
        passes_all_cases(&partial, || PartialBatches(MemoryDriver::new()))
    }));
    trials.push(Trial::test("every_theme_has_a_mutant", every_theme_has_a_mutant));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Time limit of a case. It is shorter than usual because some cases wait for a change that a mutant never makes.
const CASE_TIME_MAX: Duration = Duration::from_secs(8);

fn target<D: Driver>(driver: impl Fn() -> D + Send + Sync + 'static) -> Target {
    Target::new("mutant", Backend::MEMORY, move || {
        let driver = driver();
        async { Ok(driver) }
    })
}

fn fails_a_case_of_its_theme(runner: &Runner, mutant: &'static Mutant) -> Result<(), Failed> {
    let fault = mutant.fault;
    let target = target(move || FaultyDriver { inner: MemoryDriver::new(), fault }).case_time_max(CASE_TIME_MAX);
    let cases_of_theme: Vec<_> = cases().into_iter().filter(|case| case.theme == mutant.theme).collect();
    // One failing case is enough, so the others need not run.
    if cases_of_theme.iter().any(|case| runner.run(&target, case).result.is_err()) {
        return Ok(());
    }
    Err(format!("the mutant passes all {} cases of theme {:?}", cases_of_theme.len(), mutant.theme).into())
}

fn passes_all_cases<D: Driver>(runner: &Runner, driver: impl Fn() -> D + Send + Sync + 'static) -> Result<(), Failed> {
    let target = target(driver);
    let reports: Vec<Report> = cases().into_iter().map(|case| runner.run(&target, case)).collect();
    let failed = |report: &Report| Some(format!("{}: {}", report.case.name, report.result.as_ref().err()?));
    let failures: Vec<_> = reports.iter().filter_map(failed).collect();
    if reports.is_empty() {
        Err("no case is registered".into())
    } else if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n").into())
    }
}

/// The cases of a theme without a mutant may assert nothing.
fn every_theme_has_a_mutant() -> Result<(), Failed> {
    let mutated: BTreeSet<Theme> = MUTANTS.iter().map(|mutant| mutant.theme).collect();
    let missing: BTreeSet<Theme> = cases().iter().map(|case| case.theme).collect();
    let missing: Vec<_> = missing.difference(&mutated).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("themes without a mutant: {missing:?}").into()) }
}

/// The result of `Driver::execute`.
type DriverResult = Result<djamodb_core::plan::Outcome, DriverError>;
