//! Requests that are carried out before the server listens.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use djamodb_core::driver::Driver;
use djamodb_driver_memory::MemoryDriver;
use djamodb_wire::Request;
use serde_json::{Map, Value as Json};
use thiserror::Error;

/// The reason for which a file of requests cannot be loaded.
#[derive(Debug, Error)]
#[error("{}{}: {reason}", file.display(), line.map_or(String::new(), |line| format!(":{line}")))]
pub(crate) struct LoadError {
    file: PathBuf,
    line: Option<usize>,
    reason: String,
}

/// Carries out the requests of a file, one on each line, and returns their number. Empty lines are skipped.
pub(crate) async fn load(driver: &MemoryDriver, file: &Path) -> Result<usize, LoadError> {
    let failed = |line: Option<usize>, reason: String| LoadError { file: file.to_owned(), line, reason };
    let reader = BufReader::new(File::open(file).map_err(|error| failed(None, error.to_string()))?);
    let mut requests = 0;
    for (at, line) in reader.lines().enumerate() {
        let failed = |reason: String| failed(Some(at + 1), reason);
        let line = line.map_err(|error| failed(error.to_string()))?;
        if line.trim().is_empty() {
            continue;
        }
        carry_out(driver, &line).await.map_err(failed)?;
        requests += 1;
    }
    Ok(requests)
}

async fn carry_out(driver: &MemoryDriver, line: &str) -> Result<(), String> {
    let request: Map<String, Json> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let mut entries = request.into_iter();
    let (Some((operation, parameters)), None) = (entries.next(), entries.next()) else {
        return Err("a line has one operation, such as {\"PutItem\": {…}}".to_owned());
    };
    let target = format!("DynamoDB_20120810.{operation}");
    let request = Request::read(&target, parameters.to_string().as_bytes()).map_err(|error| error.to_string())?;
    let plan = request.plan(None).map_err(|error| error.to_string())?;
    driver.execute(plan).await.map_err(|error| error.to_string())?;
    Ok(())
}
