//! What the harness promises: no case can hang it, leave tables behind, or be excused by an entry that is not true.

use std::sync::Arc;
use std::time::Duration;

use djamodb_conformance::{
    Backend, Case, CaseResult, Context, Deviations, Report, Requirement, Runner, Target, Theme, same,
};
use djamodb_core::driver::{Driver, DriverExt};
use djamodb_core::plan::{ListTables, PutItem};
use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
use djamodb_core::value::Item;
use djamodb_driver_memory::MemoryDriver;

/// A case that is not registered, so that the suite does not run it.
const fn case(run: fn(Context) -> djamodb_core::driver::BoxFuture<'static, CaseResult>) -> Case {
    Case { name: "harness/case", theme: Theme::Table, requires: &[], run }
}

fn deviations(json: &str) -> Deviations {
    Deviations::own().and_then(|own| own.and(json)).expect("the entries are JSON")
}

fn entry(id: &str) -> String {
    format!(
        r#"[{{"id": "{id}", "backend": "odd", "cases": ["harness/case"], "source": "here", "aws": "one",
              "instead": {{"message": "nothing * {id}"}}}}]"#
    )
}

/// More than any case here takes, on a machine that does other things too.
const ENOUGH: Duration = Duration::from_secs(30);

/// Runs a case on a driver, and gives what became of it and how many tables are left.
fn run_with(case: &'static Case, deviations: Deviations) -> (Report, usize) {
    run_for(case, deviations, ENOUGH)
}

fn run_for(case: &'static Case, deviations: Deviations, case_time_max: Duration) -> (Report, usize) {
    let driver = Arc::new(MemoryDriver::new());
    let given = Arc::clone(&driver);
    let target = Target::new("odd", Backend::new("odd"), move || {
        let driver = Arc::clone(&given);
        async { Ok(driver) }
    })
    .case_time_max(case_time_max);
    let report = Runner::new(deviations).expect("a runtime can be made").run(&target, case);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime can be made");
    let left = runtime.block_on(driver.run(ListTables::default())).expect("tables can be listed").table_names.len();
    (report, left)
}

fn run(case: &'static Case) -> (Report, usize) {
    run_with(case, deviations("[]"))
}

fn failure(report: Report) -> String {
    report.result.expect_err("the case fails")
}

async fn with_table(cx: &Context) -> CaseResult {
    let table = cx.create(TableSchema::new("users", KeySchema::hash(KeyAttribute::s("id")))).await?;
    cx.run(PutItem::new(table, Item::new().with("id", "a"))).await?;
    Ok(())
}

#[test]
fn tables_would_be_left_behind() {
    static PASSES: Case = case(|cx| Box::pin(async move { with_table(&cx).await }));
    static FAILS: Case = case(|cx| {
        Box::pin(async move {
            with_table(&cx).await?;
            same("one", 1, 2)
        })
    });
    static PANICS: Case = case(|cx| {
        Box::pin(async move {
            with_table(&cx).await?;
            panic!("with a message")
        })
    });
    static HANGS: Case = case(|cx| {
        Box::pin(async move {
            with_table(&cx).await?;
            std::future::pending().await
        })
    });
    let (report, left) = run(&PASSES);
    assert_eq!((report.result, left), (Ok(()), 0));
    for (case, message, time) in [
        (&FAILS, "harness.rs", ENOUGH),
        (&PANICS, "with a message", ENOUGH),
        (&HANGS, "not done after", Duration::from_millis(500)),
    ] {
        let (report, left) = run_for(case, deviations("[]"), time);
        assert_eq!(left, 0);
        let failure = failure(report);
        assert!(failure.contains(message), "{failure}");
    }
}

#[test]
fn a_deviation_that_is_not_there_would_excuse_a_failure() {
    static ASKS: Case = case(|cx| {
        Box::pin(async move {
            let error = cx.invalid(PutItem::new(cx.name("!"), Item::new())).await?;
            cx.says_or("strange-message", &error, "*failed to satisfy constraint*")
        })
    });
    // The driver says what AWS says, so that the entry is not true.
    let (report, _) = run_with(&ASKS, deviations(&entry("strange-message")));
    let failure = failure(report);
    assert!(failure.contains("nothing * strange-message"), "{failure}");
    assert!(failure.contains("odd is listed as deviating: strange-message"), "{failure}");
}

