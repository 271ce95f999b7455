//! What rusoto leaves out.

use std::sync::{Arc, Mutex, PoisonError};

use http::HeaderMap;

use crate::error::Failure;

tokio::task_local! {
    static CURRENT: Exchange;
}

/// A request and its answer, as the HTTP client sees them.
///
/// What rusoto gives back holds neither the request's id, save for errors that it does not know, nor why there was no
/// answer, save as text. The HTTP client knows, and leaves it here: both run in the task of whoever sends the request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Exchange(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    request_id: Option<String>,
    failure: Option<Failure>,
}

impl Exchange {
    /// Carries out a request, and tells what the HTTP client left.
    pub(super) async fn watch<F: Future>(request: F) -> (F::Output, Self) {
        let exchange = Self::default();
        (CURRENT.scope(exchange.clone(), request).await, exchange)
    }

    /// The one that is watched; one that nobody watches where the client is used without this driver.
    pub(crate) fn current() -> Self {
        CURRENT.try_with(Self::clone).unwrap_or_default()
    }

    /// An answer has begun.
    pub(crate) fn answered(&self, headers: &HeaderMap<String>) {
        self.update(|state| state.request_id = request_id(headers));
    }

    /// There was no answer, or none that was whole.
    pub(crate) fn failed(&self, failure: Failure) {
        self.update(|state| state.failure = Some(failure));
    }

    /// The request's id, and the failure.
    pub(super) fn into_parts(self) -> (Option<String>, Option<Failure>) {
        let State { request_id, failure } = self.update(std::mem::take);
        (request_id, failure)
    }

    fn update<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The service's name for a request.
pub(crate) fn request_id(headers: &HeaderMap<String>) -> Option<String> {
    headers.get("x-amzn-requestid").cloned()
}
