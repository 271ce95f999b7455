//! Runs cargo commands.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Returns the folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Runs cargo in the workspace and passes its output through.
pub(crate) fn cargo(arguments: &[&str], environment: &[(&str, &str)]) -> Result<(), String> {
    let shown = announce(arguments);
    let status = command(arguments, environment).status().map_err(|error| format!("{shown}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{shown} failed ({status})")) }
}

/// Runs cargo in the workspace, passes its output through and returns the lines of it.
pub(crate) fn cargo_lines(arguments: &[&str], environment: &[(&str, &str)]) -> Result<Vec<String>, String> {
    let shown = announce(arguments);
    lines_of(command(arguments, environment), &shown)
}

/// Runs a program on one CPU, where `taskset` is installed, passes its output through and returns the lines of it.
pub(crate) fn pinned_lines(program: &str, arguments: &[&str]) -> Result<Vec<String>, String> {
    let pin = ["-c", "0"];
    let can_pin = Command::new("taskset").args(pin).arg("true").status().is_ok_and(|status| status.success());
    let mut command = if can_pin { Command::new("taskset") } else { Command::new(program) };
    if can_pin {
        command.args(pin).arg(program);
    } else {
        println!("taskset cannot pin the program to a CPU: the times depend on where the system puts it");
    }
    command.args(arguments).current_dir(root());
    let shown = format!("{program} {}", arguments.join(" "));
    println!("\n$ {shown}");
    lines_of(command, &shown)
}

/// Runs a command, passes its output through and returns the lines of it.
fn lines_of(mut command: Command, shown: &str) -> Result<Vec<String>, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{shown}: {error}");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| failed(&error))?;
    let mut lines = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(|error| failed(&error))?;
            println!("{line}");
            lines.push(line);
        }
    }
    let status = child.wait().map_err(|error| failed(&error))?;
    if status.success() { Ok(lines) } else { Err(format!("{shown} failed ({status})")) }
}

/// Runs cargo in the workspace and returns its output without printing it.
pub(crate) fn cargo_output(arguments: &[&str]) -> Result<String, String> {
    cargo_with_output(arguments, &[])
}

/// Runs cargo in the workspace with variables of the environment, and returns its output without printing it.
pub(crate) fn cargo_with_output(arguments: &[&str], environment: &[(&str, &str)]) -> Result<String, String> {
    let shown = format!("cargo {}", arguments.join(" "));
    let output = command(arguments, environment).output().map_err(|error| format!("{shown}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{shown} failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{shown}: {error}"))
}

fn announce(arguments: &[&str]) -> String {
    let shown = format!("cargo {}", arguments.join(" "));
    println!("\n$ {shown}");
    shown
}

/// Returns a command that runs cargo in the workspace.
///
/// The variables that the outer cargo sets for xtask are removed: build scripts that look at them would rebuild their crates
/// whenever cargo is run alternately by hand and by xtask.
fn command(arguments: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command.args(arguments).envs(environment.iter().copied()).current_dir(root());
    command
}
