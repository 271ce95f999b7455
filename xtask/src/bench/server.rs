//! The server under load over loopback, beside DynamoDB Local in the same run.

mod load;
mod requests;

use std::fmt::Write as _;
use std::time::Duration;

use super::report::Report;
use crate::dynamodb_local;
use crate::server::{Build, Server, resident_megabytes};
use load::Load;
use requests::{OPERATIONS, Operation};

/// Number of connections, each with one request at a time.
const CONNECTIONS: usize = 16;
/// Time for which one operation is sent before it is measured, in which Java compiles its path.
const WARM_UP: Duration = Duration::from_secs(2);
/// Time for which one operation is measured on one server.
const TIME: Duration = Duration::from_secs(3);

/// The figures of one operation on both servers.
struct Row {
    operation: &'static str,
    ours: Load,
    local: Load,
}

/// Measures both servers and prints a table. Writes it to `docs/performance.md` too if `write` is `true`.
///
/// # Errors
///
/// Returns a message if a server does not start, or answers a request with an error.
pub(crate) fn run(write: bool) -> Result<(), String> {
    let ours = Server::start(&Build::Release.program()?)?;
    let first_answer = ours.time_to_answer()?;
    let idle = ours.resident_megabytes();
    let local = dynamodb_local::Server::start(None)?;
    let urls = [ours.url().to_owned(), local.url().to_owned()];
    for url in &urls {
        requests::prepare(url)?;
    }
    let mut rows = Vec::new();
    for Operation { name, request } in OPERATIONS {
        let [ours, local] = urls.each_ref().map(|url| {
            load::measure(url, request, CONNECTIONS, WARM_UP)?;
            load::measure(url, request, CONNECTIONS, TIME)
        });
        rows.push(Row { operation: name, ours: ours?, local: local? });
    }
    let mut memory =
        format!("The first answer arrives {:.1} ms after the start of the process", first_answer.as_secs_f64() * 1e3);
    if let (Some(idle), Some(loaded)) = (idle, ours.resident_megabytes()) {
        let _ = write!(memory, ", which has {idle:.1} MB of memory then, and {loaded:.0} MB after the load");
    }
    if let Some(local) = local.process().and_then(resident_megabytes) {
        let _ = write!(memory, "; DynamoDB Local has {local:.0} MB");
    }
    let report = Report::of(vec![table(&rows), memory + "."]);
    println!("\n{report}");
    if write { report.write("server") } else { Ok(()) }
}

fn table(rows: &[Row]) -> String {
    let mut table = String::from(
        "| operation | requests/s | p50 | p99 | DynamoDB Local: requests/s | p50 | p99 | ratio |\n|---|---|---|---|---|---|---|---|\n",
    );
    for Row { operation, ours, local } in rows {
        let cells = |load: &Load| {
            let millis = |time: Duration| time.as_secs_f64() * 1e3;
            format!("{:.0} | {:.2} ms | {:.2} ms", load.per_second, millis(load.p50), millis(load.p99))
        };
        let ratio = ours.per_second / local.per_second;
        let _ = writeln!(table, "| {operation} | {} | {} | {ratio:.1} |", cells(ours), cells(local));
    }
    table
}
