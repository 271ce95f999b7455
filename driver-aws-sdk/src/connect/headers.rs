//! Headers that are sent with each request.

use std::fmt;

use aws_sdk_dynamodb::config::http::HttpRequest;
use aws_sdk_dynamodb::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;

use super::ConnectError;

/// Headers that are known to be valid. They are put on after signing, so that they can be taken off on the way.
#[derive(Clone)]
pub(crate) struct ExtraHeaders(Vec<(String, String)>);

impl ExtraHeaders {
    pub(crate) fn new(headers: Vec<(String, String)>) -> Result<Self, ConnectError> {
        // Whether a header is valid is for the SDK's own type to say, once, before anything is sent.
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
