//! Instructions of the main operations, counted by callgrind and held to the budget in `benches/budget/instructions.json`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::child::output_within;
use crate::command::{cargo, root};
use crate::system_packages::find_on_path;

/// Number of runs whose instructions are counted.
const RUNS: u64 = 500;

/// Instructions above the budget that are accepted, in percent. Compilers, C libraries and seeds of hash maps differ by several.
const EXCESS_MAX: u64 = 15;

/// Longest time of a count.
const COUNT_MAX: Duration = Duration::from_secs(120);

/// Instructions of one run by the name of the operation.
type Budget = BTreeMap<String, u64>;

/// Checks that no operation needs more instructions than its budget. Without valgrind, it prints that the check was not made.
///
/// `UPDATE_EXPECT=1` rewrites the budget.
///
/// # Errors
///
/// Returns a message that names the operations above their budget, or a failure to count.
pub(crate) fn check() -> Result<(), String> {
    println!("\ninstructions of the main operations");
    if find_on_path("valgrind").is_none() {
        println!("not counted: valgrind is not on PATH");
        return Ok(());
    }
    let counted = count_all()?;
    let path = root().join("benches/budget/instructions.json");
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let text = serde_json::to_string_pretty(&counted).map_err(|error| failed(&error))?;
        return fs::write(&path, text + "\n").map_err(|error| failed(&error));
    }
    let text = fs::read_to_string(&path).map_err(|error| failed(&error))?;
    let budget: Budget = serde_json::from_str(&text).map_err(|error| failed(&error))?;
    if !counted.keys().eq(budget.keys()) {
        return Err(failed(&"it lists other operations than the benches; rewrite it with UPDATE_EXPECT=1"));
    }
    let excess: Vec<String> = counted.iter().filter_map(|(name, &count)| excess(name, count, budget[name])).collect();
    if excess.is_empty() {
        println!("{} operations are within their budget", counted.len());
        return Ok(());
    }
    Err(format!("operations need more instructions than their budget in {}:\n{}", path.display(), excess.join("\n")))
}

/// Returns the message of a count above the budget.
fn excess(name: &str, count: u64, budget: u64) -> Option<String> {
    let percent = (count * 100).checked_div(budget)?;
    (percent > 100 + EXCESS_MAX).then(|| format!("{name}: {count}, {percent}% of {budget}"))
}

/// Counts the instructions of the operations of the driver and of models.
fn count_all() -> Result<Budget, String> {
    cargo(&["build", "--quiet", "--release", "--package", "djamodb-benches", "--bin", "repeat"], &[])?;
    let program = target().join("release").join(format!("repeat{}", std::env::consts::EXE_SUFFIX));
    let listed = output_within(&mut Command::new(&program), COUNT_MAX).map_err(|error| error.to_string())?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let names = listed.lines().filter(|name| name.ends_with(": driver") || name.ends_with(": models"));
    let mut counted = Budget::new();
    for name in names {
        // The tables are filled in all counts alike.
        let prepared = count(&program, &[name, &RUNS.to_string(), "--prepare"])?;
        let run = count(&program, &[name, &RUNS.to_string()])?;
        counted.insert(name.to_owned(), run.saturating_sub(prepared) / RUNS);
    }
    Ok(counted)
}

/// Returns the number of instructions that a program executes.
fn count(program: &PathBuf, arguments: &[&str]) -> Result<u64, String> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program).args(arguments);
    let output = output_within(&mut command, COUNT_MAX).map_err(|error| format!("valgrind: {error}"))?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let collected = text.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    collected.ok_or_else(|| format!("valgrind counted nothing ({}):\n{text}", output.status))
}

/// Returns the folder that cargo builds into.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_count_far_above_the_budget_is_refused() {
        assert_eq!(excess("get", 1150, 1000), None);
        assert_eq!(excess("get", 10, 1000), None);
        assert_eq!(excess("get", 1161, 1000).as_deref(), Some("get: 1161, 116% of 1000"));
    }
}
