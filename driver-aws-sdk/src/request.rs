//! Sending a request and recording its attempts.

mod attempt_tracker;
mod conflict_retries;
mod service_client;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::RequestId;
use djamodb_core::plan::{Metadata, QueryPlan};

use crate::error::Failure;
use attempt_tracker::AttemptTracker;
use conflict_retries::ConflictRetries;
use service_client::ServiceClient;

/// A client, together with the property of the plan that decides which failed attempts may be retried.
pub(crate) struct Call<'a, C = Client> {
    pub(crate) client: &'a C,
    is_idempotent: bool,
}

impl<'a> Call<'a> {
    pub(crate) fn new(client: &'a Client, plan: &QueryPlan) -> Self {
        Self { client, is_idempotent: plan.is_idempotent() }
    }

    /// Returns the same call with another client.
    #[cfg(feature = "streams")]
    pub(crate) const fn with_client<'b, C>(&self, client: &'b C) -> Call<'b, C> {
        Call { client, is_idempotent: self.is_idempotent }
    }
}

impl<C: ServiceClient> Call<'_, C> {
    /// Sends the request built by `request`, which must apply the given configuration override.
    ///
    /// Returns the response and the metadata of the request. The consumed capacity in the metadata is empty.
    pub(crate) async fn send<T, E, F>(
        &self,
        request: impl FnOnce(C::ConfigOverride) -> F,
    ) -> Result<(T, Metadata), Failure>
    where
        T: RequestId,
        E: ProvideErrorMetadata + RequestId + std::error::Error + Send + Sync + 'static,
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    {
        let tracker = AttemptTracker::default();
        let mut config = C::with_retry_classifier(C::with_interceptor(tracker.clone()), ConflictRetries::<E>::new());
        if !self.is_idempotent {
            config = C::with_retry_classifier(config, tracker.clone());
        }
        match request(config).await {
            Ok(output) => {
                let request_id = output.request_id().map(str::to_owned);
                Ok((output, Metadata { request_id, attempts: tracker.attempts(), consumed_capacity: Vec::new() }))
            }
            Err(error) => Err(Failure::from_sdk(error, tracker.endpoint(), tracker.applied())),
        }
    }
}
