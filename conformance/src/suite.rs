//! The harness: every case on every target, as `cargo test` shows tests.

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Completion, Failed, Trial};

use crate::summary::Summary;
use crate::{Case, Deviations, DeviationsError, Runner, Target, cases};

/// What is to be run: targets, and what is known to deviate on them.
#[derive(Debug, Default)]
pub struct Suite {
    targets: Vec<Target>,
    deviations: Option<Deviations>,
}

impl Suite {
    /// Nothing yet, and the deviations that this crate knows.
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs on this target too.
    #[must_use]
    pub fn target(mut self, target: Target) -> Self {
        self.targets.push(target);
        self
    }

    /// Knows these deviations too: a JSON array, as in this crate's `deviations.json`.
    pub fn deviations(mut self, json: &str) -> Result<Self, DeviationsError> {
        let known = match self.deviations.take() {
            Some(known) => known,
            None => Deviations::own()?,
        };
        self.deviations = Some(known.and(json)?);
        Ok(self)
    }

    /// Runs with these arguments: the program's own stand first, as in [`std::env::args`].
    pub fn run_with(self, arguments: impl IntoIterator<Item = String>) -> ExitCode {
        match self.run(&Arguments::from_iter(arguments)) {
            Ok(code) => code,
            Err(mistakes) => {
                for mistake in mistakes {
                    eprintln!("error: {mistake}");
                }
                ExitCode::FAILURE
            }
        }
    }

    fn run(self, arguments: &Arguments) -> Result<ExitCode, Vec<String>> {
        let one = |error: &dyn std::fmt::Display| vec![error.to_string()];
        let deviations = self.deviations.map_or_else(Deviations::own, Ok).map_err(|error| one(&error))?;
        let cases = cases();
        let mistakes = mistakes(&self.targets, &cases, &deviations);
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let runner = Arc::new(Runner::new(deviations).map_err(|error| one(&error))?);
        let mut trials = Vec::with_capacity(self.targets.len() * cases.len());
        let mut summaries = Vec::with_capacity(self.targets.len());
        for target in self.targets {
            let summary = Arc::new(Summary::new(&target.name));
            let target = Arc::new(target);
            trials.extend(cases.iter().map(|case| trial(&runner, &target, &summary, case)));
            summaries.push(summary);
        }

        let conclusion = libtest_mimic::run(arguments, trials);
        if arguments.list {
            return Ok(ExitCode::SUCCESS);
        }
        for summary in summaries {
            println!("{summary}");
        }
        // No case is marked as ignored, so that asking for those alone is no mistake; any other choice of nothing is.
        if conclusion.num_passed + conclusion.num_failed + conclusion.num_ignored == 0 && !arguments.ignored {
            return Err(vec!["no case was chosen, so that nothing is known; is the filter right?".to_owned()]);
        }
        Ok(conclusion.exit_code())
    }
}

/// Runs a suite with the arguments of the program: the whole `main` of a test with `harness = false`.
pub fn main_with(suite: Suite) -> ExitCode {
    suite.run_with(std::env::args())
}

fn trial(runner: &Arc<Runner>, target: &Arc<Target>, summary: &Arc<Summary>, case: &'static Case) -> Trial {
    let (runner, target, summary) = (Arc::clone(runner), Arc::clone(target), Arc::clone(summary));
    Trial::ignorable_test(format!("{}::{}", target.name, case.name), move || {
        if let Some(reason) = &target.unavailable {
            summary.add_ignored();
            return Ok(Completion::ignored_with(reason));
        }
        let report = runner.run(&target, case);
        summary.add(&report);
        report.result.map(|()| Completion::Completed).map_err(Failed::from)
    })
}

/// What makes a run worthless before it begins.
fn mistakes(targets: &[Target], cases: &[&Case], deviations: &Deviations) -> Vec<String> {
    let mut mistakes = deviations.mistakes(cases);
    if targets.is_empty() {
        mistakes.push("there is no target to run the cases on".to_owned());
    }
    for (at, target) in targets.iter().enumerate() {
        if targets[..at].iter().any(|earlier| earlier.name == target.name) {
            mistakes.push(format!("two targets are called {}", target.name));
        }
    }
    for pair in cases.windows(2) {
        if pair[0].name == pair[1].name {
            mistakes.push(format!("two cases are called {}", pair[0].name));
        }
    }
    mistakes
}
