//! Extra headers that are added to each request.

use std::fmt;

use http::HeaderMap;
use http::header::{HeaderName, HeaderValue, USER_AGENT};

use super::error::ConnectError;

/// Default `User-Agent` header.
const AGENT: HeaderValue = HeaderValue::from_static(concat!("djamodb-driver-rusoto/", env!("CARGO_PKG_VERSION")));

/// Valid headers that are added after signing, so that an intermediary may remove them.
#[derive(Clone)]
pub(crate) struct ExtraHeaders(HeaderMap);

impl ExtraHeaders {
    pub(crate) fn new(headers: Vec<(String, String)>) -> Result<Self, ConnectError> {
        let mut valid = HeaderMap::from_iter([(USER_AGENT, AGENT)]);
        for (name, value) in headers {
            match (HeaderName::try_from(&name), HeaderValue::try_from(value)) {
                (Ok(name), Ok(value)) => valid.insert(name, value),
                _ => return Err(ConnectError::InvalidHeader { name }),
            };
        }
        Ok(Self(valid))
    }

    /// Adds the headers to `headers`, replacing those with the same name.
    pub(crate) fn apply_to(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            headers.insert(name, value.clone());
        }
    }
}

impl fmt::Debug for ExtraHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &str, value: &str) -> Result<ExtraHeaders, ConnectError> {
        ExtraHeaders::new(vec![(name.to_owned(), value.to_owned())])
    }

    #[test]
    fn rejects_invalid_headers_without_showing_their_value() {
        for (name, value) in [("x-a", "secret\n"), ("x a", "secret"), ("", "secret")] {
            let error = headers(name, value).unwrap_err();
            assert_eq!(error, ConnectError::InvalidHeader { name: name.into() });
            assert!(!error.to_string().contains("secret"));
        }
    }

    #[test]
    fn extra_headers_replace_defaults() {
        let mut sent = HeaderMap::new();
        headers("User-Agent", "mine").unwrap().apply_to(&mut sent);
        assert_eq!(sent, HeaderMap::from_iter([(USER_AGENT, HeaderValue::from_static("mine"))]));
    }
}
