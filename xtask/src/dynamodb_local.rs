//! Amazon's own DynamoDB Local: found or fetched, verified, started on a free port, stopped.

mod fetch;
mod find;
mod server;

pub(crate) use server::Server;

use std::io::Read as _;
use std::time::{Duration, Instant};

/// The variable that names a server which runs already.
pub(crate) const URL_VARIABLE: &str = "DYNAMODB_LOCAL_URL";

/// Starts a server and keeps it until standard input ends, at most for a while.
pub(crate) fn serve(minutes_max: u64) -> Result<(), String> {
    let server = Server::start()?;
    println!("DynamoDB Local answers at {}", server.url());
    println!("export {URL_VARIABLE}={}", server.url());
    println!("It stops when standard input ends (Ctrl-D), at the latest in {minutes_max} minutes.");
    let (ended, end) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut rest = Vec::new();
        // However standard input ends, the server is no longer wanted.
        let _ = std::io::stdin().take(1 << 20).read_to_end(&mut rest);
        let _ = ended.send(());
    });
    let until = Instant::now() + Duration::from_secs(minutes_max * 60);
    let _ = end.recv_timeout(until.saturating_duration_since(Instant::now()));
    Ok(())
}

/// Finds or fetches the jar and says where it is.
pub(crate) fn fetch_only() -> Result<(), String> {
    println!("DynamoDB Local is in {}", find::home()?.display());
    Ok(())
}
