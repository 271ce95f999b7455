//! The times that criterion writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Medians of each round by operation and subject, in microseconds.
pub(crate) struct Times {
    /// Names of the operations and of the subjects, in the order in which they are measured.
    pub(crate) operations: Vec<String>,
    pub(crate) subjects: Vec<String>,
    medians: BTreeMap<(String, String), Vec<f64>>,
}

/// The part of `benchmark.json` that is read.
#[derive(Deserialize)]
struct Benchmark {
    group_id: String,
    function_id: String,
}

/// The part of `estimates.json` that is read.
#[derive(Deserialize)]
struct Estimates {
    median: Estimate,
}

#[derive(Deserialize)]
struct Estimate {
    /// Nanoseconds of one run.
    point_estimate: f64,
}

/// The median of several rounds, with the lowest and the highest.
#[derive(Clone, Copy)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Times {
    /// Creates the times of the benches that criterion lists, one line each: `get/bare map: benchmark`.
    pub(crate) fn of(listed: &str) -> Self {
        let (mut operations, mut subjects) = (Vec::new(), Vec::new());
        let names = listed.lines().filter_map(|line| line.strip_suffix(": benchmark")?.split_once('/'));
        for (operation, subject) in names {
            for (name, names) in [(operation, &mut operations), (subject, &mut subjects)] {
                if !names.iter().any(|present| present == name) {
                    names.push(name.to_owned());
                }
            }
        }
        Self { operations, subjects, medians: BTreeMap::new() }
    }

    /// Adds the times of the round that criterion wrote last.
    pub(crate) fn read(&mut self, home: &Path) -> Result<(), String> {
        for group in folders(home)? {
            for subject in folders(&group)? {
                let last = subject.join("new");
                if last.is_dir() {
                    let benchmark: Benchmark = json(&last.join("benchmark.json"))?;
                    let estimates: Estimates = json(&last.join("estimates.json"))?;
                    let times = self.medians.entry((benchmark.group_id, benchmark.function_id)).or_default();
                    times.push(estimates.median.point_estimate / 1000.0);
                }
            }
        }
        Ok(())
    }

    /// Returns the times of a subject.
    pub(crate) fn spread(&self, operation: &str, subject: &str) -> Option<Spread> {
        Spread::of(self.medians(operation, subject)?.to_vec())
    }

    /// Returns the ratios of the times of two subjects in the same round.
    pub(crate) fn ratio(&self, operation: &str, subject: &str, other: &str) -> Option<Spread> {
        let pairs = self.medians(operation, subject)?.iter().zip(self.medians(operation, other)?);
        Spread::of(pairs.map(|(time, other)| time / other).collect())
    }

    fn medians(&self, operation: &str, subject: &str) -> Option<&[f64]> {
        self.medians.get(&(operation.to_owned(), subject.to_owned())).map(Vec::as_slice)
    }
}

impl Spread {
    fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        Some(Self { median: *values.get(values.len() / 2)?, low: *values.first()?, high: *values.last()? })
    }
}

/// Returns the folders in a folder.
fn folders(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect())
}

fn json<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| failed(&error))?;
    serde_json::from_str(&text).map_err(|error| failed(&error))
}
