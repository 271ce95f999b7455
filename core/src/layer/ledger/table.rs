//! The text form of a ledger.

use std::collections::BTreeMap;
use std::fmt;

use super::snapshot::{LedgerRequests, LedgerSnapshot, UnitSums};

const COLUMNS: usize = 8;
/// Number of left-aligned columns with names. The others hold right-aligned figures.
const NAMES: usize = 3;

type Row = [String; COLUMNS];

/// Writes one row per operation and table or index, and one row with the totals.
impl fmt::Display for LedgerSnapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = rows(self);
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: [usize; COLUMNS] = std::array::from_fn(width);
        for (number, row) in rows.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            for (column, (text, width)) in row.iter().zip(widths).enumerate() {
                let gap = if column == 0 { "" } else { "  " };
                if column < NAMES {
                    write!(f, "{gap}{text:<width$}")?;
                } else {
                    write!(f, "{gap}{text:>width$}")?;
                }
            }
        }
        Ok(())
    }
}

fn rows(snapshot: &LedgerSnapshot) -> Vec<Row> {
    let header = ["operation", "table", "index", "requests", "attempts", "read units", "write units", "estimated"];
    let mut lines: BTreeMap<[&str; NAMES], (Option<&LedgerRequests>, UnitSums)> = BTreeMap::new();
    for row in &snapshot.requests {
        let names = [row.operation.as_str(), row.table.as_deref().unwrap_or("-"), "-"];
        lines.entry(names).or_default().0 = Some(row);
    }
    for row in &snapshot.units {
        let names = [row.operation.as_str(), row.table.as_str(), row.index.as_deref().unwrap_or("-")];
        lines.entry(names).or_default().1 = row.sums;
    }
    let count = |count: Option<u64>| count.map(|count| count.to_string()).unwrap_or_default();
    let mut rows = vec![header.map(str::to_owned)];
    for ([operation, table, index], (counted, sums)) in lines {
        let requests = count(counted.map(|row| row.requests));
        let attempts = count(counted.map(|row| row.attempts));
        rows.push(row([operation, table, index], [requests, attempts], sums));
    }
    let counts = [snapshot.request_count(), snapshot.attempt_count()].map(|count| count.to_string());
    rows.push(row(["total", "", ""], counts, snapshot.total()));
    rows
}

fn row([operation, table, index]: [&str; NAMES], [requests, attempts]: [String; 2], sums: UnitSums) -> Row {
    [
        operation.to_owned(),
        table.to_owned(),
        index.to_owned(),
        requests,
        attempts,
        sums.read_units.to_string(),
        sums.write_units.to_string(),
        sums.estimated_units().to_string(),
    ]
}
