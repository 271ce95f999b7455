//! Finds the folder of DynamoDB Local.

use std::path::{Path, PathBuf};

use super::fetch;
use crate::system_packages::Program;

/// The variable that holds the path of a folder with `DynamoDBLocal.jar`.
const HOME_VARIABLE: &str = "DYNAMODB_LOCAL_HOME";
/// The file that such a folder must contain.
pub(super) const JAR: &str = "DynamoDBLocal.jar";

/// Returns a folder with the jar: the one that the environment names, else the cached one, which is fetched if it is missing.
pub(super) fn home() -> Result<PathBuf, String> {
    match present()? {
        Some(home) => Ok(home),
        None => fetch::fetch(),
    }
}

/// Returns the programs that [`home`] needs: none if the jar is already there.
pub(super) fn programs() -> Result<&'static [Program], String> {
    Ok(if present()?.is_some() { &[] } else { &[Program::Npm, Program::Tar] })
}

/// Returns a folder with the jar that is already there.
fn present() -> Result<Option<PathBuf>, String> {
    if let Some(named) = std::env::var_os(HOME_VARIABLE).map(PathBuf::from) {
        return if holds_jar(&named) {
            Ok(Some(named))
        } else {
            Err(format!("{HOME_VARIABLE} is {}, which does not contain {JAR}", named.display()))
        };
    }
    let cached = fetch::cache();
    Ok(holds_jar(&cached).then_some(cached))
}

fn holds_jar(folder: &Path) -> bool {
    folder.join(JAR).is_file()
}
