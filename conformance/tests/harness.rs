//! Tests of the harness: time limits, cleanup, and the checks of deviations and requirements.

use std::sync::Arc;
use std::time::Duration;

use djamodb_conformance::{
    Backend, Case, CaseResult, Context, Deviations, Report, Requirement, Runner, Target, Theme, ensure_eq,
};
use djamodb_core::driver::{Driver, DriverExt};
use djamodb_core::plan::{ListTables, PutItem};
use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
use djamodb_core::value::Item;
use djamodb_driver_memory::MemoryDriver;

/// Creates a case that is not registered, so that the suite does not run it.
const fn case(run: fn(Context) -> djamodb_core::driver::BoxFuture<'static, CaseResult>) -> Case {
    Case { name: "harness/case", theme: Theme::Table, requires: &[], run }
}

fn deviations(json: &str) -> Deviations {
    Deviations::built_in().and_then(|built_in| built_in.with_entries(json)).expect("entries are valid")
}

fn entry(id: &str) -> String {
    format!(
        r#"[{{"id": "{id}", "backend": "odd", "cases": ["harness/case"], "source": "here", "aws": "one",
              "instead": {{"message": "nothing * {id}"}}}}]"#
    )
}

/// A time limit that no case of this file reaches.
const GENEROUS_TIME_MAX: Duration = Duration::from_secs(30);

/// Runs a case on a new driver. Returns the report and the number of tables that remain.
fn run_with(case: &'static Case, deviations: Deviations) -> (Report, usize) {
    run_for(case, deviations, GENEROUS_TIME_MAX)
}

fn run_for(case: &'static Case, deviations: Deviations, case_time_max: Duration) -> (Report, usize) {
    let driver = Arc::new(MemoryDriver::new());
    let connected = Arc::clone(&driver);
    let target = Target::new("odd", Backend::new("odd"), move || {
        let driver = Arc::clone(&connected);
        async { Ok(driver) }
    })
    .case_time_max(case_time_max);
    let report = Runner::new(deviations).expect("runtime starts").run(&target, case);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("runtime starts");
    let remaining = runtime.block_on(driver.run(ListTables::default())).expect("tables are listed").table_names.len();
    (report, remaining)
}

fn run(case: &'static Case) -> (Report, usize) {
    run_with(case, deviations("[]"))
}

fn failure(report: Report) -> String {
    report.result.expect_err("case fails")
}

async fn create_table_with_item(cx: &Context) -> CaseResult {
    let table = cx.create_table(TableSchema::new("users", KeySchema::hash(KeyAttribute::s("id")))).await?;
    cx.run(PutItem::new(table, Item::new().with("id", "a"))).await?;
    Ok(())
}

#[test]
fn deletes_tables_after_success_failure_panic_and_timeout() {
    static PASSES: Case = case(|cx| Box::pin(async move { create_table_with_item(&cx).await }));
    static FAILS: Case = case(|cx| {
        Box::pin(async move {
            create_table_with_item(&cx).await?;
            ensure_eq("number", 1, 2)
        })
    });
    static PANICS: Case = case(|cx| {
        Box::pin(async move {
            create_table_with_item(&cx).await?;
            panic!("panic message")
        })
    });
    static HANGS: Case = case(|cx| {
        Box::pin(async move {
            create_table_with_item(&cx).await?;
            std::future::pending().await
        })
    });
    let (report, remaining) = run(&PASSES);
    assert_eq!((report.result, remaining), (Ok(()), 0));
    for (case, message, time) in [
        (&FAILS, "harness.rs", GENEROUS_TIME_MAX),
        (&PANICS, "panic message", GENEROUS_TIME_MAX),
        (&HANGS, "did not finish within 0.5 s", Duration::from_millis(500)),
    ] {
        let (report, remaining) = run_for(case, deviations("[]"), time);
        assert_eq!(remaining, 0, "all tables are deleted");
        let failure = failure(report);
        assert!(failure.contains(message), "{failure}");
    }
}

#[test]
fn a_deviation_that_no_longer_applies_fails_the_case() {
    static LOOKS_UP: Case = case(|cx| {
        Box::pin(async move {
            let error = cx.expect_validation_error(PutItem::new(cx.table_name("!"), Item::new())).await?;
            cx.expect_message_or_deviation("strange-message", &error, "*failed to satisfy constraint*")
        })
    });
    // The driver returns AWS's message, so the entry does not apply.
    let (report, _) = run_with(&LOOKS_UP, deviations(&entry("strange-message")));
    let failure = failure(report);
    assert!(failure.contains("nothing * strange-message"), "{failure}");
    assert!(failure.contains("deviations of `odd` that the case expects: `strange-message`"), "{failure}");
}

