//! Times of the main operations, in rounds, as tables of medians and ratios.

mod estimates;
pub(crate) mod instructions;
mod peers;
mod report;
mod server;

use std::fs;

use crate::command::{cargo, cargo_with_output, root};
use estimates::Times;
use report::Report;
pub(crate) use server::run as run_server;

/// Length of a measurement.
#[derive(Clone, Copy)]
pub(crate) struct Effort {
    /// Number of rounds. Each measures every operation once, so that other load on the machine affects all alike.
    rounds: usize,
    /// Seconds that one operation is measured in a round.
    seconds: &'static str,
    /// `true` if tables of several sizes and threads are measured too.
    scale: bool,
}

impl Effort {
    /// The effort of the committed report.
    pub(crate) const FULL: Self = Self { rounds: 9, seconds: "0.3", scale: true };
    /// An effort of less than two minutes, without the build.
    pub(crate) const SHORT: Self = Self { rounds: 3, seconds: "0.1", scale: false };
}

/// Measures djamodb beside other clients and engines and prints tables. Writes them to `docs/performance.md` too if `write` is `true`.
///
/// # Errors
///
/// Returns a message if the workspace `benches/peers` cannot be built or run, or if the file cannot be written.
pub(crate) fn run_peers(write: bool) -> Result<(), String> {
    let report = Report::of(peers::tables()?);
    println!("\n{report}");
    if write { report.write("peers") } else { Ok(()) }
}

/// Measures the main operations in a release build and prints tables. Writes them to `docs/performance.md` too if `write` is `true`.
///
/// # Errors
///
/// Returns a message if a bench cannot be built or run, or if the file cannot be written.
pub(crate) fn run(effort: Effort, write: bool) -> Result<(), String> {
    let mut report = Report::default();
    report.add_operations(&measure("operations", effort)?);
    if effort.scale {
        report.add_scale(&measure("scale", Effort { rounds: effort.rounds.min(3), ..effort })?);
    }
    println!("\n{report}");
    if write { report.write("measured") } else { Ok(()) }
}

/// Runs a bench of the package in rounds.
fn measure(bench: &str, effort: Effort) -> Result<Times, String> {
    let command = ["bench", "--quiet", "--package", "djamodb-benches", "--bench", bench];
    cargo(&[&command[..], &["--no-run"]].concat(), &[])?;
    let home = root().join("target").join("djamodb-benches").join(bench);
    // Criterion leaves the times of operations that no longer exist.
    if home.is_dir() {
        fs::remove_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))?;
    }
    let environment = [("CRITERION_HOME", home.to_str().ok_or("the path of the workspace is not UTF-8")?)];
    let options = ["--", "--noplot", "--sample-size", "10", "--warm-up-time", "0.05", "--nresamples", "1001"];
    let measurement = ["--measurement-time", effort.seconds];
    let mut times = Times::of(&cargo_with_output(&[&command[..], &["--", "--list"]].concat(), &environment)?);
    for round in 1..=effort.rounds {
        println!("{bench}: round {round} of {}", effort.rounds);
        cargo_with_output(&[&command[..], &options, &measurement].concat(), &environment)?;
        times.read(&home)?;
    }
    Ok(times)
}
