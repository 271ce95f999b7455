//! Sending a request and recording its attempts.

mod attempts;
mod conflict_retries;
mod current;
mod hooked_client;
mod hooks;
mod lost_writes;
mod required_wait;
mod response_check;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::RequestId;
use djamodb_core::plan::{Metadata, QueryPlan};

use crate::clients::Clients;
use crate::error::Failure;
pub(crate) use attempts::Attempts;
use conflict_retries::is_conflict;
use current::CurrentRequest;
pub(crate) use hooked_client::HookedClient;
pub(crate) use required_wait::required_wait;
use response_check::ResponseCheck;

/// A client, together with the properties of the plan that decide which failed attempts may be retried and which responses are
/// valid.
pub(crate) struct Call<'a, C = Client> {
    pub(crate) client: &'a C,
    is_idempotent: bool,
    response_check: ResponseCheck,
}

impl<'a> Call<'a> {
    pub(crate) fn new(clients: &'a Clients, plan: &QueryPlan) -> Self {
        let may_be_empty = matches!(plan, QueryPlan::TagResource(_) | QueryPlan::UntagResource(_));
        let is_counted = matches!(plan, QueryPlan::Query(_) | QueryPlan::Scan(_));
        let response_check = ResponseCheck { bytes_max: clients.response_bytes_max, may_be_empty, is_counted };
        Self { client: &clients.tables.hooked, is_idempotent: plan.is_idempotent(), response_check }
    }

    /// Returns the same call with another client.
    #[cfg(feature = "streams")]
    pub(crate) const fn with_client<'b, C>(&self, client: &'b HookedClient<C>) -> Call<'b, C> {
        Call { client: &client.hooked, is_idempotent: self.is_idempotent, response_check: self.response_check }
    }
}

impl<C> Call<'_, C> {
    /// Sends the request that `request` returns, which must be one of this call's client.
    ///
    /// Returns the response and the metadata of the request. The consumed capacity in the metadata is empty.
    pub(crate) async fn send<T, E, F>(&self, request: impl FnOnce() -> F) -> Result<(T, Metadata), Failure>
    where
        T: RequestId,
        E: ProvideErrorMetadata + RequestId + std::error::Error + Send + Sync + 'static,
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    {
        let current = CurrentRequest {
            attempts: Attempts::default(),
            check: self.response_check,
            is_idempotent: self.is_idempotent,
            is_conflict: is_conflict::<E>,
        };
        let finish = |result: Result<T, _>, current: &CurrentRequest| match result {
            Ok(output) => {
                let request_id = output.request_id().map(str::to_owned);
                let (attempts, lost_attempts) = (current.attempts.count(), current.attempts.lost());
                Ok((output, Metadata { request_id, attempts, lost_attempts, consumed_capacity: Vec::new() }))
            }
            Err(error) => Err(Failure::from_sdk(error, &current.attempts, current.check.bytes_max)),
        };
        // The SDK's future has 20 KB, which would be moved as often as the futures around it are.
        current.send(Box::pin(request()), finish).await
    }
}
