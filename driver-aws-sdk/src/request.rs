//! Sending one request, and what is known of how that went.

mod attempts;
mod service;

pub(crate) use attempts::Attempts;
use service::Service;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::RequestId;
use djamodb_core::plan::{Metadata, QueryPlan};

use crate::error::Failure;

/// The way from a plan to the service.
pub(crate) struct Call<'a, C = Client> {
    pub(crate) client: &'a C,
    is_idempotent: bool,
}

impl<'a> Call<'a> {
    pub(crate) fn of(client: &'a Client, plan: &QueryPlan) -> Self {
        Self { client, is_idempotent: plan.is_idempotent() }
    }

    /// The same way by another client.
    #[cfg(feature = "streams")]
    pub(crate) const fn over<'b, C>(&self, client: &'b C) -> Call<'b, C> {
        Call { client, is_idempotent: self.is_idempotent }
    }
}

impl<C: Service> Call<'_, C> {
    /// Sends the request that `request` makes with these settings of its own, and gives its answer together with what is
    /// known of the request itself.
    pub(crate) async fn send<T, E, F>(&self, request: impl FnOnce(C::Settings) -> F) -> Result<(T, Metadata), Failure>
    where
        T: RequestId,
        E: ProvideErrorMetadata + RequestId + std::error::Error + 'static,
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    {
        let attempts = Attempts::default();
        let mut settings = C::watched(attempts.clone());
        if !self.is_idempotent {
            settings = C::guarded(settings, attempts.clone());
        }
        match request(settings).await {
            Ok(output) => {
                let request_id = output.request_id().map(str::to_owned);
                Ok((output, Metadata { request_id, attempts: attempts.count(), consumed_capacity: Vec::new() }))
            }
            Err(error) => Err(Failure::from_sdk(error, &attempts)),
        }
    }
}
