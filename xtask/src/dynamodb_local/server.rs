//! A running DynamoDB Local server.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{URL_VARIABLE, find};
use crate::child::output_within;
use crate::system_packages::{self, Program};

/// Longest time that the server may take to start.
const START_MAX: Duration = Duration::from_secs(60);
/// Longest time that Java may take to report its version.
const JAVA_VERSION_MAX: Duration = Duration::from_secs(30);
/// Oldest version of Java that DynamoDB Local runs on.
const JAVA_MIN: u32 = 17;

/// A DynamoDB Local server. One that this process started is stopped on drop.
pub(crate) struct Server {
    url: String,
    child: Option<Child>,
}

impl Server {
    /// Returns the server that the environment names, or starts one on a free port.
    pub(crate) fn find_or_start() -> Result<Self, String> {
        match std::env::var(URL_VARIABLE).ok().filter(|url| !url.is_empty()) {
            Some(url) => Ok(Self { url, child: None }),
            None => Self::start(None),
        }
    }

    /// Starts a server on the given port, or on a free one.
    pub(crate) fn start(port: Option<u16>) -> Result<Self, String> {
        system_packages::require(system_packages::DYNAMODB_LOCAL, &[&[Program::Java], find::programs()?].concat())?;
        require_java()?;
        let home = find::home()?;
        if let Some(port) = port {
            // A server that has the port already would be taken for the new one.
            TcpListener::bind((Ipv4Addr::LOCALHOST, port))
                .map_err(|error| format!("port {port} cannot be used ({error}); choose another one with --port"))?;
            return Self::start_on(port, &home);
        }
        // Another process can take the port before the server binds it, so that a failed start is tried on another port.
        let mut last_error = String::new();
        for _ in 0..3 {
            match Self::start_on(free_port()?, &home) {
                Ok(server) => return Ok(server),
                Err(error) => last_error = error,
            }
        }
        Err(last_error)
    }

    /// Returns the URL of the server, in the form of djamodb's settings: `dynamodb://localhost:8000`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Returns the identifier of the process, if this process started it.
    pub(crate) fn process(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Leaves the server running after this process. Returns the id of its process, or `None` if this process did not start it.
    pub(crate) fn into_background(mut self) -> Option<u32> {
        self.child.take().map(|child| child.id())
    }

    fn start_on(port: u16, home: &Path) -> Result<Self, String> {
        let child = Command::new("java")
            .args(["-Djava.library.path=./DynamoDBLocal_lib", "-jar", find::JAR])
            .args(["-inMemory", "-sharedDb", "-disableTelemetry", "-port"])
            .arg(port.to_string())
            .current_dir(home)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("java cannot be run: {error}"))?;
        let mut server = Self { url: format!("dynamodb://localhost:{port}"), child: Some(child) };
        server.await_port(port)?;
        Ok(server)
    }

    fn await_port(&mut self, port: u16) -> Result<(), String> {
        let start = Instant::now();
        while start.elapsed() < START_MAX {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return Ok(());
            }
            if let Some(status) = self.child.as_mut().and_then(|child| child.try_wait().ok().flatten()) {
                return Err(format!("DynamoDB Local exited while it was starting ({status})"));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(format!("DynamoDB Local does not listen on port {port} after {} s", START_MAX.as_secs()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // Errors are ignored: the server may already have exited.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn free_port() -> Result<u16, String> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| format!("no free port: {error}"))
}

/// Requires a Java runtime that runs and is new enough: on macOS, `java` exists without one.
fn require_java() -> Result<(), String> {
    let needs = || format!("DynamoDB Local needs a Java runtime, {JAVA_MIN} or later");
    let output = output_within(Command::new("java").arg("-version"), JAVA_VERSION_MAX)
        .map_err(|error| format!("`java -version`: {error}; {}", needs()))?;
    let text = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("`java -version` failed ({}): {}; {}", output.status, text.trim(), needs()));
    }
    match java_version(&text) {
        Some(version) if version < JAVA_MIN => Err(format!("`java` is version {version}; {}", needs())),
        _ => Ok(()),
    }
}

/// Returns the first number of the version in the output of `java -version`, or `None` if the output has another form.
fn java_version(output: &str) -> Option<u32> {
    let (_, version) = output.split_once("version \"")?;
    version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_java_is_its_first_number() {
        let outputs = [
            ("openjdk version \"17.0.15\" 2025-04-15\nOpenJDK Runtime Environment", Some(17)),
            ("java version \"1.8.0_402\"", Some(1)),
            ("openjdk version \"25-ea\" 2025-09-16", Some(25)),
            ("openjdk 17", None),
            ("java version \"\"", None),
        ];
        for (output, version) in outputs {
            assert_eq!(java_version(output), version, "{output}");
        }
    }
}
