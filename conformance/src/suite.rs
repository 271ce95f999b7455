//! The harness: every case on every target, as `cargo test` shows tests.

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Completion, Conclusion, Failed, Trial};

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
        let arguments = Arguments::from_iter(arguments);
        match self.run(&arguments) {
            Ok(ran) => {
                if !arguments.list {
                    ran.summaries.iter().for_each(|summary| println!("{summary}"));
                }
                ran.conclusion.exit_code()
            }
            Err(mistakes) => {
                for mistake in mistakes {
                    eprintln!("error: {mistake}");
                }
                ExitCode::FAILURE
            }
        }
    }

    fn run(self, arguments: &Arguments) -> Result<Ran, Vec<String>> {
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
        let chosen = conclusion.num_passed + conclusion.num_failed + conclusion.num_ignored;
        // No case is marked as ignored, so that asking for those alone is no mistake; any other choice of nothing is.
        if chosen == 0 && !arguments.list && !arguments.ignored {
            return Err(vec!["no case was chosen, so that nothing is known; is the filter right?".to_owned()]);
        }
        Ok(Ran { conclusion, summaries })
    }
}

/// What became of a run.
struct Ran {
    conclusion: Conclusion,
    summaries: Vec<Arc<Summary>>,
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

#[cfg(test)]
mod tests {
    use djamodb_driver_memory::MemoryDriver;

    use super::*;
    use crate::Backend;

    fn memory() -> Target {
        Target::new("memory", Backend::MEMORY, async || Ok(MemoryDriver::new()))
    }

    /// Runs with some arguments, what is shown put away.
    fn run(suite: Suite, arguments: &[&str]) -> Result<Ran, Vec<String>> {
        let nowhere = if cfg!(windows) { "NUL" } else { "/dev/null" };
        suite.run(&Arguments::from_iter(["suite", "--logfile", nowhere].iter().chain(arguments)))
    }

    fn summaries(ran: &Ran) -> Vec<String> {
        ran.summaries.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_run_of_nothing_would_be_green() {
        let mistakes = run(Suite::new().target(memory()), &["no/such/case"]).map(|_| ()).unwrap_err();
        assert!(mistakes[0].contains("no case was chosen"), "{mistakes:?}");
        let mistakes = run(Suite::new(), &[]).map(|_| ()).unwrap_err();
        assert!(mistakes[0].contains("no target"), "{mistakes:?}");
        let twice = Suite::new().target(memory()).target(memory());
        assert!(run(twice, &[]).is_err(), "two targets of one name");
        assert!(run(Suite::new().target(memory()), &["--list"]).is_ok());
    }

    #[test]
    fn an_entry_for_a_case_that_is_gone_would_stay() {
        let entry = r#"[{"id": "i", "backend": "b", "cases": ["gone"], "source": "s", "aws": "a", "instead": {"message": ""}}]"#;
        let suite = Suite::new().target(memory()).deviations(entry).unwrap();
        let mistakes = run(suite, &["get_item"]).map(|_| ()).unwrap_err();
        assert!(mistakes[0].contains("names the case gone, which does not exist"), "{mistakes:?}");
    }

    #[test]
    fn a_server_that_is_missing_would_look_like_one_that_passes() {
        let gone = Target::new("gone", Backend::new("gone"), async || Err::<MemoryDriver, _>("unused".to_owned()))
            .unavailable(Some("there is no server".to_owned()));
        let ran = run(Suite::new().target(memory()).target(gone), &["get_item/what_is_not_there"]).unwrap();
        assert_eq!(
            summaries(&ran),
            [
                "conformance: memory: 1 cases, 1 passed, 0 deviations, 0 ignored",
                "conformance: gone: 1 cases, 0 passed, 0 deviations, 1 ignored",
            ]
        );
        assert!(!ran.conclusion.has_failed());
    }

    #[test]
    fn a_name_that_is_no_part_of_a_table_would_be_refused_by_the_service() {
        for case in cases() {
            let operation = case.name.split_once('/').map(|(operation, _)| operation);
            assert!(operation.is_some(), "{} begins with its operation", case.name);
            let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_/".contains(&byte);
            assert!(case.name.bytes().all(allowed) && case.name.len() < 120, "{}", case.name);
        }
    }

    #[test]
    fn a_file_that_is_not_named_would_not_run() {
        let list = include_str!("cases.rs");
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/cases")).unwrap();
        for file in folder {
            let file = file.unwrap().file_name().into_string().unwrap();
            let module = file.trim_end_matches(".rs");
            assert!(list.contains(&format!("mod {module};")), "{file} is not part of cases.rs");
        }
    }
}
