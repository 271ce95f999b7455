//! The tables of a measurement.

use std::fmt;
use std::fs;

use super::estimates::{Spread, Times};
use crate::command::root;

/// Operations in the order of the table.
const OPERATIONS: [&str; 13] = [
    "get",
    "put",
    "put, 1 index",
    "put, 3 indexes",
    "update",
    "delete",
    "delete, 3 indexes",
    "query of 20",
    "query of 100",
    "index query of 20",
    "batch of 25",
    "transaction of 2",
    "plan",
];

const SUBJECTS: [&str; 4] = ["bare map", "rows by hand", "driver", "models"];

/// The file of the report.
const FILE: &str = "docs/performance.md";

/// Tables in Markdown.
#[derive(Default)]
pub(crate) struct Report(Vec<String>);

impl Report {
    /// Creates a report of these tables.
    pub(crate) const fn of(tables: Vec<String>) -> Self {
        Self(tables)
    }

    /// Adds the table of the operations by subject.
    pub(crate) fn add_operations(&mut self, times: &Times) {
        let mut lines = vec![
            "Medians in µs, with the lowest and the highest of all rounds.\n".to_owned(),
            format!("| | {} | driver / bare map | models / rows by hand |", SUBJECTS.join(" | ")),
            "|---|--:|--:|--:|--:|--:|--:|".to_owned(),
        ];
        for operation in OPERATIONS {
            let cells = SUBJECTS.map(|subject| cell(times.spread(operation, subject)));
            let driver = cell(times.ratio(operation, "driver", "bare map"));
            let models = cell(times.ratio(operation, "models", "rows by hand"));
            lines.push(format!("| {operation} | {} | {driver} | {models} |", cells.join(" | ")));
        }
        self.0.push(lines.join("\n"));
    }

    /// Adds the tables of tables of several sizes, and of threads.
    pub(crate) fn add_scale(&mut self, times: &Times) {
        let sizes = ["1k items", "100k items", "1M items"];
        let mut lines = vec![format!("| driver | {} |", sizes.join(" | ")), "|---|--:|--:|--:|".to_owned()];
        for operation in ["get", "put", "query of 20"] {
            let cells = sizes.map(|size| cell(times.spread(operation, size)));
            lines.push(format!("| {operation} | {} |", cells.join(" | ")));
        }
        self.0.push(lines.join("\n"));
        let threads = ["1 thread", "2 threads"];
        let mut lines = vec!["| driver, µs per request of all threads | 1 thread | 2 threads | ratio |".to_owned()];
        lines.push("|---|--:|--:|--:|".to_owned());
        for operation in ["get by threads", "put by threads"] {
            let cells = threads.map(|threads| cell(times.spread(operation, threads)));
            let ratio = cell(times.ratio(operation, "2 threads", "1 thread"));
            lines.push(format!("| {operation} | {} | {ratio} |", cells.join(" | ")));
        }
        self.0.push(lines.join("\n"));
    }

    /// Replaces the tables of a part of the documentation, which begin and end with a comment that has its name.
    pub(crate) fn write(&self, part: &str) -> Result<(), String> {
        let (begin, end) = (format!("<!-- {part}: begin -->"), format!("<!-- {part}: end -->"));
        let path = root().join(FILE);
        let text = fs::read_to_string(&path).map_err(|error| format!("{FILE}: {error}"))?;
        let parts = text.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
        let (before, after) = parts.ok_or_else(|| format!("{FILE} lacks the lines {begin} and {end}"))?;
        let text = format!("{before}{begin}\n\n{self}\n{end}{after}");
        fs::write(&path, text).map_err(|error| format!("{FILE}: {error}"))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|table| writeln!(f, "{table}\n"))
    }
}

/// Returns a median with the lowest and the highest value: `3.1 (2.9 to 3.4)`.
pub(super) fn cell(spread: Option<Spread>) -> String {
    let digits = |value: f64| if value < 10.0 { format!("{value:.2}") } else { format!("{value:.1}") };
    spread.map_or_else(String::new, |Spread { median, low, high }| {
        format!("{} ({} to {})", digits(median), digits(low), digits(high))
    })
}
