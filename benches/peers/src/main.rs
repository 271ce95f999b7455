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

use std::path::PathBuf;
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
        #[command(flatten)]
        extent: Extent,
        /// Path of the program of toasty.
        #[arg(long)]
        toasty: Option<PathBuf>,
    },
    /// Engines, as libraries in this process.
    Engine {
        #[command(flatten)]
        extent: Extent,
        /// Items in each table.
        #[arg(long, default_value_t = 100_000)]
        items: usize,
    },
    /// The server of the part `client`, until its standard input ends.
    #[command(hide = true)]
    Stub,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().part {
        Part::Client { extent, toasty } => client::measure(&extent, toasty.as_deref()),
        Part::Engine { extent, items } => engine::measure(&extent, items),
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
