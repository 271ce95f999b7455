//! Extra headers that are added to each request.

use std::fmt;

use aws_sdk_dynamodb::config::http::HttpRequest;
use aws_sdk_dynamodb::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;

use super::error::ConnectError;

/// Valid headers that an interceptor adds after signing, so that an intermediary may remove them.
#[derive(Clone)]
pub(crate) struct ExtraHeaders(Vec<(String, String)>);

impl ExtraHeaders {
    pub(crate) fn new(headers: Vec<(String, String)>) -> Result<Self, ConnectError> {
        // The SDK's own header type decides which headers are valid, so that invalid ones are rejected before any request.
        let mut request = HttpRequest::new("".into());
        for (name, value) in &headers {
            if request.headers_mut().try_insert(name.clone(), value.clone()).is_err() {
                return Err(ConnectError::InvalidHeader { name: name.clone() });
            }
        }
        Ok(Self(headers))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Intercept for ExtraHeaders {
    fn name(&self) -> &'static str {
        "djamodb extra headers"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.request_mut().headers_mut();
        for (name, value) in &self.0 {
            headers.try_insert(name.clone(), value.clone())?;
        }
        Ok(())
    }
}

impl fmt::Debug for ExtraHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}
