//! The program `djamodb`: the memory driver behind DynamoDB's HTTP protocol.

mod program;

use std::process::ExitCode;

fn main() -> ExitCode {
    match program::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("djamodb: {error}");
            ExitCode::FAILURE
        }
    }
}
