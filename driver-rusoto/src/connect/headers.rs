//! Headers that are sent with each request.

use std::fmt;

use http::HeaderMap;
use http::header::{HeaderName, HeaderValue, USER_AGENT};

use super::ConnectError;

/// Who asks, where the headers do not say it themselves.
const AGENT: HeaderValue = HeaderValue::from_static(concat!("djamodb-driver-rusoto/", env!("CARGO_PKG_VERSION")));

/// Headers that are known to be valid. They are put on after signing, so that they can be taken off on the way.
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

    /// Puts them on; they win over headers of the same name.
    pub(crate) fn put_on(&self, headers: &mut HeaderMap) {
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
    fn wrong_headers_are_refused_by_name_only() {
        for (name, value) in [("x-a", "secret\n"), ("x a", "secret"), ("", "secret")] {
            let error = headers(name, value).unwrap_err();
            assert_eq!(error, ConnectError::InvalidHeader { name: name.into() });
            assert!(!error.to_string().contains("secret"));
        }
    }

    #[test]
    fn given_headers_win() {
        let mut sent = HeaderMap::new();
        headers("User-Agent", "mine").unwrap().put_on(&mut sent);
        assert_eq!(sent, HeaderMap::from_iter([(USER_AGENT, HeaderValue::from_static("mine"))]));
    }
}
