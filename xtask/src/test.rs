//! All tests.

use std::collections::BTreeMap;

use crate::command::{cargo, cargo_lines};
use crate::dynamodb_local::{Server, URL_VARIABLE};
use crate::house;
use crate::public_api;

/// What is checked to build, without warnings and with its documentation, one line for each way to use the facade.
const FEATURES: [&[&str]; 4] = [
    &["--no-default-features"],
    &["--no-default-features", "--features", "memory"],
    &["--no-default-features", "--features", "aws-sdk"],
    &["--no-default-features", "--features", "rusoto"],
];

/// The drivers that the suite must have run on.
const TARGETS: [&str; 3] = ["memory", "aws-sdk-on-dynamodb-local", "rusoto-on-dynamodb-local"];

/// Runs everything; the first failure ends it.
pub(crate) fn run(without_dynamodb_local: bool) -> Result<(), String> {
    let server = if without_dynamodb_local { None } else { Some(Server::start()?) };
    let environment: Vec<(&str, &str)> = server.iter().map(|server| (URL_VARIABLE, server.url())).collect();

    let environment = [environment.as_slice(), &[("EXAMPLES_ARE_BUILT", "yes")]].concat();
    // All at once, since every choice of packages has dependencies with features of its own, to be built anew.
    let lines = cargo_lines(&["test", "--workspace", "--all-features"], &environment)?;
    if let Some(server) = &server {
        // What users' tests do when they are pointed at a server.
        let url = server.url().replace("http://", "dynamodb://");
        let test_support = ["test", "--workspace", "--all-features", "--test", "it", "test_support"];
        cargo(&test_support, &[("DJAMODB_TEST_URL", &url)])?;
    }
    for features in FEATURES {
        cargo(&[&["clippy", "--package", "djamodb", "--lib"], features, &["--", "-D", "warnings"]].concat(), &[])?;
        let doc = [&["doc", "--package", "djamodb", "--no-deps"], features].concat();
        cargo(&doc, &[("RUSTDOCFLAGS", "-D warnings")])?;
    }
    public_api::check()?;
    house::check()?;
    conformance_table(&lines, without_dynamodb_local)?;
    if without_dynamodb_local {
        println!("\nall other tests passed; not run: everything on DynamoDB Local (--without-dynamodb-local)");
    } else {
        println!("\nall tests passed");
    }
    Ok(())
}

/// Makes a table of the suite's summaries; a driver that is missing, or on which nothing ran, is a failure.
fn conformance_table(lines: &[String], without_dynamodb_local: bool) -> Result<(), String> {
    let summaries: BTreeMap<&str, &str> = lines
        .iter()
        .filter_map(|line| line.strip_prefix("conformance: "))
        .filter_map(|summary| summary.split_once(": "))
        .collect();
    println!("\nconformance");
    for target in TARGETS {
        let summary = summaries.get(target).ok_or_else(|| format!("the suite did not run on {target}"))?;
        println!("  {target:<28} {summary}");
        let is_left_out = without_dynamodb_local && target != "memory";
        if passed(summary) == 0 && !is_left_out {
            return Err(format!("no case passed on {target}: {summary}"));
        }
    }
    Ok(())
}

/// How many cases passed: the number in `…, 12 passed, …`.
fn passed(summary: &str) -> u64 {
    let parts = summary.split(", ");
    parts.filter_map(|part| part.strip_suffix(" passed")).find_map(|count| count.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(aws_sdk: &str) -> Vec<String> {
        let ran = "269 cases, 269 passed, 0 deviations, 0 ignored";
        [("memory", ran), ("aws-sdk-on-dynamodb-local", aws_sdk), ("rusoto-on-dynamodb-local", ran)]
            .map(|(target, summary)| format!("conformance: {target}: {summary}"))
            .to_vec()
    }

    #[test]
    fn a_driver_on_which_nothing_ran_is_a_failure() {
        let ignored = "269 cases, 0 passed, 0 deviations, 269 ignored";
        assert!(conformance_table(&lines("269 cases, 269 passed, 25 deviations, 0 ignored"), false).is_ok());
        assert!(conformance_table(&lines(ignored), false).unwrap_err().contains("no case passed on aws-sdk"));
        assert!(conformance_table(&lines(ignored), true).is_ok(), "it was to be left out");
        assert!(conformance_table(&lines(ignored)[..1], true).unwrap_err().contains("did not run on aws-sdk"));
    }
}
