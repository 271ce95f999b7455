//! The interceptor of a client's requests.

use std::error::Error;

use aws_sdk_dynamodb::config::interceptors::{
    BeforeDeserializationInterceptorContextMut, BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextMut,
    FinalizerInterceptorContextRef,
};
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;
use hyper_util::client::legacy::Error as HyperError;

use super::current::CurrentRequest;
use super::held_body::HeldBody;
use crate::error::chain;

/// An interceptor that records the attempts of the current request and checks their responses.
#[derive(Debug)]
pub(super) struct RequestHooks;

// Lets the SDK call the hooks that are implemented here, instead of all.
#[dyn_dispatch_hint]
impl Intercept for RequestHooks {
    fn name(&self) -> &'static str {
        "djamodb request hooks"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        CurrentRequest::with(|current| current.attempts.begin(context.request().uri()));
        Ok(())
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        CurrentRequest::with(|current| {
            let response = context.response_mut();
            current.check.limit(response.body_mut());
            current.held_body.reset();
            if current.holds_body && response.status().is_success() {
                HeldBody::hold(response.body_mut(), |data| {
                    CurrentRequest::with(|current| current.held_body.push(data));
                });
            }
        });
        Ok(())
    }

    fn modify_before_attempt_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        CurrentRequest::with(|current| current.check.apply(current.holds_body.then_some(&current.held_body), context));
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        CurrentRequest::with(|current| current.attempts.end(is_outcome_known(context)));
        Ok(())
    }
}

fn is_outcome_known(context: &FinalizerInterceptorContextRef<'_>) -> bool {
    match context.output_or_error() {
        Some(Ok(_)) => true,
        Some(Err(error)) => match error.as_connector_error() {
            Some(error) => is_connect_error(error),
            // A client error means that the request was not applied. After a server error, or a response that cannot be
            // parsed, it may have been.
            None => context.response().is_some_and(|response| response.status().is_client_error()),
        },
        None => false,
    }
}

/// Returns `true` if no connection could be opened, so that nothing was sent. Errors of HTTP clients that are not based on
/// `hyper_util` return `false`.
fn is_connect_error(error: &(dyn Error + 'static)) -> bool {
    chain(error).filter_map(|error| error.downcast_ref::<HyperError>()).any(HyperError::is_connect)
}
