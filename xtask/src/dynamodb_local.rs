//! Finds or fetches Amazon's DynamoDB Local, verifies it, and runs it.

mod fetch;
mod find;
mod server;

pub(crate) use server::Server;

use std::io::Read as _;
use std::time::{Duration, Instant};

use crate::system_packages;

/// The variable that holds the URL of the server for tests. The project's suites and `#[djamodb::test]` read it.
pub(crate) const URL_VARIABLE: &str = "DJAMODB_TEST_URL";

/// Starts a server and leaves it running.
pub(crate) fn serve_in_background(port: Option<u16>) -> Result<(), String> {
    let server = start(port)?;
    if let Some(process) = server.into_background() {
        println!("It runs until `kill {process}`.");
    }
    Ok(())
}

/// Starts a server and prints the variable that tests read.
fn start(port: Option<u16>) -> Result<Server, String> {
    let server = Server::start(port)?;
    println!("DynamoDB Local listens at {}", server.url());
    println!("export {URL_VARIABLE}={}", server.url());
    Ok(server)
}

/// Starts a server and keeps it until standard input ends or the time is over.
pub(crate) fn serve(port: Option<u16>, minutes_max: u64) -> Result<(), String> {
    let _server = start(port)?;
    println!("It stops when standard input ends (Ctrl-D), at the latest in {minutes_max} minutes.");
    let (ended, end) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut rest = Vec::new();
        // An error ends standard input too, so the server stops in either case.
        let _ = std::io::stdin().take(1 << 20).read_to_end(&mut rest);
        let _ = ended.send(());
    });
    let until = Instant::now() + Duration::from_secs(minutes_max * 60);
    let _ = end.recv_timeout(until.saturating_duration_since(Instant::now()));
    Ok(())
}

/// Finds or fetches the jar and prints its folder.
pub(crate) fn fetch_only() -> Result<(), String> {
    system_packages::require(system_packages::DYNAMODB_LOCAL, find::programs()?)?;
    println!("DynamoDB Local is in {}", find::home()?.display());
    Ok(())
}
