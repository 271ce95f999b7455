//! The line of counts that a run prints for each target.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::Report;

/// Counts of the results of one target's cases.
#[derive(Debug)]
pub(crate) struct Summary {
    target: String,
    passed: AtomicU64,
    failed: AtomicU64,
    ignored: AtomicU64,
    deviations: AtomicU64,
}

impl Summary {
    pub(crate) fn new(target: &str) -> Self {
        let zero = || AtomicU64::new(0);
        Self { target: target.to_owned(), passed: zero(), failed: zero(), ignored: zero(), deviations: zero() }
    }

    pub(crate) fn add(&self, report: &Report) {
        let outcome = if report.result.is_ok() { &self.passed } else { &self.failed };
        outcome.fetch_add(1, Ordering::Relaxed);
        let deviations = u64::try_from(report.deviations).unwrap_or(u64::MAX);
        self.deviations.fetch_add(deviations, Ordering::Relaxed);
    }

    pub(crate) fn add_ignored(&self) {
        self.ignored.fetch_add(1, Ordering::Relaxed);
    }
}

/// The format is part of the interface: `cargo xtask test` parses these lines.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [passed, failed, ignored, deviations] =
            [&self.passed, &self.failed, &self.ignored, &self.deviations].map(|count| count.load(Ordering::Relaxed));
        let cases = passed + failed + ignored;
        write!(
            f,
            "conformance: {}: {cases} cases, {passed} passed, {deviations} deviations, {ignored} ignored",
            self.target
        )
    }
}
