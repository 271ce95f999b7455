//! Where DynamoDB Local is.

use std::path::{Path, PathBuf};

use super::fetch;

/// The variable that names a folder with `DynamoDBLocal.jar`.
const HOME_VARIABLE: &str = "DYNAMODB_LOCAL_HOME";
/// What such a folder holds.
pub(super) const JAR: &str = "DynamoDBLocal.jar";

/// A folder with the jar: the one that is named, the one in the cache, or a new one in the cache.
pub(super) fn home() -> Result<PathBuf, String> {
    if let Some(named) = std::env::var_os(HOME_VARIABLE).map(PathBuf::from) {
        return if holds_jar(&named) {
            Ok(named)
        } else {
            Err(format!("{HOME_VARIABLE} is {}, and there is no {JAR} in it", named.display()))
        };
    }
    let cached = fetch::cache();
    if holds_jar(&cached) { Ok(cached) } else { fetch::fetch() }
}

fn holds_jar(folder: &Path) -> bool {
    folder.join(JAR).is_file()
}
