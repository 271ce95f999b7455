//! Credentials for loopback endpoints.

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_sdk_dynamodb::config::{Credentials, ProvideCredentials as _};

/// Access key and secret if neither the environment nor the profile has any. DynamoDB Local accepts any access key that consists
/// of letters and digits.
const FALLBACK: &str = "local";

/// Returns the credentials of the environment, or else the access key in the profile, or else the fallback.
///
/// The SDK's other sources send requests, which would be slow for a server on the same machine, and would fail for a developer
/// whose single sign-on has expired.
pub(super) async fn load() -> Credentials {
    if let Ok(credentials) = EnvironmentVariableCredentialsProvider::new().provide_credentials().await {
        return credentials;
    }
    from_profile().await.unwrap_or_else(|| Credentials::new(FALLBACK, FALLBACK, None, None, "djamodb"))
}

/// Returns the access key in the selected profile, or `None` if the profile has none or cannot be read.
async fn from_profile() -> Option<Credentials> {
    // The defaults are the real file system and environment, and the usual files.
    let (file_system, environment, files) = Default::default();
    let profiles = aws_config::profile::load(&file_system, &environment, &files, None).await.ok()?;
    let text = |name| profiles.get(name).filter(|text| !text.is_empty()).map(str::to_owned);
    let (access_key_id, secret) = text("aws_access_key_id").zip(text("aws_secret_access_key"))?;
    Some(Credentials::new(access_key_id, secret, text("aws_session_token"), None, "djamodb"))
}
