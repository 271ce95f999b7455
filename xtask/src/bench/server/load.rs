//! Requests on several connections, each of which waits for its response.

use std::thread;
use std::time::{Duration, Instant};

use crate::server::Connection;

/// Number of requests of a connection that differ, which bounds the items that are written.
const NUMBERS: u64 = 1_000;

/// The figures of a load.
pub(super) struct Load {
    pub(super) per_second: f64,
    /// Median time of a request.
    pub(super) p50: Duration,
    pub(super) p99: Duration,
}

/// Sends requests on several connections for a time. `request` returns the request with a number.
pub(super) fn measure(
    url: &str,
    request: fn(u64) -> (&'static str, String),
    connections: usize,
    time: Duration,
) -> Result<Load, String> {
    let start = Instant::now();
    let threads: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..connections)
            .map(|thread| {
                scope.spawn(move || {
                    let mut connection = Connection::open(url)?;
                    let mut times = Vec::new();
                    // Numbers of two connections differ, so that no two of them write the same items.
                    let numbers = (0..NUMBERS).map(|number| thread as u64 * NUMBERS + number).cycle();
                    for number in numbers.take_while(|_| start.elapsed() < time) {
                        let (operation, body) = request(number);
                        let sent = Instant::now();
                        connection.send(operation, &body)?;
                        times.push(sent.elapsed());
                    }
                    Ok::<_, String>(times)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err("a thread failed".to_owned()))).collect()
    });
    let elapsed = start.elapsed().as_secs_f64();
    let mut times = Vec::new();
    for thread in threads {
        times.extend(thread?);
    }
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    #[expect(clippy::cast_precision_loss)]
    Ok(Load { per_second: times.len() as f64 / elapsed, p50: at(50), p99: at(99) })
}
