//! The record of one request and its response.

use std::sync::{Arc, Mutex, PoisonError};

use djamodb_core::driver::{InvalidBody, check_success_body};
use http::HeaderMap;
use hyper::body::Bytes;

use crate::convert::request_id;
use crate::error::Failure;

tokio::task_local! {
    static CURRENT: Exchange;
}

/// A handle through which the HTTP client passes details of a request to the code that sent it.
///
/// rusoto's results lack three details: the request ID (except in errors that rusoto has no type for), the kind of a connection
/// failure (there is only a text), and the fields of a typed error other than its message. The HTTP client knows them. It runs in
/// the task that sends the request, so a task-local variable connects the two.
#[derive(Clone, Debug, Default)]
pub(crate) struct Exchange(Arc<Mutex<ExchangeDetails>>);

/// Details of a request that only the HTTP client knows.
#[derive(Debug, Default)]
pub(super) struct ExchangeDetails {
    pub(super) request_id: Option<String>,
    /// Failure of a request without a complete response.
    pub(super) failure: Option<Failure>,
    /// `true` if a successful response of the operation has no body.
    may_be_empty: bool,
    /// Body of a response whose status is not a success.
    pub(super) error_body: Option<Bytes>,
}

impl Exchange {
    /// Runs `request` and returns its output together with the details recorded by the HTTP client. `may_be_empty` means that a
    /// successful response of the operation has no body.
    pub(super) async fn record<F: Future>(request: F, may_be_empty: bool) -> (F::Output, ExchangeDetails) {
        let exchange = Self::default();
        exchange.update(|details| details.may_be_empty = may_be_empty);
        let output = CURRENT.scope(exchange.clone(), request).await;
        (output, exchange.update(std::mem::take))
    }

    /// Returns the exchange of the current task, or a new one if the HTTP client is not used by this driver.
    pub(crate) fn current() -> Self {
        CURRENT.try_with(Self::clone).unwrap_or_default()
    }

    pub(crate) fn set_response_headers(&self, headers: &HeaderMap<String>) {
        self.update(|details| details.request_id = request_id::from_headers(headers));
    }

    /// Requires that `body` is the body of a successful response. rusoto reads an empty body as an empty object, which is also the
    /// response to a write.
    pub(crate) fn check_success_body(&self, body: &[u8]) -> Result<(), InvalidBody> {
        if body.is_empty() && self.update(|details| details.may_be_empty) {
            return Ok(());
        }
        check_success_body(body)
    }

    pub(crate) fn set_error_body(&self, body: Bytes) {
        self.update(|details| details.error_body = Some(body));
    }

    pub(crate) fn set_failure(&self, failure: Failure) {
        self.update(|details| details.failure = Some(failure));
    }

    fn update<T>(&self, change: impl FnOnce(&mut ExchangeDetails) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
