//! Options of the command line.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use djamodb_driver_memory::{Adversary, MemoryOptions};

/// DynamoDB in memory, for tests and development.
#[derive(Debug, Parser)]
#[command(name = "djamodb", version)]
pub(crate) struct Program {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serves DynamoDB's HTTP protocol until the program is interrupted.
    Serve(Serve),
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Port to listen on; 0 for any free one.
    #[arg(long, default_value_t = 8000)]
    pub(crate) port: u16,
    /// Address to listen on. Only this machine can reach the default.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) host: IpAddr,
    /// File of requests that are carried out before the server listens: one JSON object on each line, with the name of an operation
    /// and its parameters, such as {"PutItem": {"TableName": "users", "Item": {"id": {"S": "1"}}}}.
    #[arg(long)]
    pub(crate) load: Option<PathBuf>,
    /// Seed of the adversarial mode: reads lag, requests are throttled or fail, batches are returned in part.
    #[arg(long)]
    pub(crate) adversarial: Option<u64>,
    /// Region in ARNs and stream records.
    #[arg(long, default_value = "us-east-1")]
    pub(crate) region: String,
    /// Account in ARNs, 12 digits.
    #[arg(long, default_value = "000000000000", value_parser = account)]
    pub(crate) account: String,
    /// Keeps the tables of each access key and region apart.
    #[arg(long)]
    pub(crate) isolate: bool,
    /// Form of the log, which has a line for each request.
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(crate) log: LogFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum LogFormat {
    Text,
    Json,
    None,
}

impl Serve {
    pub(crate) fn memory_options(&self) -> MemoryOptions {
        MemoryOptions {
            region: self.region.clone(),
            account: self.account.clone(),
            adversary: self.adversarial.map(Adversary::new),
            ..MemoryOptions::default()
        }
    }
}

fn account(text: &str) -> Result<String, String> {
    if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(text.to_owned())
    } else {
        Err("an account has 12 digits".to_owned())
    }
}
