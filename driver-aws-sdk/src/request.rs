//! Sending a request and recording its attempts.

mod attempt_tracker;
mod conflict_retries;
mod response_check;
mod service_client;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::RequestId;
use djamodb_core::plan::{Metadata, QueryPlan};

use crate::error::Failure;
pub(crate) use attempt_tracker::AttemptTracker;
use conflict_retries::ConflictRetries;
use response_check::ResponseCheck;
use service_client::ServiceClient;

/// Maximum size of a response: four times the 16 MB of items of the largest response, that of `BatchGetItem`, because JSON is longer
/// than what it describes.
const RESPONSE_BYTES_MAX: usize = 64 << 20;

/// A client, together with the properties of the plan that decide which failed attempts may be retried and which responses are
/// valid.
pub(crate) struct Call<'a, C = Client> {
    pub(crate) client: &'a C,
    is_idempotent: bool,
    response_check: ResponseCheck,
}

impl<'a> Call<'a> {
    pub(crate) fn new(client: &'a Client, plan: &QueryPlan) -> Self {
        let may_be_empty = matches!(plan, QueryPlan::TagResource(_) | QueryPlan::UntagResource(_));
        let is_counted = matches!(plan, QueryPlan::Query(_) | QueryPlan::Scan(_));
        let response_check = ResponseCheck { bytes_max: RESPONSE_BYTES_MAX, may_be_empty, is_counted };
        Self { client, is_idempotent: plan.is_idempotent(), response_check }
    }

    /// Returns the same call with another client.
    #[cfg(feature = "streams")]
    pub(crate) const fn with_client<'b, C>(&self, client: &'b C) -> Call<'b, C> {
        Call { client, is_idempotent: self.is_idempotent, response_check: self.response_check }
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
        let config = C::with_interceptors(tracker.clone(), self.response_check);
        let mut config = C::with_retry_classifier(config, ConflictRetries::<E>::new());
        if !self.is_idempotent {
            config = C::with_retry_classifier(config, tracker.clone());
        }
        match request(config).await {
            Ok(output) => {
                let request_id = output.request_id().map(str::to_owned);
                let (attempts, lost_attempts) = (tracker.attempts(), tracker.lost_attempts());
                Ok((output, Metadata { request_id, attempts, lost_attempts, consumed_capacity: Vec::new() }))
            }
            Err(error) => Err(Failure::from_sdk(error, &tracker, self.response_check.bytes_max)),
        }
    }
}
