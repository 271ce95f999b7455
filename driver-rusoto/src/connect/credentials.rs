//! Where credentials come from.

use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusoto_core::credential::{AwsCredentials, ChainProvider, CredentialsError, ProvideAwsCredentials};
use tokio::sync::Mutex;

use crate::config::Credentials;

/// How long before their end credentials are fetched anew, so that a request does not outlive those it was signed with.
const RENEWED_BEFORE: Duration = Duration::from_mins(1);

/// Where credentials come from.
pub(super) enum Source {
    Given(AwsCredentials),
    Found(Box<Remembered<ChainProvider>>),
}

impl Source {
    /// These credentials, or else what rusoto's chain finds.
    pub(super) fn new(credentials: Option<Credentials>) -> Self {
        match credentials {
            Some(Credentials { access_key_id, secret_access_key, session_token }) => {
                Self::Given(AwsCredentials::new(access_key_id, secret_access_key, session_token, None))
            }
            None => Self::Found(Box::new(Remembered::new(ChainProvider::new()))),
        }
    }
}

#[async_trait]
impl ProvideAwsCredentials for Source {
    async fn credentials(&self) -> Result<AwsCredentials, CredentialsError> {
        match self {
            Self::Given(credentials) => Ok(credentials.clone()),
            Self::Found(remembered) => remembered.credentials().await,
        }
    }
}

/// What a provider found, until it expires.
///
/// `AutoRefreshingProvider` of rusoto does the same, but also remembers for good that nothing was found: after one
/// failure of the metadata service no request would ever be signed again.
pub(super) struct Remembered<P> {
    provider: P,
    found: Mutex<Option<AwsCredentials>>,
}

impl<P> Remembered<P> {
    fn new(provider: P) -> Self {
        Self { provider, found: Mutex::new(None) }
    }
}

#[async_trait]
impl<P: ProvideAwsCredentials + Send + Sync> ProvideAwsCredentials for Remembered<P> {
    async fn credentials(&self) -> Result<AwsCredentials, CredentialsError> {
        // Held while the provider looks, so that it looks once for all requests that wait.
        let mut found = self.found.lock().await;
        match found.as_ref().filter(|credentials| !expires_soon(credentials)) {
            Some(credentials) => Ok(credentials.clone()),
            None => Ok(found.insert(self.provider.credentials().await?).clone()),
        }
    }
}

fn expires_soon(credentials: &AwsCredentials) -> bool {
    let renewed_at = DateTime::<Utc>::from(SystemTime::now() + RENEWED_BEFORE);
    credentials.expires_at().is_some_and(|expires_at| expires_at < renewed_at)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex as StdMutex;

    use super::*;

    /// Gives these answers, the last one first.
    struct Answers(StdMutex<Vec<Result<AwsCredentials, CredentialsError>>>);

    #[async_trait]
    impl ProvideAwsCredentials for Answers {
        async fn credentials(&self) -> Result<AwsCredentials, CredentialsError> {
            self.0.lock().unwrap().pop().expect("an answer")
        }
    }

    fn until(key: &str, seconds: Option<u64>) -> AwsCredentials {
        let expires_at = seconds.map(|seconds| (SystemTime::now() + Duration::from_secs(seconds)).into());
        AwsCredentials::new(key, "secret", None, expires_at)
    }

    #[tokio::test]
    async fn failures_are_forgotten_and_credentials_remembered_until_they_expire() {
        let answers = [
            Ok(until("last", None)),
            Ok(until("hour", Some(3600))),
            Ok(until("second", Some(1))),
            Err(CredentialsError::new("busy")),
        ];
        let remembered = Remembered::new(Answers(StdMutex::new(answers.into())));
        assert!(remembered.credentials().await.is_err());
        for key in ["second", "hour", "hour"] {
            assert_eq!(remembered.credentials().await.unwrap().aws_access_key_id(), key);
        }
    }

    #[tokio::test]
    async fn given_credentials_keep_their_token() {
        let mut given = Credentials::new("key", "secret");
        given.session_token = Some("token".into());
        let credentials = Source::new(Some(given)).credentials().await.unwrap();
        assert_eq!((credentials.aws_access_key_id(), credentials.aws_secret_access_key()), ("key", "secret"));
        assert_eq!((credentials.token().as_deref(), credentials.expires_at()), (Some("token"), &None));
    }
}
