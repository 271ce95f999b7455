//! The request that a task is sending, for the hooks of the client.
//!
//! An interceptor or a retry classifier of a single request would make the SDK derive a configuration for it, which costs more than
//! all other work of the driver. The hooks thus belong to the client, and find their request in a task-local value: the SDK runs them
//! in the task that awaits the request.

use aws_smithy_runtime_api::client::interceptors::context::Error as ErasedError;

use super::attempts::Attempts;
use super::held_body::HeldBody;
use super::response_check::ResponseCheck;

tokio::task_local! {
    static CURRENT: CurrentRequest;
}

/// The attempts of a request, and the properties of its plan that decide about retries and responses.
#[derive(Debug)]
pub(super) struct CurrentRequest {
    pub(super) attempts: Attempts,
    pub(super) check: ResponseCheck,
    /// `true` if the driver parses the body of the response, which is then the held body.
    pub(super) holds_body: bool,
    pub(super) held_body: HeldBody,
    /// `true` if applying the request twice has the effect of applying it once.
    pub(super) is_idempotent: bool,
    /// Returns `true` if an error of the operation is a conflict with other writes, after which the request may be sent again.
    pub(super) is_conflict: fn(&ErasedError) -> bool,
}

impl CurrentRequest {
    /// Awaits `request` with this value as the current request of its hooks. Returns the result of `finish`.
    pub(super) async fn send<T, R>(self, request: impl Future<Output = T>, finish: impl FnOnce(T, &Self) -> R) -> R {
        let sending = async {
            let result = request.await;
            CURRENT.with(|current| finish(result, current))
        };
        CURRENT.scope(self, sending).await
    }

    /// Returns the result of `read` on the current request, or `None` if the request is not one of the driver.
    pub(super) fn with<R>(read: impl FnOnce(&Self) -> R) -> Option<R> {
        CURRENT.try_with(read).ok()
    }
}
