//! The suite: runs every case on every target and reports the results in the format of `cargo test`.

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Completion, Conclusion, Failed, Trial};

use crate::summary::Summary;
use crate::{Case, Deviations, DeviationsError, Runner, Target, cases};

/// A conformance run: the targets and the known deviations of their backends.
#[derive(Debug, Default)]
pub struct Suite {
    targets: Vec<Target>,
    deviations: Option<Deviations>,
}

impl Suite {
    /// Creates a suite without targets, with the deviations of this crate's `deviations.json`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a target. Its name must differ from those of the other targets.
    #[must_use]
    pub fn target(mut self, target: Target) -> Self {
        self.targets.push(target);
        self
    }

    /// Adds deviations: a JSON array with the format of this crate's `deviations.json`.
    ///
    /// # Errors
    ///
    /// Returns [`DeviationsError`] if `json` has another format.
    pub fn deviations(mut self, json: &str) -> Result<Self, DeviationsError> {
        let known = match self.deviations.take() {
            Some(known) => known,
            None => Deviations::built_in()?,
        };
        self.deviations = Some(known.with_entries(json)?);
        Ok(self)
    }

    /// Runs the suite with command line arguments, of which the first is the name of the program, as in [`std::env::args`].
    ///
    /// Prints the results and one line of counts for each target. Returns [`ExitCode::FAILURE`] if a case fails, if the
    /// configuration is invalid, or if the filters select no case.
    pub fn run_with(self, arguments: impl IntoIterator<Item = String>) -> ExitCode {
        let arguments = Arguments::from_iter(arguments);
        match self.run(&arguments) {
            Ok(completed) => {
                if !arguments.list {
                    completed.summaries.iter().for_each(|summary| println!("{summary}"));
                }
                completed.conclusion.exit_code()
            }
            Err(errors) => {
                for error in errors {
                    eprintln!("error: {error}");
                }
                ExitCode::FAILURE
            }
        }
    }

    fn run(self, arguments: &Arguments) -> Result<CompletedRun, Vec<String>> {
        let single = |error: &dyn std::fmt::Display| vec![error.to_string()];
        let deviations = self.deviations.map_or_else(Deviations::built_in, Ok).map_err(|error| single(&error))?;
        let cases = cases();
        let errors = configuration_errors(&self.targets, &cases, &deviations);
        if !errors.is_empty() {
            return Err(errors);
        }
        let runner = Arc::new(Runner::new(deviations).map_err(|error| single(&error))?);
        let mut trials = Vec::with_capacity(self.targets.len() * cases.len());
        let mut summaries = Vec::with_capacity(self.targets.len());
        for target in self.targets {
            let summary = Arc::new(Summary::new(&target.name));
            let target = Arc::new(target);
            trials.extend(cases.iter().map(|case| trial(&runner, &target, &summary, case)));
            summaries.push(summary);
        }

        let conclusion = libtest_mimic::run(arguments, trials);
        let selected = conclusion.num_passed + conclusion.num_failed + conclusion.num_ignored;
        // `--ignored` selects nothing, because no case is marked as ignored. Any other filter that selects nothing is a mistake.
        if selected == 0 && !arguments.list && !arguments.ignored {
            return Err(vec!["the filters select no case".to_owned()]);
        }
        Ok(CompletedRun { conclusion, summaries })
    }
}

/// The results of a run.
struct CompletedRun {
    conclusion: Conclusion,
    summaries: Vec<Arc<Summary>>,
}

/// Runs a suite with the arguments of the program. This is the whole `main` function of a test with `harness = false`.
///
/// See [`Suite::run_with`].
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

/// Returns the errors of a configuration that must not be run.
fn configuration_errors(targets: &[Target], cases: &[&Case], deviations: &Deviations) -> Vec<String> {
    let mut errors = deviations.validate(cases);
    if targets.is_empty() {
        errors.push("the suite has no target; add one with Suite::target".to_owned());
    }
    for (at, target) in targets.iter().enumerate() {
        if targets[..at].iter().any(|earlier| earlier.name == target.name) {
            errors.push(format!("two targets have the name `{}`", target.name));
        }
    }
    for pair in cases.windows(2) {
        if pair[0].name == pair[1].name {
            errors.push(format!("two cases have the name `{}`", pair[0].name));
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use djamodb_driver_memory::MemoryDriver;

    use super::*;
    use crate::Backend;

    fn memory() -> Target {
        Target::new("memory", Backend::MEMORY, async || Ok(MemoryDriver::new()))
    }

    /// Runs a suite without printing the results.
    fn run(suite: Suite, arguments: &[&str]) -> Result<CompletedRun, Vec<String>> {
        let null_device = if cfg!(windows) { "NUL" } else { "/dev/null" };
        suite.run(&Arguments::from_iter(["suite", "--logfile", null_device].iter().chain(arguments)))
    }

    fn summaries(run: &CompletedRun) -> Vec<String> {
        run.summaries.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_run_without_cases_or_targets_fails() {
        let errors = run(Suite::new().target(memory()), &["no/such/case"]).map(|_| ()).unwrap_err();
        assert!(errors[0].contains("select no case"), "{errors:?}");
        let errors = run(Suite::new(), &[]).map(|_| ()).unwrap_err();
        assert!(errors[0].contains("has no target"), "{errors:?}");
        let twice = Suite::new().target(memory()).target(memory());
        assert!(run(twice, &[]).is_err(), "two targets of the same name are rejected");
        assert!(run(Suite::new().target(memory()), &["--list"]).is_ok());
    }

    #[test]
    fn rejects_deviations_of_unknown_cases() {
        let entry = r#"[{"id": "i", "backend": "b", "cases": ["removed"], "source": "s", "aws": "a", "instead": {"message": ""}}]"#;
        let suite = Suite::new().target(memory()).deviations(entry).unwrap();
        let errors = run(suite, &["get_item"]).map(|_| ()).unwrap_err();
        assert!(errors[0].contains("names the case `removed`, which does not exist"), "{errors:?}");
    }

    #[test]
    fn cases_of_an_unavailable_target_are_counted_as_ignored() {
        let unavailable =
            Target::new("offline", Backend::new("offline"), async || Err::<MemoryDriver, _>("unused".to_owned()))
                .unavailable(Some("there is no server".to_owned()));
        let completed =
            run(Suite::new().target(memory()).target(unavailable), &["get_item/returns_none_for_a_missing_item"])
                .unwrap();
        assert_eq!(
            summaries(&completed),
            [
                "conformance: memory: 1 cases, 1 passed, 0 deviations, 0 ignored",
                "conformance: offline: 1 cases, 0 passed, 0 deviations, 1 ignored",
            ]
        );
        assert!(!completed.conclusion.has_failed());
    }

    #[test]
    fn case_names_are_valid_in_table_names() {
        for case in cases() {
            let operation = case.name.split_once('/').map(|(operation, _)| operation);
            assert!(operation.is_some(), "{} has the form operation/property", case.name);
            let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_/".contains(&byte);
            assert!(case.name.bytes().all(allowed) && case.name.len() < 120, "{}", case.name);
        }
    }

    #[test]
    fn every_file_of_cases_is_a_module() {
        let list = include_str!("cases.rs");
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/cases")).unwrap();
        for file in folder {
            let file = file.unwrap().file_name().into_string().unwrap();
            let module = file.trim_end_matches(".rs");
            assert!(list.contains(&format!("mod {module};")), "cases.rs declares the module of {file}");
        }
    }
}
