//! The rules of the house that a compiler does not check.

use std::fs;
use std::path::Path;

use crate::command::{cargo_output, root};

/// What core must not depend on, at any distance: runtimes, HTTP, AWS, drivers.
const BANNED_IN_CORE: [&str; 9] = [
    "tokio",
    "async-std",
    "smol",
    "hyper",
    "reqwest",
    "aws-config",
    "aws-sdk-dynamodb",
    "rusoto_core",
    "djamodb-driver-memory",
];

/// The drivers, none of which depends on another.
const DRIVERS: [&str; 3] = ["djamodb-driver-aws-sdk", "djamodb-driver-memory", "djamodb-driver-rusoto"];

/// Names that core does not know.
const DRIVER_NAMES: [&str; 4] = ["aws-sdk", "aws_sdk", "rusoto", "driver_memory"];

/// Checks every rule.
pub(crate) fn check() -> Result<(), String> {
    println!("\nhouse rules");
    core_is_pure()?;
    drivers_do_not_know_each_other()?;
    core_names_no_driver()?;
    one_name_for_one_operation()?;
    every_operation_is_told()?;
    println!("house rules kept: core is pure and names no driver, drivers stand alone, one operation is one file");
    Ok(())
}

fn core_is_pure() -> Result<(), String> {
    let dependencies = dependencies("djamodb-core")?;
    match dependencies.iter().find(|name| BANNED_IN_CORE.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(format!("core depends on {name}; core has no runtime, no HTTP and no AWS")),
    }
}

fn drivers_do_not_know_each_other() -> Result<(), String> {
    for driver in DRIVERS {
        let others = dependencies(driver)?;
        let other = others.iter().find(|name| DRIVERS.contains(&name.as_str()) && name.as_str() != driver);
        if let Some(other) = other {
            return Err(format!("{driver} depends on {other}; drivers depend on core and never on each other"));
        }
    }
    Ok(())
}

/// The names of all packages that a package depends on, built as users build it.
fn dependencies(package: &str) -> Result<Vec<String>, String> {
    let tree = cargo_output(&[
        "tree",
        "--package",
        package,
        "--edges",
        "normal",
        "--all-features",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ])?;
    Ok(tree.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect())
}

fn core_names_no_driver() -> Result<(), String> {
    let mut files = Vec::new();
    rust_files(&root().join("core/src"), &mut files)?;
    for file in files {
        let text = fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
        if let Some(name) = DRIVER_NAMES.iter().find(|name| text.contains(*name)) {
            return Err(format!("{file} names {name}; no driver's name appears in core"));
        }
    }
    Ok(())
}

/// Who knows the file of an operation in core knows it in every driver.
fn one_name_for_one_operation() -> Result<(), String> {
    let operations = operations()?;
    for folder in ["driver-aws-sdk/src/op", "driver-memory/src/op", "driver-rusoto/src/op"] {
        for operation in &operations {
            let file = root().join(folder).join(format!("{operation}.rs"));
            if !file.is_file() {
                return Err(format!(
                    "{folder} has no {operation}.rs; each operation has a file of the same name everywhere"
                ));
            }
        }
    }
    let cases = fs::read_dir(root().join("conformance/src/cases")).map_err(|error| format!("conformance: {error}"))?;
    let cases: Vec<String> = cases.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    match operations.iter().find(|operation| !cases.iter().any(|case| case.starts_with(&format!("{operation}_")))) {
        None => Ok(()),
        Some(operation) => Err(format!("conformance/src/cases has no {operation}_….rs; every operation has its cases")),
    }
}

/// Every operation, and every one that is refused by name, stands on the page that tells what is emulated.
fn every_operation_is_told() -> Result<(), String> {
    let read = |path: &str| fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"));
    let page = read("driver-memory/EMULATED.md")?;
    let told: Vec<&str> = page.split(|character: char| !character.is_ascii_alphanumeric()).collect();
    let refused = read("core/src/plan/unsupported.rs")?;
    let refused = listed(&refused, "unsupported! {")?;
    let plans = read("core/src/plan.rs")?;
    let plans = listed(&plans, "operations! {")?;
    for line in plans.lines().chain(refused.lines()).map(str::trim) {
        let operation = line.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or_default();
        if !operation.is_empty() && !told.contains(&operation) {
            return Err(format!("driver-memory/EMULATED.md does not tell what becomes of {operation}"));
        }
    }
    Ok(())
}

/// What stands between the braces of a macro's call.
fn listed<'a>(text: &'a str, start: &str) -> Result<&'a str, String> {
    let missing = || format!("no list begins with {start}");
    let (_, list) = text.split_once(&format!("\n{start}")).ok_or_else(missing)?;
    list.split_once("\n}").map(|(list, _)| list).ok_or_else(missing)
}

/// The files of core's operations: those that define an output.
fn operations() -> Result<Vec<String>, String> {
    let mut files = Vec::new();
    rust_files(&root().join("core/src/plan"), &mut files)?;
    let mut operations = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
        let stem = Path::new(&file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        if let (Some(stem), true) = (stem, text.contains("Output {")) {
            operations.push(stem);
        }
    }
    if operations.is_empty() { Err("core/src/plan holds no operations".to_owned()) } else { Ok(operations) }
}

fn rust_files(folder: &Path, files: &mut Vec<String>) -> Result<(), String> {
    let shown = folder.display();
    for entry in fs::read_dir(folder).map_err(|error| format!("{shown}: {error}"))? {
        let path = entry.map_err(|error| format!("{shown}: {error}"))?.path();
        if path.is_dir() {
            rust_files(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path.to_string_lossy().into_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_would_have_no_file_no_cases_or_no_word() {
        assert_eq!(one_name_for_one_operation(), Ok(()));
        assert_eq!(every_operation_is_told(), Ok(()));
    }
}
