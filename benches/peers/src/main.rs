//! CPU time of djamodb beside other DynamoDB clients and engines.
//!
//! ```console
//! $ cargo run --release -- client
//! $ taskset -c 1 cargo run --release -- engine --items 20000 --rounds 15
//! ```
//!
//! Every figure is one line of JSON: the time of one operation in microseconds, as the median and the quartiles of all rounds, and the
//! ratio to the first subject. README.md describes the parts and their subjects.

mod client;
mod engine;
mod measure;
mod reading;
mod subject;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use measure::Extent;

/// CPU time of djamodb beside other DynamoDB clients and engines.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    part: Part,
}

#[derive(Subcommand)]
enum Part {
    /// Clients, against a server with prepared responses that runs in a process of its own.
    Client {
        /// Number of rounds. In each, the subjects take turns.
        #[arg(long, default_value_t = 41)]
        rounds: usize,
        /// Operations of one subject in one round.
        #[arg(long, default_value_t = 100)]
        operations: usize,
        /// Part of the names of the operations that are measured.
        #[arg(long, default_value = "")]
        only: String,
    },
    /// Engines, as libraries in this process.
    Engine {
        /// Number of rounds. In each, the subjects take turns.
        #[arg(long, default_value_t = 31)]
        rounds: usize,
        /// Operations of one subject in one round.
        #[arg(long, default_value_t = 500)]
        operations: usize,
        /// Items in each table.
        #[arg(long, default_value_t = 100_000)]
        items: usize,
        /// Part of the names of the operations that are measured.
        #[arg(long, default_value = "")]
        only: String,
    },
    /// The server of the part `client`, until its standard input ends.
    #[command(hide = true)]
    Stub,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().part {
        Part::Client { rounds, operations, only } => client::measure(&Extent { rounds, operations, only }),
        Part::Engine { rounds, operations, items, only } => {
            engine::measure(&Extent { rounds, operations, only }, items)
        }
        Part::Stub => client::stub::serve().map_err(Into::into),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("peers: {error}");
            ExitCode::FAILURE
        }
    }
}
