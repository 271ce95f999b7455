//! Runs one operation a number of times, for a tool that counts instructions: `repeat 'get: models' 1000`.
//!
//! The cost of a run is the difference of two counts by the difference of their numbers of runs. With `--prepare` only the
//! preparations of the runs are made, whose cost is to be subtracted.

use std::process::ExitCode;

use djamodb_benches::operations;

/// Number of items of each table.
const ITEMS: usize = 2_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (name, runs, prepares_only) = match arguments.as_slice() {
        [name, runs] => (name, runs, false),
        [name, runs, option] if option == "--prepare" => (name, runs, true),
        _ => return refuse("repeat takes an operation, a number of runs, and possibly --prepare"),
    };
    let Ok(runs) = runs.parse::<usize>() else { return refuse("the number of runs is not a number") };
    let Some(mut operation) = operations(ITEMS).into_iter().find(|operation| format!("{operation:?}") == *name) else {
        return refuse("there is no such operation");
    };
    for run in 0..runs {
        let number = run * 37 % (ITEMS - 100);
        operation.prepare(number);
        if !prepares_only {
            operation.run(number);
        }
    }
    ExitCode::SUCCESS
}

fn refuse(message: &str) -> ExitCode {
    eprintln!("{message}; the operations are:");
    for operation in operations(1) {
        eprintln!("  {operation:?}");
    }
    ExitCode::FAILURE
}
