//! Sending a request and recording its attempts.

mod attempts;
mod conflict_retries;
mod current;
mod held_body;
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
use serde::de::DeserializeOwned;

use crate::clients::Clients;
use crate::error::Failure;
pub(crate) use attempts::Attempts;
use conflict_retries::is_conflict;
use current::CurrentRequest;
use held_body::HeldBody;
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
        self.send_and(request, false, |output, _| Ok(output)).await
    }

    /// Sends a request as [`send`](Self::send) does, and parses the body of the response as an `R` instead of by the SDK.
    pub(crate) async fn send_and_parse<R, T, E, F>(&self, request: impl FnOnce() -> F) -> Result<(R, Metadata), Failure>
    where
        R: DeserializeOwned,
        T: RequestId,
        E: ProvideErrorMetadata + RequestId + std::error::Error + Send + Sync + 'static,
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    {
        let parse = |_, current: &CurrentRequest| {
            let parsed = current.held_body.read(|body| serde_json::from_slice(body));
            parsed.map_err(|error| Failure::unparsed_response(current.attempts.endpoint().unwrap_or_default(), &error))
        };
        self.send_and(request, true, parse).await
    }

    async fn send_and<R, T, E, F>(
        &self,
        request: impl FnOnce() -> F,
        holds_body: bool,
        output: impl FnOnce(T, &CurrentRequest) -> Result<R, Failure>,
    ) -> Result<(R, Metadata), Failure>
    where
        T: RequestId,
        E: ProvideErrorMetadata + RequestId + std::error::Error + Send + Sync + 'static,
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    {
        let current = CurrentRequest {
            attempts: Attempts::default(),
            check: self.response_check,
            holds_body,
            held_body: HeldBody::default(),
            is_idempotent: self.is_idempotent,
            is_conflict: is_conflict::<E>,
        };
        let finish = |result: Result<T, _>, current: &CurrentRequest| match result {
            Ok(response) => {
                let request_id = response.request_id().map(str::to_owned);
                let (attempts, lost_attempts) = (current.attempts.count(), current.attempts.lost());
                let metadata = Metadata { request_id, attempts, lost_attempts, consumed_capacity: Vec::new() };
                Ok((output(response, current)?, metadata))
            }
            Err(error) => Err(Failure::from_sdk(error, &current.attempts, current.check.bytes_max)),
        };
        // The SDK's future has 20 KB, which would be moved as often as the futures around it are.
        current.send(Box::pin(request()), finish).await
    }
}
