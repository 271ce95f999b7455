//! Sources of credentials.

use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusoto_core::credential::{
    AwsCredentials, ChainProvider, CredentialsError, EnvironmentProvider, ProfileProvider, ProvideAwsCredentials,
};
use tokio::sync::Mutex;

use crate::config::Credentials;

/// Time before their expiry at which credentials are renewed, so that they are valid until the request arrives.
const RENEWAL_MARGIN: Duration = Duration::from_secs(60);

/// Access key and secret for loopback endpoints if neither the environment nor the profile has any. DynamoDB Local accepts any
/// access key that consists of letters and digits.
const FALLBACK: &str = "local";

/// Fixed credentials, or rusoto's provider chain.
pub(super) enum CredentialsSource {
    Fixed(AwsCredentials),
    Chain(Box<CachedProvider<ChainProvider>>),
}

impl CredentialsSource {
    pub(super) fn configured(credentials: Credentials) -> Self {
        let Credentials { access_key_id, secret_access_key, session_token } = credentials;
        Self::Fixed(AwsCredentials::new(access_key_id, secret_access_key, session_token, None))
    }

    /// Returns the credentials for a loopback endpoint: those of the environment, or else of the profile, or else the fallback.
    ///
    /// The other providers of the chain send requests to metadata services, which would be slow outside of AWS.
    pub(super) async fn local() -> Self {
        if let Ok(credentials) = EnvironmentProvider::default().credentials().await {
            return Self::Fixed(credentials);
        }
        let from_profile = match ProfileProvider::new() {
            Ok(profile) => profile.credentials().await.ok(),
            Err(_) => None,
        };
        Self::Fixed(from_profile.unwrap_or_else(|| AwsCredentials::new(FALLBACK, FALLBACK, None, None)))
    }

    pub(super) fn chain() -> Self {
        Self::Chain(Box::new(CachedProvider::new(ChainProvider::new())))
    }
}

#[async_trait]
impl ProvideAwsCredentials for CredentialsSource {
    async fn credentials(&self) -> Result<AwsCredentials, CredentialsError> {
        match self {
            Self::Fixed(credentials) => Ok(credentials.clone()),
            Self::Chain(provider) => provider.credentials().await,
        }
    }
}

/// A provider that caches credentials until shortly before they expire.
///
/// Unlike rusoto's `AutoRefreshingProvider`, it does not cache failures. With that provider, no request can be signed after one
/// failure of the metadata service.
pub(super) struct CachedProvider<P> {
    provider: P,
    cached: Mutex<Option<AwsCredentials>>,
}

impl<P> CachedProvider<P> {
    fn new(provider: P) -> Self {
        Self { provider, cached: Mutex::new(None) }
    }
}

#[async_trait]
impl<P: ProvideAwsCredentials + Send + Sync> ProvideAwsCredentials for CachedProvider<P> {
    async fn credentials(&self) -> Result<AwsCredentials, CredentialsError> {
        // The lock is held while the provider loads credentials, so that concurrent requests load them only once.
        let mut cached = self.cached.lock().await;
        match cached.as_ref().filter(|credentials| !expires_soon(credentials)) {
            Some(credentials) => Ok(credentials.clone()),
            None => Ok(cached.insert(self.provider.credentials().await?).clone()),
        }
    }
}

fn expires_soon(credentials: &AwsCredentials) -> bool {
    let renewal_time = DateTime::<Utc>::from(SystemTime::now() + RENEWAL_MARGIN);
    credentials.expires_at().is_some_and(|expires_at| expires_at < renewal_time)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex as StdMutex;

    use super::*;

    /// A provider that returns the given results, the last one first.
    struct StubProvider(StdMutex<Vec<Result<AwsCredentials, CredentialsError>>>);

    #[async_trait]
    impl ProvideAwsCredentials for StubProvider {
        async fn credentials(&self) -> Result<AwsCredentials, CredentialsError> {
            self.0.lock().unwrap().pop().expect("a result for each call")
        }
    }

    fn expiring(key: &str, seconds: Option<u64>) -> AwsCredentials {
        let expires_at = seconds.map(|seconds| (SystemTime::now() + Duration::from_secs(seconds)).into());
        AwsCredentials::new(key, "secret", None, expires_at)
    }

    #[tokio::test]
    async fn caches_credentials_until_they_expire_but_no_failures() {
        let results = [
            Ok(expiring("last", None)),
            Ok(expiring("hour", Some(3600))),
            Ok(expiring("second", Some(1))),
            Err(CredentialsError::new("busy")),
        ];
        let provider = CachedProvider::new(StubProvider(StdMutex::new(results.into())));
        assert!(provider.credentials().await.is_err());
        for key in ["second", "hour", "hour"] {
            assert_eq!(provider.credentials().await.unwrap().aws_access_key_id(), key);
        }
    }

    #[tokio::test]
    async fn configured_credentials_keep_their_session_token() {
        let mut configured = Credentials::new("key", "secret");
        configured.session_token = Some("token".into());
        let credentials = CredentialsSource::configured(configured).credentials().await.unwrap();
        assert_eq!((credentials.aws_access_key_id(), credentials.aws_secret_access_key()), ("key", "secret"));
        assert_eq!((credentials.token().as_deref(), credentials.expires_at()), (Some("token"), &None));
    }
}
