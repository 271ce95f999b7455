//! The project's own commands: `cargo xtask test` is what CI runs.

mod command;
mod house;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Runs all tests: unit, property, documentation and compile-fail tests, examples, feature combinations, house rules.
    Test,
    /// Measures the memory driver against a bare map, in a release build.
    Bench,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().task {
        Task::Test => test::run(),
        Task::Bench => command::cargo(&["bench", "--package", "djamodb-driver-memory", "--bench", "ratio"]),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
