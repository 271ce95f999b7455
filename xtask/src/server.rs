//! The server of this project, as a process.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::command::{cargo, root};

/// The form in which the server is built.
#[derive(Clone, Copy)]
pub(crate) enum Build {
    /// With the options of tests.
    Debug,
    /// As it is installed.
    Release,
}

impl Build {
    /// Builds the server and returns the path of the program.
    pub(crate) fn program(self) -> Result<PathBuf, String> {
        let arguments = ["build", "--package", "djamodb-server"];
        let folder = match self {
            Self::Debug => {
                cargo(&arguments, &[])?;
                "debug"
            }
            Self::Release => {
                cargo(&[&arguments[..], &["--release"]].concat(), &[])?;
                "release"
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

    /// Returns the time at which the process was started.
    pub(crate) fn started(&self) -> Instant {
        self.started
    }

    /// Returns the identifier of the process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
