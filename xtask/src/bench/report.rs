//! The tables of a measurement.

use std::fmt;
use std::fs;

use super::estimates::{Spread, Times};
use crate::command::root;

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

    /// Adds the table of the operations by subject, with the ratios of the driver and of models to their references.
    pub(crate) fn add_operations(&mut self, times: &Times) {
        self.0.push("Medians in µs, with the lowest and the highest of all rounds.".to_owned());
        let ratios = [("driver", "bare map"), ("models", "rows by hand")];
        self.add(times, times.operations.iter(), &times.subjects, &ratios);
    }

    /// Adds the tables of tables of several sizes, and of threads.
    pub(crate) fn add_scale(&mut self, times: &Times) {
        let is_by_threads = |operation: &&String| operation.ends_with("by threads");
        let (threads, sizes): (Vec<String>, _) =
            times.subjects.iter().cloned().partition(|subject| subject.contains("thread"));
        self.add(times, times.operations.iter().filter(|name| !is_by_threads(name)), &sizes, &[]);
        let ratio = [("2 threads", "1 thread")];
        self.add(times, times.operations.iter().filter(is_by_threads), &threads, &ratio);
    }

    /// Adds a table with a row for each operation, and columns for the subjects and for ratios of two of them.
    fn add<'a>(
        &mut self,
        times: &Times,
        operations: impl Iterator<Item = &'a String>,
        subjects: &[String],
        ratios: &[(&str, &str)],
    ) {
        let mut columns = subjects.to_vec();
        columns.extend(ratios.iter().map(|(subject, other)| format!("{subject} / {other}")));
        let mut lines =
            vec![format!("| | {} |", columns.join(" | ")), format!("|---|{}", "--:|".repeat(columns.len()))];
        for operation in operations {
            let times_of = subjects.iter().map(|subject| cell(times.spread(operation, subject)));
            let ratios = ratios.iter().map(|(subject, other)| cell(times.ratio(operation, subject, other)));
            let cells: Vec<String> = times_of.chain(ratios).collect();
            lines.push(format!("| {operation} | {} |", cells.join(" | ")));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_and_subjects_are_in_the_order_of_the_benches() {
        let times = Times::of("put/bare map: benchmark\nput/driver: benchmark\nget/bare map: benchmark\n");
        let mut report = Report::default();
        report.add_operations(&times);
        let table = "| | bare map | driver | driver / bare map | models / rows by hand |\n\
                     |---|--:|--:|--:|--:|\n\
                     | put |  |  |  |  |\n\
                     | get |  |  |  |  |";
        assert_eq!(report.0[1], table);
    }
}
