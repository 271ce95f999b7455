//! The server of this project, as a process.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::command::{cargo, root};

/// A server that runs until it is dropped.
pub(crate) struct Server {
    child: Child,
    url: String,
}

impl Server {
    /// Builds the server and starts it on a free port.
    pub(crate) fn start() -> Result<Self, String> {
        cargo(&["build", "--package", "djamodb-server"], &[])?;
        let program = root().join("target/debug").join(format!("djamodb{}", std::env::consts::EXE_SUFFIX));
        let mut command = Command::new(&program);
        command.args(["serve", "--port", "0", "--log", "none"]).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line).map_err(|error| error.to_string())?;
        }
        // From here on, dropping the server ends the process.
        let url = line.trim().strip_prefix("listening on ").map(str::to_owned);
        let server = Self { child, url: url.clone().unwrap_or_default() };
        if url.is_some() { Ok(server) } else { Err(format!("the server did not start: `{}`", line.trim())) }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
