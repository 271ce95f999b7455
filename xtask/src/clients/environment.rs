//! Installed packages of a client.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::{Client, Language};
use crate::child::output_within;
use crate::command::root;

/// Longest time of an installation.
const INSTALL_MAX: Duration = Duration::from_secs(600);
/// Name of the file that says which versions are installed.
const INSTALLED: &str = "installed-versions";

/// A folder with the packages of a client.
pub(super) struct Environment {
    /// Program that runs the tests.
    pub(super) program: PathBuf,
    pub(super) folder: PathBuf,
}

/// Returns the versions of the packages, as the client's file has them.
pub(super) fn pins(client: &Client) -> Result<String, String> {
    let file = client.tests().join(match client.language {
        Language::Python => "requirements.txt",
        Language::JavaScript => "package.json",
    });
    fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
}

impl Environment {
    /// Installs the packages of a client, unless the same versions are installed already.
    pub(super) fn prepare(client: &Client) -> Result<Self, String> {
        let folder = root().join("target/clients").join(client.name);
        let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
        let pins = pins(client)?;
        let is_installed = fs::read_to_string(folder.join(INSTALLED)).is_ok_and(|installed| installed == pins);
        if !is_installed {
            println!("installing the packages of {}", client.name);
            if folder.exists() {
                fs::remove_dir_all(&folder).map_err(failed)?;
            }
            fs::create_dir_all(&folder).map_err(failed)?;
            match client.language {
                Language::Python => install_python(client, &folder)?,
                Language::JavaScript => install_javascript(client, &folder)?,
            }
            fs::write(folder.join(INSTALLED), pins).map_err(failed)?;
        }
        let program = match client.language {
            Language::Python => python(&folder),
            Language::JavaScript => {
                // Modules are looked up beside the file that imports them.
                copy(&client.tests(), &folder, "client.test.mjs")?;
                PathBuf::from("node")
            }
        };
        Ok(Self { program, folder })
    }
}

/// Returns the interpreter of a virtual environment.
fn python(folder: &Path) -> PathBuf {
    folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}

fn install_python(client: &Client, folder: &Path) -> Result<(), String> {
    let venv = run(Command::new("python3").args(["-m", "venv"]).arg(folder));
    venv.map_err(|error| format!("{error}\nthe module `venv` may be in a package of its own, such as python3-venv"))?;
    let requirements = client.tests().join("requirements.txt");
    let options = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    run(Command::new(python(folder)).args(options).arg(requirements))
}

fn install_javascript(client: &Client, folder: &Path) -> Result<(), String> {
    for file in ["package.json", "package-lock.json"] {
        copy(&client.tests(), folder, file)?;
    }
    run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(folder))
}

fn copy(from: &Path, to: &Path, file: &str) -> Result<(), String> {
    fs::copy(from.join(file), to.join(file)).map(drop).map_err(|error| format!("{file}: {error}"))
}

fn run(command: &mut Command) -> Result<(), String> {
    let shown = format!("{command:?}");
    let output = output_within(command, INSTALL_MAX).map_err(|error| format!("{shown}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    Err(format!("{text}\n{shown} failed ({})", output.status))
}