#[test]
fn a_deviation_that_the_case_does_not_look_up_fails_the_case() {
    static LOOKS_UP_NOTHING: Case = case(|_| Box::pin(async { Ok(()) }));
    let (report, _) = run_with(&LOOKS_UP_NOTHING, deviations(&entry("forgotten")));
    let failure = failure(report);
    assert!(failure.contains("does not look up the deviation `forgotten`"), "{failure}");
}

#[test]
fn looking_up_an_unlisted_deviation_fails_the_case() {
    static MISSPELLS: Case = case(|cx| {
        Box::pin(async move {
            cx.deviates("mispelled");
            Ok(())
        })
    });
    let failure = failure(run(&MISSPELLS).0);
    assert!(failure.contains("no backend lists the deviation `mispelled`"), "{failure}");
}

#[test]
fn declared_and_used_requirements_must_agree() {
    static UNDECLARED: Case = case(|cx| {
        Box::pin(async move {
            cx.run_requiring(Requirement::Tags, ListTables::default()).await?;
            Ok(())
        })
    });
    static UNUSED: Case = Case { requires: &[Requirement::Stream], ..case(|_| Box::pin(async { Ok(()) })) };
    let failures = [failure(run(&UNDECLARED).0), failure(run(&UNUSED).0)];
    assert!(failures[0].contains("the case uses Tags; add it to `requires`"), "{}", failures[0]);
    assert!(failures[1].contains("does not use Stream although `requires` lists it"), "{}", failures[1]);
}

#[test]
fn an_expected_error_must_occur_with_its_kind() {
    static SUCCEEDS: Case = case(|cx| {
        Box::pin(async move {
            cx.expect_validation_error(ListTables::default()).await?;
            Ok(())
        })
    });
    static FAILS_OTHERWISE: Case = case(|cx| {
        Box::pin(async move {
            cx.expect_validation_error(PutItem::new(cx.table_name("missing"), Item::new())).await?;
            Ok(())
        })
    });
    let failures = [failure(run(&SUCCEEDS).0), failure(run(&FAILS_OTHERWISE).0)];
    assert!(failures[0].contains("expected an error of kind Validation; the operation succeeded"), "{}", failures[0]);
    assert!(failures[1].contains("expected an error of kind Validation; received"), "{}", failures[1]);
}

#[test]
fn a_failed_connection_fails_the_case() {
    static PASSES: Case = case(|_| Box::pin(async { Ok(()) }));
    let target =
        Target::new("offline", Backend::new("offline"), async || Err::<Arc<dyn Driver>, _>("no such host".to_owned()));
    let report = Runner::new(deviations("[]")).expect("runtime starts").run(&target, &PASSES);
    assert!(failure(report).contains("cannot connect to target `offline`: no such host"));
}

#[test]
fn a_failed_check_of_the_target_fails_the_case() {
    static PASSES: Case = case(|cx| {
        Box::pin(async move {
            create_table_with_item(&cx).await?;
            Ok(())
        })
    });
    static FAILS: Case = case(|_| Box::pin(async { Err(djamodb_conformance::Failure::new("failure of the case")) }));
    let driver = MemoryDriver::new();
    let (connected, checks) = (driver.clone(), Arc::new(std::sync::atomic::AtomicUsize::new(0)));
    let counted = Arc::clone(&checks);
    let target = Target::new("odd", Backend::new("odd"), move || {
        let driver = connected.clone();
        async { Ok(driver) }
    })
    .check(move || {
        counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        driver.check()?;
        // The tables of the case must still exist when the check runs.
        if format!("{driver:?}").contains("users") { Err("an index lacks an entry".to_owned()) } else { Ok(()) }
    });
    let runner = Runner::new(deviations("[]")).expect("runtime starts");
    let failures = [failure(runner.run(&target, &PASSES)), failure(runner.run(&target, &FAILS))];
    assert!(failures[0].contains("state is inconsistent after the case: an index lacks an entry"), "{}", failures[0]);
    assert!(failures[1].contains("failure of the case"), "{}", failures[1]);
    assert_eq!(checks.load(std::sync::atomic::Ordering::Relaxed), 2, "the check runs after every case");
}