#[test]
fn an_entry_that_no_case_asks_for_would_stay_for_ever() {
    static ASKS_FOR_NOTHING: Case = case(|_| Box::pin(async { Ok(()) }));
    let (report, _) = run_with(&ASKS_FOR_NOTHING, deviations(&entry("forgotten")));
    let failure = failure(report);
    assert!(failure.contains("the deviation forgotten was not asked for"), "{failure}");
}

#[test]
fn a_misspelled_deviation_would_never_be_asserted() {
    static MISSPELLS: Case = case(|cx| {
        Box::pin(async move {
            cx.deviates("mispelled");
            Ok(())
        })
    });
    let failure = failure(run(&MISSPELLS).0);
    assert!(failure.contains("the deviation mispelled is listed for no backend"), "{failure}");
}

#[test]
fn a_requirement_that_is_not_declared_would_hide_what_a_driver_lacks() {
    static UNDECLARED: Case = case(|cx| {
        Box::pin(async move {
            cx.attempt(Requirement::Tags, ListTables::default()).await?;
            Ok(())
        })
    });
    static UNUSED: Case = Case { requires: &[Requirement::Stream], ..case(|_| Box::pin(async { Ok(()) })) };
    let failures = [failure(run(&UNDECLARED).0), failure(run(&UNUSED).0)];
    assert!(failures[0].contains("does not say that it requires Tags"), "{}", failures[0]);
    assert!(failures[1].contains("says that it requires Stream, and did not"), "{}", failures[1]);
}

#[test]
fn a_refusal_of_another_kind_would_pass() {
    static NOT_REFUSED: Case = case(|cx| {
        Box::pin(async move {
            cx.invalid(ListTables::default()).await?;
            Ok(())
        })
    });
    static OTHERWISE: Case = case(|cx| {
        Box::pin(async move {
            cx.invalid(PutItem::new(cx.name("missing"), Item::new())).await?;
            Ok(())
        })
    });
    let failures = [failure(run(&NOT_REFUSED).0), failure(run(&OTHERWISE).0)];
    assert!(failures[0].contains("not refused as Validation"), "{}", failures[0]);
    assert!(failures[1].contains("refused, but not as Validation"), "{}", failures[1]);
}

#[test]
fn a_target_that_cannot_be_reached_would_pass() {
    static PASSES: Case = case(|_| Box::pin(async { Ok(()) }));
    let target =
        Target::new("gone", Backend::new("gone"), async || Err::<Arc<dyn Driver>, _>("no such host".to_owned()));
    let report = Runner::new(deviations("[]")).expect("a runtime can be made").run(&target, &PASSES);
    assert!(failure(report).contains("cannot connect to gone: no such host"));
}

#[test]
fn a_driver_that_is_broken_inside_would_pass() {
    static PASSES: Case = case(|cx| {
        Box::pin(async move {
            with_table(&cx).await?;
            Ok(())
        })
    });
    static FAILS: Case = case(|_| Box::pin(async { Err(djamodb_conformance::Failure::new("on its own")) }));
    let driver = MemoryDriver::new();
    let (given, seen) = (driver.clone(), Arc::new(std::sync::atomic::AtomicUsize::new(0)));
    let counted = Arc::clone(&seen);
    let target = Target::new("odd", Backend::new("odd"), move || {
        let driver = given.clone();
        async { Ok(driver) }
    })
    .check(move || {
        counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        driver.check()?;
        // What the case has written is still there.
        if format!("{driver:?}").contains("users") { Err("an index lacks an entry".to_owned()) } else { Ok(()) }
    });
    let runner = Runner::new(deviations("[]")).expect("a runtime can be made");
    let failures = [failure(runner.run(&target, &PASSES)), failure(runner.run(&target, &FAILS))];
    assert!(failures[0].contains("not sound after the case: an index lacks an entry"), "{}", failures[0]);
    assert!(failures[1].contains("on its own"), "{}", failures[1]);
    assert_eq!(seen.load(std::sync::atomic::Ordering::Relaxed), 2);
}
