//! Sources of credentials.

use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusoto_core::credential::{AwsCredentials, ChainProvider, CredentialsError, ProvideAwsCredentials};
use tokio::sync::Mutex;

use crate::config::Credentials;

/// Time before their expiry at which credentials are renewed, so that they are valid until the request arrives.
const RENEWAL_MARGIN: Duration = Duration::from_secs(60);

/// The configured credentials or, without any, those found by rusoto's provider chain.
pub(super) enum CredentialsSource {
    Configured(AwsCredentials),
    Chain(Box<CachedProvider<ChainProvider>>),
}

impl CredentialsSource {
    pub(super) fn new(credentials: Option<Credentials>) -> Self {
        match credentials {
            Some(Credentials { access_key_id, secret_access_key, session_token }) => {
                Self::Configured(AwsCredentials::new(access_key_id, secret_access_key, session_token, None))
            }
            None => Self::Chain(Box::new(CachedProvider::new(ChainProvider::new()))),
        }
    }
}

#[async_trait]
impl ProvideAwsCredentials for CredentialsSource {
    async fn credentials(&self) -> Result<AwsCredentials, CredentialsError> {
        match self {
            Self::Configured(credentials) => Ok(credentials.clone()),
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
        let credentials = CredentialsSource::new(Some(configured)).credentials().await.unwrap();
        assert_eq!((credentials.aws_access_key_id(), credentials.aws_secret_access_key()), ("key", "secret"));
        assert_eq!((credentials.token().as_deref(), credentials.expires_at()), (Some("token"), &None));
    }
}
