//! Tests of the server with real clients: SDKs and mappers of other languages.
//!
//! Each client has a folder in `server/tests/clients/` with its tests and the exact versions of its packages, which are installed from their
//! registries into `target/clients/`, apart from each other because their dependencies clash.

mod environment;

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::child::output_within;
use crate::command::root;
use crate::server::{Build, Server};
use crate::system_packages::{self, Program};
use environment::Environment;

/// The clients, by the names of their folders.
const CLIENTS: [Client; 5] = [
    Client { name: "boto3", language: Language::Python },
    Client { name: "awscli", language: Language::Python },
    Client { name: "pynamodb", language: Language::Python },
    Client { name: "pydjamodb", language: Language::Python },
    Client { name: "javascript", language: Language::JavaScript },
];

/// Longest time of the tests of one client.
const TESTS_MAX: Duration = Duration::from_secs(300);

/// A client, whose tests are in a folder of its name.
#[derive(Clone, Copy, Debug)]
struct Client {
    name: &'static str,
    language: Language,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Language {
    Python,
    JavaScript,
}

/// Runs the tests of all clients, or of one, on a server. Without a URL, the server of this project is built and started.
///
/// # Errors
///
/// Returns a message that names what is missing, or the client whose tests failed or did not run.
pub(crate) fn run(url: Option<&str>, only: Option<&str>) -> Result<(), String> {
    let clients: Vec<Client> =
        CLIENTS.into_iter().filter(|client| only.is_none_or(|only| only == client.name)).collect();
    if clients.is_empty() {
        let names = CLIENTS.map(|client| client.name).join(", ");
        return Err(format!("there is no client `{}`; the clients are {names}", only.unwrap_or_default()));
    }
    let mut programs = Vec::new();
    for client in &clients {
        let needed: &[Program] = match client.language {
            Language::Python => &[Program::Python],
            Language::JavaScript => &[Program::Node, Program::Npm],
        };
        programs.extend(needed.iter().filter(|program| !programs.contains(*program)).copied().collect::<Vec<_>>());
    }
    system_packages::require(system_packages::CLIENTS, &programs)?;
    let server = if url.is_none() { Some(Server::start(&Build::Debug.program()?)?) } else { None };
    let url = server.as_ref().map_or_else(|| url.unwrap_or_default(), Server::url);
    println!("\nclients on {url}");
    for client in clients {
        let environment = Environment::prepare(&client)?;
        client.run(&environment, url)?;
    }
    Ok(())
}

impl Client {
    /// Returns the folder of the tests.
    fn tests(&self) -> PathBuf {
        root().join("server/tests/clients").join(self.name)
    }

    fn run(&self, environment: &Environment, url: &str) -> Result<(), String> {
        let start = Instant::now();
        let mut command = Command::new(&environment.program);
        match self.language {
            // Without files of byte code beside the tests.
            Language::Python => command.args(["-B", "-m", "unittest"]).current_dir(self.tests()),
            Language::JavaScript => command.args(["--test", "client.test.mjs"]).current_dir(&environment.folder),
        };
        command.env("DJAMODB_SERVER_URL", url);
        let name = self.name;
        let output = output_within(&mut command, TESTS_MAX).map_err(|error| format!("{name}: {error}"))?;
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        if !output.status.success() {
            return Err(format!("{text}\nthe tests of {name} failed ({})", output.status));
        }
        let count = ran(&text).filter(|count| *count > 0).ok_or_else(|| format!("{text}\nno test of {name} ran"))?;
        println!("  {name:<12} {count:>3} tests passed in {:.1} s", start.elapsed().as_secs_f32());
        Ok(())
    }
}

/// Returns the number of tests that ran: 12 in `Ran 12 tests in …` of Python, and in `# pass 12` of Node.
fn ran(text: &str) -> Option<u32> {
    text.lines().find_map(|line| {
        let of_python = line.strip_prefix("Ran ").and_then(|rest| rest.split(' ').next());
        let of_node = line.trim_start_matches(['#', '\u{2139}']).trim_start().strip_prefix("pass ");
        of_python.or(of_node)?.trim().parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_tests_is_read_from_the_output() {
        assert_eq!(ran("....\nRan 12 tests in 0.9s\n\nOK"), Some(12));
        assert_eq!(ran("# tests 7\n# pass 7\n# fail 0"), Some(7));
        assert_eq!(ran("\u{2139} pass 3"), Some(3));
        assert_eq!(ran("no tests"), None);
    }

    #[test]
    fn each_client_has_tests_and_exact_versions() {
        for client in CLIENTS {
            let pins = environment::pins(&client).expect("the client has a file of versions");
            let exact = match client.language {
                Language::Python => pins.lines().all(|line| line.contains("==")),
                Language::JavaScript => !pins.contains('^') && !pins.contains('~'),
            };
            assert!(exact, "{pins}");
        }
    }
}
