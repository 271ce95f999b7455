//! Finds or fetches Amazon's DynamoDB Local, verifies it, and runs it on a free port.

mod fetch;
mod find;
mod server;

pub(crate) use server::Server;

use std::io::Read as _;
use std::time::{Duration, Instant};

/// The variable that holds the URL of a server that already runs.
pub(crate) const URL_VARIABLE: &str = "DYNAMODB_LOCAL_URL";

/// Starts a server and keeps it until standard input ends or the time is over.
pub(crate) fn serve(minutes_max: u64) -> Result<(), String> {
    let server = Server::start()?;
    println!("DynamoDB Local listens at {}", server.url());
    println!("export {URL_VARIABLE}={}", server.url());
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
    println!("DynamoDB Local is in {}", find::home()?.display());
    Ok(())
}
