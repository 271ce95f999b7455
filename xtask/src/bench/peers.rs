//! Times beside other clients and engines, which workspaces of their own measure.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::estimates::Spread;
use super::report::cell;
use crate::command::{cargo, pinned_lines, root};

/// The workspace that measures, and that of toasty, whose driver needs another version of the SDK.
const WORKSPACE: &str = "benches/peers";
const TOASTY: &str = "benches/peers/toasty";

/// A figure, as `benches/peers` prints it.
#[derive(Deserialize)]
struct Figure {
    group: String,
    operation: String,
    subject: String,
    median_us: f64,
    low_us: f64,
    high_us: f64,
    /// Ratio to the first subject of the group.
    ratio: f64,
}

/// Measures djamodb beside other clients over a stub server, and beside other engines in memory. Returns a table for each.
///
/// # Errors
///
/// Returns a message if a workspace cannot be built or run, or prints something else.
pub(crate) fn tables() -> Result<Vec<String>, String> {
    let (program, toasty) = (built(WORKSPACE, "djamodb-bench-peers")?, built(TOASTY, "djamodb-bench-toasty")?);
    Ok(vec![table(&program, &["client", "--toasty", &toasty])?, table(&program, &["engine"])?])
}

/// Builds the program of a workspace and returns its path.
fn built(workspace: &str, program: &str) -> Result<String, String> {
    let (manifest, target) = (format!("{workspace}/Cargo.toml"), root().join(workspace).join("target"));
    let target_dir = target.to_str().ok_or("the path of the workspace is not UTF-8")?;
    cargo(&["build", "--quiet", "--release", "--manifest-path", &manifest, "--target-dir", target_dir], &[])?;
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    Ok(target.join("release").join(file).display().to_string())
}

fn table(program: &str, part: &[&str]) -> Result<String, String> {
    // Clients, server and the program of toasty share one CPU. On several, the time of a turn depends on where the system puts it.
    let lines = pinned_lines(program, part)?;
    let figures = lines.iter().filter(|line| line.starts_with('{')).map(|line| {
        serde_json::from_str::<Figure>(line).map_err(|error| format!("a figure of {WORKSPACE}: {error}: {line}"))
    });
    Ok(rendered(&figures.collect::<Result<Vec<_>, _>>()?))
}

/// Returns a table with a row for each operation and a column for each subject, in the order in which they were measured.
fn rendered(figures: &[Figure]) -> String {
    let (mut operations, mut subjects) = (Vec::new(), Vec::new());
    let mut cells = BTreeMap::new();
    for figure in figures {
        let Figure { operation, subject, median_us: median, low_us: low, high_us: high, ratio, .. } = figure;
        for (name, names) in [(operation, &mut operations), (subject, &mut subjects)] {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let spread = cell(Some(Spread { median: *median, low: *low, high: *high }));
        cells.insert((operation, subject), format!("{spread}, ×{ratio:.2}"));
    }
    let group = figures.first().map_or("", |figure| &figure.group);
    let names: Vec<&str> = subjects.iter().map(|subject| subject.as_str()).collect();
    let mut lines = vec![format!("| {group}, µs of CPU | {} |", names.join(" | "))];
    lines.push(format!("|---|{}", "--:|".repeat(subjects.len())));
    for operation in operations {
        let row: Vec<&str> =
            subjects.iter().map(|subject| cells.get(&(operation, *subject)).map_or("", |cell| cell)).collect();
        lines.push(format!("| {operation} | {} |", row.join(" | ")));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_row_for_each_operation() {
        let figure = |operation: &str, subject: &str, median_us, ratio| Figure {
            group: "client".to_owned(),
            operation: operation.to_owned(),
            subject: subject.to_owned(),
            median_us,
            low_us: 1.0,
            high_us: 20.0,
            ratio,
        };
        let figures = [figure("get", "a", 2.0, 1.0), figure("get", "b", 3.0, 1.5), figure("put", "b", 4.0, 2.0)];
        let expected = "| client, µs of CPU | a | b |\n\
                        |---|--:|--:|\n\
                        | get | 2.00 (1.00 to 20.0), ×1.00 | 3.00 (1.00 to 20.0), ×1.50 |\n\
                        | put |  | 4.00 (1.00 to 20.0), ×2.00 |";
        assert_eq!(rendered(&figures), expected);
    }
}
