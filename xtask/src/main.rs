//! The project's own commands. CI runs `cargo xtask test`.

mod bench;
mod child;
mod clients;
mod command;
mod container;
mod deviations;
mod dynamodb_local;
mod house;
mod licences;
mod metadata;
mod package;
mod public_api;
mod server;
mod system_packages;
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
    Test {
        /// Leaves out the tests that need DynamoDB Local, and lists them at the end.
        #[arg(long)]
        without_dynamodb_local: bool,
        /// Leaves out the tests with clients of other languages.
        #[arg(long)]
        without_clients: bool,
    },
    /// Runs the tests of the server with clients of other languages: boto3, the AWS CLI, PynamoDB, pydjamodb, the JavaScript SDK.
    Clients {
        /// URL of a server that already runs. By default, that of this project is built and started.
        #[arg(long)]
        url: Option<String>,
        /// Name of the only client.
        #[arg(long)]
        only: Option<String>,
    },
    /// Finds or fetches DynamoDB Local, starts it, prints the variable that tests read, and keeps it until standard input ends.
    DynamodbLocal {
        /// Port on which the server listens. A free one by default.
        #[arg(long)]
        port: Option<u16>,
        /// Leaves the server running and prints the command that stops it.
        #[arg(long, conflicts_with = "minutes_max")]
        background: bool,
        /// Only finds or fetches the jar.
        #[arg(long, conflicts_with_all = ["port", "background"])]
        fetch: bool,
        /// Longest time in minutes that the server runs.
        #[arg(long, default_value_t = 60)]
        minutes_max: u64,
    },
    /// Compares the public API with its listing in docs/api.
    PublicApi {
        /// Writes the listing instead.
        #[arg(long)]
        write: bool,
    },
    /// Compares the page of known deviations, docs/DEVIATIONS.md, with conformance/deviations.json.
    Deviations {
        /// Writes the page instead.
        #[arg(long)]
        write: bool,
    },
    /// Builds the static binary that server/Dockerfile copies, and checks that it is static, fast to start, and serves.
    Container,
    /// Checks the house rules, the page of known deviations, the packages and the licences of dependencies, without running tests.
    Lint,
    /// Runs random inputs of every parser, and a bank under faults, for a time. Prints the figures and every seed that fails.
    Torture {
        /// Duration in minutes.
        #[arg(long, default_value_t = 10)]
        minutes: u64,
    },
    /// Runs random operations on the memory driver and on DynamoDB Local, and compares their outcomes.
    Differential {
        /// Number of operations.
        #[arg(long, default_value_t = 300_000)]
        ops: u64,
        /// Seed of the first table. Each table has the next one.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The way to the memory driver: without the option, by function calls.
        #[arg(long, value_enum)]
        via: Option<Via>,
    },
    /// Measures the main operations in a release build, beside a bare map and rows decoded by hand, and prints ratios.
    Bench {
        /// Measures the server under load instead, beside DynamoDB Local.
        #[arg(value_enum, conflicts_with_all = ["short", "instructions", "peers"])]
        subject: Option<BenchSubject>,
        /// Measures less often and leaves out large tables and threads, in less than two minutes.
        #[arg(long)]
        short: bool,
        /// Writes the tables to docs/performance.md too.
        #[arg(long, conflicts_with = "short")]
        write: bool,
        /// Counts instructions instead, and compares them with their budget.
        #[arg(long, conflicts_with_all = ["short", "write", "peers"])]
        instructions: bool,
        /// Measures djamodb beside other clients and engines instead, which are built in a workspace of their own.
        #[arg(long, conflicts_with = "short")]
        peers: bool,
    },
}

/// A subject of measurements besides the main operations.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum BenchSubject {
    /// The server over loopback.
    Server,
}

/// The way of the differential test to the memory driver.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Via {
    /// Over HTTP, by the server of this project.
    Server,
}

fn main() -> ExitCode {
    if let Some(code) = public_api::stand_in() {
        return code;
    }
    let result = match Arguments::parse().task {
        Task::Test { without_dynamodb_local, without_clients } => test::run(without_dynamodb_local, without_clients),
        Task::Clients { url, only } => clients::run(url.as_deref(), only.as_deref()),
        Task::DynamodbLocal { fetch: true, .. } => dynamodb_local::fetch_only(),
        Task::DynamodbLocal { port, background: true, .. } => dynamodb_local::serve_in_background(port),
        Task::DynamodbLocal { port, minutes_max, .. } => dynamodb_local::serve(port, minutes_max),
        Task::PublicApi { write: false } => public_api::check(),
        Task::PublicApi { write: true } => public_api::write(),
        Task::Deviations { write: false } => deviations::check(),
        Task::Deviations { write: true } => deviations::write(),
        Task::Container => container::check(),
        Task::Lint => test::lint(),
        Task::Torture { minutes } => torture(minutes),
        Task::Differential { ops, seed, via } => differential(ops, seed, via),
        Task::Bench { subject: Some(BenchSubject::Server), write, .. } => bench::run_server(write),
        Task::Bench { instructions: true, .. } => bench::instructions::check(),
        Task::Bench { peers: true, write, .. } => bench::run_peers(write),
        Task::Bench { short: true, .. } => bench::run(bench::Effort::SHORT, false),
        Task::Bench { write, .. } => bench::run(bench::Effort::FULL, write),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn torture(minutes: u64) -> Result<(), String> {
    let arguments = ["test", "--all-features", "--test", "it", "torture::long_form"];
    let options = ["--", "--exact", "--ignored", "--nocapture"];
    command::cargo(&[arguments.as_slice(), &options].concat(), &[("TORTURE_MINUTES", &minutes.to_string())])
}

fn differential(ops: u64, seed: u64, via: Option<Via>) -> Result<(), String> {
    let server = dynamodb_local::Server::find_or_start()?;
    let arguments = ["test", "--package", "djamodb-conformance", "--test", "differential"];
    let (ops, seed) = (ops.to_string(), seed.to_string());
    let mut environment = vec![
        (dynamodb_local::URL_VARIABLE, server.url()),
        ("DJAMODB_DIFFERENTIAL_OPS", ops.as_str()),
        ("DJAMODB_DIFFERENTIAL_SEED", seed.as_str()),
    ];
    if via == Some(Via::Server) {
        environment.push(("DJAMODB_DIFFERENTIAL_VIA", "server"));
    }
    command::cargo(&arguments, &environment)
}
