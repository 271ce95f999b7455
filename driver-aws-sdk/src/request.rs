//! Sending one request, and what is known of how that went.

mod attempts;

pub(crate) use attempts::Attempts;

use aws_sdk_dynamodb::config::Builder;
use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::RequestId;
use aws_sdk_dynamodb::{Client, Config};
use djamodb_core::plan::{Metadata, QueryPlan};

use crate::error::Failure;

/// The way from a plan to the service.
pub(crate) struct Call<'a> {
    pub(crate) client: &'a Client,
    is_idempotent: bool,
}

impl<'a> Call<'a> {
    pub(crate) fn of(client: &'a Client, plan: &QueryPlan) -> Self {
        Self { client, is_idempotent: plan.is_idempotent() }
    }

    /// Sends the request that `request` makes with these settings of its own, and gives its answer together with what is
    /// known of the request itself.
    pub(crate) async fn send<T, E, F>(&self, request: impl FnOnce(Builder) -> F) -> Result<(T, Metadata), Failure>
    where
        T: RequestId,
        E: Into<aws_sdk_dynamodb::Error> + std::error::Error + 'static,
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    {
        let attempts = Attempts::default();
        let mut settings = Config::builder().interceptor(attempts.clone());
        if !self.is_idempotent {
            settings = settings.retry_classifier(attempts.clone());
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
