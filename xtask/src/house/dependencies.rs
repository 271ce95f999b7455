//! Dependencies between packages: core is pure, and drivers do not depend on each other.

use super::files;
use crate::command::cargo_output;

/// Packages that core must not depend on, directly or through others: runtimes, HTTP, AWS, drivers.
const BANNED_IN_CORE: [&str; 9] = [
    "tokio",
    "async-std",
    "smol",
    "hyper",
    "reqwest",
    "aws-config",
    "aws-sdk-dynamodb",
    "rusoto_core",
    "djamodb-driver-memory",
];

/// The drivers, none of which depends on another.
const DRIVERS: [&str; 3] = ["djamodb-driver-aws-sdk", "djamodb-driver-memory", "djamodb-driver-rusoto"];

/// Names of drivers, which do not appear in core's source.
const DRIVER_NAMES: [&str; 4] = ["aws-sdk", "aws_sdk", "rusoto", "driver_memory"];

pub(super) fn check() -> Result<(), String> {
    core_is_pure()?;
    drivers_stand_alone()?;
    core_names_no_driver()
}

fn core_is_pure() -> Result<(), String> {
    let dependencies = dependencies("djamodb-core")?;
    match dependencies.iter().find(|name| BANNED_IN_CORE.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(format!("core depends on {name}; core must not depend on a runtime, HTTP or AWS")),
    }
}

fn drivers_stand_alone() -> Result<(), String> {
    for driver in DRIVERS {
        let others = dependencies(driver)?;
        let other = others.iter().find(|name| DRIVERS.contains(&name.as_str()) && name.as_str() != driver);
        if let Some(other) = other {
            return Err(format!("{driver} depends on {other}; drivers depend on core and never on each other"));
        }
    }
    Ok(())
}

/// Returns the names of all packages that a package depends on in a build for users.
fn dependencies(package: &str) -> Result<Vec<String>, String> {
    let tree = cargo_output(&[
        "tree",
        "--package",
        package,
        "--edges",
        "normal",
        "--all-features",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ])?;
    Ok(tree.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect())
}

fn core_names_no_driver() -> Result<(), String> {
    for file in files::with_extension("core/src", &["rs"])? {
        if let Some(name) = DRIVER_NAMES.iter().find(|name| file.text.contains(*name)) {
            return Err(format!("{} names {name}; core must not name a driver", file.path));
        }
    }
    Ok(())
}
