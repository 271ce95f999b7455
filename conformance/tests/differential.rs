//! Random operations on the memory driver and on DynamoDB Local, whose whole outcomes are compared.
//!
//! `cargo xtask differential --ops N --seed S` runs any number; `cargo test` a few thousand, on the server at `DJAMODB_TEST_URL`.
//! `DJAMODB_DIFFERENTIAL_SUBJECT` limits a run to the episodes about `items`, `stream` or `tables`. A difference that `differential/known.rs` does not explain is reduced to few operations and printed.

#[path = "differential/compare.rs"]
mod compare;
#[path = "differential/descriptions.rs"]
mod descriptions;
#[path = "differential/episode.rs"]
mod episode;
#[path = "differential/expressions.rs"]
mod expressions;
#[path = "differential/known.rs"]
mod known;
#[path = "differential/known_streams.rs"]
mod known_streams;
#[path = "differential/known_tables.rs"]
mod known_tables;
#[path = "differential/known_texts.rs"]
mod known_texts;
#[path = "differential/operations.rs"]
mod operations;
#[path = "differential/protocol.rs"]
mod protocol;
#[path = "differential/schema_faults.rs"]
mod schema_faults;
#[path = "differential/schemas.rs"]
mod schemas;
#[path = "differential/shrink.rs"]
mod shrink;
#[path = "differential/stream_operations.rs"]
mod stream_operations;
#[path = "differential/table_operations.rs"]
mod table_operations;
#[path = "differential/text_episode.rs"]
mod text_episode;
#[path = "differential/texts.rs"]
mod texts;
#[path = "differential/values.rs"]
mod values;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use djamodb_core::driver::Driver;
use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver};
use djamodb_driver_memory::MemoryDriver;
use djamodb_server::serve;

use episode::{Drivers, Episode, Subject};
use known::Known;
use protocol::Connection;
use text_episode::TextEpisode;

/// Number of operations of a run without `DJAMODB_DIFFERENTIAL_OPS`.
const OPS_DEFAULT: usize = 4_000;
/// Number of operations after which an entry that explained nothing, and that no conformance case asserts, is an error.
const OPS_TO_NEED_EVERY_ENTRY: usize = 200_000;
/// Number of differences after which a run ends.
const DIFFERENCES_MAX: usize = 10;

fn main() -> ExitCode {
    let Some(url) = std::env::var("DJAMODB_TEST_URL").ok().filter(|url| !url.is_empty()) else {
        println!("differential: not run, since DJAMODB_TEST_URL is not set");
        return ExitCode::SUCCESS;
    };
    let number = |variable: &str| std::env::var(variable).ok().and_then(|value| value.parse::<u64>().ok());
    let ops = number("DJAMODB_DIFFERENTIAL_OPS").and_then(|ops| usize::try_from(ops).ok()).unwrap_or(OPS_DEFAULT);
    let seed = number("DJAMODB_DIFFERENTIAL_SEED").unwrap_or(1);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let run = match runtime {
        Ok(runtime) => runtime.block_on(run(&url, ops, seed)),
        Err(error) => Err(error.to_string()),
    };
    match run {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Returns a driver of the server at an endpoint. A request that fails is compared, not repeated.
async fn connect(endpoint: String) -> Result<Arc<dyn Driver>, String> {
    let config = AwsSdkConfig { endpoint: Some(endpoint), attempts_max: Some(1), ..AwsSdkConfig::default() };
    Ok(Arc::new(AwsSdkDriver::connect(config).await.map_err(|error| error.to_string())?))
}

async fn run(url: &str, ops: usize, seed: u64) -> Result<(), String> {
    // The variable holds a database URL, of which the driver takes the endpoint.
    let endpoint = url.replacen("dynamodb://", "http://", 1);
    let mut connection = Connection::open(&endpoint).await?;
    let emulator = MemoryDriver::new();
    // Kept until the end of the run.
    let own = match std::env::var("DJAMODB_DIFFERENTIAL_VIA").as_deref() {
        Ok("server") => Some(serve(emulator.clone(), "127.0.0.1:0").await.map_err(|error| error.to_string())?),
        Ok(other) => return Err(format!("DJAMODB_DIFFERENTIAL_VIA is `{other}`; it can be `server`")),
        Err(_) => None,
    };
    let memory: Arc<dyn Driver> = match &own {
        Some(own) => connect(own.url()).await?,
        None => Arc::new(emulator.clone()),
    };
    let drivers = Drivers { emulator, memory, server: connect(endpoint).await? };
    let only = std::env::var("DJAMODB_DIFFERENTIAL_SUBJECT").ok();
    let only = only.map(|name| Subject::from_name(&name).ok_or(format!("no episode is about `{name}`"))).transpose()?;
    let mut known = Known::load()?;
    let (start, mut done, mut differences, mut number) = (Instant::now(), 0, Vec::new(), seed);
    while done < ops && differences.len() < DIFFERENCES_MAX {
        if only.is_some_and(|subject| subject != Subject::of_seed(number)) {
            number = number.wrapping_add(1);
            continue;
        }
        let count = (ops - done).min(episode::OPS_MAX);
        let found = if Subject::of_seed(number) == Subject::Texts {
            let outcome = TextEpisode::random(number, count).run(&drivers, &mut connection, &mut known).await?;
            done += outcome.ops;
            outcome.differs_at.map(|(_, difference)| difference)
        } else {
            let episode = Episode::random(number, count);
            let outcome = episode.run(&drivers, &mut known).await?;
            done += outcome.ops;
            match outcome.differs_at {
                Some(at) => Some(shrink::shrink(&drivers, &episode, at, &mut known).await?),
                None => None,
            }
        };
        if let Some(difference) = found {
            // A run can take an hour, so that a difference is printed when it is found.
            eprintln!("{difference}");
            differences.push(difference);
        }
        number = number.wrapping_add(1);
    }
    let seeds = number.wrapping_sub(seed);
    println!(
        "differential: {done} operations, {} differences, {} explained, seeds {seed} to {}, {:.0} s",
        differences.len(),
        known.explained(),
        seed.wrapping_add(seeds).wrapping_sub(1),
        start.elapsed().as_secs_f64()
    );
    for line in known.counts() {
        println!("  {line}");
    }
    if !differences.is_empty() {
        return Err(format!("{} differences, printed above", differences.len()));
    }
    if done >= OPS_TO_NEED_EVERY_ENTRY && only.is_none() { known.check_needed() } else { Ok(()) }
}
