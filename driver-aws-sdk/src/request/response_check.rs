//! The check of a response, before and after the SDK parses it.

use aws_sdk_dynamodb::config::interceptors::FinalizerInterceptorContextMut;
use aws_sdk_dynamodb::error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_types::body::SdkBody;
use djamodb_core::driver::check_success_body;
use http_body_util::Limited;
use memchr::memmem;

use super::held_body::HeldBody;
use crate::convert::InvalidResponse;

/// Name of the member that counts items.
const COUNT: &[u8] = br#""Count""#;

/// The bound on the size of a response, and the requirement that the body of a success is one.
///
/// The SDK reads a body of any size, and an empty body as an empty object, which is also the response to a write.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ResponseCheck {
    /// Maximum size of a body.
    pub(super) bytes_max: usize,
    /// `true` if a successful response of the operation has no body.
    pub(super) may_be_empty: bool,
    /// `true` if a successful response counts items. The SDK reads a missing count as 0.
    pub(super) is_counted: bool,
}

impl ResponseCheck {
    /// Bounds the size of a body that is read later.
    pub(super) fn limit(self, body: &mut SdkBody) {
        // A body of a declared length ends there.
        if body.content_length().is_some_and(|length| usize::try_from(length).is_ok_and(|len| len <= self.bytes_max)) {
            return;
        }
        let unread = std::mem::replace(body, SdkBody::taken());
        *body = SdkBody::from_body_1_x(Limited::new(unread, self.bytes_max));
    }

    /// Replaces the result of an attempt by an error if the body of its successful response is not one.
    pub(super) fn apply(self, held: Option<&HeldBody>, context: &mut FinalizerInterceptorContextMut<'_>) {
        let success = context.response().filter(|response| response.status().is_success());
        // A body that was not read to its end has no bytes; the SDK reports it.
        let Some(body) = success.and_then(|response| response.body().bytes()) else { return };
        let result = held.map_or_else(|| self.check(body), |held| held.read(|body| self.check(body)));
        if let (Err(error), Some(output)) = (result, context.output_or_error_mut()) {
            // After an error of the response, the SDK sends an idempotent request again.
            *output = Err(OrchestratorError::response(error));
        }
    }

    fn check(self, body: &[u8]) -> Result<(), BoxError> {
        if self.may_be_empty && body.is_empty() {
            return Ok(());
        }
        check_success_body(body)?;
        if self.is_counted && memmem::find(body, COUNT).is_none() {
            return Err(InvalidResponse::Missing("count of the items").into());
        }
        Ok(())
    }
}
