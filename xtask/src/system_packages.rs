//! Programs of the system that tests need, and their installation.

mod decision;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

pub(crate) use decision::Program;
use decision::{Decision, PackageManager, Right, advice, decide};

use crate::child::output_within;

/// A part of the tests that needs programs, and the ways around a missing one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Need {
    pub(crate) part: &'static str,
    pub(crate) alternatives: &'static str,
}

/// The need of DynamoDB Local.
pub(crate) const DYNAMODB_LOCAL: Need = Need {
    part: "DynamoDB Local needs",
    alternatives: "set DJAMODB_TEST_URL to the URL of a server that already runs, or run \
                   `cargo xtask test --without-dynamodb-local`",
};

/// The need of the clients of other languages.
pub(crate) const CLIENTS: Need = Need {
    part: "the tests with clients of other languages need",
    alternatives: "or run `cargo xtask test --without-clients`",
};

/// Longest time of a look at the system.
const LOOK_MAX: Duration = Duration::from_secs(20);
/// Longest time of an installing command, which ends itself before.
const INSTALL_MAX: Duration = Duration::from_secs(630);

/// Lines of a failed command's output that an error shows.
const LINES_SHOWN_MAX: usize = 15;

/// Requires programs on `PATH`. Missing ones are installed by `apt-get` if the user is root or `sudo` asks for no password.
///
/// # Errors
///
/// Returns a message that names the missing programs, and the command that installs them.
pub(crate) fn require(need: Need, programs: &[Program]) -> Result<(), String> {
    let Need { part, alternatives } = need;
    let missing = missing(programs);
    if missing.is_empty() {
        return Ok(());
    }
    let names = names(&missing);
    let manager = PackageManager::ALL.into_iter().find(|manager| find_on_path(manager.command()).is_some());
    match decide(&missing, manager, right()) {
        Decision::Ready => Ok(()),
        Decision::Advise(advice) => {
            Err(format!("{part} {names}, which PATH does not contain: {advice}, {alternatives}"))
        }
        Decision::Run(commands) => {
            println!("{part} {names}, which PATH does not contain; installing with apt-get:");
            let by_hand = || format!("install it by hand ({}), {alternatives}", advice(&missing, manager));
            for command in &commands {
                run(command).map_err(|error| format!("{error}\n{}", by_hand()))?;
            }
            match self::missing(programs).as_slice() {
                [] => Ok(()),
                rest => {
                    Err(format!("PATH does not contain {} after the installation: {}", self::names(rest), by_hand()))
                }
            }
        }
    }
}

/// Returns the programs that are not on `PATH`.
fn missing(programs: &[Program]) -> Vec<Program> {
    programs.iter().copied().filter(|program| find_on_path(program.command()).is_none()).collect()
}

fn names(programs: &[Program]) -> String {
    programs.iter().map(|program| program.command()).collect::<Vec<_>>().join(" and ")
}

/// Runs an installing command.
fn run(arguments: &[&str]) -> Result<(), String> {
    let shown = arguments.join(" ");
    println!("$ {shown}");
    let Some((program, rest)) = arguments.split_first() else { return Ok(()) };
    let output =
        output_within(Command::new(program).args(rest), INSTALL_MAX).map_err(|error| format!("{shown}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    let last = lines[lines.len().saturating_sub(LINES_SHOWN_MAX)..].join("\n");
    Err(format!("{shown} failed ({}):\n{last}", output.status))
}

/// Returns the user's right to install packages.
fn right() -> Right {
    if output_within(Command::new("id").arg("-u"), LOOK_MAX).is_ok_and(|output| output.stdout.trim_ascii() == b"0") {
        return Right::Root;
    }
    match output_within(Command::new("sudo").args(["-n", "true"]), LOOK_MAX) {
        Ok(output) if output.status.success() => Right::Sudo,
        _ => Right::None,
    }
}

/// Returns the path of a command.
pub(crate) fn find_on_path(command: &str) -> Option<PathBuf> {
    let file = format!("{command}{}", std::env::consts::EXE_SUFFIX);
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(&file)).find(|path| is_executable(path))
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;

    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_found_by_its_name() {
        let cargo = find_on_path("cargo").expect("tests run with cargo on PATH");
        assert!(cargo.is_file());
        assert_eq!(find_on_path("a-command-that-is-not-there"), None);
    }
}
