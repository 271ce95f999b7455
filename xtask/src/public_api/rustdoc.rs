//! Rustdoc's JSON, from the builds that `cargo test` has made.
//!
//! Stable rustdoc writes JSON only when `RUSTC_BOOTSTRAP` is set, and build scripts that look at that variable would rebuild
//! their crates if cargo saw it. Cargo therefore runs xtask in place of rustdoc, and xtask sets the variable for rustdoc alone.
//! Cargo runs rustdoc on documentation tests with everything that `cargo test --workspace --all-features` has built, whereas
//! `cargo doc` would check all dependencies once more. The stand-in therefore turns documentation tests into JSON.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::command::{cargo, root};

/// The variable that holds the folder for the JSON while xtask runs in place of rustdoc.
const FOLDER_VARIABLE: &str = "XTASK_RUSTDOC_JSON";

/// Writes the JSON of every library of the workspace and returns the files.
pub(super) fn write_json() -> Result<Vec<PathBuf>, String> {
    let folder = root().join("target/public-api");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let this = std::env::current_exe().map_err(|error| format!("the path of xtask is unknown: {error}"))?;
    let (this, folder_text) = (this.to_string_lossy(), folder.to_string_lossy());
    let environment = [("RUSTDOC", &*this), (FOLDER_VARIABLE, &*folder_text)];
    cargo(&["test", "--workspace", "--all-features", "--doc"], &environment)?;

    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).map_err(failed)? {
        files.push(entry.map_err(failed)?.path());
    }
    files.sort();
    Ok(files)
}

/// Runs rustdoc if xtask was started in its place, with JSON output for documentation tests.
///
/// Returns `None` if xtask was started as itself.
pub(crate) fn stand_in() -> Option<ExitCode> {
    let folder = std::env::var_os(FOLDER_VARIABLE)?;
    let arguments = json_arguments(std::env::args_os().skip(1), Path::new(&folder));
    let status = Command::new("rustdoc").args(arguments).env("RUSTC_BOOTSTRAP", "1").status();
    Some(match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: rustdoc cannot be run: {error}");
            ExitCode::FAILURE
        }
    })
}

/// Replaces the arguments of a documentation test by those for JSON; other arguments remain as they are.
fn json_arguments(arguments: impl Iterator<Item = OsString>, folder: &Path) -> Vec<OsString> {
    let (mut kept, mut is_test, mut arguments) = (Vec::new(), false, arguments);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--test") => is_test = true,
            Some("--test-run-directory") => {
                let _ = arguments.next();
            }
            _ => kept.push(argument),
        }
    }
    if is_test {
        kept.extend(["-Z", "unstable-options", "--output-format", "json", "--out-dir"].map(OsString::from));
        kept.push(folder.into());
    }
    kept
}

/// Returns the version of Rust, such as `1.95`; pre-releases in full.
pub(super) fn rust_version() -> Result<String, String> {
    let failed = |why: &dyn std::fmt::Display| format!("rustdoc --version: {why}");
    let output = Command::new("rustdoc").arg("--version").output().map_err(|error| failed(&error))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    short_version(&text).ok_or_else(|| failed(&format!("no version in {text:?}")))
}

fn short_version(text: &str) -> Option<String> {
    let version = text.split_whitespace().nth(1)?;
    let (minor, _) = version.rsplit_once('.')?;
    Some(if version.contains('-') { version } else { minor }.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(text: &str) -> Vec<String> {
        let arguments = json_arguments(text.split(' ').map(OsString::from), Path::new("/there"));
        arguments.iter().map(|argument| argument.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn only_documentation_tests_become_json() {
        let json = "--crate-name a src/lib.rs -Z unstable-options --output-format json --out-dir /there";
        assert_eq!(arguments("--crate-name a --test src/lib.rs --test-run-directory /here").join(" "), json);
        assert_eq!(arguments("-vV"), ["-vV"]);
    }

    #[test]
    fn patch_releases_have_one_version() {
        assert_eq!(short_version("rustdoc 1.95.0 (59807616e 2026-04-14)").as_deref(), Some("1.95"));
        assert_eq!(short_version("rustdoc 1.95.0-nightly (1 2)").as_deref(), Some("1.95.0-nightly"));
        assert_eq!(short_version("rustdoc"), None);
    }
}
