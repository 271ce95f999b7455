//! The server of this project, as a process.

mod connection;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::command::{cargo, root};
pub(crate) use connection::Connection;

/// The form in which the server is built.
#[derive(Clone, Copy)]
pub(crate) enum Build {
    /// With the options of tests.
    Debug,
    /// With optimizations. On Linux, it is the static binary that `server/Dockerfile` copies.
    Release,
}

impl Build {
    /// Builds the server and returns the path of the program.
    pub(crate) fn program(self) -> Result<PathBuf, String> {
        let target = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
        let folder = match self {
            Self::Debug => {
                cargo(&["build", "--package", "djamodb-server"], &[])?;
                "debug".to_owned()
            }
            Self::Release if cfg!(all(target_os = "linux", target_env = "gnu")) => {
                let arguments = ["build", "--release", "--package", "djamodb-server", "--target", &target];
                cargo(&arguments, &[("RUSTFLAGS", "-C target-feature=+crt-static")])?;
                format!("{target}/release")
            }
            Self::Release => {
                cargo(&["build", "--release", "--package", "djamodb-server"], &[])?;
                "release".to_owned()
            }
        };
        Ok(root().join("target").join(folder).join(format!("djamodb{}", std::env::consts::EXE_SUFFIX)))
    }
}

/// A server that runs until it is dropped.
pub(crate) struct Server {
    child: Child,
    url: String,
    started: Instant,
}

impl Server {
    /// Starts a program on a free port, and waits until it listens.
    pub(crate) fn start(program: &PathBuf) -> Result<Self, String> {
        let mut command = Command::new(program);
        command.args(["serve", "--port", "0", "--log", "none"]).stdout(Stdio::piped());
        let started = Instant::now();
        let mut child = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line).map_err(|error| error.to_string())?;
        }
        // From here on, dropping the server ends the process.
        let url = line.trim().strip_prefix("listening on ").map(str::to_owned);
        let server = Self { child, url: url.clone().unwrap_or_default(), started };
        if url.is_some() { Ok(server) } else { Err(format!("the server did not start: `{}`", line.trim())) }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Sends a request and returns the time from the start of the process until its response.
    pub(crate) fn time_to_answer(&self) -> Result<Duration, String> {
        Connection::open(&self.url)?.send("ListTables", "{}")?;
        Ok(self.started.elapsed())
    }

    /// Returns the resident memory of the process, where the system has it in `/proc`.
    pub(crate) fn resident_megabytes(&self) -> Option<f64> {
        resident_megabytes(self.child.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns the resident memory of a process, where the system has it in `/proc`.
pub(crate) fn resident_megabytes(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes / 1024.0)
}
