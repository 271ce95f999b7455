//! Finds the folder of DynamoDB Local.

use std::path::{Path, PathBuf};

use super::fetch;

/// The variable that holds the path of a folder with `DynamoDBLocal.jar`.
const HOME_VARIABLE: &str = "DYNAMODB_LOCAL_HOME";
/// The file that such a folder must contain.
pub(super) const JAR: &str = "DynamoDBLocal.jar";

/// Returns a folder with the jar: the one that the environment names, else the cached one, which is fetched if it is missing.
pub(super) fn home() -> Result<PathBuf, String> {
    if let Some(named) = std::env::var_os(HOME_VARIABLE).map(PathBuf::from) {
        return if holds_jar(&named) {
            Ok(named)
        } else {
            Err(format!("{HOME_VARIABLE} is {}, which does not contain {JAR}", named.display()))
        };
    }
    let cached = fetch::cache();
    if holds_jar(&cached) { Ok(cached) } else { fetch::fetch() }
}

fn holds_jar(folder: &Path) -> bool {
    folder.join(JAR).is_file()
}
