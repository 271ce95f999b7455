//! What rusoto leaves out.

use std::sync::{Arc, Mutex, PoisonError};

use http::HeaderMap;
use hyper::body::Bytes;

use crate::error::Failure;

tokio::task_local! {
    static CURRENT: Exchange;
}

/// A request and its answer, as the HTTP client sees them.
///
/// What rusoto gives back holds neither the request's id, save for errors that it does not know, nor why there was no
/// answer, save as text, nor what an error that it knows says beside its message. The HTTP client knows, and leaves it
/// here: both run in the task of whoever sends the request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Exchange(Arc<Mutex<Seen>>);

/// What the HTTP client saw of a request.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The service's name for the request.
    pub(super) request_id: Option<String>,
    /// Why there was no answer, or none that was whole.
    pub(super) failure: Option<Failure>,
    /// The body of an answer that is no success.
    pub(super) refusal: Option<Bytes>,
}

impl Exchange {
    /// Carries out a request, and tells what the HTTP client saw.
    pub(super) async fn watch<F: Future>(request: F) -> (F::Output, Seen) {
        let exchange = Self::default();
        let output = CURRENT.scope(exchange.clone(), request).await;
        (output, exchange.update(std::mem::take))
    }

    /// The one that is watched; one that nobody watches where the client is used without this driver.
    pub(crate) fn current() -> Self {
        CURRENT.try_with(Self::clone).unwrap_or_default()
    }

    /// An answer has begun.
    pub(crate) fn answered(&self, headers: &HeaderMap<String>) {
        self.update(|seen| seen.request_id = request_id(headers));
    }

    /// The answer is whole, and is no success.
    pub(crate) fn refused(&self, body: Bytes) {
        self.update(|seen| seen.refusal = Some(body));
    }

    /// There was no answer, or none that was whole.
    pub(crate) fn failed(&self, failure: Failure) {
        self.update(|seen| seen.failure = Some(failure));
    }

    fn update<T>(&self, change: impl FnOnce(&mut Seen) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The service's name for a request.
pub(crate) fn request_id(headers: &HeaderMap<String>) -> Option<String> {
    headers.get("x-amzn-requestid").cloned()
}
