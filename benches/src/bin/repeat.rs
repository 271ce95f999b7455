//! Runs one operation a number of times, for a tool that counts instructions: `repeat 'get: models' 1000`. Without arguments it lists the
//! operations.
//!
//! The cost of a run is the difference of two counts by that of their numbers of runs. With `--prepare` only the preparations of the runs
//! are made, whose cost is to be subtracted.

use std::process::ExitCode;

use djamodb_benches::{Operation, operations};

/// Number of items of each table.
const ITEMS: usize = 400;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut operations = operations(ITEMS);
    let (name, runs, prepares_only) = match arguments.as_slice() {
        [] => {
            for operation in operations {
                println!("{operation:?}");
            }
            return ExitCode::SUCCESS;
        }
        [name, runs] => (name, runs, false),
        [name, runs, option] if option == "--prepare" => (name, runs, true),
        _ => return refuse("repeat takes an operation, a number of runs, and possibly --prepare"),
    };
    let Ok(runs) = runs.parse::<usize>() else { return refuse("the number of runs is not a number") };
    let is_named = |operation: &&mut Operation| format!("{operation:?}") == *name;
    let Some(operation) = operations.iter_mut().find(is_named) else { return refuse("there is no such operation") };
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
    eprintln!("{message}");
    ExitCode::FAILURE
}
