//! Runs all tests and checks.

use std::collections::BTreeMap;

use crate::bench::instructions;
use crate::clients;
use crate::command::{cargo, cargo_lines};
use crate::container;
use crate::deviations;
use crate::dynamodb_local::{Server, URL_VARIABLE};
use crate::house;
use crate::licences;
use crate::package;
use crate::public_api;

/// Feature sets of the facade, each of which must pass clippy and build its documentation without warnings.
const FEATURES: [&[&str]; 4] = [
    &["--no-default-features"],
    &["--no-default-features", "--features", "memory"],
    &["--no-default-features", "--features", "aws-sdk"],
    &["--no-default-features", "--features", "rusoto"],
];

/// Features of the facade that add types of attributes, each of which must compile without the others.
const TYPE_FEATURES: [&str; 5] = ["decimal", "bigdecimal", "jiff", "time", "ulid"];

/// Targets on which the conformance suite must have run.
const TARGETS: [&str; 7] = [
    "memory",
    "json-in-memory",
    "aws-sdk-in-process",
    "aws-sdk-on-server",
    "rusoto-on-server",
    "aws-sdk-on-dynamodb-local",
    "rusoto-on-dynamodb-local",
];

/// Runs all tests and checks, and stops at the first failure.
///
/// # Errors
///
/// Returns a message that names the step that failed.
pub(crate) fn run(without_dynamodb_local: bool, without_clients: bool) -> Result<(), String> {
    let server = if without_dynamodb_local { None } else { Some(Server::find_or_start()?) };
    // An empty value counts as none, so that a server that the environment names is left out as well.
    let url = server.as_ref().map_or("", Server::url);
    let environment = [(URL_VARIABLE, url), ("EXAMPLES_ARE_BUILT", "yes")];
    // One command for all packages: each choice of packages has its own set of dependency features and would build them again.
    let lines = cargo_lines(&["test", "--workspace", "--all-features"], &environment)?;
    if server.is_some() {
        // The tests whose database ran on the server, in memory.
        let test_support = ["test", "--workspace", "--all-features", "--test", "it", "test_support"];
        cargo(&test_support, &[(URL_VARIABLE, "")])?;
    }
    for features in FEATURES {
        cargo(&[&["clippy", "--package", "djamodb", "--lib"], features, &["--", "-D", "warnings"]].concat(), &[])?;
        let doc = [&["doc", "--package", "djamodb", "--no-deps"], features].concat();
        cargo(&doc, &[("RUSTDOCFLAGS", "-D warnings")])?;
    }
    for feature in TYPE_FEATURES {
        cargo(&["check", "--package", "djamodb", "--lib", "--no-default-features", "--features", feature], &[])?;
    }
    if !without_clients {
        clients::run(None, None)?;
    }
    container::check()?;
    instructions::check()?;
    public_api::check()?;
    lint()?;
    conformance_table(&lines, without_dynamodb_local)?;
    if without_dynamodb_local {
        println!("\nall other tests passed; not run: all tests on DynamoDB Local (--without-dynamodb-local)");
    } else if without_clients {
        println!("\nall other tests passed; not run: the tests with clients of other languages (--without-clients)");
    } else {
        println!("\nall tests passed");
    }
    Ok(())
}

/// Checks everything that needs no tests: house rules, the page of known deviations, packages, licences.
///
/// # Errors
///
/// Returns the message of the first rule that is broken.
pub(crate) fn lint() -> Result<(), String> {
    house::check()?;
    deviations::check()?;
    package::check()?;
    licences::check()
}

/// Prints the summary of the differential test and a table of the summaries of the suite.
///
/// # Errors
///
/// Returns a message if a target is missing or no case passed on it.
fn conformance_table(lines: &[String], without_dynamodb_local: bool) -> Result<(), String> {
    let summaries: BTreeMap<&str, &str> = lines
        .iter()
        .filter_map(|line| line.strip_prefix("conformance: "))
        .filter_map(|summary| summary.split_once(": "))
        .collect();
    let differential = lines.iter().find_map(|line| line.strip_prefix("differential: "));
    match differential {
        Some(summary) if without_dynamodb_local || summary.contains(" operations, ") => {
            println!("\ndifferential\n  {summary}");
        }
        _ => return Err(format!("the differential test did not run: {differential:?}")),
    }
    println!("\nconformance");
    for target in TARGETS {
        let summary = summaries.get(target).ok_or_else(|| format!("the suite did not run on {target}"))?;
        println!("  {target:<28} {summary}");
        let is_left_out = without_dynamodb_local && target.ends_with("-on-dynamodb-local");
        if passed(summary) == 0 && !is_left_out {
            return Err(format!("no case passed on {target}: {summary}"));
        }
    }
    Ok(())
}

/// Returns the number of cases that passed: 12 in `…, 12 passed, …`.
fn passed(summary: &str) -> u64 {
    let parts = summary.split(", ");
    parts.filter_map(|part| part.strip_suffix(" passed")).find_map(|count| count.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(aws_sdk: &str) -> Vec<String> {
        let ran = "269 cases, 269 passed, 0 deviations, 0 ignored";
        let summary = |target: &str| if target == "aws-sdk-on-dynamodb-local" { aws_sdk } else { ran };
        let mut lines = TARGETS.map(|target| format!("conformance: {target}: {}", summary(target))).to_vec();
        lines.insert(0, "differential: 4000 operations, 0 differences".to_owned());
        lines
    }

    #[test]
    fn fails_if_the_differential_test_did_not_run() {
        let mut lines = lines("269 cases, 269 passed, 25 deviations, 0 ignored");
        lines[0] = "differential: not run, since DJAMODB_TEST_URL is not set".to_owned();
        assert!(conformance_table(&lines, true).is_ok(), "DynamoDB Local is left out");
        assert!(conformance_table(&lines, false).unwrap_err().contains("differential test did not run"));
        assert!(conformance_table(&lines[1..], true).unwrap_err().contains("differential test did not run"));
    }

    #[test]
    fn fails_if_no_case_ran_on_a_target() {
        let ignored = "269 cases, 0 passed, 0 deviations, 269 ignored";
        assert!(conformance_table(&lines("269 cases, 269 passed, 25 deviations, 0 ignored"), false).is_ok());
        assert!(conformance_table(&lines(ignored), false).unwrap_err().contains("no case passed on aws-sdk"));
        assert!(conformance_table(&lines(ignored), true).is_ok(), "DynamoDB Local is left out");
        assert!(conformance_table(&lines(ignored)[..6], true).unwrap_err().contains("did not run on aws-sdk"));
    }
}
